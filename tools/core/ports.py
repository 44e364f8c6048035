"""What the core needs from outside, in the domain's words; adapters implement these."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from tools.core.datasets.schema import Schema
from tools.core.perception import Box, FileFacts, Heard, Sighting, Space, Swatch, TextRegion
from tools.core.taxonomy.concepts import Concept, Taxonomy


class Clock(Protocol):
    """The time, always aware and in UTC."""

    def now(self) -> datetime:
        """Give the present moment."""
        ...


class Picture(Protocol):
    """An upright decoded RGB or RGBA picture; a Pillow image satisfies this."""

    @property
    def size(self) -> tuple[int, int]:
        """Give width and height in pixels."""
        ...


class Vectors(Protocol):
    """Unit float32 rows, shape (n, dimensions); a numpy array satisfies this."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Give rows and dimensions."""
        ...

    def __len__(self) -> int:
        """Give the number of rows."""
        ...

    def __getitem__(self, index: Any, /) -> Any:
        """Give a row or a block of rows."""
        ...


class Probe(Protocol):
    """Tells what a file is, by content and never by name, reading as little as it can."""

    def identify(self, path: Path) -> FileFacts:
        """Describe the file.

        An unknown format is `media_type="other"`, never an error. Raises Fixable with one line
        that says what to do for an empty, truncated, encrypted, oversized or hostile file.
        """
        ...

    def sidecar(self, path: Path) -> dict[str, str]:
        """Give what an XMP file says of the file beside it, named as in FileFacts.embedded.

        A broken one says nothing; raises Fixable for what cannot be opened.
        """
        ...


class MetadataWriter(Protocol):
    """Writes what is known of an asset into a copy of its file, or beside it.

    Fields are named as in FileFacts.embedded.
    """

    def obstacle(self, mime: str) -> str:
        """Say why nothing can be written into files of a kind, "" when it can."""
        ...

    def write(self, path: Path, mime: str, fields: Mapping[str, str]) -> None:
        """Write fields into a file in place, which lies in a folder of its own.

        Raises Fixable, in half a sentence, when that fails.
        """
        ...

    def sidecar(self, fields: Mapping[str, str]) -> bytes:
        """Write fields as an XMP file that lies beside another."""
        ...


class Imaging(Protocol):
    """Decodes, measures and writes pictures; EXIF orientation and colour profiles are honoured."""

    def open(self, path: Path, longest_side: int | None = None) -> Picture:
        """Decode upright sRGB, reduced to `longest_side` pixels when given (uses JPEG draft).

        Raises Fixable when it cannot be decoded or exceeds the pixel limit.
        """
        ...

    def part(self, picture: Picture, box: Box) -> Picture:
        """Cut a part out, at least one pixel each way."""
        ...

    def palette(self, picture: Picture) -> tuple[Swatch, ...]:
        """Give up to five named colours, largest share first."""
        ...

    def spaces(self, picture: Picture) -> tuple[Space, ...]:
        """Give how calm the strips along the four sides are."""
        ...

    def subjects(self, picture: Picture) -> Box | None:
        """Estimate the salient region without a model, or None for a flat picture."""
        ...

    def fingerprint(self, picture: Picture) -> str:
        """Give 64 bits as 16 hex digits, alike for re-encoded and scaled copies; 0 when flat."""
        ...

    def difference(self, one: Picture, other: Picture) -> float:
        """Give how much the most different part of two pictures differs, 0 to 1."""
        ...

    def thumbnail(self, picture: Picture, longest_side: int) -> bytes:
        """Encode a WebP thumbnail."""
        ...

    def render(self, path: Path, spec: "RenderSpec") -> "Rendered":
        """Crop, pad and scale a file into a new encoded picture and measure the output."""
        ...


