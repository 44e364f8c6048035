"""What people decide about what machines said: terms, proposals, rejections, conventions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelView:
    """A name of a concept; `language` is a BCP 47 tag, perhaps ""."""

    language: str
    text: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class ConceptView:
    """A concept of the taxonomy; `broader` holds ids."""

    id: str
    labels: tuple[LabelView, ...]
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxonomyView:
    """A taxonomy, proposed or accepted; `notes` say what was left out of it or may mislead."""

    id: str
    file: str
    state: str
    concepts: tuple[ConceptView, ...]
    language: str
    notes: tuple[str, ...]
    by: str
    at: str
    accepted_by: str = ""
    accepted_at: str = ""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A word that assets have and no concept covers; `origin` is person, file or model."""

    word: str
    origin: str
    assets: int


@dataclass(frozen=True, slots=True)
class RejectionView:
    """A word of a machine that a person denied; `alike` are assets that it is kept off as well."""

    asset: str
    title: str
    word: str
    because: str
    by: str
    at: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A value that its model was too unsure of, for a person to decide; `id` names it."""

    id: str
    asset: str
    title: str
    field: str
    value: str
    confidence: float
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class ConformView:
    """What of an asset breaks the conventions of the house, and what would mend it.

    `name` is a file name that would do, or ""; `missing` pairs a required field with what others
    of its folder have there.
    """

    asset: str
    file: str
    faults: tuple[str, ...]
    name: str
    missing: tuple[tuple[str, str], ...]
    text: str
