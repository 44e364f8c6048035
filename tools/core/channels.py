"""Channels and their picture slots, and the understanding of what people call them."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from tools.core.errors import Fixable
from tools.core.perception import Box

WHOLE = Box(0.0, 0.0, 1.0, 1.0)
SHORT_SIDE = 1080
LARGEST_SIDE = 8192
SMALLEST_SIDE = 16
STEEPEST = 10.0
STALE_AFTER = timedelta(days=90)

_RATIO = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)\s*(?:[:/]|by|to)\s*(\d{1,5}(?:\.\d{1,4})?)")
_PIXELS = re.compile(r"(\d{1,6})\s*(?:px)?\s*[x\u00d7*]\s*(\d{1,6})\s*(?:px|pixels)?")
_SHAPES = {
    "square": "1:1",
    "portrait": "4:5",
    "vertical": "9:16",
    "tall": "9:16",
    "landscape": "16:9",
    "horizontal": "16:9",
    "widescreen": "16:9",
    "wide": "16:9",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a picture: pixels, accepted formats (best first), byte limit and safe part.

    `safe` is the part that no interface covers, in fractions of the slot; `channel` is empty for
    a bare ratio or size.
    """

    name: str
    width: int
    height: int
    channel: str = ""
    formats: tuple[str, ...] = ("JPEG", "PNG", "WebP")
    max_bytes: int | None = None
    safe: Box = WHOLE
    aliases: tuple[str, ...] = ()
    source: str = "asked for"
    checked_on: date | None = None

    @property
    def ratio(self) -> float:
        """Give width over height."""
        return self.width / self.height

    def stale(self, today: date) -> bool:
        """Tell whether the size was read so long ago that it should be checked again."""
        return self.checked_on is not None and today - self.checked_on > STALE_AFTER


@dataclass(frozen=True, slots=True)
class Channel:
    """Where assets are made public, and the other names people give it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channels:
    """Every known channel and slot."""

    channels: tuple[Channel, ...]
    slots: tuple[Slot, ...]

    def names(self) -> tuple[str, ...]:
        """List the channels."""
        return tuple(channel.name for channel in self.channels)

    def channel(self, text: str) -> str:
        """Give the channel that the text means.

        Raises Fixable, naming the nearest channels, when none is meant.
        """
        wanted = _plain(text)
        known = {_plain(a): c.name for c in self.channels for a in (c.name, *c.aliases)}
        if wanted in known:
            return known[wanted]
        near = _near(wanted, known)
        raise Fixable(f"No channel '{text[:40]}'. {_offer(near, self.names())}")

    def target(self, text: str) -> Slot:
        """Give the slot that a name ("instagram story"), ratio ("9:16") or size means.

        Raises Fixable, naming near slots or the limits, for an unknown or impossible one.
        """
        wanted = _plain(text)
        slot = self._named(wanted)
        if slot:
            return slot
        wanted = _SHAPES.get(wanted, wanted)
        if match := _PIXELS.fullmatch(wanted):
            width, height = int(match[1]), int(match[2])
            small = max(width, height) <= 2 * SMALLEST_SIDE
            return _ratio(text, width, height) if small else _sized(text, width, height)
        if match := _RATIO.fullmatch(wanted):
            return _ratio(text, float(match[1]), float(match[2]))
        names = {_plain(name): slot.name for slot in self.slots for name in _calls(slot)}
        every = tuple(slot.name for slot in self.slots)
        offer = _offer(_near(wanted, names), every[:8])
        raise Fixable(
            f"No target '{text[:40]}'. {offer} A ratio (9:16) or a size (1080x1350) works."
        )

    def stale(self, today: date) -> tuple[Slot, ...]:
        """List the slots whose sizes should be checked again."""
        return tuple(slot for slot in self.slots if slot.stale(today))

    def _named(self, wanted: str) -> Slot | None:
        known = {_plain(slot.name): slot for slot in self.slots}
        for slot in self.slots:
            for alias in slot.aliases:
                known.setdefault(_plain(alias), slot)
        if wanted in known:
            return known[wanted]
        for channel in self.channels:
            for alias in channel.aliases:
                start = _plain(alias) + "-"
                if wanted.startswith(start):
                    renamed = f"{channel.name}-{wanted.removeprefix(start)}"
                    if renamed in known:
                        return known[renamed]
        return None


def parse_channels(text: str) -> Channels:
    """Read channels and slots from TOML text.

    Raises Fixable, naming the entry, when a slot is incomplete or its channel is unknown.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Fixable(f"The channel list is not valid TOML: {error}.") from error
    channels = tuple(
        Channel(str(entry["name"]), tuple(entry.get("aliases", ())))
        for entry in document.get("channel", ())
    )
    known = {channel.name for channel in channels}
    slots = []
    for entry in document.get("slot", ()):
        slot = _slot(entry)
        if slot.channel not in known:
            raise Fixable(f"Slot '{slot.name}' names the unknown channel '{slot.channel}'.")
        slots.append(slot)
    return Channels(channels, tuple(slots))


