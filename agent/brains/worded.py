"""Arguments that a request words itself: search words, tags, titles, names and tones."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from agent.brains import languages, naming, slots
from agent.brains.changes import changes
from agent.brains.lexicon import fold, spans
from agent.brains.words import content, telling
from tools.core.channels import Channels
from tools.core.errors import Fixable
from tools.core.search.filters.reading import read_filters
from tools.core.search.query import default_vocabulary
from tools.core.search.quotes import quoted_in

COPIED = 0.6
# Where filters stand does not depend on what day it is.
ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
# What bears a name that is given in quotation marks: a collection is no text to be found.
_HOLDERS = re.compile(
    r"collecti|collezi|colecci|colec|kollekti|sammlung|folder|ordner|dossier|carpeta|pasta|cartella"
    r"|album|moodboard|board|verzameling|コレクション|フォルダ|アルバム"
)

Copier = Callable[[str, str, Sequence[str]], Mapping[str, Any]]
"""Lets the model copy the named arguments of a tool out of a request."""


def read_arguments(
    tool: str, request: str, channels: Channels, copy: Copier | None
) -> dict[str, Any] | str:
    """Give every argument of a tool but the assets, or the key of the question to ask."""
    if tool == "reframe_assets":
        targets = slots.targets(request, channels)
        return {"targets": list(targets)} if targets else "targets"
    if tool in _BY_RULE:
        return _BY_RULE[tool](request)
    if tool in _BY_MODEL:
        return _BY_MODEL[tool](request, copy)
    return {}


def _search(request: str) -> dict[str, Any]:
    rest, filters = _filters(request)
    given = _looked_for(rest)
    # What says a hard filter goes along as it was said; the search reads it.
    said = ", ".join(part for part in (given["query"], *filters) if part)
    return given | {"query": said}


def _like(request: str) -> dict[str, Any]:
    wanted = changes(request)
    both = {"plus": list(wanted.plus), "minus": list(wanted.minus)}
    return {name: texts for name, texts in both.items() if texts}


def _filters(request: str) -> tuple[str, list[str]]:
    """Give a request without its hard filters, and these as they were said."""
    try:
        reading = read_filters(request, ANY_DAY, default_vocabulary())
    except Fixable:
        return request, []
    if not reading.clauses:
        return request, []
    return reading.rest, [clause.said for clause in reading.clauses]


def _looked_for(request: str) -> dict[str, Any]:
    quoted = quoted_in(request)
    if quoted.phrases and not _HOLDERS.search(fold(quoted.rest)):
        # What is quoted is to be found as it stands, so it keeps its marks.
        marked = " ".join(f'"{phrase}"' for phrase in quoted.phrases)
        rest = _looked_for(quoted.rest) if telling(quoted.rest) else {"query": ""}
        return rest | {"query": f"{marked} {rest['query']}".strip()}
    kind, shape = slots.media_type(request), slots.orientation(request)
    words = content(request)
    if kind and kind != "image":
        # The kind is a filter; as a word it would find everything of that kind.
        words = content(_without(words, kind)) if _without(words, kind) else words
    given: dict[str, Any] = {"query": words}
    if kind:
        given["media_type"] = kind
    if shape:
        given["orientation"] = shape
    return given


def _without(words: str, kind: str) -> str:
    low = fold(words)
    for span in spans("media_types", low):
        if span.value == kind and len(low) == len(words):
            return f"{words[: span.start]} {words[span.end :]}".strip()
    return words


def _use(request: str) -> dict[str, Any]:
    country = slots.territory(request)
    return _where(request) | ({"territory": country} if country else {})


def _where(request: str) -> dict[str, Any]:
    place = slots.channel(request)
    return {"channel": place} if place else {}


def _record(request: str) -> dict[str, Any]:
    return {"note": request.strip(), **_use(request)}


def _publish(request: str) -> dict[str, Any] | str:
    place, country = _where(request), slots.market(request)
    if not place:
        return "where"
    return place | ({"territory": country} if country else {})


def _ahead(request: str) -> dict[str, Any]:
    days = slots.days(request)
    return {"days": days} if days else {}


def _translate(request: str) -> dict[str, Any] | str:
    language = languages.language(request)
    return {"language": language} if language else "language"


def _edit(request: str) -> dict[str, Any]:
    return {"edit": request.strip()}


def _report(request: str) -> dict[str, Any]:
    return {"topic": request.strip(" .?!？！。¿¡")}


def _tags(request: str, copy: Copier | None) -> dict[str, Any] | str:
    change = naming.tag_change(request)
    given = {"add": list(change.add), "remove": list(change.remove)}
    if not change.names and copy:
        told = copy("tag_assets", request, ("add", "remove"))
        given = {
            key: [str(name) for name in told.get(key, ()) if _said(str(name), request)]
            for key in (("add", "remove") if naming.takes_away(request) else ("add",))
        }
    return {key: names for key, names in given.items() if names} or "tags"


def _collection(request: str, copy: Copier | None) -> dict[str, Any] | str:
    name = naming.collection(request) or _copied("collect_assets", request, copy, "collection")
    return {"collection": name} if name else "collection"


def _tone(request: str) -> dict[str, Any]:
    return {"tone": content(request)}


def _workflow(request: str) -> dict[str, Any]:
    return {"name": content(request)}


def _description(request: str) -> dict[str, Any]:
    if (several := naming.described(request)) and len(several) > 1:
        return dict(several)
    text = naming.title(request)
    # A new name that is not said to be anything else is a title.
    usual = "title" if text else "description"
    kind = next((span.value for span in spans("described", fold(request))), usual)
    return {kind: text} if text else {"topic": kind}


def _bulk(request: str) -> dict[str, Any]:
    change = naming.tag_change(request)
    given: dict[str, Any] = {"query": content(request), "edit": request.strip()}
    if change.names and any(True for _ in spans("tagging", fold(request))):
        given |= {
            key: list(names)
            for key, names in (("add", change.add), ("remove", change.remove))
            if names
        }
    return given


def _copied(tool: str, request: str, copy: Copier | None, name: str) -> str | None:
    value = str(copy(tool, request, (name,)).get(name, "")).strip() if copy else ""
    return value if value and _said(value, request) else None


def _said(value: str, request: str) -> bool:
    """Tell whether a value was copied out of the request rather than made up."""
    low, wanted = fold(request), telling(value) or [fold(value)]
    return sum(word in low for word in wanted) >= COPIED * len(wanted)


_BY_RULE: Mapping[str, Callable[[str], dict[str, Any] | str]] = {
    "search_assets": _search,
    "find_similar": _like,
    "check_rights": _use,
    "record_rights": _record,
    "predict_performance": _where,
    "withdraw_assets": _where,
    "publish_assets": _publish,
    "forecast_rights": _ahead,
    "translate_asset": _translate,
    "edit_image": _edit,
    "library_report": _report,
    "rewrite_text": _tone,
    "run_workflow": _workflow,
    "bulk_update": _bulk,
    "describe_asset": _description,
}
_BY_MODEL: Mapping[str, Callable[[str, Copier | None], dict[str, Any] | str]] = {
    "tag_assets": _tags,
    "collect_assets": _collection,
}
