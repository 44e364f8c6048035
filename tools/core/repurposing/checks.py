"""What a translation must keep, checked by code: numbers, addresses, placeholders."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\{\{[^{}]+\}\}|\$\{[^{}]+\}|\{[^{}\s]*\}|%\(\w+\)[sd]|%[sd]|<[/\w][^<>]*>"
)
_NUMBER = re.compile(r"\d[\d.,:/\u00a0\u202f' ]*\d|\d")
_HALF_DAY = re.compile(r"\b(\d{1,2})(?::(\d\d))?\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
_FULL_HOUR = re.compile(r"\b(\d{1,2})[:h]00\b")
_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Loss:
    """A passage that lost something: what, and the beginning of source and target."""

    what: str
    source: str
    target: str

    def __str__(self) -> str:
        """Write the loss on one line for a person."""
        return f"{self.what}: “{_short(self.source)}” became “{_short(self.target)}”"


def losses(sources: Sequence[str], targets: Sequence[str]) -> list[Loss]:
    """Compare texts one for one; a lost, changed or invented part is a loss."""
    found = []
    for source, target in zip(sources, targets, strict=True):
        if source.strip() and not target.strip():
            found.append(Loss("nothing came back", source, target))
            continue
        checks = (
            ("an address changed", _urls),
            ("a placeholder changed", _placeholders),
            ("a number changed", _numbers),
        )
        found += [
            Loss(what, source, target) for what, parts in checks if parts(source) != parts(target)
        ]
    # A part that was translated by itself repeats the loss of its whole.
    return [
        loss
        for loss in found
        if not any(
            loss.what == other.what and loss.source != other.source and loss.source in other.source
            for other in found
        )
    ]


def _urls(text: str) -> Counter[str]:
    return Counter(url.rstrip(".,;:") for url in _URL.findall(text))


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


def _numbers(text: str) -> Counter[str]:
    """Give the digits of each number: separators differ between languages, digits do not."""
    plain = unicodedata.normalize("NFKC", _PLACEHOLDER.sub(" ", _URL.sub(" ", text)))
    plain = _FULL_HOUR.sub(r"\1", _HALF_DAY.sub(_in_24_hours, plain))
    digits = ["".join(c for c in number if c.isdigit()) for number in _NUMBER.findall(plain)]
    return Counter("".join(digits))


def _in_24_hours(time: re.Match[str]) -> str:
    """Write 2 pm as 14, for languages that count to 24."""
    hour = int(time[1]) % 12 + (12 if time[3].lower() == "p" else 0)
    return f"{hour}:{time[2]}" if time[2] else str(hour)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTE else plain[: _QUOTE - 3] + "..."
