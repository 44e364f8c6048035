"""Assets, their versions, and the described values people and machines attach to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

AssetId = NewType("AssetId", str)


class MediaType(StrEnum):
    """The kind of thing an asset is, decided by its content and never by its name."""

    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"
    DATASET = "dataset"
    OTHER = "other"


class AssetState(StrEnum):
    """Where an asset stands in its life; deletion is a state before it is a purge."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    TRASHED = "trashed"


class Orientation(StrEnum):
    """Shape of the upright picture; `square` means within 5 % of equal sides."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    SQUARE = "square"

    @classmethod
    def of(cls, width: int, height: int) -> "Orientation":
        """Classify a width and height in pixels."""
        if abs(width - height) <= 0.05 * max(width, height):
            return cls.SQUARE
        return cls.LANDSCAPE if width > height else cls.PORTRAIT


class Source(StrEnum):
    """Who said a value; a person outranks a file, a file outranks a model."""

    PERSON = "person"
    FILE = "file"
    MODEL = "model"

    @property
    def rank(self) -> int:
        """Give the precedence, higher wins."""
        return {"model": 0, "file": 1, "person": 2}[self.value]


class Field(StrEnum):
    """The described fields of an asset.

    FACES and EVIDENCE hold JSON of what machines noticed and where (see ingest.evidence);
    FINGERPRINT recognises a picture that was scaled or re-encoded (see duplicates.fingerprints);
    SPACE is a side of a picture (`left`) where words would cover nothing. SENSITIVE says what a
    picture may show that not everybody should see (`nudity`). SENTIMENT is negative, neutral or
    positive and TONE how a text reads (`formal`), MOOD is that of a scene (`dark`, see
    ingest.mood). GROUNDS is JSON of what a model's value rests on,
    also of one that was too unsure to be said (see ingest.grounds).
    SUSPICION says where the file's text tries to give orders. RATING is one to five stars,
    KEYWORD_PATH a keyword with what it is narrower than, the broadest first. COLUMN describes one
    of a table. What a file says of its rights is told and never decides: WEB_STATEMENT and
    LICENSOR are addresses or names, DATA_MINING a code of PLUS (`DMI-PROHIBITED`), SOURCE_TYPE a
    term of IPTC's digital source types (`digitalCapture`). TRANSCRIPT holds what is said,
    line by line, and is "" where nobody speaks; MOMENTS is JSON of when all that is (see moments).
    REJECTED is what a machine saw and a person denied, with the reason (see denials); from a model
    it follows from the rejection on a picture that looks nearly the same. CLOUD holds JSON of what
    a service elsewhere said of a picture (see cloud.said).
    """

    TITLE = "title"
    DESCRIPTION = "description"
    ALT_TEXT = "alt_text"
    CREATOR = "creator"
    CREDIT = "credit"
    COPYRIGHT = "copyright"
    RIGHTS_HOLDER = "rights_holder"
    USAGE_TERMS = "usage_terms"
    WEB_STATEMENT = "web_statement"
    LICENSOR = "licensor"
    DATA_MINING = "data_mining"
    SOURCE_TYPE = "source_type"
    CAPTURED_AT = "captured_at"
    LANGUAGE = "language"
    TAG = "tag"
    KEYWORD_PATH = "keyword_path"
    RATING = "rating"
    COLOUR_LABEL = "colour_label"
    LABEL = "label"
    OBJECT = "object"
    COLOUR = "colour"
    SPACE = "space"
    OCR = "ocr"
    TEXT = "text"
    TRANSCRIPT = "transcript"
    MOMENTS = "moments"
    FACES = "faces"
    EVIDENCE = "evidence"
    FINGERPRINT = "fingerprint"
    SENSITIVE = "sensitive"
    MOOD = "mood"
    SENTIMENT = "sentiment"
    TONE = "tone"
    GROUNDS = "grounds"
    COLUMN = "column"
    ROWS = "rows"
    LICENCE = "licence"
    WARNING = "warning"
    SUSPICION = "suspicion"
    REJECTED = "rejected"
    CLOUD = "cloud"

    @property
    def many(self) -> bool:
        """Tell whether several values may stand side by side."""
        return self in _SIDE_BY_SIDE


_SIDE_BY_SIDE = frozenset(
    {
        Field.TAG,
        Field.KEYWORD_PATH,
        Field.LABEL,
        Field.SPACE,
        Field.OBJECT,
        Field.COLOUR,
        Field.GROUNDS,
        Field.MOOD,
        Field.COLUMN,
        Field.WARNING,
        Field.SUSPICION,
        Field.REJECTED,
        Field.CLOUD,
    }
)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of one field, with who said it, how sure and when.

    `by` is a person's id, a file's standard (`IPTC`, `docx`) or a model's name and version.
    `confidence` runs from 0 to 1.
    """

    asset_id: AssetId
    field: Field
    value: str
    source: Source
    by: str
    at: datetime
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a rendition was made from a parent version, complete enough to be run again.

    `arguments` is canonical JSON; `engine` is the name and version of what carried it out.
    """

    step: str
    arguments: str
    engine: str


@dataclass(frozen=True, slots=True)
class Version:
    """One file of an asset.

    `blob` is the key in the blob store, or None for a file that stays where it lies at `path`.
    Sizes are pixels of the upright picture, durations seconds.
    """

    asset_id: AssetId
    number: int
    sha256: str
    bytes: int
    mime: str
    added_at: datetime
    blob: str | None
    path: str | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    pages: int | None = None
    parent_version: int | None = None
    recipe: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that belongs to an asset beside its own: the RAW of a JPEG, an XMP sidecar.

    `role` is raw, picture, sidecar or motion; `version` is the asset's version that it came with.
    `blob` is as in Version, `path` where it lay when it was taken in.
    """

    asset_id: AssetId
    version: int
    role: str
    file_name: str
    sha256: str
    bytes: int
    mime: str
    added_at: datetime
    blob: str | None
    path: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A thing the library holds: identity, kind, place in its family, state and audience.

    `key` is the catalogue's integer key, which the vector matrix uses; `audience` lists the user
    ids and `role:NAME` entries that may see it, empty meaning the whole team.
    """

    id: AssetId
    key: int
    media_type: MediaType
    file_name: str
    title: str
    state: AssetState
    owner: str
    added_at: datetime
    version: Version
    parent_id: AssetId | None = None
    origin: str = "ingest"
    supplier: str | None = None
    folder: str | None = None
    audience: tuple[str, ...] = field(default=())

    @property
    def orientation(self) -> Orientation | None:
        """Give the orientation of the upright picture, or None without one."""
        if not self.version.width or not self.version.height:
            return None
        return Orientation.of(self.version.width, self.version.height)
