"""Moments: where in time what is known of a recording lies."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.core.assets import Field, FieldValue, Source


@dataclass(frozen=True, slots=True)
class Moments:
    """Seconds from the start of a recording, or of what a text accompanies.

    `lines` gives for a field when each line of its text begins, `shots` when each shot does,
    `looks` when the frames were that the asset is compared by, in their order, and `seen` when a
    label or an object was surest.
    """

    lines: Mapping[Field, tuple[float, ...]] = field(default_factory=dict)
    shots: tuple[float, ...] = ()
    looks: tuple[float, ...] = ()
    seen: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether any moment is known."""
        return bool(any(self.lines.values()) or self.shots or self.looks or self.seen)

    def to_json(self) -> str:
        """Write it as kept in the field MOMENTS."""
        lines = {name.value: list(times) for name, times in self.lines.items() if times}
        told = {"lines": lines, "shots": self.shots, "looks": self.looks, "seen": dict(self.seen)}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Moments":
        """Read what `to_json` wrote."""
        told = json.loads(text)
        return cls(
            {Field(name): tuple(times) for name, times in told["lines"].items()},
            tuple(told["shots"]),
            tuple(told["looks"]),
            told["seen"],
        )

    def of_line(self, said: FieldValue, text: str, position: int) -> float | None:
        """Give when the line begins that has this position in the text of a value.

        What a person wrote has other lines than those that were timed.
        """
        times = self.lines.get(said.field, ())
        number = text.count("\n", 0, position)
        timed = said.source is not Source.PERSON and number < len(times)
        return times[number] if timed else None

    def of_lines(self, said: FieldValue) -> tuple[float, ...]:
        """Give when each line of a value begins, or nothing where its lines are not timed."""
        times = self.lines.get(said.field, ())
        count = said.value.count("\n") + 1
        return times[:count] if said.source is not Source.PERSON and len(times) >= count else ()


NONE = Moments()


def moments_of(values: Sequence[FieldValue]) -> Moments:
    """Read the moments among an asset's values; none where no time is known."""
    found = [value.value for value in values if value.field is Field.MOMENTS]
    return Moments.from_json(found[-1]) if found else NONE


def timecode(seconds: float) -> str:
    """Give a time as people find it in a player: 00:12, 1:02:03."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes:02}:{whole % 60:02}"
