"""Rejecting what a machine said: off the asset, and off what looks nearly the same, until revoked.

A rejection is itself a value of the asset, in the name of the person. It is obeyed when the asset
is looked at anew, and when anything is taken in that looks nearly the same.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from tools.core.assets import Asset, AssetId, AssetState, Field, FieldValue, Source
from tools.core.audit import AuditEvent
from tools.core.changes import Change
from tools.core.curation.denials import (
    DENIABLE,
    REASON,
    Denial,
    Denials,
    denied_word,
    without,
)
from tools.core.curation.listing import Rejection, rejections
from tools.core.curation.marks import (
    because_of,
    follows,
    joined,
    marks,
    model_tag,
    reaches,
    with_evidence,
)
from tools.core.done import receipt_of
from tools.core.entries import asked_reason
from tools.core.errors import Fixable
from tools.core.indexing import EVERYONE, Indexing
from tools.core.ingest.enrichment import SURE
from tools.core.ingest.evidence import Evidence
from tools.core.library import known_asset
from tools.core.people import Authority, Viewer
from tools.core.ports import Clock
from tools.core.receipts import Inverse, Receipt
from tools.core.records import AssetFilter, Catalogue, Records
from tools.core.search.folding import fold
from tools.core.search.labels import LabelSpace
from tools.core.search.visual import Look, VisualSpace
from tools.core.taxonomy.service import Taxonomies

# Pictures this near, by the cosine of what is particular about them, are nearly the same: of copies
# of 27 pictures that were cut, brightened, mirrored or turned, all 135 are nearer, of grey ones 22
# of 27, and of the 351 pairs of different ones none comes nearer than 0.35.
NEARLY = 0.75
MOST_ALIKE = 200


class Rejecting:
    """Takes values of machines off assets, keeps them off, and lets them on again."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        indexing: Indexing,
        visual: VisualSpace,
        labels: LabelSpace,
        taxonomies: Taxonomies,
        denials: Denials,
        clock: Clock,
        undo_for: timedelta = timedelta(days=30),
    ) -> None:
        self._catalogue = catalogue
        self._indexing = indexing
        self._visual = visual
        self._labels = labels
        self._taxonomies = taxonomies
        self._denials = denials
        self._clock = clock
        self._undo_for = undo_for

    def reject(self, asset_id: str, word: str, because: str, authority: Authority) -> Receipt:
        """Deny a value that a machine gave, here and on what looks nearly the same.

        Raises Fixable for an unknown asset, and for what no machine said of it.
        """
        with self._catalogue.writing() as records:
            asset = known_asset(records, asset_id, authority.actor)
            denial = self._denials.of(self._said(records, asset, word))
            reason = asked_reason(because)
            change = self.change(records, asset, denial, reason, authority.actor)
            also = len(change.assets()) - 1
            more = f", and on {also} that look nearly the same" if also else ""
            summary = f"Rejected '{denial.text}' on '{asset.title}'{more}."
            receipt = self.kept(records, authority, "value.rejected", summary, change)
        self._indexing.vectors(change.assets())
        return receipt

    def revoke(self, asset_id: str, word: str, authority: Authority) -> Receipt:
        """Take a rejection back: what machines see there counts again, on look-alikes too.

        Raises Fixable when that word was not rejected on the asset.
        """
        with self._catalogue.writing() as records:
            asset = known_asset(records, asset_id, authority.actor)
            known = marks(records.fields.current([asset.id]))
            mine = next((m for m in known if fold(denied_word(m)) == fold(word)), None)
            if mine is None:
                words = ", ".join(f"'{denied_word(mark)}'" for mark in known) or "nothing"
                raise Fixable(f"'{word[:60]}' is not rejected on '{asset.title}'; {words} is.")
            changes = [
                self._allowed(records, mark)
                for mark in records.fields.everywhere(Field.REJECTED)
                if mark == mine or follows(mark, mine)
            ]
            change = joined(changes)
            summary = f"'{denied_word(mine)}' may be said of '{asset.title}' again."
            receipt = self.kept(records, authority, "rejection.revoked", summary, change)
        self._indexing.vectors(change.assets())
        return receipt

    def rejections(self, viewer: Viewer) -> list[Rejection]:
        """List rejections on assets that the viewer may see, the newest first."""
        with self._catalogue.reading() as records:
            return rejections(records, viewer)

    def denied(
        self, records: Records, assets: Sequence[Asset], words: Sequence[str], actor: Viewer
    ) -> Change:
        """Work out the rejections among words that a person takes off assets."""
        changes = []
        for asset in assets:
            values = records.fields.current([asset.id])
            said = {fold(v.value): v.value for v in values if v.source is Source.MODEL}
            changes += [
                self.change(records, asset, self._denials.of(said[fold(word)]), "", actor)
                for word in words
                if fold(word) in said
            ]
        return joined(changes)

    def settled(
        self,
        records: Records,
        asset_id: AssetId,
        values: Sequence[FieldValue],
        looks: Sequence[Look],
    ) -> list[FieldValue]:
        """Give what may be kept of the values found for an asset, with its tags by the taxonomy.

        What was rejected on it, or on what looks nearly the same, is left out and marked.
        """
        own = marks(records.fields.current([asset_id]))
        follow = self._following(records, asset_id, values, looks)
        denials = [self._denials.of(denied_word(mark)) for mark in (*own, *follow)]
        kept = [
            replace(value, value=without(value.value, denials))
            if value.field is Field.EVIDENCE and denials
            else value
            for value in values
            if not any(self._denials.covers(denial, value) for denial in denials)
        ]
        tags = self._taxonomies.tagged(records, asset_id, kept)
        allowed = [t for t in tags if not any(self._denials.covers(d, t) for d in denials)]
        return [*kept, *follow, *allowed]

    def change(
        self, records: Records, asset: Asset, denial: Denial, reason: str, actor: Viewer
    ) -> Change:
        """Work out what a rejection changes on an asset and on what looks nearly the same."""
        now = self._clock.now()
        text = f"{denial.text}{REASON}{reason}" if reason else denial.text
        mark = FieldValue(asset.id, Field.REJECTED, text, Source.PERSON, actor.id, now)
        changes = [self._denied(records, asset.id, denial, mark)]
        for other, cosine in self._alike(records, asset, actor):
            its = replace(
                mark,
                asset_id=other.id,
                value=denial.text,
                source=Source.MODEL,
                by=because_of(asset, mark),
                confidence=round(cosine, 4),
            )
            one = self._denied(records, other.id, denial, its)
            changes += [one] if one.ended else []
        return joined(changes)

    def _said(self, records: Records, asset: Asset, word: str) -> str:
        """Give the word as a machine said it of the asset."""
        values = [v for v in records.fields.current([asset.id]) if v.field in DENIABLE]
        same = [v for v in values if fold(v.value) == fold(word)]
        if any(v.source is Source.MODEL for v in same):
            return same[0].value
        if same:
            who = "the file" if same[0].source is Source.FILE else same[0].by
            raise Fixable(f"'{same[0].value}' was said by {who}. Remove the tag instead.")
        said = ", ".join(f"'{v.value}'" for v in values if v.source is Source.MODEL) or "nothing"
        raise Fixable(f"No machine says '{word[:60]}' of '{asset.title}'; they say {said[:300]}.")

    def _denied(
        self, records: Records, asset_id: AssetId, denial: Denial, mark: FieldValue
    ) -> Change:
        """Give what ends on one asset, nothing where nothing is covered."""
        values = records.fields.current([asset_id])
        ended = [value for value in values if self._denials.covers(denial, value)]
        kept = [value for value in values if value not in ended]
        tags = {tag.value for tag in self._taxonomies.tagged(records, asset_id, kept)}
        ended += [v for v in kept if model_tag(v) and v.value not in tags]
        standing = self._all([*marks(values), mark])
        return with_evidence(Change((mark,), tuple(ended)), values, standing, mark.at)

    def _allowed(self, records: Records, mark: FieldValue) -> Change:
        """Give what holds again on one asset when a rejection does not."""
        values = records.fields.current([mark.asset_id])
        rest = [value for value in values if value != mark]
        others = self._all(marks(rest))
        change = with_evidence(Change((), (mark,)), values, others, self._clock.now())
        fresh = [v for v in change.added if v.field is Field.EVIDENCE]
        seen = [seen for value in fresh for seen in self._seen(value)]
        there = {(v.field, v.value) for v in values}
        back = [v for v in seen if (v.field, v.value) not in there]
        tags = self._taxonomies.tagged(records, mark.asset_id, [*rest, *back])
        back += [tag for tag in tags if (tag.field, tag.value) not in there]
        kept = [v for v in back if not any(self._denials.covers(one, v) for one in others)]
        return Change((*change.added, *kept), change.ended)

    def _seen(self, value: FieldValue) -> list[FieldValue]:
        """Give the labels and objects that evidence surely shows."""
        evidence = Evidence.from_json(value.value)
        named = [(Field.LABEL, self._denials.names(index), p) for index, p in evidence.classes]
        named += [(Field.OBJECT, o.name, o.score) for o in self._labels.confirmed(evidence)]
        best: dict[tuple[Field, str], float] = {}
        for field, name, score in named:
            if name and score >= SURE[field]:
                best[field, name] = max(score, best.get((field, name), 0.0))
        return [
            replace(value, field=field, value=name, confidence=round(score, 4))
            for (field, name), score in best.items()
        ]

    def _all(self, some: Iterable[FieldValue]) -> list[Denial]:
        return [self._denials.of(denied_word(mark)) for mark in some]

    def _alike(self, records: Records, asset: Asset, actor: Viewer) -> list[tuple[Asset, float]]:
        rows = self._visual.of(asset.key)
        if not rows:
            return []
        keys = records.assets.keys(AssetFilter(states=tuple(AssetState)), actor)
        among = [key for key in keys if key != asset.key]
        near = self._visual.near(rows[:1], among, (), MOST_ALIKE)
        found = {key: one.cosine for key, one in near.items() if one.cosine >= NEARLY}
        others = records.assets.by_keys(list(found), actor)
        return [(one, found[one.key]) for one in others if reaches(asset, one)]

    def _following(
        self,
        records: Records,
        asset_id: AssetId,
        values: Sequence[FieldValue],
        looks: Sequence[Look],
    ) -> list[FieldValue]:
        """Give marks for what was rejected on assets that look nearly the same as these looks."""
        others = [
            mark
            for mark in records.fields.everywhere(Field.REJECTED)
            if mark.source is Source.PERSON and mark.asset_id != asset_id
        ]
        telling = [m for m in others if self._covers_any(m, values)] if looks else []
        own = records.assets.get(asset_id, EVERYONE) if telling else None
        known = records.assets.many([mark.asset_id for mark in telling], EVERYONE)
        assets = [one for one in known if own and reaches(one, own)]
        if not assets:
            return []
        near: dict[int, float] = {}
        for look in looks:
            row = self._visual.centred(look.features)
            for one in self._visual.cosines(row, [asset.key for asset in assets]):
                near[one.key] = max(one.score, near.get(one.key, 0.0))
        alike = {asset.id: asset for asset in assets if near.get(asset.key, 0.0) >= NEARLY}
        return [
            replace(
                mark,
                asset_id=asset_id,
                value=denied_word(mark),
                source=Source.MODEL,
                by=because_of(alike[mark.asset_id], mark),
                at=self._clock.now(),
                confidence=round(near[alike[mark.asset_id].key], 4),
            )
            for mark in telling
            if mark.asset_id in alike
        ]

    def _covers_any(self, mark: FieldValue, values: Sequence[FieldValue]) -> bool:
        denial = self._denials.of(denied_word(mark))
        return any(self._denials.covers(denial, value) for value in values)

    def kept(
        self, records: Records, authority: Authority, action: str, summary: str, change: Change
    ) -> Receipt:
        """Carry out a change of values in a transaction, with a receipt and an audit entry."""
        now = self._clock.now()
        change.carry_out(records, now)
        self._indexing.words(records, change.assets())
        details: dict[str, object] = {"change": change.written(), "asset_ids": change.assets()}
        receipt = receipt_of(
            "judge", authority, summary, Inverse.FIELDS, details, now, self._undo_for
        )
        records.receipts.add(receipt)
        told = json.dumps({"receipt": receipt.id, "summary": summary}, ensure_ascii=False)
        subject = change.assets()[0]
        records.audit.append(AuditEvent(now, authority.actor.id, action, subject, told))
        return receipt
