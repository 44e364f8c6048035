"""Where to cut a picture for a slot so that what matters stays in it: pure geometry."""

from collections.abc import Iterable
from dataclasses import dataclass

from tools.core.channels import Slot
from tools.core.perception import Box, Seen

# What a viewer would call the subject when the detector names it; the rest is furniture.
LIVING = frozenset(
    {"person", "bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear"}
) | {
    "zebra",
    "giraffe",
}
SURE = 0.5
LARGE = 0.02
HEADROOM = 0.18
WORDING_HEIGHT = 0.025
WORDING_AREA = 0.012
CLOSEST = 0.7


@dataclass(frozen=True, slots=True)
class Reframing:
    """The part of the picture to use, how to fit it, what it keeps and why, for a person."""

    crop: Box
    fit: str
    kept: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Need:
    """A region with a name; a `firm` one is padded rather than cut."""

    name: str
    box: Box
    firm: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """The largest crop of the slot's ratio, as fractions of the picture and in pixels."""

    width: float
    height: float
    columns: int
    rows: int


def plan_crop(
    width: int,
    height: int,
    slot: Slot,
    faces: tuple[Box, ...] = (),
    objects: tuple[Seen, ...] = (),
    salient: Box | None = None,
    texts: tuple[Box, ...] = (),
) -> Reframing:
    """Place the largest crop of the slot's ratio over a `width` x `height` picture.

    Faces come first, then living or main objects, wording and the salient region; what is firm
    and does not fit makes the picture padded instead of cut.
    """
    if width < 1 or height < 1:
        raise ValueError(f"A picture of {width}x{height} pixels has no crop")
    frame = _largest(width, height, slot.ratio, 1.0)
    needs = _needs(faces, objects, salient, texts)
    held: Box | None = None
    kept: list[str] = []
    for need in needs:
        both = _union(box for box in (held, need.box) if box)
        if _fits(both, frame):
            held = both
            kept.append(need.name)
        elif need.firm:
            return _padded(width, height, slot, needs)
    focus = held or (needs[0].box if needs else None)
    crop = _place(width, height, slot, focus, held)
    return Reframing(crop, "crop", tuple(kept), _why(slot, kept, needs))


def _needs(
    faces: tuple[Box, ...],
    objects: tuple[Seen, ...],
    salient: Box | None,
    texts: tuple[Box, ...],
) -> list[_Need]:
    needs: list[_Need] = []
    if faces:
        name = "the face" if len(faces) == 1 else f"all {len(faces)} faces"
        needs.append(_Need(name, _inside(_union(faces)), firm=True))
        needs.append(_Need("room around the head", _inside(_union(map(_roomy, faces))), firm=False))
    main = _main(objects)
    if main:
        name = " and ".join(dict.fromkeys(f"the {seen.name}" for seen in main))
        boxes = [seen.box for seen in main if seen.box]
        needs.append(_Need(name, _inside(_union(boxes)), firm=not faces))
    wording = [box for box in texts if box.bottom - box.top >= WORDING_HEIGHT]
    if sum(box.area for box in wording) >= WORDING_AREA:
        needs.append(_Need("the wording", _inside(_union(wording)), firm=not faces and not main))
    if salient:
        needs.append(_Need("what stands out most", _inside(salient), firm=False))
    return [need for need in needs if need.box.area > 0]


def _main(objects: tuple[Seen, ...]) -> list[Seen]:
    """Choose the living things, or else the largest sure object."""
    sure = [seen for seen in objects if seen.box and seen.score >= SURE and seen.box.area >= LARGE]
    living = [seen for seen in sure if seen.name in LIVING]
    if living:
        largest = max(seen.box.area for seen in living if seen.box)
        return [seen for seen in living if seen.box and seen.box.area >= largest / 6]
    return sorted(sure, key=lambda seen: -seen.box.area if seen.box else 0.0)[:1]


def _largest(width: int, height: int, ratio: float, scale: float) -> _Frame:
    if width / height >= ratio:
        rows = max(1, round(height * scale))
        columns = min(width, max(1, round(rows * ratio)))
    else:
        columns = max(1, round(width * scale))
        rows = min(height, max(1, round(columns / ratio)))
    return _Frame(columns / width, rows / height, columns, rows)


def _place(width: int, height: int, slot: Slot, focus: Box | None, held: Box | None) -> Box:
    """Prefer the largest crop that has the held region in the safe part."""
    full = _largest(width, height, slot.ratio, 1.0)
    whole = _at(width, height, full, slot.safe, focus, held)
    if held is None or _safe(held, whole, slot.safe):
        return whole
    for scale in (0.94, 0.88, 0.82, 0.76, CLOSEST):
        frame = _largest(width, height, slot.ratio, scale)
        if frame.columns < slot.width or not _fits(held, frame):
            break
        closer = _at(width, height, frame, slot.safe, focus, held)
        if _safe(held, closer, slot.safe):
            return closer
    return whole


