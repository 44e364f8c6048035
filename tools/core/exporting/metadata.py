"""What is known of an asset, as the fields that its copy carries."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime

from tools.core.assets import Field, FieldValue, Source
from tools.core.embedded import LONGEST_EMBEDDED, TEXTS
from tools.core.marks import colour_label
from tools.core.rights.actions import Action, forbidden
from tools.core.rights.licences import licence_address
from tools.core.rights.rules import Rule, RuleKind
from tools.core.tags import normal_tag

_NAMES = frozenset({"creator", "rights_holder"})
# Where a record that a person confirmed says it, it outranks what the file said before.
_RECORDED_FIRST = frozenset({"rights_holder", "usage_terms", "web_statement", "data_mining"})


def leaving(
    values: Sequence[FieldValue],
    rules: Sequence[Rule],
    found: Mapping[str, str],
    at: datetime,
) -> dict[str, str]:
    """Give the fields of a copy, named as in FileFacts.embedded.

    `found` is what the file says now: where the library means the same, its spelling is kept.
    Guesses of models stay at home, and so do clauses of contracts: of the `rules` that count at
    the moment `at` only licences, holders, credit lines and words on data mining leave.
    """
    said = [value for value in values if value.source is not Source.MODEL]
    recorded = _recorded([rule for rule in rules if rule.counts and _holds(rule, at)])
    fields = {
        name: text
        for name, field in TEXTS.items()
        if (text := _text(name, field, said, recorded, found.get(name, "")))
    }
    tags = [value.value for value in said if value.field is Field.TAG]
    paths = [value.value for value in said if value.field is Field.KEYWORD_PATH]
    fields |= {
        "keywords": "\n".join(_spelt(tags, found.get("keywords", ""))),
        "keyword_paths": "\n".join(_paths(paths, tags, found.get("keyword_paths", ""))),
        "rating": _first(said, Field.RATING),
        "colour_label": _label(_first(said, Field.COLOUR_LABEL), found.get("colour_label", "")),
    }
    return {name: text for name, text in fields.items() if text}


def _text(
    name: str,
    field: Field,
    said: Sequence[FieldValue],
    recorded: Mapping[str, str],
    found: str,
) -> str:
    value = next((value for value in said if value.field is field), None)
    text = value.value if value else ""
    told = recorded.get(name, "")
    if told and (not value or (value.source is Source.FILE and name in _RECORDED_FIRST)):
        text = told
    if _kept_form(found) != _kept_form(text):
        return _writable(text)
    # Several names are read as one text, and stay several where nothing is to be changed.
    return "" if name in _NAMES and ", " in found else found


def _recorded(rules: Sequence[Rule]) -> dict[str, str]:
    """Read what records say that is meant for everybody."""
    told: dict[str, str] = {}
    for rule in rules:
        for name, text in (
            ("rights_holder", rule.holder),
            ("creator", rule.creator),
            ("usage_terms", rule.licence),
            ("web_statement", licence_address(rule.licence)),
            ("credit", rule.credit),
        ):
            if text:
                told.setdefault(name, text)
    if mining := _mining(rules):
        told["data_mining"] = mining
    return told


def _mining(rules: Sequence[Rule]) -> str:
    """Give the PLUS code for what is forbidden everywhere, "" where nothing is."""
    codes = set()
    for rule in rules:
        narrow = rule.channels or rule.territories or rule.purposes or rule.edits
        if rule.kind is not RuleKind.PROHIBITION or narrow or not rule.actions:
            continue
        reach = forbidden(rule.actions) or frozenset()
        codes |= {Action.MINE, Action.TRAIN} & reach
    if Action.MINE in codes:
        return "DMI-PROHIBITED"
    return "DMI-PROHIBITED-AIMLTRAINING" if codes else ""


def _holds(rule: Rule, at: datetime) -> bool:
    return (rule.starts is None or rule.starts <= at) and (rule.ends is None or at <= rule.ends)


def _spelt(tags: Sequence[str], found: str) -> list[str]:
    """Give the tags as the file spells them, in its order, then the others."""
    wanted = dict.fromkeys(tags)
    kept = {normal_tag(word): word for word in reversed(found.splitlines())}
    known = [normal_tag(word) for word in found.splitlines()]
    order = [*(tag for tag in dict.fromkeys(known) if tag in wanted), *wanted]
    return [kept.get(tag, tag) for tag in dict.fromkeys(order)]


def _paths(paths: Sequence[str], tags: Sequence[str], found: str) -> list[str]:
    """Give hierarchical keywords whose narrowest word is still a tag, with the file's spelling."""
    known = set(tags)
    lines = [path.replace(" > ", "|") for path in paths]
    # Programs list the single words of their hierarchies too.
    single = [line for line in found.splitlines() if "|" not in line]
    wanted = [*lines, *single]
    return [line for line in dict.fromkeys(wanted) if normal_tag(line.rpartition("|")[2]) in known]


def _label(colour: str, found: str) -> str:
    """Give a label in the words of the file, or in those that most programs know."""
    if not colour:
        return ""
    return found if colour_label(found) == colour else colour[:1].upper() + colour[1:]


def _first(values: Sequence[FieldValue], field: Field) -> str:
    return next((value.value for value in values if value.field is field), "")


def _kept_form(text: str) -> str:
    """Give a text as the library keeps it: its beginning, on one line."""
    return _one_line(text)[:LONGEST_EMBEDDED].strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _writable(text: str) -> str:
    """Leave out what XML cannot hold."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Cn"} else c for c in text)
    return _one_line(kept)
