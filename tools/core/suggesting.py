"""Tags and texts that the evidence on an asset supports: proposed, never saved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, AssetId, Field, FieldValue, MediaType, Source
from tools.core.errors import Fixable
from tools.core.ingest.evidence import Evidence, faces_from_json
from tools.core.search.counting import counted_noun
from tools.core.search.sentence import named
from tools.core.tags import normal_tag

SURE = {Field.LABEL: 0.5, Field.OBJECT: 0.6}
MOST = 6
TOPICS = {
    "title": Field.TITLE,
    "description": Field.DESCRIPTION,
    "caption": Field.DESCRIPTION,
    "alt": Field.ALT_TEXT,
    "alt_text": Field.ALT_TEXT,
}
LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that the evidence on an asset supports, not applied yet."""

    asset_id: AssetId
    tag: str
    why: str
    confidence: float


def suggestions(
    asset: Asset,
    values: Sequence[FieldValue],
    kinds: Sequence[str],
    family: Sequence[FieldValue],
) -> list[Suggestion]:
    """Propose tags: what was surely seen, the kinds it belongs to, what its parents carry."""
    found: dict[str, Suggestion] = {}
    there = {value.value for value in values if value.field is Field.TAG}

    def propose(text: str, why: str, confidence: float) -> None:
        tag = normal_tag(text)
        known = found.get(tag)
        if tag and tag not in there and (known is None or known.confidence < confidence):
            found[tag] = Suggestion(asset.id, tag, why, round(confidence, 2))

    # Words out of a file that tries to give orders are never proposed as anybody's tags.
    doubted = {value.asset_id for value in family if value.field is Field.SUSPICION}
    for value in family:
        told = value.source is Source.FILE and value.asset_id in doubted
        if value.field is Field.TAG and not told:
            propose(value.value, "its original is tagged so", 0.95)
    for value in values:
        if value.confidence >= SURE.get(value.field, 1.1):
            first = value.value.split(",")[0]
            propose(first, f"{value.field.value} {first} {value.confidence:.2f}", value.confidence)
    for kind in kinds:
        propose(kind, f"it shows a kind of {kind}", 0.5)
    return sorted(found.values(), key=lambda one: -one.confidence)[:MOST]


def draft_text(asset: Asset, values: Sequence[FieldValue], kinds: Sequence[str], topic: str) -> str:
    """Word a title, description or alt text from the evidence alone.

    Raises Fixable for another topic, and when nothing is known that could be worded.
    """
    field = TOPICS.get(topic.strip().lower().replace(" ", "_").replace("-", "_"))
    if field is None:
        raise Fixable("A title, a description or an alt text can be drafted. Name one of them.")
    shown = _shown(values, kinds)
    if not shown and asset.media_type in {MediaType.IMAGE, MediaType.VIDEO}:
        raise Fixable(f"Nothing in '{asset.title}' was seen surely enough to word it. Write it.")
    if field is Field.TITLE:
        return (_listed(shown[:3]) or named(asset) or asset.file_name).capitalize()
    parts = [
        f"{asset.media_type.value.capitalize()} of {_listed(shown)}" if shown else named(asset)
    ]
    parts += _faces(values)
    colours = [value.value for value in values if value.field is Field.COLOUR][:2]
    if colours and field is Field.DESCRIPTION:
        parts.append(f"mostly {_listed(colours)}")
    parts += _quoted(values)
    return ", ".join(part for part in parts if part) + "."


def _shown(values: Sequence[FieldValue], kinds: Sequence[str]) -> list[str]:
    seen = [v for v in values if v.confidence >= SURE.get(v.field, 1.1)]
    names = [v.value.split(",")[0] for v in sorted(seen, key=lambda v: -v.confidence)]
    counts = _counts(values)
    counted = [counted_noun(name, counts.get(name, 1)) for name in names]
    return list(dict.fromkeys(counted or list(kinds)[:1]))[:4]


def _counts(values: Sequence[FieldValue]) -> Counter[str]:
    """Count the objects that were surely seen, each with a place of its own."""
    found = [value.value for value in values if value.field is Field.EVIDENCE]
    objects = Evidence.from_json(found[-1]).objects if found else ()
    return Counter(o.name for o in objects if o.box and o.score >= SURE[Field.OBJECT])


def _faces(values: Sequence[FieldValue]) -> list[str]:
    found = [value.value for value in values if value.field is Field.FACES]
    count = len(faces_from_json(found[-1])) if found else 0
    return [f"{count} {'face' if count == 1 else 'faces'} visible"] if count else []


def _quoted(values: Sequence[FieldValue]) -> list[str]:
    lines = [value.value for value in values if value.field is Field.OCR]
    if any(value.field is Field.SUSPICION for value in values):
        return []
    text = " ".join(lines[-1].split()) if lines else ""
    return [f"with the text '{text[:LONGEST_QUOTE]}'"] if text else []


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
