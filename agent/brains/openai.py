"""Any OpenAI-compatible endpoint as the brain, what may be tried again, and failures in a line."""

import random
import re
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

import openai
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from agent.thinking import BrokenOff, Empty, Filtered, NoEndpoint, Pause

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0
RETRIES = 3
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
OWN = "api.openai.com"
NO_KEY = "none"
# Models that think before they answer accept no temperature.
_THINKS = re.compile(r"(o\d|gpt-([5-9]|\d\d))(?!.*chat)", re.I)
_CONTEXT = ("context length", "context_length", "context window", "maximum context",
            "prompt is too long", "too many tokens", "input tokens exceed")  # fmt: skip

BROKE_OFF = "The chat endpoint broke off its answer. Ask again."
# The first kind that fits decides, so the narrow ones stand before the wide ones.
_LINES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (openai.AuthenticationError,),
        "The chat endpoint refused the key. Check OPENAI_API_KEY.",
    ),
    (
        (openai.PermissionDeniedError,),
        "The key may not use this model at the chat endpoint. Check its permissions.",
    ),
    (
        (openai.InternalServerError, openai.ConflictError),
        "The chat endpoint failed on its side. Ask again later.",
    ),
    ((BrokenOff,), BROKE_OFF),
    (
        (Empty,),
        "The model gave an empty answer, twice. Ask in other words, or for one step at a time.",
    ),
    (
        (Filtered,),
        "The content filter of the chat endpoint held the answer back. Ask in other words.",
    ),
    (
        (NoEndpoint,),
        "What answers at OPENAI_BASE_URL is no chat endpoint. Most of these addresses end in /v1.",
    ),
    (
        (openai.APITimeoutError,),
        "The chat endpoint did not answer in time. Ask again, or check the network.",
    ),
)
# Failures that may pass by themselves, in the same manner.
_PASSING: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((openai.RateLimitError,), "The chat endpoint is busy"),
    ((openai.InternalServerError, openai.ConflictError), "The chat endpoint failed on its side"),
    ((openai.APITimeoutError,), "The chat endpoint did not answer in time"),
    ((openai.APIConnectionError,), "The chat endpoint cannot be reached"),
    ((openai.APIStatusError,), "The chat endpoint did not answer in time"),
    ((openai.APIError, BrokenOff), "The answer broke off"),
    ((Empty,), "The model gave an empty answer"),
)


def build_openai_brain(
    *,
    model: str,
    key: str | None = None,
    base_url: str | None = None,
    seconds: float = ANSWER_SECONDS,
    retries: int = 0,
) -> ChatOpenAI:
    """Give a chat model of an endpoint; without `base_url` it is OpenAI's own.

    Usage is asked for in streams, because other endpoints leave it out otherwise. Whoever shows
    the person how it waits retries by itself, see `Endpoint.pause`, and leaves `retries` at 0.
    """
    return ChatOpenAI(
        model=model,
        api_key=SecretStr(key or NO_KEY),
        base_url=base_url,
        stream_usage=True,
        timeout=(CONNECT_SECONDS, seconds),
        max_retries=retries,
        temperature=None if _THINKS.match(model) else 0,
    )


class Endpoint:
    """Implements thinking.Remote: which failures pass by themselves, and when to try again."""

    def __init__(
        self,
        model: str,
        base_url: str | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.model = model
        self.host = _host(base_url) if base_url else OWN
        self._jitter = jitter

    def pause(self, error: Exception, tries: int) -> Pause | None:
        """Say how long to wait after `tries` failed attempts; None when trying is no use."""
        found = _known(error)
        most = 1 if isinstance(found, openai.APITimeoutError | Empty) else RETRIES
        why = _passing(found) if found else ""
        if not why or tries > most:
            return None
        asked = _asked_for(found)
        if asked is not None:
            return Pause(asked, why) if asked <= LONGEST_PAUSE else None
        # Up to a quarter less, so that many who were turned away do not come back at once.
        return Pause(FIRST_PAUSE * 2 ** (tries - 1) * (1 - self._jitter() / 4), why)

    def too_long(self, error: Exception) -> bool:
        """Tell whether the conversation did not fit into the model's context."""
        return any(
            isinstance(cause, openai.APIError) and _too_long(cause) for cause in _causes(error)
        )


def explain(error: BaseException) -> str | None:
    """Say in one line what went wrong with an endpoint and what to do; None for another error."""
    found = _known(error)
    return _line(found) if found else None


def _known(error: BaseException) -> Exception | None:
    """Find the failure of the endpoint in a chain of causes."""
    for cause in _causes(error):
        if isinstance(cause, openai.APIError | BrokenOff | Empty | Filtered | NoEndpoint):
            return cause
    return None


def _passing(error: Exception) -> str:
    """Say what goes on when a failure may pass by itself; empty when it will not."""
    if _lasting(error):
        return ""
    return next((why for kinds, why in _PASSING if isinstance(error, kinds)), "")


def _lasting(error: Exception) -> bool:
    match error:
        case openai.RateLimitError():
            return _used_up(error)
        case openai.APIConnectionError():
            return _has(error, ssl.SSLError, socket.gaierror) or _unreadable(error)
        case openai.APIStatusError():
            return error.status_code < 500 and error.status_code not in {408, 409}
        case _:
            return isinstance(error, openai.APIError) and _too_long(error)


def _asked_for(error: Exception | None) -> float | None:
    """Read how many seconds an endpoint asks to wait; dates in that header are not used by any."""
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    for name, share in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * share)
        except (KeyError, ValueError):
            continue
    return None


