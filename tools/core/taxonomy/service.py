"""The taxonomy of the house: proposed from a file, accepted by a person, then put to use."""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tools.core.assets import AssetId, AssetState, Field, FieldValue, Source
from tools.core.audit import AuditEvent
from tools.core.curation.denials import denied_word
from tools.core.errors import Fixable, Refused
from tools.core.indexing import EVERYONE, Indexing
from tools.core.ingest.naming import shown_path
from tools.core.people import Role, Viewer
from tools.core.ports import Clock, Report, TextEmbedder, Vocabularies
from tools.core.records import AssetFilter, Catalogue, Records
from tools.core.suggesting import MOST, SURE
from tools.core.tags import normal_tag
from tools.core.taxonomy.checking import checked
from tools.core.taxonomy.concepts import Taxonomy, read, written
from tools.core.taxonomy.kept import KeptTaxonomy
from tools.core.taxonomy.mapping import Mapped, Mapper

CHUNK = 200
NONE_YET = (
    "No taxonomy has been accepted. Import one with `dalm taxonomy import FILE`, look at it, then "
    "accept it."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A taxonomy with who brought and who accepted it."""

    kept: KeptTaxonomy
    taxonomy: Taxonomy


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that assets have and no concept covers; `origin` is who says it."""

    word: str
    origin: str
    assets: int


class Taxonomies:
    """Keeps the taxonomy and maps what models see onto it."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        files: Vocabularies,
        indexing: Indexing,
        embedder: TextEmbedder,
        label_names: Callable[[], Sequence[str]],
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._files = files
        self._indexing = indexing
        self._embedder = embedder
        self._label_names = label_names
        self._clock = clock
        self._mapper: tuple[str, Mapper] | None = None

    def propose(self, path: Path, actor: Viewer) -> Standing:
        """Read a file and keep its concepts until somebody accepts them; nothing is tagged yet.

        Raises Fixable for a file that cannot be read or used, Refused for want of the role.
        """
        _librarian(actor)
        if not path.is_file():
            raise Fixable(f"There is no file at {shown_path(path)}. Check it for typing errors.")
        taxonomy, notes = checked(self._files.read(path))
        body = written(taxonomy.concepts)
        kept = KeptTaxonomy(
            id=f"taxonomy-{secrets.token_hex(4)}",
            file=shown_path(Path(path.name)),
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            notes=notes,
            by=actor.id,
            at=self._clock.now(),
            body=body,
        )
        with self._catalogue.writing() as records:
            records.taxonomies.propose(kept)
            self._audit(records, "taxonomy.proposed", kept, taxonomy, actor)
        return Standing(kept, taxonomy)

    def accept(self, actor: Viewer, report: Report) -> Standing:
        """Put what is proposed in force in this person's name, and tag what models have seen.

        Raises Fixable when nothing is proposed, Refused for want of the role.
        """
        _librarian(actor)
        with self._catalogue.writing() as records:
            name = records.taxonomies.proposed()
            if name is None:
                raise Fixable("No taxonomy waits to be accepted. Import a file first.")
            records.taxonomies.accept(name, actor.id, self._clock.now())
            kept = records.taxonomies.get(name)
            assert kept is not None
            standing = Standing(kept, Taxonomy(read(kept.body)))
            self._audit(records, "taxonomy.accepted", kept, standing.taxonomy, actor)
        self.tag_again(report)
        return standing

    def standing(self, *, proposed: bool) -> Standing | None:
        """Give the taxonomy that waits, or the one in force."""
        with self._catalogue.reading() as records:
            found = records.taxonomies
            name = found.proposed() if proposed else found.accepted()
            kept = found.get(name) if name else None
        return Standing(kept, Taxonomy(read(kept.body))) if kept else None

    def taxonomy(self) -> Taxonomy | None:
        """Give the taxonomy in force."""
        with self._catalogue.reading() as records:
            mapper = self._in_force(records)
        return mapper.taxonomy if mapper else None

    def candidates(self, actor: Viewer) -> list[Candidate]:
        """List words that models and files gave and that no concept covers, the commonest first.

        Raises Fixable before a taxonomy is accepted, Refused for want of the role.
        """
        _librarian(actor)
        counted: Counter[tuple[str, str]] = Counter()
        with self._catalogue.reading() as records:
            mapper = self._in_force(records)
            if mapper is None:
                raise Fixable(NONE_YET)
            for field in (Field.LABEL, Field.OBJECT, Field.TAG):
                for value in records.fields.everywhere(field):
                    if value.confidence >= SURE.get(field, 0.0):
                        counted[value.value, value.source.value] += 1
        return [
            Candidate(word, origin, assets)
            for (word, origin), assets in counted.most_common()
            if mapper.mapped(word) is None
        ]

    def exported(self, ending: str) -> bytes:
        """Write the taxonomy in force, or the proposed one where none is, as a file's content.

        Raises Fixable when there is none, and for another format than `.ttl` and the like.
        """
        standing = self.standing(proposed=False) or self.standing(proposed=True)
        if standing is None:
            raise Fixable(NONE_YET)
        return self._files.write(standing.taxonomy, ending)

    def tagged(
        self, records: Records, asset_id: AssetId, values: Sequence[FieldValue]
    ) -> list[FieldValue]:
        """Give the concepts that an asset's labels and objects surely stand for, as model's tags.

        None before a taxonomy is accepted; none that a person or the file has given already, or
        that a person has rejected.
        """
        mapper = self._in_force(records)
        if mapper is None:
            return []
        best: dict[str, FieldValue] = {}
        now = self._clock.now()
        for value in sorted(values, key=lambda one: -one.confidence):
            mapped = mapper.mapped(value.value) if _sure(value) else None
            if mapped:
                tag = mapper.taxonomy.tag(mapped.concept)
                best.setdefault(tag, _tag(asset_id, tag, value, mapped, now))
        for value in values:
            if value.field is Field.REJECTED:
                best.pop(normal_tag(denied_word(value)), None)
        for value in [*values, *records.fields.current([asset_id])]:
            if value.field is Field.TAG and value.source is not Source.MODEL:
                concept = mapper.taxonomy.called(value.value)
                best.pop(mapper.taxonomy.tag(concept) if concept else "", None)
        return list(best.values())[:MOST]

    def tag_again(self, report: Report) -> None:
        """Give every asset the tags that follow from the taxonomy in force."""
        with self._catalogue.reading() as records:
            keys = records.assets.keys(AssetFilter(states=tuple(AssetState)), EVERYONE)
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            with self._catalogue.writing() as records:
                ids = [asset.id for asset in records.assets.by_keys(part, EVERYONE)]
                changed = [one for one in ids if self._retag(records, one)]
                self._indexing.words(records, changed)
            self._indexing.vectors(changed)
            report(start + len(part), len(keys), "tagging by the taxonomy")

    def _retag(self, records: Records, asset_id: AssetId) -> bool:
        values = records.fields.current([asset_id])
        old = [v for v in values if v.field is Field.TAG and v.source is Source.MODEL]
        fresh = self.tagged(records, asset_id, values)
        if [(v.value, v.by) for v in old] == [(v.value, v.by) for v in fresh]:
            return False
        records.fields.retire(old, self._clock.now())
        records.fields.put(fresh)
        return True

    def _in_force(self, records: Records) -> Mapper | None:
        name = records.taxonomies.accepted()
        if name is None:
            return None
        if self._mapper is None or self._mapper[0] != name:
            kept = records.taxonomies.get(name)
            assert kept is not None
            mapper = Mapper(
                Taxonomy(read(kept.body)),
                embedder=self._embedder,
                label_names=self._label_names,
            )
            self._mapper = (name, mapper)
        return self._mapper[1]

    def _audit(
        self,
        records: Records,
        action: str,
        kept: KeptTaxonomy,
        taxonomy: Taxonomy,
        actor: Viewer,
    ) -> None:
        told = {"file": kept.file, "sha256": kept.sha256, "concepts": len(taxonomy.concepts)}
        payload = json.dumps(told, ensure_ascii=False)
        records.audit.append(AuditEvent(self._clock.now(), actor.id, action, kept.id, payload))


def _librarian(actor: Viewer) -> None:
    if not (actor.local_owner or actor.has(Role.LIBRARIAN)):
        raise Refused("The taxonomy is for librarians and admins.")


def _sure(value: FieldValue) -> bool:
    return value.confidence >= SURE.get(value.field, 1.1)


def _tag(
    asset_id: AssetId, tag: str, value: FieldValue, mapped: Mapped, now: datetime
) -> FieldValue:
    by = f"{value.by}: {mapped.why}"
    return FieldValue(asset_id, Field.TAG, tag, Source.MODEL, by, now, value.confidence)
