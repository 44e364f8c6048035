"""What machines noticed in a file and where, as the compact JSON of two fields."""

import json
from dataclasses import dataclass

from tools.core.perception import Box, Seen, TextRegion

PLACES = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Objects and lines of text with their boxes, the top of the label classes, and likenesses.

    Likenesses are (index, cosine) of the named drawings that a picture looks most like.
    """

    objects: tuple[Seen, ...] = ()
    texts: tuple[TextRegion, ...] = ()
    classes: tuple[tuple[int, float], ...] = ()
    likenesses: tuple[tuple[int, float], ...] = ()

    def to_json(self) -> str:
        """Write the evidence compactly: numbers are rounded to a 10,000th."""
        written = {
            "objects": [[seen.name, *_numbers(seen.score, seen.box)] for seen in self.objects],
            "texts": [[text.text, *_numbers(text.score, text.box)] for text in self.texts],
            "classes": [[index, round(p, PLACES)] for index, p in self.classes],
            "likenesses": [[index, round(near, PLACES)] for index, near in self.likenesses],
        }
        return json.dumps(written, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Evidence":
        """Read what `to_json` wrote, without what people denied."""
        read = json.loads(text)
        denied = read.get("denied", {})
        objects, classes = set(denied.get("objects", ())), set(denied.get("classes", ()))
        unlike = set(denied.get("likenesses", ()))
        return cls(
            objects=tuple(
                Seen(name, score, _box(box))
                for name, score, *box in read["objects"]
                if name not in objects
            ),
            texts=tuple(
                TextRegion(line, score, _box(box) or Box(0, 0, 0, 0))
                for line, score, *box in read["texts"]
            ),
            classes=tuple(
                (int(index), float(p)) for index, p in read["classes"] if index not in classes
            ),
            likenesses=tuple(
                (int(index), float(near))
                for index, near in read.get("likenesses", ())
                if index not in unlike
            ),
        )


def faces_to_json(faces: tuple[Seen, ...]) -> str:
    """Write the count and the boxes of faces; nothing here tells whose they are."""
    boxes = [_numbers(face.score, face.box) for face in faces]
    return json.dumps({"count": len(faces), "boxes": boxes}, separators=(",", ":"))


def faces_from_json(text: str) -> tuple[Seen, ...]:
    """Read what `faces_to_json` wrote."""
    return tuple(Seen("face", score, _box(box)) for score, *box in json.loads(text)["boxes"])


def _numbers(score: float, box: Box | None) -> list[float]:
    sides = (box.left, box.top, box.right, box.bottom) if box else ()
    return [round(number, PLACES) for number in (score, *sides)]


def _box(sides: list[float]) -> Box | None:
    return Box(*sides) if sides else None
