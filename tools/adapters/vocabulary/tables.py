"""Vocabularies as tables, a row a concept, and as the JSON that a survey proposes."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from tools.adapters.documents.encoding import decoded
from tools.core.errors import Fixable
from tools.core.taxonomy.concepts import Concept, Label, Taxonomy

_COLUMN = re.compile(r"(?i)(pref|alt)label(?:@([a-z]{2,3}(?:-[a-z0-9]{2,8})*))?")
_SEVERAL = re.compile(r"\s*\|\s*")
_EXAMPLE = "id, broader, prefLabel@en, altLabel@en, prefLabel@de"
_URI = re.compile(r"(?i)[a-z][a-z0-9+.-]*:\S+")
# Spreadsheets take cells for formulas that begin so; the apostrophe makes them texts there.
_FORMULA = re.compile(r"'*[=+\-@]")


def read_csv(content: bytes) -> tuple[Concept, ...]:
    """Read a table with the columns id, broader, prefLabel@xx and altLabel@xx.

    Several values in a cell are parted by `|`; broader names an id or a preferred label, and a
    concept without an id goes by its first preferred label. Raises Fixable for other columns.
    """
    text = decoded(content)
    if text is None:
        raise Fixable("It is not text. Save the table as CSV in UTF-8.")
    lines = text.text
    first = lines.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        rows = [*csv.reader(io.StringIO(lines, newline=""), delimiter=mark)]
    except csv.Error as error:
        raise Fixable(f"It cannot be read as a table ({error}). Export it again.") from error
    heads = [head.strip() for head in rows[0]] if rows else []
    named = {column: match for column, head in enumerate(heads) if (match := _match(head))}
    if not any(match[1].lower() == "pref" for match in named.values()):
        raise Fixable(f"It has no column with preferred labels. The columns are {_EXAMPLE}.")
    places = {head.lower(): column for column, head in enumerate(heads)}
    return _linked(_row(row, named, places) for row in rows[1:] if any(map(str.strip, row)))


def read_json(content: bytes) -> tuple[Concept, ...]:
    """Read the taxonomy.json that a survey writes; Fixable for any other JSON."""
    try:
        entries = json.loads(content)["concepts"]
        return _linked(_entry(entry) for entry in entries)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Fixable(
            "It is not a taxonomy.json of `dalm survey`. For JSON-LD name the file .jsonld."
        ) from error


def write_csv(taxonomy: Taxonomy, out: TextIO) -> None:
    """Write a table that `read_csv` reads."""
    kinds = [("prefLabel", True), ("altLabel", False)]
    languages = ["", *taxonomy.languages]
    columns = [
        (f"{kind}@{language}" if language else kind, language, preferred)
        for language in languages
        for kind, preferred in kinds
    ]
    writer = csv.writer(out)
    writer.writerow(["id", "broader", *(head for head, _, _ in columns)])
    for concept in taxonomy.concepts:
        cells = [" | ".join(_texts(concept, *column[1:])) for column in columns]
        writer.writerow([concept.id, " | ".join(concept.broader), *map(_harmless, cells)])


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _texts(concept: Concept, language: str, preferred: bool) -> list[str]:  # noqa: FBT001
    kind = (language, preferred)
    return [x.text for x in concept.labels if (x.language, x.preferred) == kind]


def _match(head: str) -> re.Match[str] | None:
    return _COLUMN.fullmatch(head)


def _row(
    row: Sequence[str], named: Mapping[int, re.Match[str]], places: Mapping[str, int]
) -> Concept:
    labels = [
        Label((match[2] or "").lower(), text, match[1].lower() == "pref")
        for column, match in named.items()
        for text in _parts(row, column)
    ]
    name = " ".join(_parts(row, places.get("id", -1)))
    return Concept(name, tuple(labels), tuple(_parts(row, places.get("broader", -1))))


def _parts(row: Sequence[str], column: int) -> list[str]:
    cell = row[column].strip() if 0 <= column < len(row) else ""
    if cell.startswith("'") and _FORMULA.match(cell):
        cell = cell[1:]
    return [" ".join(part.split()) for part in _SEVERAL.split(cell) if part.strip()]


def _entry(entry: Mapping[str, Any]) -> Concept:
    labels = [Label(str(tag).lower(), str(text)) for tag, text in entry["prefLabel"].items()]
    for tag, texts in entry.get("altLabel", {}).items():
        labels += [Label(str(tag).lower(), str(text), preferred=False) for text in texts]
    return Concept(str(entry["id"]), tuple(labels), tuple(map(str, entry.get("broader", ()))))


def _linked(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Make ids of names, and find what is broader by id or by label."""
    found: dict[str, Concept] = {}
    ids: dict[str, str] = {}
    for concept in concepts:
        first = next((label.text for label in concept.labels if label.preferred), "")
        name = _uri(concept.id or first or f"row {len(found) + 2}")
        if name in found:
            raise Fixable(
                f"Two concepts go by “{concept.id or first}”. Give them ids of their own."
            )
        found[name] = Concept(name, concept.labels, concept.broader)
        ids.setdefault(concept.id, name)
        for label in concept.labels:
            if label.preferred:
                ids.setdefault(label.text, name)
    return tuple(
        Concept(one.id, one.labels, tuple(ids.get(wider, _uri(wider)) for wider in one.broader))
        for one in found.values()
    )


def _uri(text: str) -> str:
    """Give a URI as it is; other ids become names of this house."""
    if _URI.fullmatch(text):
        return text
    return "urn:dalm:concept:" + re.sub(r"[\W_]+", "-", text.lower()).strip("-")