def _at(
    width: int, height: int, frame: _Frame, safe: Box, focus: Box | None, held: Box | None
) -> Box:
    focus = focus or Box(0.0, 0.0, 1.0, 1.0)
    across = (held.left, held.right) if held else None
    down = (held.top, held.bottom) if held else None
    left = _slide(
        frame.columns, width, (safe.left, safe.right), (focus.left + focus.right) / 2, across
    )
    top = _slide(frame.rows, height, (safe.top, safe.bottom), (focus.top + focus.bottom) / 2, down)
    return Box(
        left / width, top / height, (left + frame.columns) / width, (top + frame.rows) / height
    )


def _slide(
    length: int,
    whole: int,
    safe: tuple[float, float],
    centre: float,
    held: tuple[float, float] | None,
) -> int:
    """Give the offset in pixels of a window on one axis."""
    wish = centre * whole - length * (safe[0] + safe[1]) / 2
    if held:
        start, end = held[0] * whole, held[1] * whole
        lowest, highest = end - length * safe[1], start - length * safe[0]
        if lowest <= highest:
            wish = min(max(wish, lowest), highest)
        # Rounding to whole pixels may not cut the held region, so its ends are taken outwards.
        wish = min(max(round(wish), _ceil(end - length)), int(start))
    return min(max(round(wish), 0), whole - length)


def _padded(width: int, height: int, slot: Slot, needs: list[_Need]) -> Reframing:
    """Use the part nearest to the slot's ratio that holds everything firm."""
    firm = [need for need in needs if need.firm]
    held = _union(need.box for need in firm)
    frame = _largest(width, height, slot.ratio, 1.0)
    left, right = _stretch(held.left, held.right, frame.width)
    top, bottom = _stretch(held.top, held.bottom, frame.height)
    crop = Box(
        int(left * width) / width,
        int(top * height) / height,
        min(width, _ceil(right * width)) / width,
        min(height, _ceil(bottom * height)) / height,
    )
    names = tuple(need.name for need in firm)
    shape = f"{slot.width}x{slot.height}"
    return Reframing(
        crop,
        "pad",
        names,
        f"{_sentence(names)} would not fit into {shape}, so the picture is padded, not cut.",
    )


def _stretch(start: float, end: float, length: float) -> tuple[float, float]:
    """Widen an interval to a length, or leave a small margin where it is longer already."""
    wanted = min(1.0, max(length, (end - start) * 1.04))
    low = min(max((start + end - wanted) / 2, 0.0), 1.0 - wanted)
    return min(low, start), max(low + wanted, end)


def _fits(box: Box, frame: _Frame) -> bool:
    # A region is held by whole pixels, so its ends are taken outwards first.
    columns, rows = frame.columns / frame.width, frame.rows / frame.height
    across = _ceil(box.right * columns) - int(box.left * columns)
    down = _ceil(box.bottom * rows) - int(box.top * rows)
    return across <= frame.columns and down <= frame.rows


def _safe(box: Box, crop: Box, safe: Box) -> bool:
    wide, tall = crop.right - crop.left, crop.bottom - crop.top
    return (
        box.left >= crop.left + wide * safe.left - 0.005
        and box.right <= crop.left + wide * safe.right + 0.005
        and box.top >= crop.top + tall * safe.top - 0.005
        and box.bottom <= crop.top + tall * safe.bottom + 0.005
    )


def _roomy(face: Box) -> Box:
    wide, tall = (face.right - face.left) * HEADROOM, (face.bottom - face.top) * HEADROOM
    return Box(face.left - wide, face.top - 2 * tall, face.right + wide, face.bottom + tall)


def _union(boxes: Iterable[Box]) -> Box:
    every = list(boxes)
    return Box(
        min(box.left for box in every),
        min(box.top for box in every),
        max(box.right for box in every),
        max(box.bottom for box in every),
    )


def _inside(box: Box) -> Box:
    return Box(*(min(max(side, 0.0), 1.0) for side in (box.left, box.top, box.right, box.bottom)))


def _ceil(value: float) -> int:
    return -int(-value // 1)


def _why(slot: Slot, kept: list[str], needs: list[_Need]) -> str:
    shape = f"{slot.width}x{slot.height}"
    if kept:
        return f"Cut to {shape} around {_listed(tuple(kept))}."
    if needs:
        return f"Cut to {shape} at the middle of {needs[0].name}, which is larger than the frame."
    return f"Cut to {shape} from the middle; nothing in the picture stands out."


def _sentence(names: tuple[str, ...]) -> str:
    text = _listed(names)
    return text[:1].upper() + text[1:]


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