def _slot(entry: dict[str, object]) -> Slot:
    name = str(entry.get("name", "without a name"))
    match entry:
        case {"name": str(), "channel": str(channel), "width": int(width), "height": int(height)}:
            pass
        case _:
            raise Fixable(f"Slot '{name}' needs name, channel, width and height.")
    safe = entry.get("safe", (0.0, 0.0, 1.0, 1.0))
    formats = entry.get("formats", ("JPEG", "PNG", "WebP"))
    aliases = entry.get("aliases", ())
    max_bytes = entry.get("max_bytes")
    checked_on = entry.get("checked_on")
    if not isinstance(safe, list | tuple) or len(safe) != 4:
        raise Fixable(f"Slot '{name}': safe needs left, top, right and bottom.")
    return Slot(
        name=name,
        width=width,
        height=height,
        channel=channel,
        formats=tuple(formats) if isinstance(formats, list | tuple) else (),
        max_bytes=max_bytes if isinstance(max_bytes, int) else None,
        safe=Box(*(float(side) for side in safe)),
        aliases=tuple(aliases) if isinstance(aliases, list | tuple) else (),
        source=str(entry.get("source", "")),
        checked_on=checked_on if isinstance(checked_on, date) else None,
    )


def _sized(text: str, width: int, height: int) -> Slot:
    smallest, largest = min(width, height), max(width, height)
    if smallest < SMALLEST_SIDE or largest > LARGEST_SIDE or largest / smallest > STEEPEST:
        raise Fixable(
            f"'{text[:40]}' cannot be made: sides go from {SMALLEST_SIDE} to {LARGEST_SIDE} pixels "
            f"and one may be at most {STEEPEST:.0f} times the other. Try 1080x1350."
        )
    return Slot(f"{width}x{height}", width, height)


def _ratio(text: str, across: float, down: float) -> Slot:
    if not across or not down or max(across / down, down / across) > STEEPEST:
        raise Fixable(
            f"'{text[:40]}' cannot be made: both sides of a ratio are above 0 and one is at most "
            f"{STEEPEST:.0f} times the other. Try 1:1, 4:5, 9:16 or 16:9."
        )
    unit = SHORT_SIDE / min(across, down)
    return Slot(f"{across:g}:{down:g}", round(across * unit), round(down * unit))


def _calls(slot: Slot) -> tuple[str, ...]:
    return (slot.name, *slot.aliases)


def _plain(text: str) -> str:
    """Fold case, spacing and joining marks, so that "Instagram Story" is `instagram-story`."""
    return re.sub(r"[\s_\-\u2010-\u2015]+", "-", text.strip().lower()).strip("-")


def _near(wanted: str, known: dict[str, str]) -> tuple[str, ...]:
    close = get_close_matches(wanted, known, n=6, cutoff=0.55)
    parts = [name for name in known if len(wanted) > 2 and (wanted in name or name in wanted)]
    return tuple(dict.fromkeys(known[name] for name in (*close, *parts) if len(name) > 1))[:4]


def _offer(near: tuple[str, ...], every: tuple[str, ...]) -> str:
    if near:
        return f"Did you mean {', '.join(near)}?"
    return f"Known ones: {', '.join(every)}."
