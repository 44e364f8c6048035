"""The review queue: what models were too unsure of, decided by a person once."""

from collections.abc import Sequence

from tools.core.assets import Asset, Field, FieldValue, Source
from tools.core.changes import Change
from tools.core.curation.denials import Denials
from tools.core.curation.marks import joined
from tools.core.curation.proposals import Proposal, proposals
from tools.core.curation.rejecting import Rejecting
from tools.core.curation.wording import edited, kept_as
from tools.core.errors import Fixable
from tools.core.indexing import Indexing
from tools.core.library import known_asset
from tools.core.people import Authority, Viewer
from tools.core.ports import Clock
from tools.core.receipts import Receipt
from tools.core.records import AssetFilter, Catalogue, Records
from tools.core.search.labels import LabelSpace
from tools.core.taxonomy.service import Taxonomies

CHUNK = 100


class Reviewing:
    """Lists what waits, and keeps what people decide; nothing waits twice."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        indexing: Indexing,
        labels: LabelSpace,
        taxonomies: Taxonomies,
        rejecting: Rejecting,
        denials: Denials,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._indexing = indexing
        self._labels = labels
        self._taxonomies = taxonomies
        self._rejecting = rejecting
        self._denials = denials
        self._clock = clock

    def waiting(self, viewer: Viewer, limit: int, *, drafts: bool = False) -> list[Proposal]:
        """List what waits on active assets that the viewer may see, the newest assets first.

        With `drafts` that is texts which nobody has written yet, else what models were unsure of.
        """
        found: list[Proposal] = []
        offset = 0
        while len(found) < limit:
            with self._catalogue.reading() as records:
                assets = records.assets.select(AssetFilter(), viewer, CHUNK, offset)
                for asset in assets:
                    found += [p for p in self._of(records, asset) if p.draft is drafts]
            if len(assets) < CHUNK:
                break
            offset += CHUNK
        return found[:limit]

    def accept(self, proposal_ids: Sequence[str], authority: Authority, text: str = "") -> Receipt:
        """Keep proposed values as this person's own; with a text, that in place of the value.

        Raises Fixable for what does not wait, and for a text that cannot be kept.
        """
        if text and len(proposal_ids) != 1:
            raise Fixable("One proposal at a time can be edited.")
        with self._catalogue.writing() as records:
            chosen = self._chosen(records, proposal_ids, authority.actor)
            words = edited(chosen[0].field, text) if text else []
            changes: list[Change] = []
            for one in chosen:
                mine = [value for change in changes for value in change.added]
                changes.append(self._accepted(records, one, words, mine, authority.actor))
            said = ", ".join(f"'{word}'" for word in words or [one.value for one in chosen][:5])
            summary = f"Accepted {said} on {_count(chosen)}."
            change = joined(changes)
            receipt = self._rejecting.kept(records, authority, "value.accepted", summary, change)
        self._indexing.vectors(change.assets())
        return receipt

    def reject(self, proposal_ids: Sequence[str], authority: Authority) -> Receipt:
        """Deny proposed values, there and on what looks nearly the same.

        Raises Fixable for what does not wait.
        """
        with self._catalogue.writing() as records:
            chosen = self._chosen(records, proposal_ids, authority.actor)
            change = joined(self._denied(records, one, authority.actor) for one in chosen)
            said = ", ".join(f"'{one.value}'" for one in chosen[:5])
            summary = f"Rejected {said} on {_count(chosen)}."
            receipt = self._rejecting.kept(records, authority, "value.rejected", summary, change)
        self._indexing.vectors(change.assets())
        return receipt

    def _of(self, records: Records, asset: Asset) -> list[Proposal]:
        values = records.fields.current([asset.id])
        return proposals(asset, values, self._labels, self._denials)

    def _chosen(
        self, records: Records, proposal_ids: Sequence[str], actor: Viewer
    ) -> list[Proposal]:
        if not proposal_ids:
            raise Fixable("Which ones? `dalm review` lists what waits, with ids.")
        found = []
        for name in dict.fromkeys(proposal_ids):
            asset = known_asset(records, name.rpartition("-")[0] or name, actor)
            one = next((one for one in self._of(records, asset) if one.id == name), None)
            if one is None:
                raise Fixable(f"'{name[:60]}' does not wait, or was decided. List the queue again.")
            found.append(one)
        return found

    def _accepted(
        self,
        records: Records,
        one: Proposal,
        words: Sequence[str],
        before: Sequence[FieldValue],
        actor: Viewer,
    ) -> Change:
        """Give what becomes of a proposal; `before` was accepted in the same breath."""
        now = self._clock.now()
        values = records.fields.current([one.asset.id])
        mine = [
            FieldValue(one.asset.id, one.field, word, Source.PERSON, actor.id, now)
            for word in kept_as(one, words or [one.value], [*values, *before])
        ]
        there = {value.value for value in values if value.field is Field.TAG}
        tags = self._taxonomies.tagged(records, one.asset.id, [*values, *mine])
        old = [value for value in values if value.field is one.field and not one.field.many]
        change = Change((*mine, *(tag for tag in tags if tag.value not in there)), tuple(old))
        if words and not one.draft:
            return joined([change, self._denied(records, one, actor)])
        return change

    def _denied(self, records: Records, one: Proposal, actor: Viewer) -> Change:
        denial = self._denials.of(one.value)
        return self._rejecting.change(records, one.asset, denial, "", actor)


def _count(chosen: Sequence[Proposal]) -> str:
    assets = {one.asset.id: one.asset.title for one in chosen}
    return f"'{next(iter(assets.values()))}'" if len(assets) == 1 else f"{len(assets)} assets"
