"""Open licences as terms: what they permit, forbid and ask for (Creative Commons legal codes)."""

import re
from dataclasses import dataclass

from tools.core.errors import Fixable
from tools.core.rights.actions import Action, Purpose
from tools.core.rights.rules import RuleKind
from tools.core.rights.terms import Term

_VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
_DEEDS = {
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "Public domain": "https://creativecommons.org/publicdomain/mark/1.0/",
}
_CC = re.compile(r"cc[ -]by((?:[ -](?:nc|nd|sa))*)[ -](\d\.\d)(?:[ -][a-z]{2,5})?")


@dataclass(frozen=True, slots=True)
class OpenLicence:
    """A licence by its short name, the elements it is made of, and its terms."""

    name: str
    terms: tuple[Term, ...]


def open_licence(licence_id: str, author: str) -> OpenLicence:
    """Give the terms of an open licence, such as `CC0-1.0`, `public-domain` or `CC-BY-SA-4.0`.

    Raises Fixable for any other, and for a licence that asks for credit when nobody is named.
    """
    plain = re.sub(r"[\s_-]+", " ", licence_id.strip().lower())
    if plain in {"cc0", "cc0 1.0", "cc zero"}:
        return _free("CC0 1.0", "its author waived all rights")
    if plain in {"public domain", "pdm", "pdm 1.0", "cc pdm 1.0", "cc pdm"}:
        return _free("Public domain", "no copyright is known to hold")
    match = _CC.fullmatch(plain)
    if match is None or match[2] not in _VERSIONS:
        raise Fixable(
            f"No open licence '{licence_id[:40]}'. Known: CC0-1.0, public-domain, CC-BY-4.0 and "
            "its kin with SA, NC and ND. Record other terms as a sentence."
        )
    if not author.strip():
        raise Fixable(f"{licence_id} asks for credit: say who the author is.")
    return _attribution(match[1].split(), match[2], author.strip())


def _free(name: str, why: str) -> OpenLicence:
    clause = f"{name}: {why}; any use is allowed."
    return OpenLicence(name, (Term(RuleKind.PERMISSION, clause),))


def _attribution(elements: list[str], version: str, author: str) -> OpenLicence:
    kinds = [e for e in re.split(r"[ -]", " ".join(elements)) if e]
    name = "-".join(["BY", *(e.upper() for e in kinds)])
    full = f"CC {name} {version}"
    scope = "for non-commercial purposes" if "nc" in kinds else "for any purpose"
    adapt = "shared" if "nd" in kinds else "shared and adapted"
    credit = f"{author}, {full}"
    terms = [
        Term(RuleKind.PERMISSION, f"{full}: may be {adapt} {scope} with credit.", credit=credit)
    ]
    if "nc" in kinds:
        terms.append(
            Term(
                RuleKind.PROHIBITION,
                f"{full}: not for commercial purposes.",
                purposes=(Purpose.COMMERCIAL,),
            )
        )
    if "nd" in kinds:
        terms.append(
            Term(
                RuleKind.PROHIBITION,
                f"{full}: adapted versions may not be shared.",
                actions=(Action.PUBLISH, Action.SHARE),
                edits=(Action.EDIT,),
            )
        )
    else:
        terms.append(Term(RuleKind.DUTY, "Say that it was changed.", edits=(Action.EDIT,)))
    if "sa" in kinds:
        clause = f"Share adapted versions under {full}."
        terms.append(Term(RuleKind.DUTY, clause, edits=(Action.EDIT,)))
    return OpenLicence(full, tuple(terms))


def licence_address(name: str) -> str:
    """Give the address of the deed of a Creative Commons licence by its name here, or ""."""
    match = re.fullmatch(r"CC (BY(?:-NC|-SA|-ND)*) (\d\.\d)", name)
    if match:
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    return _DEEDS.get(name, "")
