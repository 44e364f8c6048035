"""The catalogue: every kind of record in one transaction."""

from contextlib import AbstractContextManager
from typing import Protocol

from tools.core.records.assets import (
    AssetRecords,
    CollectionRecords,
    CompanionRecords,
    FieldRecords,
)
from tools.core.records.governing import (
    AuditRecords,
    CloudRecords,
    PlanRecords,
    PublicationRecords,
    ReceiptRecords,
    RightsRecords,
)
from tools.core.records.working import (
    FileRecords,
    TaxonomyRecords,
    TextRecords,
    ThreadRecords,
    UsageRecords,
)


class Records(Protocol):
    """Everything the catalogue holds, inside one transaction."""

    @property
    def assets(self) -> AssetRecords:
        """Assets, versions and families."""
        ...

    @property
    def companions(self) -> CompanionRecords:
        """Files beside those of assets."""
        ...

    @property
    def fields(self) -> FieldRecords:
        """Described values."""
        ...

    @property
    def collections(self) -> CollectionRecords:
        """Named sets."""
        ...

    @property
    def rights(self) -> RightsRecords:
        """Rights rules."""
        ...

    @property
    def plans(self) -> PlanRecords:
        """Plans and decisions."""
        ...

    @property
    def receipts(self) -> ReceiptRecords:
        """Receipts."""
        ...

    @property
    def publications(self) -> PublicationRecords:
        """Publications and outbox."""
        ...

    @property
    def audit(self) -> AuditRecords:
        """The audit chain."""
        ...

    @property
    def files(self) -> FileRecords:
        """Files met by ingests."""
        ...

    @property
    def text(self) -> TextRecords:
        """Full text."""
        ...

    @property
    def threads(self) -> ThreadRecords:
        """Conversations."""
        ...

    @property
    def usage(self) -> UsageRecords:
        """What chat models used."""
        ...

    @property
    def cloud(self) -> CloudRecords:
        """Grants of services elsewhere, and what they were sent."""
        ...

    @property
    def taxonomies(self) -> TaxonomyRecords:
        """Taxonomies."""
        ...


class Catalogue(Protocol):
    """Opens transactions; a writing one is atomic and alone."""

    def reading(self) -> AbstractContextManager[Records]:
        """Read a consistent state."""
        ...

    def writing(self) -> AbstractContextManager[Records]:
        """Write; all of it is kept, or, after an exception, nothing."""
        ...
