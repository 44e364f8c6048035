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
_UNIT = re.compile(
    r"(?<=\d)[ \u00a0\u202f]?(%|°C|°F|€|£|\$|k?g|mg|[kcm]?m|m[²³]|[mc]?l|[kM]?W|kWh|k?V"
    r"|mAh|Hz|[KMGT]B)(?![\w²³])"
)
_LEGAL = re.compile(
    r"[©®™℠]|\b(?:Ltd|GmbH|Inc|LLC|PLC|AG|S\.A|S\.L|B\.V|Lda|S\.r\.l)\b", re.IGNORECASE
)
_MONTHS = (
    "january januar janvier enero gennaio janeiro januari",
    "february februar février febrero febbraio fevereiro februari",
    "march märz mars marzo março maart",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre diciembre dicembre dezembro",
)
_NUMBERED = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
_DATE = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?[.º]?\s+(?:of\s+|de\s+)?([^\W\d_]{3,})|([^\W\d_]{3,})\s+(?:de\s+)?\d"
)
_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Loss:
    """A passage that lost something: what, and the beginning of source and target."""

    what: str
    source: str
    target: str

    def __str__(self) -> str:
        """Write the loss on one line for a person."""
        return self.line()

    def line(self, longest: int = _QUOTE) -> str:
        """Write source and target side by side, each at most so many characters."""
        source, target = _short(self.source, longest), _short(self.target, longest)
        return f"{self.what}: “{source}” became “{target}”"


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
            ("a unit changed", _units),
            ("a date changed", _months),
            ("a legal line changed", _legal),
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


def _units(text: str) -> Counter[str]:
    return Counter(_UNIT.findall(_URL.sub(" ", text)))


def _months(text: str) -> Counter[int]:
    """Give the months that stand beside a number, in seven languages."""
    words = (one or other for one, other in _DATE.findall(text))
    return Counter(_NUMBERED[word.lower()] for word in words if word.lower() in _NUMBERED)


def _legal(text: str) -> Counter[str]:
    return Counter(mark.lower() for mark in _LEGAL.findall(text))


def _in_24_hours(time: re.Match[str]) -> str:
    """Write 2 pm as 14, for languages that count to 24."""
    hour = int(time[1]) % 12 + (12 if time[3].lower() == "p" else 0)
    return f"{hour}:{time[2]}" if time[2] else str(hour)


def _short(text: str, longest: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 3] + "..."
