"""Arguments of a chosen tool: rules first, the model only for what is left, a question last."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agent.brains import languages, slots
from agent.brains.changes import changes
from agent.brains.earlier import Carried, Earlier
from agent.brains.following import points_at_other
from agent.brains.intents import (
    GATED,
    KINDS,
    MAKERS,
    MANY,
    ONE,
    OPTIONAL,
    READING,
    SPEAKING_OF_CONTENT,
)
from agent.brains.lexicon import Span, fold, pattern, spans
from agent.brains.references import Likeness, Manner, Reference, names_a_slot, refer
from agent.brains.screens import Card, Screen
from agent.brains.steps import leading_verb
from agent.brains.things import Thing, blanked, excepted, named_thing
from agent.brains.worded import Copier, read_arguments
from tools.core.channels import Channels
from tools.core.rights.territories import mentions

MOST_OF_REQUEST = 0.6


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
        carried: Carried | None = None,
    ) -> Filled:
        """Give the arguments of a tool for a request, or what to ask.

        `carried` is what the steps before left in hand, when the request is a later step.
        """
        given = self.read(tool, request, copy)
        if isinstance(given, str):
            return Filled(ask=given)
        return self.join(tool, request, screen, given, earlier, carried)

    def read(self, tool: str, request: str, copy: Copier | None = None) -> dict[str, Any] | str:
        """Give every argument of a tool but the assets, or the key of the question to ask."""
        return read_arguments(tool, request, self._channels, copy)

    def join(
        self,
        tool: str,
        request: str,
        screen: Screen,
        given: Mapping[str, Any],
        earlier: Earlier | None = None,
        carried: Carried | None = None,
    ) -> Filled:
        """Add the assets that a request means to the other arguments."""
        if tool not in ONE and tool not in MANY and tool not in OPTIONAL:
            return Filled(given)
        thing = named_thing(blanked(request, *_understood(tool, request, given)))
        in_hand = bool(carried and carried.ids)
        reference = self._reference(tool, request, screen, thing, None if in_hand else earlier)
        if reference.manner is Manner.WORDS and not thing.definite:
            # Loose words are rather ways of asking than the name of something else.
            if carried and carried.ids:
                reference = Reference(Manner.NOTHING)
            elif screen.selection:
                reference = Reference(Manner.THESE, tuple(card.id for card in screen.selection))
        if carried and carried.ids and reference.manner in _POINTING:
            reference = _in_hand(tool, reference, carried)
        unseen = reference.manner is Manner.WORDS and not reference.ids
        if tool in GATED and unseen and not in_hand and names_a_slot(thing.words):
            ask = "which_one" if screen.focus else "which_asset"
            return Filled(ask=ask, candidates=screen.focus)
        if reference.manner is Manner.THESE and (but := excepted(request)):
            out = refer(but, screen, named_thing(but).name, self._likeness)
            kept = tuple(name for name in reference.ids if name not in out.ids)
            reference = replace(reference, ids=kept)
        return _joined(tool, given, reference, screen)

    def _reference(
        self,
        tool: str,
        request: str,
        screen: Screen,
        thing: Thing,
        earlier: Earlier | None,
    ) -> Reference:
        if earlier and points_at_other(request) and (others := _others(screen, earlier.ids)):
            return Reference(Manner.TITLE, others, ambiguous=len(others) > 1)
        reference = refer(
            blanked(request, ()), screen, thing.name, self._likeness, also=thing.words
        )
        vague = reference.manner in {Manner.IT, Manner.NOTHING}
        if reference.manner is Manner.WORDS and tool in SPEAKING_OF_CONTENT:
            # What such a request names is rather a part of the asset in hand than another one.
            vague = bool(earlier and earlier.ids) or len(screen.focus) == 1
        if not vague or screen.selection:
            return reference
        made = earlier and earlier.tool in MAKERS and screen.made and not earlier.again
        if earlier and earlier.ids and not made:
            one = tool in GATED and not _several(request)
            return Reference(Manner.IT, earlier.ids, ambiguous=one)
        fitting = [card for card in screen.focus if _suits(tool, card)]
        if len(fitting) == 1:
            return Reference(Manner.IT, (fitting[0].id,))
        return reference


def _several(request: str) -> bool:
    """Tell whether a request speaks of more than one thing."""
    return bool(pattern("focus", "these").search(fold(request)))


def _others(screen: Screen, named: tuple[str, ...]) -> tuple[str, ...]:
    """Give what stands beside the assets that the last request named."""
    for cards in (screen.selection, screen.recent, screen.results):
        ids = [card.id for card in cards]
        if set(named) & set(ids) and len(ids) > len(named):
            return tuple(name for name in ids if name not in named)
    return ()


_POINTING = frozenset({Manner.IT, Manner.THESE, Manner.NOTHING})


def _in_hand(tool: str, reference: Reference, carried: Carried) -> Reference:
    """Point at what the steps before left.

    "It" after a search is the best hit, which can be undone; a gated tool has to ask which one.
    """
    if reference.manner is not Manner.IT or len(carried.ids) == 1:
        return Reference(Manner.THESE, carried.ids)
    if len(carried.sources) == 1 and tool not in GATED:
        # Of one picture in several shapes, "it" is the picture.
        return Reference(Manner.IT, carried.sources)
    if not carried.query:
        return Reference(Manner.IT, carried.ids, ambiguous=True)
    if tool in GATED:
        return Reference(Manner.WORDS, carried.ids, carried.query)
    return Reference(Manner.IT, carried.ids[:1])


def _suits(tool: str, card: Card) -> bool:
    """Tell whether a tool can work on such a thing, so that "it" can mean the one that fits."""
    return tool not in KINDS or card.media_type in {"", KINDS[tool]}


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
        return Filled(ask="which_one", candidates=cards)
    if tool in ONE:
        return Filled({**given, "asset_id": reference.ids[0]})
    return Filled({**given, "asset_ids": list(reference.ids)})


def _understood(tool: str, request: str, given: Mapping[str, Any]) -> tuple[list[Span], list[str]]:
    """Give the stretches and names of a request that do not name an asset."""
    low = fold(request)
    taken = [Span("", 0, leading_verb(low))]
    if tool == "find_similar":
        taken += changes(request).spans
    taken += [Span(found.code, found.start, found.end) for found in mentions(request)]
    if given.get("channel") and (span := slots.channel_span(request)):
        taken.append(span)
    if "language" in given:
        taken += languages.language_spans(low)
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
        if given.get(key) and len(str(given[key])) <= MOST_OF_REQUEST * len(request)
    ]
    return taken, names