@dataclass(frozen=True, slots=True)
class RenderSpec:
    """A picture to make: `crop` (fractions of the upright source) scaled to `width` x `height`.

    `fit` is "crop" (the crop already has the target's ratio) or "pad" (the whole crop is kept and
    the rest filled with a blurred copy). `format` is JPEG, PNG or WebP; quality is lowered until
    `max_bytes` is met.
    """

    crop: Box
    width: int
    height: int
    fit: str = "crop"
    format: str = "JPEG"
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """An encoded picture and what was measured when it was opened again."""

    content: bytes
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A still of a video at `seconds` from its start."""

    seconds: float
    picture: Picture


class VideoReader(Protocol):
    """Reads stills of a video; the file was identified by the probe before."""

    def shots(self, path: Path) -> tuple[float, ...]:
        """Give the second at which each shot begins, the first at 0.

        Raises Fixable for a damaged video.
        """
        ...

    def key_frames(self, path: Path, count: int, shots: Sequence[float] = ()) -> tuple[Frame, ...]:
        """Give up to `count` frames spread over the shots, the first being the poster.

        Raises Fixable for a video without a decodable frame.
        """
        ...


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A stretch of sound as 16-bit mono samples, 16,000 a second; `last` ends the recording."""

    pcm: bytes
    last: bool

    @property
    def seconds(self) -> float:
        """Give its length."""
        return len(self.pcm) / 32_000


class SoundReader(Protocol):
    """Decodes the sound of a recording; the file was identified by the probe before."""

    def part(self, path: Path, start: float, seconds: float) -> SoundPart:
        """Give up to so many seconds from `start` on; nothing where there is no sound.

        Raises Fixable when nothing can be decoded there.
        """
        ...


class Speech(Protocol):
    """Writes down speech, in the language that is spoken."""

    @property
    def name(self) -> str:
        """Name the model and version."""
        ...

    @property
    def ready(self) -> bool:
        """Tell whether the model is there."""
        ...

    def hear(self, pcm: bytes, language: str = "") -> Heard:
        """Give the words in 16-bit mono samples at 16,000 a second; "" detects the language.

        Words carry the space before them. Raises Fixable when the model is missing.
        """
        ...


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document, page by page (one page where the format has none).

    `asides` are texts beside it that its pages do not show, each with where it stands: comments,
    notes, deleted and alternative text, cells beyond the sample. `times` are the seconds at which
    the lines of its text are shown, one for each, where they accompany a recording.
    """

    pages: tuple[str, ...]
    truncated: bool = False
    asides: tuple[tuple[str, str], ...] = ()
    times: tuple[float, ...] = ()


class Documents(Protocol):
    """Reads documents and datasets, and writes translated copies with the layout kept."""

    def read(self, path: Path, mime: str) -> DocumentText:
        """Extract the text; a dataset gives its column names, row count and a sample.

        Raises Fixable for an encrypted, broken or oversized file.
        """
        ...

    def schemas(self, path: Path, mime: str) -> tuple[Schema, ...]:
        """Describe the columns of a dataset, table by table; none where there are no tables.

        Raises Fixable for a broken file.
        """
        ...

    def preview(self, path: Path, mime: str, page: int = 1) -> Picture | None:
        """Draw a page, counted from 1, or None where it cannot be drawn.

        Formats whose pages are not laid out are drawn by their beginning.
        """
        ...

    def rewrite(self, path: Path, mime: str, rewrite: "Rewrite", mark: str) -> bytes:
        """Write a copy of a DOCX, TXT or Markdown file whose texts went through `rewrite`.

        Styles, tables, links and images are kept; `mark` is the machine-draft notice that is set
        into the document's properties and shown at its top. Raises Fixable for another format.
        """
        ...


class Rewrite(Protocol):
    """Turns texts into texts, one for one and in the same order."""

    def __call__(self, texts: Sequence[str], /) -> Sequence[str]:
        """Rewrite each text."""
        ...


class Vision(Protocol):
    """Looks at a picture with the vision models."""

    @property
    def feature_space(self) -> str:
        """Name model and length of the features: the name of the collection of such vectors."""
        ...

    @property
    def feature_length(self) -> int:
        """Give the number of features of a picture."""
        ...

    @property
    def ordinary_features(self) -> Any:
        """Give what features of pictures have in common: the mean of unit rows, one row."""
        ...

    @property
    def label_names(self) -> tuple[str, ...]:
        """Name every class of the label model, in the order of its indices."""
        ...

    def look(self, picture: Picture) -> Sighting:
        """Give labels, objects and faces."""
        ...

    def features(self, pictures: Sequence[Picture]) -> Vectors:
        """Give only how pictures look, one row each; cheaper than `look`."""
        ...


class Vocabularies(Protocol):
    """Reads taxonomies from files (SKOS, tables) and writes them."""

    def read(self, path: Path) -> tuple[Concept, ...]:
        """Give the concepts as they stand in a file, unchecked.

        Raises Fixable for another format, and for a file that is too large or cannot be parsed.
        """
        ...

    def write(self, taxonomy: Taxonomy, ending: str) -> bytes:
        """Write a taxonomy in the format of a file's ending; Fixable for one that is not known."""
        ...


