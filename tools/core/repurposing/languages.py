"""Languages by what people call them in eight languages."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from tools.core.errors import Fixable
from tools.core.search.folding import fold

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?", re.IGNORECASE)


def language_code(text: str) -> str:
    """Give the BCP 47 code that a code or a name means.

    Raises Fixable, naming near languages or some that are known, when none is meant.
    """
    names = _names()
    wanted = fold(text.replace("_", "-"))
    known = {fold(name): code for code, every in names.items() for name in every}
    if wanted in known:
        return known[wanted]
    match = _TAG.fullmatch(wanted)
    if match and match[1] in names:
        script = f"-{match[2].title()}" if match[2] else ""
        region = f"-{match[3].upper()}" if match[3] else ""
        return f"{match[1]}{script}{region}"
    near = [known[name] for name in get_close_matches(wanted, known, n=3, cutoff=0.7)]
    offered = dict.fromkeys(near or ["en", "de", "fr", "es", "it", "pt", "nl", "ja"])
    listed = ", ".join(f"{names[code][0]} ({code})" for code in offered)
    raise Fixable(f"No language '{text[:40]}'. {'Did you mean' if near else 'Try'} {listed}?")


def language_names() -> tuple[str, ...]:
    """List what languages are called in eight languages and their own."""
    return tuple(name for every in _names().values() for name in every)


def language_name(code: str) -> str:
    """Give the English name of a code, or the code itself."""
    names = _names()
    base = base_of(code)
    if code in names:
        return names[code][0]
    return f"{names[base][0]} ({code})" if base in names else code


def names_of_languages() -> Mapping[str, Sequence[str]]:
    """Give what each known language is called in eight languages, by its BCP 47 code."""
    return _names()


def base_of(code: str) -> str:
    """Give the language of a code without script and region."""
    return code.partition("-")[0].lower()


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    path = Path(__file__).parent / "languages.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
