"""What a service said of a picture, kept whole, and the few sure values that follow from it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from tools.core.assets import AssetId, Field, FieldValue, Source
from tools.core.cloud.terms import Bar
from tools.core.perception import Box, Remark
from tools.core.search.folding import fold
from tools.core.search.letters import letters

MOST_LABELS, MOST_OBJECTS = 5, 8
NAMED = {"label": Field.LABEL, "object": Field.OBJECT}
# Words of the services for what the model of this machine calls nudity.
NUDE = ("nud", "sexual", "adult", "racy", "explicit")


@dataclass(frozen=True, slots=True)
class Said:
    """All that one service said, and the bars that held when it did."""

    service: str
    title: str
    sure: Mapping[str, Bar]
    remarks: tuple[Remark, ...]

    def to_json(self) -> str:
        """Write it as compact JSON."""
        document = {
            "service": self.service,
            "title": self.title,
            "sure": {kind: [bar.keep, bar.review] for kind, bar in self.sure.items()},
            "remarks": [_written(one) for one in self.remarks],
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Said":
        """Read what `to_json` wrote."""
        read = json.loads(text)
        sure = {kind: Bar(*bars) for kind, bars in read["sure"].items()}
        return cls(read["service"], read["title"], sure, remarks_of(json.dumps(read["remarks"])))

    @property
    def models(self) -> str:
        """Name what said it."""
        return ", ".join(dict.fromkeys(one.by for one in self.remarks)) or self.title

    def sure_of(self, kind: str) -> list[Remark]:
        """Give what is sure enough to be kept, the surest first, each name once."""
        return self._between(kind, self.sure[kind].keep, 2.0)

    def unsure_of(self, kind: str) -> list[Remark]:
        """Give what a person is asked about, the surest first, each name once."""
        return self._between(kind, self.sure[kind].review, self.sure[kind].keep)

    def _between(self, kind: str, low: float, high: float) -> list[Remark]:
        best: dict[str, Remark] = {}
        for one in sorted(self.remarks, key=lambda one: -one.score):
            if one.kind == kind:
                best.setdefault(fold(one.text), one)
        return [one for one in best.values() if low <= one.score < high]


def written(remarks: Iterable[Remark]) -> str:
    """Write remarks as JSON."""
    return json.dumps([_written(one) for one in remarks], ensure_ascii=False)


def remarks_of(text: str) -> tuple[Remark, ...]:
    """Read what `written` wrote."""
    return tuple(
        Remark(kind, words, score, by, Box(*box) if box else None)
        for kind, words, score, by, *box in json.loads(text)
    )


def kept_of(values: Sequence[FieldValue]) -> list[Said]:
    """Read what services said of an asset."""
    return [Said.from_json(value.value) for value in values if value.field is Field.CLOUD]


def following(
    asset_id: AssetId, said: Said, others: Sequence[FieldValue], at: datetime
) -> list[FieldValue]:
    """Give the values that follow from what a service said, beside the `others` of the asset.

    What somebody says of the asset already is not said again.
    """
    there = {fold(v.value) for v in others if v.field in {Field.LABEL, Field.OBJECT, Field.TAG}}
    found = []
    for kind, most in (("object", MOST_OBJECTS), ("label", MOST_LABELS)):
        fresh = [one for one in said.sure_of(kind) if fold(one.text) not in there][:most]
        there |= {fold(one.text) for one in fresh}
        found += [_value(asset_id, NAMED[kind], one.text.lower(), one, at) for one in fresh]
    return [*found, *_read(asset_id, said, others, at), *_delicate(asset_id, said, others, at)]


def with_said(
    asset_id: AssetId, fresh: Sequence[FieldValue], old: Sequence[FieldValue], at: datetime
) -> list[FieldValue]:
    """Add to values found anew what follows from what services said of the asset before."""
    values = list(fresh)
    for said in kept_of(old):
        more = following(asset_id, said, values, at)
        replaced = {value.field for value in more if not value.field.many}
        values = [*(value for value in values if value.field not in replaced), *more]
    return values


def _read(
    asset_id: AssetId, said: Said, others: Sequence[FieldValue], at: datetime
) -> list[FieldValue]:
    """Add lines that the reader of this machine has not read."""
    local = next((v for v in others if v.field is Field.OCR), None)
    known = letters(local.value) if local else ""
    bar = said.sure["text"].keep
    lines = [one for one in said.remarks if one.kind == "text" and one.score >= bar]
    fresh = [one for one in lines if letters(one.text) and letters(one.text) not in known]
    if not fresh:
        return []
    parts = [*([local.value] if local and local.value else []), *(one.text for one in fresh)]
    by = [*([local.by] if local and local.value else []), fresh[0].by]
    sure = sum(one.score for one in fresh) / len(fresh)
    return [
        FieldValue(
            asset_id, Field.OCR, "\n".join(parts), Source.MODEL, ", ".join(by), at, round(sure, 4)
        )
    ]


def _delicate(
    asset_id: AssetId, said: Said, others: Sequence[FieldValue], at: datetime
) -> list[FieldValue]:
    """Say what a picture may show that not everybody should see: a warning, never a verdict."""
    seen = said.sure_of("moderation")
    if not seen:
        return []
    names = ", ".join(one.text.lower() for one in seen[:3])
    warning = f"{said.title} sees {names}: look at it before it goes out."
    found = [_value(asset_id, Field.WARNING, warning, seen[0], at)]
    if not any(value.field is Field.SENSITIVE for value in others):
        nude = any(word in names for word in NUDE)
        what = "nudity" if nude else seen[0].text.lower()
        found.append(_value(asset_id, Field.SENSITIVE, what, seen[0], at))
    return found


def _value(asset_id: AssetId, field: Field, text: str, one: Remark, at: datetime) -> FieldValue:
    return FieldValue(asset_id, field, text, Source.MODEL, one.by, at, round(one.score, 4))


def _written(one: Remark) -> list[object]:
    box = [round(side, 4) for side in astuple(one.box)] if one.box else []
    return [one.kind, one.text, round(one.score, 4), one.by, *box]