class TextReader(Protocol):
    """Reads text in pictures (OCR)."""

    @property
    def name(self) -> str:
        """Name the model and version."""
        ...

    def read(self, picture: Picture) -> tuple[TextRegion, ...]:
        """Give the lines of text found, in reading order."""
        ...


class TextEmbedder(Protocol):
    """Places texts in a space where near means alike; several languages share the space."""

    @property
    def name(self) -> str:
        """Name model, version and dimension: the name of the collection of its vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what assets say."""
        ...


@dataclass(frozen=True, slots=True)
class Near:
    """A neighbour: the catalogue key and the cosine similarity, -1 to 1."""

    key: int
    score: float


class VectorIndex(Protocol):
    """Vectors by catalogue key in one named space; rebuilt from the catalogue at will."""

    def put(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Store or replace vectors; durable when it returns.

        Raises Fixable when the dimension is another than the space's.
        """
        ...

    def drop(self, keys: Sequence[int]) -> None:
        """Forget keys and overwrite their numbers; unknown keys are ignored."""
        ...

    def nearest(
        self, vector: Vectors, limit: int, among: Sequence[int] | None = None
    ) -> list[Near]:
        """Give the nearest keys, best first; `among` restricts exactly to these keys."""
        ...

    def scores(self, vector: Vectors, among: Sequence[int]) -> list[Near]:
        """Score exactly these keys, in their order, leaving out keys without a vector."""
        ...

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """Give the stored vectors of these keys, in order; KeyError for one that is not stored."""
        ...

    def keys(self) -> list[int]:
        """List every key that has a vector."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...


class Blobs(Protocol):
    """Files by content hash, written once, never changed."""

    def put(self, content: bytes) -> str:
        """Store and give the key; storing the same bytes again is harmless."""
        ...

    def put_file(self, path: Path, sha256: str) -> str:
        """Store a file whose hash is known and give the key."""
        ...

    def read(self, key: str) -> bytes:
        """Give the bytes; Fixable when they are gone."""
        ...

    def local(self, key: str) -> AbstractContextManager[Path]:
        """Lend the blob as a local file for reading."""
        ...

    def delete(self, key: str) -> None:
        """Remove; a missing key is harmless."""
        ...

    def exists(self, key: str) -> bool:
        """Tell whether the key is stored."""
        ...


class Thumbnails(Protocol):
    """Small pictures of file versions by content hash and side; a cache that can be rebuilt."""

    def get(self, sha256: str, side: int) -> bytes | None:
        """Give the WebP picture, or None when it was not made yet."""
        ...

    def put(self, sha256: str, side: int, content: bytes) -> None:
        """Keep a picture."""
        ...

    def drop(self, sha256: str) -> None:
        """Remove every size of a file's picture; a missing one is harmless."""
        ...


class Translator(Protocol):
    """A translation engine for some pairs of BCP 47 language codes."""

    def name(self, source: str, target: str) -> str | None:
        """Name the engine and version that serves the pair, or None."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate one for one."""
        ...

    def detect(self, text: str) -> str:
        """Name the language of a text."""
        ...


class Writer(Protocol):
    """Words texts with a language model, for what no translation engine serves."""

    @property
    def available(self) -> bool:
        """Tell whether a model is at hand."""
        ...

    @property
    def name(self) -> str:
        """Name the model and version."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate one for one between BCP 47 codes; the result is a draft to be checked."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel receives: a file and the facts that go into its manifest.

    `key` is the idempotency key; delivering it again changes nothing.
    """

    key: str
    asset_id: str
    version: int
    sha256: str
    file_name: str
    mime: str
    title: str
    alt_text: str
    credit: str
    approval: str
    published_at: str


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """Where a delivery lies in public."""

    key: str
    location: str


class Publisher(Protocol):
    """One channel's outside; every effect on it is found again by its idempotency key."""

    def deliver(self, delivery: Delivery, source: Path) -> PublicCopy:
        """Make the file public atomically."""
        ...

    def withdraw(self, key: str) -> bool:
        """Take it down; False when it was not there."""
        ...

    def find(self, key: str) -> PublicCopy | None:
        """Tell where a delivery lies, or None."""
        ...


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job as people see it; `state` is queued, running, done, failed or cancelled."""

    id: str
    kind: str
    state: str
    done: int = 0
    total: int = 0
    note: str = ""


class Jobs(Protocol):
    """Long work that survives a crash; work is registered by kind before anything is enqueued."""

    def register(self, kind: str, work: "Work") -> None:
        """Tell what carries out a kind of job."""
        ...

    def start(self) -> None:
        """Begin to run jobs, first those that a crash interrupted."""
        ...

    def stop(self) -> None:
        """Stop taking jobs and let the running step end."""
        ...

    def enqueue(self, kind: str, payload: str, key: str) -> str:
        """Queue work and give the job id; the same key twice is the same job."""
        ...

    def status(self, job_id: str) -> JobStatus | None:
        """Tell how a job stands, or None when unknown."""
        ...

    def recent(self, limit: int) -> list[JobStatus]:
        """List jobs, newest first."""
        ...

    def cancel(self, job_id: str) -> None:
        """Stop a job before its next step."""
        ...

    def resume(self, job_id: str) -> None:
        """Go on with a cancelled or failed job."""
        ...

    def wait(self, job_id: str, timeout: float | None = None) -> JobStatus:
        """Block until the job ends, or until the timeout in seconds."""
        ...

    def forget(self, kind: str) -> None:
        """Remove the ended jobs of a kind with all that was recorded of them."""
        ...


class Work(Protocol):
    """The steps of a kind of job; each step is idempotent, because a killed one runs again."""

    def steps(self, payload: str) -> list[str]:
        """Split the payload into steps, each described by text."""
        ...

    def run(self, step: str) -> str:
        """Carry out one step and give a short note."""
        ...


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model file as people see it: `state` is ready, missing, damaged or fetching.

    `source` says whose bytes they are; `size` is in bytes; `needed_for` is a few words.
    """

    name: str
    needed_for: str
    size: int
    licence: str
    source: str
    state: str
    note: str = ""


class ModelStore(Protocol):
    """Verified model files with pinned hashes; the hash is the trust, not the source."""

    def path(self, name: str) -> Path:
        """Give the verified file.

        Raises Fixable, saying which command fetches it, when it is missing or its hash is wrong.
        """
        ...

    def states(self) -> list[ModelState]:
        """List every model of the manifest."""
        ...

    def fetch(self, names: Sequence[str], report: "Report") -> None:
        """Fetch part by part, join, verify and move into place; a stopped fetch goes on.

        Raises Fixable when nothing can be fetched (no network) or a hash is wrong.
        """
        ...


Report = Callable[[int, int, str], None]
"""Receives done, total and a note while long work goes on."""