def _line(error: Exception) -> str:
    if isinstance(error, openai.APIError) and _too_long(error):
        return "This conversation has become too long for the model. Start a new one."
    if isinstance(error, openai.NotFoundError):
        return _not_found(error)
    if isinstance(error, openai.RateLimitError):
        return _limited(error)
    fixed = next((line for kinds, line in _LINES if isinstance(error, kinds)), "")
    if isinstance(error, openai.APIConnectionError) and not fixed:
        return _unreached(error)
    if isinstance(error, openai.APIStatusError) and not fixed:
        return _rejected(error)
    return fixed or BROKE_OFF


def _not_found(error: openai.APIStatusError) -> str:
    if not _is_page(error):
        return (
            "The chat endpoint does not know the model or the address. Check OPENAI_MODEL and "
            "OPENAI_BASE_URL."
        )
    url = str(error.request.url)
    return (
        f"There is no chat endpoint at {_host(url)}{urlsplit(url).path}. Check OPENAI_BASE_URL; "
        "most of these addresses end in /v1."
    )


def _is_page(error: openai.APIStatusError) -> bool:
    return str(error.response.headers.get("content-type", "")).startswith("text/html")


def _limited(error: openai.RateLimitError) -> str:
    if _used_up(error):
        return "The quota of the chat endpoint is used up. Check its billing."
    asked = _asked_for(error)
    wait = f"{asked / 60:.0f} minutes" if asked and asked > LONGEST_PAUSE else "a minute"
    return f"The chat endpoint is too busy. Wait {wait} and ask again."


def _used_up(error: openai.RateLimitError) -> bool:
    text = f"{error.code} {error}".lower()
    # Some call a limit per minute a quota too, but then they say when to come back.
    return ("quota" in text or "billing" in text) and _asked_for(error) is None


def _unreached(error: openai.APIConnectionError) -> str:
    host = _host(str(error.request.url)) or "its address"
    if _has(error, ssl.SSLError):
        return (
            f"The connection to the chat endpoint at {host} is not secure: its certificate was "
            "not accepted, or it speaks no TLS. Check OPENAI_BASE_URL."
        )
    if _has(error, socket.gaierror):
        return f"The name of the chat endpoint, {host}, is not known. Check OPENAI_BASE_URL."
    if _unreadable(error):
        return "OPENAI_BASE_URL is no address; it begins with https:// or http://."
    return (
        f"The chat endpoint at {host} cannot be reached. Check the network, and whether it runs "
        "there (OPENAI_BASE_URL)."
    )


def _host(url: str) -> str:
    """Give the host and port of an address, without the name and password that it may hold."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _unreadable(error: BaseException) -> bool:
    return any(type(cause).__name__ == "UnsupportedProtocol" for cause in _causes(error))


def _rejected(error: openai.APIStatusError) -> str:
    text = f"{error.code} {error}".lower()
    if "content_filter" in text or "content management policy" in text:
        return _line(Filtered())
    if "model" in text and ("not exist" in text or "not found" in text or "unknown" in text):
        return "The chat endpoint does not know the model. Check OPENAI_MODEL."
    if _is_page(error):
        return _not_found(error)
    if error.status_code == 402:
        return "The quota of the chat endpoint is used up. Check its billing."
    return "The chat endpoint did not accept the request; see the log."


def _too_long(error: openai.APIError) -> bool:
    text = f"{error.code} {error.message} {error}".lower()
    status = getattr(error, "status_code", None)
    return status == 413 or any(words in text for words in _CONTEXT)


def _has(error: BaseException, *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in _causes(error))


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in found:
        found.append(here)
        here = here.__cause__ or here.__context__
    return found
