"""Looking at a file with the models: labels, objects, faces, colours, words and language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tools.core.assets import AssetId, Field, FieldValue, MediaType, Source
from tools.core.errors import Fixable
from tools.core.ingest.captioning import caption_of, captioned
from tools.core.ingest.composing import free_space
from tools.core.ingest.delicate import delicate
from tools.core.ingest.evidence import Evidence, faces_to_json
from tools.core.ingest.lettering import lettering, timed_texts
from tools.core.ingest.listening import Listening, Transcript
from tools.core.ingest.merging import looks_of, merged, surest, when_seen
from tools.core.ingest.mood import moods
from tools.core.ingest.notes import Note, attempt
from tools.core.ingest.saying import said_of
from tools.core.ingest.stills import LONGEST_SIDE, Stills
from tools.core.ingest.suspecting import Suspecting
from tools.core.ingest.texts import Texts
from tools.core.moments import NONE, Moments
from tools.core.perception import FileFacts, Sighting, TextRegion
from tools.core.ports import (
    Captioner,
    Clock,
    Documents,
    DocumentText,
    Frame,
    Imaging,
    Picture,
    TextReader,
    Tones,
    Translator,
    Vision,
)
from tools.core.search.geometry import rows
from tools.core.search.labels import LabelSpace
from tools.core.search.visual import Look

SURE = {Field.LABEL: 0.3, Field.OBJECT: 0.5}
SWATCH_SHARE = 0.08
# Of a video; the index of looks holds a poster and fifteen more.
FRAMES, MOST_FRAMES = 6, 15
THUMBNAIL_SIDE = 512
PICTURED = frozenset({MediaType.IMAGE, MediaType.VIDEO})
RECORDINGS = frozenset({MediaType.AUDIO, MediaType.VIDEO})
WRITTEN = frozenset({MediaType.DOCUMENT, MediaType.DATASET})
FINGERPRINTS = "pHash 64"


@dataclass(frozen=True, slots=True)
class Described:
    """The values found for an asset, its thumbnail (WebP), if it can be drawn, and its looks."""

    values: tuple[FieldValue, ...]
    thumbnail: bytes | None
    looks: tuple[Look, ...] = ()


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
        listening: Listening,
        clock: Clock,
        suspecting: Suspecting | None = None,
        tones: Tones | None = None,
        captioner: Captioner | None = None,
    ) -> None:
        self._captioner = captioner
        self._suspecting = suspecting or Suspecting()
        self._stills = stills
        self._imaging = imaging
        self._vision = vision
        self._reader = reader
        self._documents = documents
        self._texts = Texts(documents=documents, translator=translator, tones=tones)
        self._labels = labels
        self._listening = listening
        self._clock = clock

    def describe(
        self, asset_id: AssetId, path: Path, facts: FileFacts, file_name: str
    ) -> Described:
        """Describe a file; a missing model leaves a warning and the rest goes on.

        Raises Fixable when the file itself cannot be read.
        """
        media_type = MediaType(facts.media_type)
        notes: list[Note] = []
        read: DocumentText | None = None
        times = NONE
        shots = self._stills.shots(path, media_type)
        frames = self._frames(path, media_type, facts.mime, shots)
        sightings: list[Sighting] = []
        if media_type in PICTURED:
            sightings = attempt(lambda: [self._vision.look(f.picture) for f in frames], notes) or []
            times = replace(self._seen(frames, sightings, notes), shots=shots)
        if media_type is MediaType.IMAGE:
            notes += self._recognised(frames[0].picture)
            notes += captioned(frames[0].picture, self._captioner) if self._captioner else []
        if media_type in RECORDINGS:
            read, spoken = self._listen(path, media_type, notes)
            times = replace(times, lines={**times.lines, Field.TRANSCRIPT: spoken})
        if media_type in WRITTEN:
            read = self._texts.written(path, facts.mime, media_type, notes)
            times = Moments({Field.TEXT: read.times})
        if times and media_type is not MediaType.IMAGE:
            notes.append(Note(Field.MOMENTS, times.to_json(), "ingest"))
        notes += [Note(Field.WARNING, warning, "probe") for warning in facts.warnings]
        thumbnail = self._stills.thumbnail(frames[0].picture, THUMBNAIL_SIDE) if frames else None
        ocr = "\n".join(note.value for note in notes if note.field is Field.OCR)
        now, caption = self._clock.now(), caption_of(notes)
        flags = self._suspecting.values(
            asset_id, facts, file_name, now, read=read, ocr=ocr, caption=caption
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

    @property
    def can_listen(self) -> bool:
        """Tell whether the speech model is there."""
        return self._listening.ready

    def looks(self, path: Path, media_type: MediaType, mime: str) -> tuple[Look, ...]:
        """Look only at how a picture or the frames of a video look.

        Raises Fixable when the file cannot be read or the model is missing.
        """
        frames = self._frames(path, media_type, mime, self._stills.shots(path, media_type))
        return looks_of(frames, rows(self._vision.features([frame.picture for frame in frames])))

    def _frames(
        self, path: Path, media_type: MediaType, mime: str, shots: Sequence[float]
    ) -> tuple[Frame, ...]:
        count = min(max(FRAMES, len(shots)), MOST_FRAMES)
        return self._stills.frames(path, media_type, mime, count, shots=shots)

    def suspect(
        self,
        asset_id: AssetId,
        path: Path,
        facts: FileFacts,
        file_name: str,
        known: Mapping[Field, str],
    ) -> list[FieldValue]:
        """Look only for text that tries to give orders; `known` is what was read off it before.

        DESCRIPTION is what a model words it with.
        Raises Fixable when the file itself cannot be read.
        """
        read = DocumentText((known.get(Field.TRANSCRIPT, ""),))
        if facts.media_type in WRITTEN:
            read = self._documents.read(path, facts.mime)
        now, ocr = self._clock.now(), known.get(Field.OCR, "")
        caption = known.get(Field.DESCRIPTION, "")
        return self._suspecting.values(
            asset_id, facts, file_name, now, read=read, ocr=ocr, caption=caption
        )

    def said(self, asset_id: AssetId, facts: FileFacts, file_name: str) -> list[FieldValue]:
        """Give what the file says of itself, and a title from its name below that."""
        return said_of(asset_id, facts, file_name, self._clock.now(), self._suspecting.doubts)

    def doubted(self, asset_id: AssetId, facts: FileFacts) -> list[FieldValue]:
        """Look for orders only in what facts hold."""
        return self._suspecting.values(asset_id, facts, "", self._clock.now())

    def _dated(self, asset_id: AssetId, notes: Iterable[Note]) -> list[FieldValue]:
        now = self._clock.now()
        return [
            FieldValue(asset_id, n.field, n.value, Source.MODEL, n.by, now, round(n.confidence, 4))
            for n in notes
        ]

    def _seen(
        self, frames: Sequence[Frame], sightings: Sequence[Sighting], notes: list[Note]
    ) -> Moments:
        """Note what is seen and read in pictures, and say when."""
        if not frames:
            return NONE
        texts = attempt(
            lambda: {one.seconds: self._reader.read(one.picture) for one in frames}, notes
        )
        swatches = self._imaging.palette(frames[0].picture)
        notes += [
            Note(Field.COLOUR, swatch.name, "palette", swatch.share)
            for swatch in swatches
            if swatch.share >= SWATCH_SHARE
        ]
        spaces = self._imaging.spaces(frames[0].picture)
        notes += moods(self._imaging.light(frames[0].picture), spaces)
        timed = timed_texts(texts or {})
        lines = tuple(line for line, _ in timed)
        notes += lettering(texts or {}, self._reader.name)
        if sightings:
            whole = merged(sightings)
            notes += self._sighted(whole, lines)
            notes += free_space(spaces, whole)
        return Moments(
            {Field.OCR: tuple(seconds for _, seconds in timed)},
            looks=tuple(frame.seconds for frame in frames),
            seen=when_seen(frames, sightings),
        )

    def _listen(
        self, path: Path, media_type: MediaType, notes: list[Note]
    ) -> tuple[DocumentText, tuple[float, ...]]:
        """Note what is said, and give it with the second of each line.

        Raises Fixable for an audio file whose sound cannot be decoded.
        """
        try:
            heard = self._listening.transcript(path)
        except Fixable as damaged:
            if media_type is MediaType.AUDIO:
                raise
            heard = Transcript(warning=str(damaged))
        notes += heard.notes(self._listening.name)
        notes += self._texts.manner(heard.text, heard.language)
        return DocumentText((heard.text,)), tuple(line.start for line in heard.lines)

    def _recognised(self, picture: Picture) -> list[Note]:
        return [Note(Field.FINGERPRINT, self._imaging.fingerprint(picture), FINGERPRINTS)]

    def fingerprint(self, asset_id: AssetId, path: Path) -> list[FieldValue]:
        """Give only what a picture is recognised by.

        Raises Fixable when the file cannot be read.
        """
        picture = self._imaging.open(path, LONGEST_SIDE)
        return self._dated(asset_id, self._recognised(picture))

    def _sighted(self, seen: Sighting, lines: tuple[TextRegion, ...]) -> list[Note]:
        """Keep few and sure values, and all the evidence they rest on."""
        by = ", ".join(seen.models)
        evidence = Evidence(seen.objects, lines, seen.class_probabilities, seen.likenesses)
        named = [Note(Field.LABEL, s.name, by, s.score) for s in seen.labels]
        named += [
            Note(Field.OBJECT, s.name, by, s.score)
            for s in surest(self._labels.confirmed(evidence))
        ]
        return [
            *(note for note in named if note.confidence >= SURE[note.field]),
            Note(Field.FACES, faces_to_json(seen.faces), by),
            Note(Field.EVIDENCE, evidence.to_json(), by),
            *delicate(seen),
        ]
