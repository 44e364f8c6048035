"""Carrying a wish out on a decoded picture, and measuring what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.core.edits.wishes import (
    Enlarged,
    Graded,
    NewGround,
    Recoloured,
    Stamped,
    Widened,
    Wish,
)
from tools.core.errors import Fixable
from tools.core.perception import Box, Seen
from tools.core.ports import Cutter, Imaging, Picture, Retouch

LEAST, MOST = 0.005, 0.98
KEPT, GROUND, HUE = 0.97, 0.97, 25.0
DOUBTFUL = 0.6
MARGIN, LOGO = 0.04, 0.22
SMALLEST = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit gave: the new picture, the old one, what was masked and what to say of it."""

    picture: Picture
    before: Picture
    mask: Picture | None = None
    notes: tuple[str, ...] = ()


class Carrying:
    """Carries out one wish."""

    def __init__(self, imaging: Imaging, cutter: Cutter, retouch: Retouch) -> None:
        self._imaging = imaging
        self._cutter = cutter
        self._retouch = retouch

    def carry_out(
        self, wish: Wish, picture: Picture, seen: Sequence[Seen], logo: Picture | None
    ) -> Outcome:
        """Give the outcome; Fixable where the picture does not allow it."""
        match wish:
            case NewGround():
                return self._grounded(wish, picture, seen)
            case Recoloured():
                return self._recoloured(wish, picture, seen)
            case Stamped():
                return self._stamped(wish, picture, logo)
            case Graded(steps):
                return Outcome(self._retouch.graded(picture, steps), picture)
            case Widened(sides, share, colour):
                made = self._retouch.widened(picture, sides, share, colour)
                said = "is filled with the colour" if colour else "is a blurred copy of the picture"
                return Outcome(made, picture, None, (f"The new part {said}; nothing is painted.",))
            case Enlarged(factor):
                note = (
                    f"Enlarged {factor:g} times by interpolation (Lanczos): more pixels, no more "
                    "detail than there was."
                )
                return Outcome(self._retouch.enlarged(picture, factor), picture, None, (note,))

    def check(self, wish: Wish, outcome: Outcome, after: Picture) -> tuple[str, ...]:
        """Measure an output that was opened again and give what to say of it.

        Raises Fixable when it is not what was asked for.
        """
        if after.size != outcome.picture.size:
            raise Fixable(
                "The file that was written has another size. Nothing was kept; try again."
            )
        if isinstance(wish, NewGround) and outcome.mask:
            return (*outcome.notes, *self._ground_right(wish, outcome, after, outcome.mask))
        if isinstance(wish, Recoloured) and outcome.mask:
            off = self._retouch.hue_apart(after, outcome.mask, wish.colour)
            if off > HUE:
                raise Fixable(
                    f"The {wish.said} came out {off:.0f} degrees of hue off {wish.colour}, so it "
                    "was not kept. Try a colour nearer to what it has now."
                )
        return outcome.notes

    def _grounded(self, wish: NewGround, picture: Picture, seen: Sequence[Seen]) -> Outcome:
        own = self._retouch.own_subject(picture)
        boxes = [one.box for one in seen if one.box and one.score >= DOUBTFUL]
        mask = own or self._cutter.subject(picture, boxes)
        self._require_subject(picture, mask)
        made = self._retouch.grounded(picture, mask, wish.kind, wish.colours)
        if own:
            return Outcome(made, picture, mask, ("Cut out by its own transparency.",))
        return Outcome(made, picture, mask, self._told(f"Cut out by {self._cutter.name}."))

    def _told(self, what: str) -> tuple[str, ...]:
        return tuple(filter(None, (f"{what} Look at the edges.", self._cutter.advice)))

    def _require_subject(self, picture: Picture, mask: Picture) -> None:
        share = self._retouch.covered(mask)
        if min(picture.size) < SMALLEST:
            raise Fixable("The picture is too small for a subject and a background.")
        if share < LEAST:
            raise Fixable(
                "No subject stands out from the background here. Crop closer to it, then try again."
            )
        if share > MOST:
            raise Fixable("The subject fills the whole picture: there is no background to change.")

    def _recoloured(self, wish: Recoloured, picture: Picture, seen: Sequence[Seen]) -> Outcome:
        boxes = [one.box for one in seen if one.box and one.name in wish.objects]
        if not boxes:
            there = sorted({one.name for one in seen if one.box})
            known = f"Found here: {', '.join(there)}." if there else "No objects were found here."
            raise Fixable(f"No {wish.said} was found in this picture to recolour. {known}")
        mask = self._cutter.within(picture, boxes)
        if self._retouch.covered(mask) < LEAST:
            raise Fixable(f"The {wish.said} could not be told from what is around it.")
        made = self._retouch.recoloured(picture, mask, wish.colour)
        count = f" ({len(boxes)} of them)" if len(boxes) > 1 else ""
        what = f"Recoloured the {wish.said}{count}, cut out by {self._cutter.name}."
        return Outcome(made, picture, mask, self._told(what))

    def _stamped(self, wish: Stamped, picture: Picture, logo: Picture | None) -> Outcome:
        if logo is None:
            raise Fixable("Which logo? Name it in quotation marks.")
        if min(picture.size) < SMALLEST:
            raise Fixable("The picture is too small for a logo.")
        made = self._retouch.stamped(picture, logo, logo_box(wish.place, picture.size, logo.size))
        return Outcome(made, picture)

    def _ground_right(
        self, wish: NewGround, outcome: Outcome, after: Picture, mask: Picture
    ) -> tuple[str, ...]:
        found = self._retouch.compared(outcome.before, after, mask, wish.kind, wish.colours)
        if found.kept < KEPT or found.ground < GROUND:
            raise Fixable(
                f"Not kept: only {found.kept:.0%} of what was cut out stayed as it was and "
                f"{found.ground:.0%} of the background is right. Try another picture or PNG."
            )
        return (
            f"Checked on the file: {found.kept:.1%} of what was cut out unchanged, "
            f"{found.ground:.1%} of the background as asked.",
        )


def logo_box(place: str, size: tuple[int, int], logo: tuple[int, int]) -> Box:
    """Give where a logo goes: inside a margin, no wider or taller than a share of the picture."""
    margin = MARGIN * min(size)
    scale = min(LOGO * size[0] / logo[0], LOGO * size[1] / logo[1])
    wide, tall = logo[0] * scale, logo[1] * scale
    left = _along(place, ("left", "right"), size[0], wide, margin)
    top = _along(place, ("top", "bottom"), size[1], tall, margin)
    return Box(left / size[0], top / size[1], (left + wide) / size[0], (top + tall) / size[1])


def _along(place: str, ends: tuple[str, str], whole: float, part: float, margin: float) -> float:
    if ends[0] in place:
        return margin
    return whole - margin - part if ends[1] in place else (whole - part) / 2
