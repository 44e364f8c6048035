"""Flagging files whose text tries to give orders: what is found becomes values of a field."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from tools.core.assets import AssetId, Field, FieldValue, Source
from tools.core.audit import AuditEvent
from tools.core.perception import FileFacts
from tools.core.ports import DocumentText
from tools.core.records import Records
from tools.core.suspicion.looking import Passage, suspicions
from tools.core.suspicion.patterns import Patterns, default_patterns

ORDERS = "It contains text that tries to give orders; it is treated as data."


class Suspecting:
    """Looks through all that a file says; the patterns are read when they are first needed."""

    def __init__(self, patterns: Callable[[], Patterns] = default_patterns) -> None:
        self._patterns = patterns

    def values(
        self,
        asset_id: AssetId,
        facts: FileFacts,
        file_name: str,
        at: datetime,
        *,
        read: DocumentText | None = None,
        ocr: str = "",
        caption: str = "",
    ) -> list[FieldValue]:
        """Give one value for each place and kind of attempt in a file's texts."""
        patterns = self._patterns()
        found = suspicions(_passages(facts, file_name, read, ocr, caption), patterns)
        by = f"suspicion {patterns.version}"
        lines = dict.fromkeys(one.worded(patterns) for one in found)
        return [FieldValue(asset_id, Field.SUSPICION, line, Source.MODEL, by, at) for line in lines]

    def doubts(self, text: str) -> bool:
        """Tell whether a text by itself tries to give orders."""
        return bool(suspicions([Passage("text", text)], self._patterns()))


def suspected(values: Iterable[FieldValue]) -> list[FieldValue]:
    """Give the values that flag an asset."""
    return [value for value in values if value.field is Field.SUSPICION]


def audit_flag(
    records: Records, asset_id: AssetId, values: Sequence[FieldValue], actor: str, at: datetime
) -> None:
    """Put on record that an asset was flagged, and why."""
    told = json.dumps({"found": [value.value for value in values]}, ensure_ascii=False)
    records.audit.append(AuditEvent(at, actor, "asset.flagged", asset_id, told))


def _passages(
    facts: FileFacts, file_name: str, read: DocumentText | None, ocr: str, caption: str
) -> list[Passage]:
    pages = "\n\n".join(read.pages) if read else ""
    return [
        Passage("file name", file_name, joined=True),
        *(Passage(name.replace("_", " "), text) for name, text in facts.embedded.items()),
        *(Passage(place, text) for place, text in facts.asides),
        Passage("text in the picture", ocr, joined=True),
        Passage("what a model words it with", caption),
        Passage("text", pages, body=True),
        *(Passage(place, text) for place, text in (read.asides if read else ())),
    ]
