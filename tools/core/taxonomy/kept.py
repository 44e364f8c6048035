"""A taxonomy as the catalogue keeps it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptTaxonomy:
    """Who brought which file and who accepted it; `body` is what `concepts.written` gives.

    `sha256` is that of the body, to which the audit of the acceptance is bound.
    """

    id: str
    file: str
    sha256: str
    notes: tuple[str, ...]
    by: str
    at: datetime
    body: str
    accepted_by: str | None = None
    accepted_at: datetime | None = None
