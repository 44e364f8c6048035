"""The catalogue as the core sees it: typed records in transactions, filtered by who is looking."""

from tools.core.records.assets import (
    AssetRecords,
    CollectionRecords,
    CompanionRecords,
    FieldRecords,
)
from tools.core.records.catalogue import Catalogue, Records
from tools.core.records.governing import (
    AuditRecords,
    CloudRecords,
    PlanRecords,
    PublicationRecords,
    ReceiptRecords,
    RightsRecords,
)
from tools.core.records.values import AssetFilter, Facet, KnownFile, NewAsset, SearchText
from tools.core.records.working import (
    FileRecords,
    TaxonomyRecords,
    TextRecords,
    ThreadRecords,
    UsageRecords,
)

__all__ = [
    "AssetFilter",
    "AssetRecords",
    "AuditRecords",
    "Catalogue",
    "CloudRecords",
    "CollectionRecords",
    "CompanionRecords",
    "Facet",
    "FieldRecords",
    "FileRecords",
    "KnownFile",
    "NewAsset",
    "PlanRecords",
    "PublicationRecords",
    "ReceiptRecords",
    "Records",
    "RightsRecords",
    "SearchText",
    "TaxonomyRecords",
    "TextRecords",
    "ThreadRecords",
    "UsageRecords",
]
