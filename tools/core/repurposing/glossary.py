"""The glossary of a team: terms with their translations, names that stay, sentences put right."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.core.errors import Fixable
from tools.core.repurposing.languages import base_of, language_code

FILE = "glossary.toml"


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a translation has to say; terms and sentences are by target language."""

    names: tuple[str, ...] = ()
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sentences: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def required(self, text: str, language: str) -> dict[str, str]:
        """Give the terms and names of a text with what each must be called, the longest first."""
        known = {**{name: name for name in self.names}, **_of(self.terms, language)}
        found: dict[str, str] = {}
        rest = text
        for term in sorted(known, key=len, reverse=True):
            pattern = _pattern(term, exact=term in self.names)
            if pattern.search(rest):
                found[term] = known[term]
                rest = pattern.sub(" ", rest)
        return found

    def missing(self, source: str, target: str, language: str) -> dict[str, str]:
        """Give those whose wanted word does not stand in the target."""
        wanted = self.required(source, language)
        return {
            term: word
            for term, word in wanted.items()
            if not _pattern(word, exact=term in self.names).search(target)
        }

    def sentence(self, text: str, language: str) -> str | None:
        """Give what a person wrote for this very sentence."""
        return _of(self.sentences, language).get(text.strip())

    def enforced(
        self,
        source: str,
        target: str,
        language: str,
        translate: Callable[[Sequence[str]], Sequence[str]],
    ) -> str:
        """Put the wanted words into a translation; what cannot be placed is left as it is.

        First where the engine's own word for the term stands, else by translating the text once
        more with the wanted words already in it.
        """
        lacking = self.missing(source, target, language)
        if not lacking:
            return target
        own = translate(list(lacking))
        for word, said in zip(lacking.values(), own, strict=True):
            bare = said.strip().rstrip(".!?")
            if bare:
                target = _pattern(bare, exact=False).sub(word.replace("\\", r"\\"), target, count=1)
        lacking = self.missing(source, target, language)
        if not lacking:
            return target
        primed = source
        for term, word in lacking.items():
            exact = term in self.names
            primed = _pattern(term, exact=exact).sub(word.replace("\\", r"\\"), primed)
        if primed == source:
            return target
        (again,) = translate([primed])
        better = len(self.missing(source, again, language)) < len(lacking)
        return again if better else target


def parse_glossary(text: str) -> Glossary:
    """Read `names`, `[terms.<language>]` and `[sentences.<language>]`.

    Raises Fixable, naming the entry, for what is none of these.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Fixable(f"{FILE} cannot be read: {error}.") from error
    stray = set(said) - {"names", "terms", "sentences"}
    names = said.get("names", [])
    if stray or not isinstance(names, list) or not all(_is_text(name) for name in names):
        wrong = ", ".join(sorted(stray)) or "names"
        raise Fixable(f"{FILE}: {wrong} is not known; it has names, [terms.pt], [sentences.pt].")
    return Glossary(tuple(names), _tables(said, "terms"), _tables(said, "sentences"))


def _tables(said: dict[str, Any], kind: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    tables = said.get(kind, {})
    for language, entries in tables.items() if isinstance(tables, dict) else [(kind, None)]:
        if not isinstance(entries, dict) or not all(map(_is_text, [*entries, *entries.values()])):
            raise Fixable(f'{FILE}: [{kind}.{language}] needs lines like "term" = "word".')
        found[language_code(language)] = {one.strip(): other for one, other in entries.items()}
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _of(tables: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    """Give the entries for a language, those of its region before those of all."""
    return {**tables.get(base_of(language), {}), **tables.get(language, {})}


def _pattern(word: str, *, exact: bool) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, word.split()))
    start = r"(?<!\w)" if word[:1].isalnum() else ""
    end = r"(?!\w)" if word[-1:].isalnum() else ""
    return re.compile(start + spaced + end, 0 if exact else re.IGNORECASE)
