"""Arguments of a chosen tool: rules first, the model only for what is left, a question last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.brains import naming, slots
from agent.brains.lexicon import Span, fold, spans
from agent.brains.references import Likeness, Manner, Reference, refer
from agent.brains.screens import Card, Screen
from agent.brains.things import blanked, named_thing
from agent.brains.words import content, telling
from tools.core.channels import Channels
from tools.core.rights.territories import mentions

GATED = frozenset(
    {
        "publish_assets",
        "withdraw_assets",
        "archive_assets",
        "delete_assets",
        "bulk_update",
        "run_workflow",
    }
)
READING = frozenset({"check_rights", "suggest_tags", "predict_performance"})
ONE = frozenset(
    {
        "find_similar",
        "get_asset",
        "describe_asset",
        "translate_asset",
        "edit_image",
        "rewrite_text",
    }
)
MANY = frozenset(
    {
        "check_rights",
        "suggest_tags",
        "tag_assets",
        "collect_assets",
        "reframe_assets",
        "record_rights",
        "publish_assets",
        "withdraw_assets",
        "archive_assets",
        "delete_assets",
    }
)
OPTIONAL = frozenset({"run_workflow", "predict_performance"})
MAKERS = frozenset({"reframe_assets", "translate_asset", "edit_image", "rewrite_text"})
SHOWN_CANDIDATES = 4
COPIED = 0.6

Copier = Callable[[str, str, Sequence[str]], Mapping[str, Any]]
"""Lets the model copy the named arguments of a tool out of a request."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last call of the conversation, for "it" and "and the third one?"."""

    tool: str
    arguments: Mapping[str, Any]

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the assets it was about."""
        one, many = self.arguments.get("asset_id"), self.arguments.get("asset_ids")
        return (str(one),) if one else tuple(str(name) for name in many or ())


@dataclass(frozen=True, slots=True)
class Filled:
    """Arguments, or the key of the question that has to be asked instead."""

    arguments: Mapping[str, Any] = field(default_factory=dict)
    ask: str | None = None
    candidates: tuple[Card, ...] = ()


class Filler:
    """Fills in the arguments of tools."""

    def __init__(self, *, channels: Channels, likeness: Likeness | None = None) -> None:
        self._channels = channels
        self._likeness = likeness

    def fill(
        self,
        tool: str,
        request: str,
        screen: Screen,
        earlier: Earlier | None = None,
        copy: Copier | None = None,
    ) -> Filled:
        """Give the arguments of a tool for a request, or what to ask."""
        given = self._slots(tool, request, copy)
        if isinstance(given, str):
            return Filled(ask=given)
        return self.join(tool, request, screen, given, earlier)

    def join(
        self,
        tool: str,
        request: str,
        screen: Screen,
        given: Mapping[str, Any],
        earlier: Earlier | None = None,
    ) -> Filled:
        """Add the assets that a request means to the other arguments."""
        if tool not in ONE and tool not in MANY and tool not in OPTIONAL:
            return Filled(given)
        reference = self._reference(tool, request, screen, given, earlier)
        return _joined(tool, given, reference, screen)

    def _slots(self, tool: str, request: str, copy: Copier | None) -> dict[str, Any] | str:
        """Give everything but the assets, or the key of a question."""
        match tool:
            case "search_assets":
                return _search(request)
            case "check_rights" | "record_rights" | "predict_performance" | "withdraw_assets":
                return _places(tool, request)
            case "publish_assets":
                where = slots.channel(request)
                return {"channel": where} if where else "where"
            case "forecast_rights":
                ahead = slots.days(request)
                return {"days": ahead} if ahead else {}
            case "reframe_assets":
                targets = slots.targets(request, self._channels)
                return {"targets": list(targets)} if targets else "targets"
            case "translate_asset":
                language = slots.language(request)
                return {"language": language} if language else "language"
            case "edit_image":
                return {"edit": request.strip()}
            case "library_report":
                return {"topic": content(request) or request}
            case _:
                return _worded(tool, request, copy)

    def _reference(
        self,
        tool: str,
        request: str,
        screen: Screen,
        given: Mapping[str, Any],
        earlier: Earlier | None,
    ) -> Reference:
        thing = named_thing(blanked(request, *_understood(tool, request, given)))
        reference = refer(request, screen, thing, self._likeness)
        pointed = reference.manner in {Manner.IT, Manner.NOTHING}
        if pointed and not screen.selection and earlier and earlier.ids:
            if earlier.tool not in MAKERS or not screen.made:
                return Reference(Manner.IT, earlier.ids)
        if reference.manner is Manner.NOTHING and len(screen.focus) == 1:
            return Reference(Manner.IT, (screen.focus[0].id,))
        return reference


def _joined(tool: str, given: Mapping[str, Any], reference: Reference, screen: Screen) -> Filled:
    """Add the assets to the other arguments, asking when one is meant and several could be."""
    looked_up = reference.query if reference.manner is Manner.WORDS else None
    if tool in OPTIONAL:
        vague = reference.manner in {Manner.NOTHING, Manner.WORDS} or reference.ambiguous
        return Filled(given if vague else {**given, "asset_ids": list(reference.ids)})
    if looked_up:
        among = {"asset_ids": list(reference.ids)} if reference.ids and tool in MANY else {}
        return Filled({**given, **among, "query": looked_up})
    if not reference.ids:
        return Filled(ask="which_asset")
    several = len(reference.ids) > 1
    if several and (tool in ONE or (reference.ambiguous and tool not in READING)):
        cards = tuple(card for card in screen.all if card.id in reference.ids)
        return Filled(ask="which_one", candidates=cards[:SHOWN_CANDIDATES])
    if tool in ONE:
        return Filled({**given, "asset_id": reference.ids[0]})
    return Filled({**given, "asset_ids": list(reference.ids)})


def _search(request: str) -> dict[str, Any]:
    given: dict[str, Any] = {"query": content(request) or request.strip()}
    kind, shape = slots.media_type(request), slots.orientation(request)
    if kind:
        given["media_type"] = kind
    if shape:
        given["orientation"] = shape
    return given


def _places(tool: str, request: str) -> dict[str, Any]:
    given: dict[str, Any] = {"note": request.strip()} if tool == "record_rights" else {}
    if where := slots.channel(request):
        given["channel"] = where
    country = slots.territory(request)
    if country and tool in {"check_rights", "record_rights"}:
        given["territory"] = country
    return given


def _worded(tool: str, request: str, copy: Copier | None) -> dict[str, Any] | str:
    match tool:
        case "tag_assets":
            return _tags(request, copy) or "tags"
        case "describe_asset":
            return _description(request, copy)
        case "collect_assets":
            name = naming.collection(request) or _copied(tool, request, copy, "collection")
            return {"collection": name} if name else "collection"
        case "rewrite_text":
            return {"tone": _copied(tool, request, copy, "tone") or content(request)}
        case "run_workflow":
            name = _copied(tool, request, copy, "name") or content(request)
            return {"name": name} if name else "name"
        case "bulk_update":
            return _bulk(request, copy)
        case _:
            return {}


def _tags(request: str, copy: Copier | None) -> dict[str, Any]:
    change = naming.tag_change(request)
    given = {"add": list(change.add), "remove": list(change.remove)}
    if not change.names and copy:
        told = copy("tag_assets", request, ("add", "remove"))
        given = {
            key: [str(name) for name in told.get(key, ()) if _said(str(name), request)]
            for key in ("add", "remove")
        }
    return {key: names for key, names in given.items() if names}


def _description(request: str, copy: Copier | None) -> dict[str, Any]:
    kind = next((span.value for span in spans("described", fold(request))), "description")
    text = naming.title(request)
    if not text and copy:
        told = copy("describe_asset", request, ("title", "description", "alt_text", "topic"))
        for name in ("title", "description", "alt_text"):
            value = str(told.get(name, ""))
            if value and _said(value, request):
                kind, text = (name if kind == "description" else kind), value
    return {kind: text} if text else {"topic": kind}


def _bulk(request: str, copy: Copier | None) -> dict[str, Any]:
    which = _copied("bulk_update", request, copy, "query") or content(request)
    change = naming.tag_change(request)
    given: dict[str, Any] = {"query": which, "edit": request.strip()}
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


def _understood(tool: str, request: str, given: Mapping[str, Any]) -> tuple[list[Span], list[str]]:
    """Give the stretches and names of a request that do not name an asset."""
    low = fold(request)
    taken = [Span(found.code, found.start, found.end) for found in mentions(request)]
    if given.get("channel") and (span := slots.channel_span(request)):
        taken.append(span)
    if "language" in given:
        taken += spans("languages", low)
        taken += spans("readers", low)
    if "targets" in given:
        taken += spans("targets", low)
        taken += spans("shapes", low)
    if tool in {"check_rights", "record_rights", "publish_assets", "predict_performance"}:
        taken += spans("channels", low) if tool != "publish_assets" else ()
        taken += spans("units", low)
    names = [str(name) for key in ("add", "remove") for name in given.get(key, ())]
    names += [
        str(given[key])
        for key in ("collection", "title", "description", "alt_text", "name", "tone")
        if given.get(key)
    ]
    return taken, names
