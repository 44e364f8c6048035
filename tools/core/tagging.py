"""Tagging, describing and collecting: done at once, with a receipt that takes it back."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from tools.core.assets import AssetId, Field, FieldValue, Source
from tools.core.audit import AuditEvent
from tools.core.changes import Change
from tools.core.curation.marks import joined
from tools.core.curation.rejecting import Rejecting
from tools.core.done import receipt_of
from tools.core.entries import asked_name, asked_tags, asked_text
from tools.core.errors import Fixable
from tools.core.indexing import Indexing
from tools.core.library import known_asset, known_assets
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft
from tools.core.ports import Clock
from tools.core.receipts import Inverse, Receipt
from tools.core.records import Catalogue, Records
from tools.core.suggesting import Suggestion, draft_text, suggestions
from tools.core.tag_changes import tag_change, tags_of, write_draft

__all__ = ["BulkCheck", "Suggestion", "Tagging"]

BulkCheck = Callable[[Records, Authority, Draft], None]
"""Spends the approval of a bulk change inside its transaction, or raises Refused."""


class Tagging:
    """Changes what people say about assets."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        indexing: Indexing,
        clock: Clock,
        bulk_check: BulkCheck | None = None,
        undo_for: timedelta = timedelta(days=30),
        rejecting: Rejecting | None = None,
    ) -> None:
        self._rejecting = rejecting
        self._catalogue = catalogue
        self._indexing = indexing
        self._clock = clock
        self._bulk_check = bulk_check
        self._undo_for = undo_for

    def plan_tag(
        self, asset_ids: Sequence[str], add: Sequence[str], remove: Sequence[str], viewer: Viewer
    ) -> Draft:
        """Say what tagging would do, without doing it.

        Raises Fixable for an unknown asset, a tag that cannot be kept, or when nothing is asked.
        """
        with self._catalogue.reading() as records:
            return self._tag_draft(records, asset_ids, add, remove, viewer)

    def tag(
        self,
        asset_ids: Sequence[str],
        add: Sequence[str],
        remove: Sequence[str],
        authority: Authority,
    ) -> Receipt:
        """Add and remove tags.

        Raises Fixable as `plan_tag` does, Refused when so many assets need an approval.
        """
        plus, minus = asked_tags(add), asked_tags(remove)
        with self._catalogue.writing() as records:
            draft = self._tag_draft(records, asset_ids, plus, minus, authority.actor)
            self._check(records, authority, draft)
            assets = known_assets(records, asset_ids, authority.actor)
            change = tag_change(records, assets, plus, minus, authority.actor, self._clock.now())
            if self._rejecting and minus:
                # What a machine gave and a person takes off must not come back.
                more = self._rejecting.denied(records, assets, minus, authority.actor)
                change = joined([change, more])
            receipt = self._change(records, authority, "tag_assets", draft.summary, change)
        self._indexing.vectors(change.assets())
        return receipt

    def describe(
        self,
        asset_id: str,
        title: str | None,
        description: str | None,
        alt_text: str | None,
        authority: Authority,
    ) -> Receipt:
        """Set texts in a person's name; None leaves a text alone, "" takes a person's text away.

        Raises Fixable for an unknown asset, an overlong text, or when nothing is given.
        """
        asked = {Field.TITLE: title, Field.DESCRIPTION: description, Field.ALT_TEXT: alt_text}
        texts = {
            field: asked_text(field, text) for field, text in asked.items() if text is not None
        }
        if not texts:
            raise Fixable("Give a title, a description or an alt text.")
        if texts.get(Field.TITLE) == "":
            raise Fixable("A title needs at least one letter.")
        now, actor = self._clock.now(), authority.actor
        with self._catalogue.writing() as records:
            asset = known_asset(records, asset_id, actor)
            current = records.fields.current([asset.id])
            change = Change(
                added=tuple(
                    FieldValue(asset.id, field, text, Source.PERSON, actor.id, now)
                    for field, text in texts.items()
                    if text
                ),
                ended=tuple(value for value in current if value.field in texts),
            )
            names = " and ".join(field.value.replace("_", " ") for field in texts)
            summary = f"Set the {names} of '{texts.get(Field.TITLE) or asset.title}'."
            receipt = self._change(records, authority, "describe_asset", summary, change)
        self._indexing.vectors([asset.id])
        return receipt

    def collect(
        self,
        asset_ids: Sequence[str],
        name: str,
        authority: Authority,
        *,
        remove: bool = False,
    ) -> Receipt:
        """Put assets into a collection, or take them out.

        Raises Fixable for an unknown asset, a name that cannot be kept, or when nothing changes.
        """
        with self._catalogue.writing() as records:
            draft = self._collect_draft(records, asset_ids, name, authority.actor, remove=remove)
            self._check(records, authority, draft)
            named, changing = asked_name(name), [asset.id for asset in draft.assets]
            self._move(records, named, changing, authority, inside=not remove)
            details = {"collection": named, "asset_ids": changing, "added": not remove}
            return self._receipt(
                records, authority, "collect_assets", draft.summary, Inverse.COLLECTION, details
            )

    def plan_collect(self, asset_ids: Sequence[str], name: str, viewer: Viewer) -> Draft:
        """Say what putting assets into a collection would do, without doing it.

        Raises Fixable as `collect` does.
        """
        with self._catalogue.reading() as records:
            return self._collect_draft(records, asset_ids, name, viewer, remove=False)

    def suggest(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Suggestion]:
        """Propose tags from what was seen, and from the originals of renditions."""
        found: list[Suggestion] = []
        with self._catalogue.reading() as records:
            for asset in known_assets(records, asset_ids, viewer):
                values = records.fields.current([asset.id])
                parents = records.assets.many(
                    [one.id for one in records.assets.ancestors(asset.id)], viewer
                )
                family = records.fields.current([parent.id for parent in parents])
                found += suggestions(asset, values, self._indexing.kinds(values), family)
        return found

    def draft(self, asset_id: str, topic: str, viewer: Viewer) -> str:
        """Word a title, description or alt text from the evidence, without saving it.

        Raises Fixable for another topic, and when nothing was seen surely enough.
        """
        with self._catalogue.reading() as records:
            asset = known_asset(records, asset_id, viewer)
            values = records.fields.current([asset.id])
        return draft_text(asset, values, self._indexing.kinds(values), topic)

    def restore(self, details: str, records: Records, authority: Authority) -> tuple[AssetId, ...]:
        """Take back a receipt of FIELDS or COLLECTION inside a transaction; gives the assets.

        The caller passes the assets to `Indexing.vectors` after the transaction.
        """
        read = json.loads(details)
        now = self._clock.now()
        if "collection" in read:
            there = records.assets.many(read["asset_ids"], authority.actor)
            ids = tuple(asset.id for asset in there)
            self._move(records, read["collection"], ids, authority, inside=not read["added"])
            return ids
        change = Change.read(read["change"])
        visible = records.assets.many(list(change.assets()), authority.actor)
        ids = tuple(asset.id for asset in visible)
        change.only(ids).take_back(records, now)
        self._indexing.words(records, ids)
        return ids

    def _tag_draft(
        self,
        records: Records,
        asset_ids: Sequence[str],
        add: Sequence[str],
        remove: Sequence[str],
        viewer: Viewer,
    ) -> Draft:
        plus, minus = asked_tags(add), asked_tags(remove)
        if not plus and not minus:
            raise Fixable("Say which tags to add or remove.")
        if set(plus) & set(minus):
            raise Fixable(f"'{sorted(set(plus) & set(minus))[0]}' is both added and removed.")
        assets = known_assets(records, asset_ids, viewer)
        tags = tags_of(records, assets)
        said = [f"with {', '.join(plus)}"] if plus else []
        said += [f"without {', '.join(minus)}"] if minus else []
        arguments = {"asset_ids": [a.id for a in assets], "add": plus, "remove": minus}
        summary = f"Tagged {_count(len(assets), 'asset')} {' and '.join(said)}."
        return write_draft(
            "tag_assets", arguments, summary, assets, lambda asset: sorted(tags[asset.id])
        )

    def _collect_draft(
        self,
        records: Records,
        asset_ids: Sequence[str],
        name: str,
        viewer: Viewer,
        *,
        remove: bool,
    ) -> Draft:
        named = asked_name(name)
        assets = known_assets(records, asset_ids, viewer)
        changing = [a for a in assets if (named in records.collections.of(a.id)) == remove]
        where = f"collection '{named}'"
        if not changing:
            raise Fixable(
                f"None of them is in the {where}." if remove else f"All are in the {where} already."
            )
        done = "Took out of" if remove else "Put into"
        return write_draft(
            "collect_assets",
            {"asset_ids": [a.id for a in assets], "collection": named},
            f"{done} the {where}: {_count(len(changing), 'asset')}.",
            changing,
            lambda asset: records.collections.of(asset.id),
        )

    def _change(
        self, records: Records, authority: Authority, tool: str, summary: str, change: Change
    ) -> Receipt:
        change.carry_out(records, self._clock.now())
        self._indexing.words(records, change.assets())
        details: dict[str, object] = {"change": change.written(), "asset_ids": change.assets()}
        return self._receipt(records, authority, tool, summary, Inverse.FIELDS, details)

    def _move(
        self,
        records: Records,
        name: str,
        asset_ids: Sequence[AssetId],
        authority: Authority,
        *,
        inside: bool,
    ) -> None:
        if inside:
            records.collections.add(name, asset_ids, authority.actor.id, self._clock.now())
        else:
            records.collections.remove(name, asset_ids)

    def _receipt(
        self,
        records: Records,
        authority: Authority,
        tool: str,
        summary: str,
        inverse: Inverse,
        details: Mapping[str, object],
    ) -> Receipt:
        now = self._clock.now()
        receipt = receipt_of(tool, authority, summary, inverse, details, now, self._undo_for)
        records.receipts.add(receipt)
        told = json.dumps(
            {"receipt": receipt.id, "summary": summary, **details}, ensure_ascii=False
        )
        subject = receipt.id
        asset_ids = details["asset_ids"]
        if isinstance(asset_ids, list | tuple) and len(asset_ids) == 1:
            subject = str(asset_ids[0])
        action = f"{tool.removesuffix('_assets').removesuffix('_asset')}.done"
        records.audit.append(AuditEvent(now, authority.actor.id, action, subject, told))
        return receipt

    def _check(self, records: Records, authority: Authority, draft: Draft) -> None:
        if self._bulk_check:
            self._bulk_check(records, authority, draft)


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
