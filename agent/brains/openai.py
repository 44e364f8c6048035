"""Any OpenAI-compatible endpoint as the brain, and its failures in one clear line."""

import openai
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0
RETRIES = 3
NO_KEY = "none"

# The first kind that fits decides, so the narrow ones stand before the wide ones.
_LINES: tuple[tuple[tuple[type[openai.OpenAIError], ...], str], ...] = (
    (
        (openai.AuthenticationError, openai.PermissionDeniedError),
        "The chat endpoint refused the key. Check DALM_OPENAI_API_KEY.",
    ),
    (
        (openai.NotFoundError,),
        "The chat endpoint does not know the model or the address. Check DALM_OPENAI_MODEL and "
        "DALM_OPENAI_BASE_URL.",
    ),
    (
        (openai.APITimeoutError,),
        "The chat endpoint did not answer in time. Ask again, or check the network.",
    ),
    (
        (openai.APIConnectionError,),
        "The chat endpoint cannot be reached. Check the network and DALM_OPENAI_BASE_URL.",
    ),
    (
        (openai.InternalServerError, openai.ConflictError),
        "The chat endpoint failed on its side. Ask again later.",
    ),
    (
        (openai.APIError,),
        "The chat endpoint broke off its answer. Ask again.",
    ),
)


def build_openai_brain(
    *,
    model: str,
    key: str | None = None,
    base_url: str | None = None,
    seconds: float = ANSWER_SECONDS,
    retries: int = RETRIES,
) -> ChatOpenAI:
    """Give a chat model of an endpoint; without `base_url` it is OpenAI's own.

    Usage is asked for in streams, because other endpoints leave it out otherwise.
    """
    return ChatOpenAI(
        model=model,
        api_key=SecretStr(key or NO_KEY),
        base_url=base_url,
        stream_usage=True,
        timeout=(CONNECT_SECONDS, seconds),
        max_retries=retries,
        temperature=0,
    )


def explain(error: BaseException) -> str | None:
    """Say in one line what went wrong with an endpoint and what to do; None for another error."""
    for cause in _causes(error):
        line = _line(cause)
        if line:
            return line
    return None


def _line(error: BaseException) -> str | None:
    if isinstance(error, openai.BadRequestError):
        return _rejected(error)
    if isinstance(error, openai.RateLimitError):
        return _limited(error)
    return next((line for kinds, line in _LINES if isinstance(error, kinds)), None)


def _limited(error: openai.RateLimitError) -> str:
    if "quota" in str(error).lower() or "billing" in str(error).lower():
        return "The quota of the chat endpoint is used up. Check its billing."
    return "The chat endpoint is too busy. Wait a minute and ask again."


def _rejected(error: openai.BadRequestError) -> str:
    text = f"{error.code} {error}".lower()
    if "context" in text and ("length" in text or "window" in text or "exceed" in text):
        return "This conversation has become too long for the model. Start a new one."
    if "model" in text and ("not exist" in text or "not found" in text or "unknown" in text):
        return "The chat endpoint does not know the model. Check DALM_OPENAI_MODEL."
    return "The chat endpoint did not accept the request; see the log."


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in found:
        found.append(here)
        here = here.__cause__ or here.__context__
    return found
