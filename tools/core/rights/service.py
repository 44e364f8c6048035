"""The rights service: asks the engine about assets, and keeps what people say of their rights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tools.core.assets import Asset, AssetId
from tools.core.errors import Fixable
from tools.core.people import Authority, Viewer
from tools.core.ports import Clock
from tools.core.receipts import Receipt
from tools.core.records import Catalogue, Records
from tools.core.rights.actions import Action
from tools.core.rights.book import Deed, RuleBook, may_confirm
from tools.core.rights.engine import Use, Verdict, decide_family, decide_many, judge
from tools.core.rights.families import facts_of, layers_of, rules_about
from tools.core.rights.forecast import Expiry, expiries
from tools.core.rights.licences import open_licence
from tools.core.rights.rules import Rule, RuleKind, Scope, ScopeKind
from tools.core.rights.statement import read_statement
from tools.core.rights.terms import RightsStatement, Term
from tools.core.rights.territories import territory_code

__all__ = ["AssetVerdict", "Expiry", "Rights"]

TOOL = "record_rights"


@dataclass(frozen=True, slots=True)
class AssetVerdict:
    """A verdict and the asset it is about."""

    asset: Asset
    verdict: Verdict


class Rights:
    """Answers what may be done with assets and keeps the records that decide it."""

    def __init__(
        self, *, catalogue: Catalogue, clock: Clock, undo_for: timedelta = timedelta(days=30)
    ) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._undo_for = undo_for

    def now(self) -> datetime:
        """Give the moment at which a use that names none takes place."""
        return self._clock.now()

    def verdicts(self, asset_ids: Sequence[str], use: Use, viewer: Viewer) -> list[AssetVerdict]:
        """Decide a use of each asset, in the order asked.

        Raises Fixable for an asset that does not exist or that the viewer may not see.
        """
        wanted = list(dict.fromkeys(asset_ids))
        with self._catalogue.reading() as records:
            assets = records.assets.many(wanted, viewer)
            missing = set(wanted) - {asset.id for asset in assets}
            if missing:
                first = next(one for one in wanted if one in missing)
                raise Fixable(f"No asset '{first}'. Search first, then use an id from the results.")
            layers = layers_of(records, assets, viewer)
        decided = decide_many([layers[asset.id] for asset in assets], use, self.now())
        return [AssetVerdict(*pair) for pair in zip(assets, decided, strict=True)]

    def badges(self, assets: Sequence[Asset], viewer: Viewer) -> dict[AssetId, Verdict]:
        """Decide publishing anywhere, now, for a page of assets; badges carry no remedies."""
        return self.judged(assets, Use(Action.PUBLISH, at=self.now()), viewer)

    def judged(self, assets: Sequence[Asset], use: Use, viewer: Viewer) -> dict[AssetId, Verdict]:
        """Decide a use of many assets without remedies."""
        with self._catalogue.reading() as records:
            layers = layers_of(records, assets, viewer)
        return {asset_id: judge(family, use) for asset_id, family in layers.items()}

    def decide_in(
        self, records: Records, asset: Asset, use: Use, viewer: Viewer | None = None
    ) -> Verdict:
        """Decide a use inside a transaction, with all originals as they are now."""
        layers = layers_of(records, [asset], viewer)[asset.id]
        return decide_family(layers, use, self.now())

    def facts(self, records: Records, asset: Asset) -> str:
        """Hash everything that decides about the asset's rights, for fingerprints of approvals."""
        return facts_of(records, asset)

    def record(self, statement: RightsStatement, authority: Authority) -> Receipt:
        """Keep a statement; from a conversation it is always proposed.

        Raises Fixable for an unknown asset or an empty statement, Refused without a role.
        """
        count = len(statement.scopes)
        where = "1 asset" if count == 1 else f"{count} assets"
        if count == 1 and statement.scopes[0].kind is not ScopeKind.ASSET:
            where = f"{statement.scopes[0].kind} {statement.scopes[0].value}"
        said = "; ".join(dict.fromkeys(term.clause for term in statement.terms))
        unread = f" Not understood: {', '.join(statement.unread)}." if statement.unread else ""

        def deed(counts: bool) -> Deed:  # noqa: FBT001  (a callback with one meaning)
            how = "" if counts else " It is proposed: it counts once legal or a librarian confirms."
            return Deed("rights.recorded", TOOL, f"Recorded for {where}: “{said}”.{how}{unread}")

        with self._catalogue.writing() as records:
            return self._book(records, authority).record(statement, deed)

    def note(
        self,
        asset_ids: Sequence[str],
        text: str,
        channel: str | None,
        territory: str | None,
        authority: Authority,
    ) -> Receipt:
        """Read a sentence about the rights of assets and keep it as a proposal.

        The channel and territory hold for what the sentence permits without naming any. Raises
        Fixable when nothing can be read out of it.
        """
        scopes = [Scope(ScopeKind.ASSET, asset_id) for asset_id in asset_ids]
        statement = read_statement(text, scopes, self.now())
        place = territory_code(territory) if territory else None
        terms = tuple(_narrowed(term, channel, place) for term in statement.terms)
        return self.record(replace(statement, terms=terms, confirmed=False), authority)

    def confirm(self, rule_id: str, authority: Authority) -> Receipt:
        """Make a proposed record count; its rules stand and fall together.

        Raises Fixable for an unknown one, Refused without the role.
        """
        with self._catalogue.writing() as records:
            return self._book(records, authority).confirm(rule_id)

    def revoke(self, rule_id: str, authority: Authority) -> Receipt:
        """End a record; its rules stand and fall together.

        Raises Fixable for an unknown one, Refused without the role.
        """
        with self._catalogue.writing() as records:
            return self._book(records, authority).revoke(rule_id)

    def own_work(
        self, folder_or_asset_ids: str | Sequence[str], name: str, authority: Authority
    ) -> Receipt:
        """Record that assets, or all in a folder, now and later, are the named person's work."""
        if not name.strip():
            raise Fixable("Say whose work it is.")
        name = name.strip()
        clause = f"Own work of {name}, who holds all rights; any use is allowed."
        if isinstance(folder_or_asset_ids, str):
            scopes = [Scope(ScopeKind.FOLDER, folder_or_asset_ids)]
        else:
            scopes = [Scope(ScopeKind.ASSET, asset_id) for asset_id in folder_or_asset_ids]
        statement = RightsStatement(
            tuple(scopes),
            (Term(RuleKind.PERMISSION, clause),),
            holder=name,
            creator=name,
            confirmed=may_confirm(authority.actor),
        )
        return self.record(statement, authority)

    def licence(
        self, asset_id: str, licence_id: str, author: str, source: str, authority: Authority
    ) -> Receipt:
        """Record an open licence of an asset, such as `CC-BY-4.0`, with its credit line.

        Raises Fixable for an unknown licence or asset.
        """
        known = open_licence(licence_id, author)
        statement = RightsStatement(
            (Scope(ScopeKind.ASSET, asset_id),),
            known.terms,
            document=source,
            holder=author.strip(),
            creator=author.strip(),
            licence=known.name,
            confirmed=may_confirm(authority.actor),
        )
        return self.record(statement, authority)

    def restore(self, details: str, records: Records, authority: Authority) -> None:
        """Put rules back to what they were before the receipt with these details.

        Raises Refused when they changed since, or without the role.
        """
        self._book(records, authority).restore(details)

    def forecast(self, days: int, viewer: Viewer) -> list[Expiry]:
        """List what becomes unusable within so many days, soonest first, and where it is live."""
        if not 0 < days <= 3660:
            raise Fixable("Forecast between 1 day and 10 years (3660 days).")
        with self._catalogue.reading() as records:
            return expiries(records, self.now(), days, viewer)

    def list(self, asset_id: str, viewer: Viewer) -> list[Rule]:
        """List the rules about an asset and the originals that the viewer sees.

        Raises Fixable for an asset that does not exist or that the viewer may not see.
        """
        with self._catalogue.reading() as records:
            asset = records.assets.get(asset_id, viewer)
            if asset is None:
                raise Fixable(
                    f"No asset '{asset_id}'. Search first, then use an id from the results."
                )
            return rules_about(records, asset, viewer)

    def _book(self, records: Records, authority: Authority) -> RuleBook:
        return RuleBook(records, authority, self.now(), self._undo_for)


def _narrowed(term: Term, channel: str | None, territory: str | None) -> Term:
    if term.kind is not RuleKind.PERMISSION:
        return term
    channels = term.channels or ((channel,) if channel else ())
    territories = term.territories or ((territory,) if territory else ())
    return replace(term, channels=channels, territories=territories)
