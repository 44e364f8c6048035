"""Looking at a file with the models: labels, objects, faces, colours, words and language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from tools.core.assets import AssetId, Field, FieldValue, MediaType, Source
from tools.core.datasets.telling import told, values_of
from tools.core.embedded import LONGEST_EMBEDDED, TEXTS
from tools.core.errors import Fixable
from tools.core.ingest.evidence import Evidence, faces_to_json
from tools.core.ingest.naming import title_of
from tools.core.ingest.stills import LONGEST_SIDE, Stills
from tools.core.ingest.suspecting import Suspecting
from tools.core.marks import colour_label, keyword_paths, stars
from tools.core.perception import FileFacts, Seen, Sighting, TextRegion
from tools.core.ports import (
    Clock,
    Documents,
    DocumentText,
    Frame,
    Imaging,
    Picture,
    TextReader,
    Translator,
    Vision,
)
from tools.core.search.geometry import rows
from tools.core.search.labels import LabelSpace
from tools.core.search.passages import NEW_PAGE
from tools.core.search.visual import Look
from tools.core.tags import normal_tag

SURE = {Field.LABEL: 0.3, Field.OBJECT: 0.5}
READ_SURE = 0.6
SWATCH_SHARE = 0.08
FRAMES = 6
THUMBNAIL_SIDE = 512
LONGEST_TEXT = 400_000
SHORTEST_PROSE = 40
FINGERPRINTS = "pHash 64"
NOT_EXAMINED = "Not examined yet: "
_EMBEDDED = TEXTS | {"captured_at": Field.CAPTURED_AT}
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Described:
    """The values found for an asset, its thumbnail (WebP), if it can be drawn, and its looks."""

    values: tuple[FieldValue, ...]
    thumbnail: bytes | None
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class _Note:
    field: Field
    value: str
    by: str
    confidence: float = 1.0


class Enrichment:
    """Describes one file by what it says of itself and what machines notice in it."""

    def __init__(
        self,
        *,
        stills: Stills,
        imaging: Imaging,
        vision: Vision,
        reader: TextReader,
        documents: Documents,
        translator: Translator,
        labels: LabelSpace,
        clock: Clock,
        suspecting: Suspecting | None = None,
    ) -> None:
        self._suspecting = suspecting or Suspecting()
        self._stills = stills
        self._imaging = imaging
        self._vision = vision
        self._reader = reader
        self._documents = documents
        self._translator = translator
        self._labels = labels
        self._clock = clock

    def describe(
        self, asset_id: AssetId, path: Path, facts: FileFacts, file_name: str
    ) -> Described:
        """Describe a file; a missing model leaves a warning and the rest goes on.

        Raises Fixable when the file itself cannot be read.
        """
        media_type = MediaType(facts.media_type)
        notes: list[_Note] = []
        read: DocumentText | None = None
        frames = self._stills.frames(path, media_type, facts.mime, FRAMES)
        pictures = [frame.picture for frame in frames]
        sightings: list[Sighting] = []
        if media_type in {MediaType.IMAGE, MediaType.VIDEO}:
            sightings = self._look(pictures, notes)
            notes += self._seen(pictures, sightings)
            if media_type is MediaType.IMAGE:
                notes += self._recognised(pictures[0])
        elif media_type in {MediaType.DOCUMENT, MediaType.DATASET}:
            read = self._documents.read(path, facts.mime)
            schemas = self._documents.schemas(path, facts.mime)
            notes += self._text(read, values_of(schemas))
            notes += [_Note(field, value, "schema") for field, value in told(schemas)]
        notes += [_Note(Field.WARNING, warning, "probe") for warning in facts.warnings]
        thumbnail = self._stills.thumbnail(pictures[0], THUMBNAIL_SIDE) if pictures else None
        ocr = "\n".join(note.value for note in notes if note.field is Field.OCR)
        flags = self._suspecting.values(
            asset_id, facts, file_name, self._clock.now(), read=read, ocr=ocr
        )
        said = self.said(asset_id, facts, file_name)
        looks = looks_of(frames, [sighting.features for sighting in sightings])
        return Described((*said, *self._dated(asset_id, notes), *flags), thumbnail, looks)

    @property
    def can_look(self) -> bool:
        """Tell whether the vision models are there."""
        try:
            return bool(self._vision.label_names)
        except Fixable:
            return False

    def looks(self, path: Path, media_type: MediaType, mime: str) -> tuple[Look, ...]:
        """Look only at how a picture or the frames of a video look.

        Raises Fixable when the file cannot be read or the model is missing.
        """
        frames = self._stills.frames(path, media_type, mime, FRAMES)
        return looks_of(frames, rows(self._vision.features([frame.picture for frame in frames])))

    def suspect(
        self, asset_id: AssetId, path: Path, facts: FileFacts, file_name: str, ocr: str
    ) -> list[FieldValue]:
        """Look only for text that tries to give orders; `ocr` is what was read off it before.

        Raises Fixable when the file itself cannot be read.
        """
        written = facts.media_type in {MediaType.DOCUMENT.value, MediaType.DATASET.value}
        read = self._documents.read(path, facts.mime) if written else None
        return self._suspecting.values(
            asset_id, facts, file_name, self._clock.now(), read=read, ocr=ocr
        )

    def said(self, asset_id: AssetId, facts: FileFacts, file_name: str) -> list[FieldValue]:
        """Give what the file says of itself, and a title from its name below that."""
        now = self._clock.now()
        values = [
            FieldValue(
                asset_id, Field.TITLE, title_of(file_name), Source.MODEL, "file name", now, 0.3
            )
        ]
        for name, field in _EMBEDDED.items():
            text = " ".join(facts.embedded.get(name, "").split())[:LONGEST_EMBEDDED]
            # A name that gives orders would be shown as one on every card.
            if text and not (field is Field.TITLE and self._suspecting.doubts(text)):
                values.append(FieldValue(asset_id, field, text, Source.FILE, facts.mime, now))
        paths = keyword_paths(facts.embedded.get("keyword_paths", ""))
        words = [*facts.embedded.get("keywords", "").splitlines(), *chain.from_iterable(paths)]
        keywords = map(normal_tag, words)
        tags = dict.fromkeys(tag for tag in keywords if tag and not self._suspecting.doubts(tag))
        values += [
            FieldValue(asset_id, Field.TAG, tag, Source.FILE, facts.mime, now) for tag in tags
        ]
        marks = {
            Field.RATING: [stars(facts.embedded.get("rating", ""))],
            Field.COLOUR_LABEL: [colour_label(facts.embedded.get("colour_label", ""))],
            Field.KEYWORD_PATH: [" > ".join(path) for path in paths],
        }
        return values + [
            FieldValue(asset_id, field, text, Source.FILE, facts.mime, now)
            for field, texts in marks.items()
            for text in texts
            if text and not self._suspecting.doubts(text)
        ]

    def doubted(self, asset_id: AssetId, facts: FileFacts) -> list[FieldValue]:
        """Look for orders only in what facts hold."""
        return self._suspecting.values(asset_id, facts, "", self._clock.now())

    def _dated(self, asset_id: AssetId, notes: Iterable[_Note]) -> list[FieldValue]:
        now = self._clock.now()
        return [
            FieldValue(asset_id, n.field, n.value, Source.MODEL, n.by, now, round(n.confidence, 4))
            for n in notes
        ]

    def _look(self, pictures: Sequence[Picture], notes: list[_Note]) -> list[Sighting]:
        return _attempt(lambda: [self._vision.look(one) for one in pictures], notes) or []

    def _seen(self, pictures: Sequence[Picture], sightings: Sequence[Sighting]) -> list[_Note]:
        if not pictures:
            return []
        notes: list[_Note] = []
        texts = _attempt(lambda: [self._reader.read(one) for one in pictures], notes)
        swatches = self._imaging.palette(pictures[0])
        notes += [
            _Note(Field.COLOUR, swatch.name, "palette", swatch.share)
            for swatch in swatches
            if swatch.share >= SWATCH_SHARE
        ]
        lines = merged_texts(texts or ())
        if lines:
            reading = "\n".join(line.text for line in lines)
            sure = sum(line.score for line in lines) / len(lines)
            notes.append(_Note(Field.OCR, reading, self._reader.name, sure))
        if sightings:
            notes += self._sighted(merged(sightings), lines)
        return notes

    def _recognised(self, picture: Picture) -> list[_Note]:
        return [_Note(Field.FINGERPRINT, self._imaging.fingerprint(picture), FINGERPRINTS)]

    def fingerprint(self, asset_id: AssetId, path: Path) -> list[FieldValue]:
        """Give only what a picture is recognised by.

        Raises Fixable when the file cannot be read.
        """
        picture = self._imaging.open(path, LONGEST_SIDE)
        return self._dated(asset_id, self._recognised(picture))

    def _sighted(self, seen: Sighting, lines: tuple[TextRegion, ...]) -> list[_Note]:
        """Keep few and sure values, and all the evidence they rest on."""
        by = ", ".join(seen.models)
        evidence = Evidence(seen.objects, lines, seen.class_probabilities)
        named = [_Note(Field.LABEL, s.name, by, s.score) for s in seen.labels]
        named += [
            _Note(Field.OBJECT, s.name, by, s.score)
            for s in _best(self._labels.confirmed(evidence))
        ]
        return [
            *(note for note in named if note.confidence >= SURE[note.field]),
            _Note(Field.FACES, faces_to_json(seen.faces), by),
            _Note(Field.EVIDENCE, evidence.to_json(), by),
        ]

    def _text(self, read: DocumentText, values: str = "") -> list[_Note]:
        whole = f"\n{NEW_PAGE}\n".join(page.strip() for page in read.pages)
        whole = f"{whole}\n{values}" if values else whole
        text = whole[:LONGEST_TEXT]
        if not text.strip():
            return [_Note(Field.WARNING, "No text was found in it; it may be a scan.", "documents")]
        notes = [_Note(Field.TEXT, text, "documents")]
        if len(text) >= SHORTEST_PROSE:
            language = _attempt(lambda: self._translator.detect(text[:4000]), notes)
            if language:
                notes.append(_Note(Field.LANGUAGE, language, "language identification"))
        if read.truncated or len(whole) > LONGEST_TEXT:
            notes.append(
                _Note(Field.WARNING, "Only the beginning of its text was read.", "documents")
            )
        return notes


def looks_of(frames: Sequence[Frame], features: Sequence[Any]) -> tuple[Look, ...]:
    """Join frames and how they look; a picture is a frame at no time."""
    return tuple(
        Look(row, frame.seconds or None)
        for frame, row in zip(frames, features, strict=False)
        if row is not None
    )


def merged(sightings: Sequence[Sighting]) -> Sighting:
    """Make one sighting of a video's frames: the best of each name, the classes on average.

    Boxes are those of the first frame, the poster.
    """
    if len(sightings) == 1:
        return sightings[0]
    first = sightings[0]
    classes: dict[int, float] = {}
    for sighting in sightings:
        for index, probability in sighting.class_probabilities:
            classes[index] = classes.get(index, 0.0) + probability / len(sightings)
    best = sorted(classes.items(), key=lambda pair: -pair[1])[:20]
    later = [seen for sighting in sightings[1:] for seen in sighting.objects]
    return Sighting(
        labels=_best(seen for sighting in sightings for seen in sighting.labels),
        objects=(*first.objects, *(Seen(seen.name, seen.score) for seen in _best(later))),
        faces=first.faces,
        class_probabilities=tuple(best),
        models=first.models,
    )


def merged_texts(frames: Iterable[Sequence[TextRegion]]) -> tuple[TextRegion, ...]:
    """Give each surely read line once, in the order it was first read."""
    lines: dict[str, TextRegion] = {}
    for line in (line for frame in frames for line in frame):
        if line.score >= READ_SURE and line.text.strip():
            lines.setdefault(line.text.strip().casefold(), line)
    return tuple(lines.values())


def _best(seen: Iterable[Seen]) -> tuple[Seen, ...]:
    """Keep the surest of each name, surest first."""
    best: dict[str, Seen] = {}
    for one in seen:
        if one.name not in best or one.score > best[one.name].score:
            best[one.name] = one
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def _attempt(look: Callable[[], Result], notes: list[_Note]) -> Result | None:
    """Look, or note for later that the model is missing."""
    try:
        return look()
    except Fixable as missing:
        notes.append(_Note(Field.WARNING, f"{NOT_EXAMINED}{missing}", "ingest"))
        return None
