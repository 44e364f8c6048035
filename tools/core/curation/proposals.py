"""What models are too unsure of to say: values between their low bar and the one to be kept."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.core.alt_drafts import DRAFTED, drafts
from tools.core.assets import Asset, Field, FieldValue
from tools.core.cloud.said import NAMED, kept_of
from tools.core.curation.denials import Denials, denied_word
from tools.core.indexing import evidence_of
from tools.core.ingest.enrichment import SURE
from tools.core.ingest.evidence import Evidence
from tools.core.ingest.grounds import Grounds
from tools.core.perception import Box, Seen
from tools.core.search.folding import fold
from tools.core.search.labels import LabelSpace

# Below these nothing is worth a person's time.
LOW = {Field.LABEL: 0.15, Field.OBJECT: 0.3}
_PLACES = ("likeliest", "second likeliest", "third likeliest")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that waits for a person; `by` names the model, `why` is what it rests on."""

    asset: Asset
    field: Field
    value: str
    confidence: float
    by: str
    why: str

    @property
    def draft(self) -> bool:
        """Tell whether it is a text to start from, rather than something to decide."""
        return self.field in DRAFTED

    @property
    def id(self) -> str:
        """Give a name that stays the same until it is decided."""
        seal = hashlib.sha256(f"{self.field}|{fold(self.value)}".encode()).hexdigest()
        return f"{self.asset.id}-{seal[:6]}"


def proposals(
    asset: Asset, values: Sequence[FieldValue], labels: LabelSpace, denials: Denials
) -> list[Proposal]:
    """Give what waits on one asset, the surest first: not said of it yet, and not rejected."""
    words = [denied_word(v) for v in values if v.field is Field.REJECTED]
    denied = {fold(word) for word in words}
    denying = [denials.of(word) for word in words]
    every = [
        *_sights(asset, values, labels, denials),
        *_grounded(asset, values),
        *_drafted(asset, values),
    ]
    kept = [
        one
        for one in every
        if fold(one.value) not in denied
        and not any(denials.denies(denial, one.field, one.value) for denial in denying)
    ]
    return sorted(kept, key=lambda one: -one.confidence)


def _sights(
    asset: Asset, values: Sequence[FieldValue], labels: LabelSpace, denials: Denials
) -> list[Proposal]:
    said = {fold(v.value) for v in values if v.field in {*LOW, Field.TAG}}
    found: dict[str, Proposal] = {}
    for one in (*_seen_here(asset, values, labels, denials), *_seen_elsewhere(asset, values)):
        known = found.get(fold(one.value))
        if fold(one.value) not in said and (known is None or known.confidence < one.confidence):
            found[fold(one.value)] = one
    return list(found.values())


def _seen_here(
    asset: Asset, values: Sequence[FieldValue], labels: LabelSpace, denials: Denials
) -> Iterator[Proposal]:
    evidence = evidence_of(values)
    if evidence is None:
        return
    by = [value.by for value in values if value.field is Field.EVIDENCE][-1].split(", ")
    for field, name, score, why in (*_classes(evidence, denials), *_objects(evidence, labels)):
        model = by[min(field is Field.OBJECT, len(by) - 1)]
        if name and LOW[field] <= score:
            yield Proposal(asset, field, name, round(score, 2), model, why)


def _seen_elsewhere(asset: Asset, values: Sequence[FieldValue]) -> Iterator[Proposal]:
    """Give what services elsewhere were not sure enough of."""
    for said in kept_of(values):
        for kind, field in NAMED.items():
            why = f"{said.title} is not sure: it keeps from {said.sure[kind].keep:.2f} on"
            for one in said.unsure_of(kind):
                name = one.text.lower()
                yield Proposal(asset, field, name, round(one.score, 2), one.by, why)


def _grounded(asset: Asset, values: Sequence[FieldValue]) -> Iterator[Proposal]:
    """Give what stands in no field of its own yet; of text in a picture each line is one."""
    filled = {v.field for v in values if not v.field.many and v.field is not Field.OCR}
    said = {(v.field, fold(line)) for v in values for line in (v.value, *_lines(v))}
    for value in values:
        if value.field is Field.GROUNDS:
            one = Grounds.from_json(value.value)
            waits = one.field not in filled and one.field not in DRAFTED
            if waits and (one.field, fold(one.value)) not in said:
                sure = round(value.confidence, 2)
                yield Proposal(asset, one.field, one.value, sure, value.by, one.why)


def _drafted(asset: Asset, values: Sequence[FieldValue]) -> Iterator[Proposal]:
    for one in drafts(asset, values):
        yield Proposal(asset, one.field, one.text, round(one.confidence, 2), one.by, one.why)


def _lines(value: FieldValue) -> list[str]:
    return value.value.splitlines() if value.field is Field.OCR else []


def _classes(evidence: Evidence, denials: Denials) -> Iterator[tuple[Field, str, float, str]]:
    for place, (index, p) in enumerate(evidence.classes[: len(_PLACES)]):
        first = denials.names(evidence.classes[0][0])
        behind = f", behind {first} {evidence.classes[0][1]:.2f}" if place else ""
        yield Field.LABEL, denials.names(index), p, f"its {_PLACES[place]} class{behind}"


def _objects(evidence: Evidence, labels: LabelSpace) -> Iterator[tuple[Field, str, float, str]]:
    for seen in labels.confirmed(evidence):
        if seen.score < SURE[Field.OBJECT]:
            yield Field.OBJECT, seen.name, seen.score, _where(seen)


def _where(seen: Seen) -> str:
    box: Box | None = seen.box
    if box is None:
        return "in a later frame"
    return (
        f"at {box.left:.0%} to {box.right:.0%} across and {box.top:.0%} to {box.bottom:.0%} down, "
        "not confirmed by the label model"
    )
