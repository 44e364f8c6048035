"""The screen as the local brain sees it: what "it", "these" and "the second one" can mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """An asset on the screen; `parent` is what it was made from."""

    id: str
    title: str
    file: str
    media_type: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """Cards by how they came to the screen, in the order shown; `recent` was selected last."""

    selection: tuple[Card, ...] = ()
    made: tuple[Card, ...] = ()
    results: tuple[Card, ...] = ()
    uploads: tuple[Card, ...] = ()
    recent: tuple[Card, ...] = ()

    @property
    def lists(self) -> tuple[tuple[Card, ...], ...]:
        """Give the lists by precedence: a selection beats what was made, that beats results."""
        return (self.selection, self.made, self.results, self.uploads, self.recent)

    @property
    def focus(self) -> tuple[Card, ...]:
        """Give what "these" means."""
        return next(filter(None, self.lists), ())

    @property
    def all(self) -> tuple[Card, ...]:
        """Give every card once, what is meant first in front."""
        return tuple({card.id: card for cards in self.lists for card in cards}.values())

    @property
    def originals(self) -> tuple[str, ...]:
        """Name what was made last was made from, or else the cards in focus."""
        made = [card.parent for card in self.made if card.parent]
        found = made or [card.parent for card in self.focus if card.parent]
        return tuple(dict.fromkeys(found))

    def holding(self, count: int) -> tuple[Card, ...]:
        """Give the first list, by precedence, that has so many cards."""
        return next((cards for cards in self.lists if len(cards) >= count), ())


def read_screen(raw: object) -> Screen:
    """Read the screen of a message; a part that is missing or malformed is empty."""
    if not isinstance(raw, Mapping):
        return Screen()
    known = {
        card.id: card for name in ("cards", "results", "made") for card in _cards(raw.get(name))
    }
    return Screen(
        selection=_named(raw.get("selection"), known),
        made=_cards(raw.get("made")),
        results=_cards(raw.get("results")),
        uploads=_named(raw.get("uploads"), known),
        recent=_named(raw.get("recent"), known),
    )


def _cards(raw: object) -> tuple[Card, ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        return ()
    return tuple(
        Card(
            str(entry["id"]),
            str(entry.get("title") or ""),
            str(entry.get("file") or ""),
            str(entry.get("media_type") or ""),
            str(entry.get("parent") or ""),
        )
        for entry in raw
        if isinstance(entry, Mapping) and entry.get("id")
    )


def _named(raw: object, known: Mapping[str, Card]) -> tuple[Card, ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        return ()
    return tuple(known.get(str(name), Card(str(name), "", "", "")) for name in raw)
