"""What gives an order away: phrases by language, and which of them together are an attempt."""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tools.core.errors import Fixable

# Scripts whose words are not set apart by spaces (or, in Korean, bear endings).
_SCRIPTS = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_SPACELESS = re.compile(f"[{_SCRIPTS}]")
WORD = re.compile(rf"[^\W_{_SCRIPTS}]+")
_END = "(?![a-z0-9\u00e0-\u024f\u0370-\u06ff])"
# Phrases are sorted by their first letters, so that each word is compared with few of them.
STEM = 3
_BETWEEN = r"[\W_]{1,4}"
_FEW_WORDS = rf"(?:{_BETWEEN}[^\W_]{{1,24}}){{0,5}}{_BETWEEN}"
_ENDING = r"[^\W_]{0,20}"
# Shorter phrases are found by chance where words run together.
_SHORTEST_LOOSE = 3
ADDRESS = "address"
_ADDRESS = re.compile(
    r"(?:https?|ftp)\W{0,2}//\S{3}|\bwww\.\w|\b[\w.+-]{1,64}@[\w-]{1,64}\.\w|hxxps?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Kinds of phrases that together, within so many letters, are an attempt.

    `short` holds for short texts only, `decoded` for what was hidden by encoding only; `loose`
    also where spaces are missing; `lead` wants the first to begin a clause; `unless` names phrases
    beside the first that make it none.
    """

    kind: str
    parts: tuple[str, ...]
    within: int
    ordered: bool = False
    lead: bool = False
    short: bool = False
    loose: bool = False
    decoded: bool = False
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two kinds of phrases, one after the other, that together count as one."""

    first: str
    then: str
    gap: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A regular expression that is an attempt by itself."""

    kind: str
    pattern: re.Pattern[str]
    short: bool = False


@dataclass(frozen=True, slots=True)
class Posing:
    """A name of a role before a colon, and the phrases that make what follows an attempt."""

    pattern: re.Pattern[str]
    within: int
    needs: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that is looked for; `version` changes with any of it.

    `starts` sorts the phrases of spaced scripts by their first letters, with their kind.
    """

    version: str
    kinds: Mapping[str, str]
    starts: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]
    spaceless: Mapping[str, re.Pattern[str]]
    loose: Mapping[str, re.Pattern[str]]
    exceptions: Mapping[str, re.Pattern[str]]
    pairs: Mapping[str, Pair]
    rules: tuple[Rule, ...]
    marks: tuple[Mark, ...]
    posing: Posing
    leads: frozenset[str]


def parse_patterns(text: str) -> Patterns:
    """Read patterns from TOML text; Fixable names what cannot be used."""
    try:
        document = tomllib.loads(text)
        return _patterns(document, hashlib.sha256(text.encode()).hexdigest()[:8])
    except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError, AttributeError) as error:
        raise Fixable(f"suspicion.toml cannot be used: {error}. Correct it.") from error


@lru_cache(maxsize=1)
def default_patterns() -> Patterns:
    """Give the patterns that come with the product."""
    file = Path(__file__).parent.parent / "suspicion.toml"
    return parse_patterns(file.read_text(encoding="utf-8"))


def fold(text: str) -> str:
    """Write text as phrases are written: compatible letters, lower case, no accents."""
    apart = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    bare = "".join(letter for letter in apart if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def _patterns(document: Mapping[str, Mapping[str, str]], version: str) -> Patterns:
    entries: Mapping[str, Mapping[str, str]] = document["phrases"]  # type: ignore[assignment]
    listed = {name: _listed(languages) for name, languages in entries.items()}
    leads = frozenset(listed.pop("lead"))
    pairs = {name: Pair(**pair) for name, pair in document.get("pairs", {}).items()}  # type: ignore[arg-type]
    known = {*listed, *pairs, ADDRESS}
    rules = tuple(_rule(entry, known) for entry in document["rule"])
    roles = document["roles"]
    return Patterns(
        version=version,
        kinds=document["kinds"],
        starts=_starts(listed),
        spaceless={
            ADDRESS: _ADDRESS,
            **{name: found for name, phrases in listed.items() if (found := _spaceless(phrases))},
        },
        loose={name: _run_together(phrases) for name, phrases in listed.items()},
        exceptions={
            name: _compiled(_listed({"": text}))
            for name, text in document.get("except", {}).items()
        },
        pairs=pairs,
        rules=rules,
        marks=tuple(_mark(entry) for entry in document["mark"]),
        posing=Posing(
            re.compile(roles["pattern"]), int(roles["within"]), tuple(roles["needs"]), roles["kind"]
        ),
        leads=leads,
    )


def _listed(languages: Mapping[str, str]) -> list[str]:
    every = ",".join(languages.values()).split(",")
    return list(dict.fromkeys(fold(phrase.strip()) for phrase in every if phrase.strip()))


def _rule(entry: object, known: set[str]) -> Rule:
    assert isinstance(entry, dict)
    given = dict(entry)
    parts = tuple(given.pop("all"))
    if unknown := sorted({*parts, given.get("unless") or parts[0]} - known):
        raise KeyError(unknown[0])
    return Rule(parts=parts, **given)


def _mark(entry: object) -> Mark:
    assert isinstance(entry, dict)
    return Mark(entry["kind"], re.compile(entry["pattern"]), bool(entry.get("short")))


def _starts(
    listed: Mapping[str, Sequence[str]],
) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    sorted_: dict[tuple[str, str], list[str]] = {}
    for name, phrases in listed.items():
        for phrase in phrases:
            if not _SPACELESS.search(phrase):
                sorted_.setdefault((WORD.findall(phrase)[0][:STEM], name), []).append(phrase)
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for (start, name), phrases in sorted_.items():
        found.setdefault(start, []).append((name, _compiled(phrases)))
    return found


def _compiled(phrases: Sequence[str]) -> re.Pattern[str]:
    # Longer ones first, because the first that fits is taken.
    worded = "|".join(_worded(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?:{worded}){_END}")


def _spaceless(phrases: Sequence[str]) -> re.Pattern[str] | None:
    written = {re.escape(fold(phrase)) for phrase in phrases if _SPACELESS.search(phrase)}
    return re.compile("|".join(sorted(written, key=len, reverse=True))) if written else None


def _worded(phrase: str) -> str:
    text = ""
    gap = ""
    for word in phrase.split():
        if word == "~":
            gap = _FEW_WORDS
            continue
        bare = re.escape(word.removesuffix("*")).replace("'", r"\W?").replace(r"\.", r"\W?")
        text += gap + bare + (_ENDING if word.endswith("*") else "")
        gap = _BETWEEN
    return text


def _run_together(phrases: Sequence[str]) -> re.Pattern[str]:
    squeezed = {re.sub(r"[\W_]", "", phrase) for phrase in phrases if "~" not in phrase}
    usable = sorted((p for p in squeezed if len(p) >= _SHORTEST_LOOSE), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, usable)) or r"(?!)")
