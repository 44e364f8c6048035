"""Turns what the core says into the views that front doors show, for the one who looks."""

from collections.abc import Collection, Sequence

from agent.views import AssetCard, PlanAssetView, PlanView
from tools.core.approvals import Approvals
from tools.core.assets import Asset, AssetId, Field
from tools.core.ingest.suspecting import ORDERS, suspected
from tools.core.people import Viewer
from tools.core.plans import Draft, Plan, counted
from tools.core.records import Catalogue
from tools.core.rights.service import Rights
from tools.core.rights.uses import Outcome
from tools.reply import Shown, plain

HIDDEN = "an asset you may not see"


class Present:
    """Makes cards and plan views; what the viewer may not see stays out of them."""

    def __init__(self, *, catalogue: Catalogue, rights: Rights, approvals: Approvals) -> None:
        self._catalogue = catalogue
        self._rights = rights
        self._approvals = approvals

    def cards(self, shown: Sequence[Shown], viewer: Viewer) -> tuple[AssetCard, ...]:
        """Make cards; an asset that came without a verdict gets its badge here."""
        bare = [one.asset for one in shown if not one.verdict]
        badges = self._rights.badges(bare, viewer) if bare else {}
        warnings, flagged = self._warnings([one.asset.id for one in shown])
        cards = []
        for one in shown:
            badge = badges.get(one.asset.id)
            cards.append(
                AssetCard(
                    id=one.asset.id,
                    file=one.asset.file_name,
                    title=one.asset.title,
                    media_type=one.asset.media_type.value,
                    score=round(one.score, 4),
                    band=one.band,
                    why=plain(one.why, 200),
                    verdict=one.verdict or (badge.outcome.value if badge else ""),
                    clause=plain(one.clause or (badge.clause if badge else ""), 300),
                    width=one.asset.version.width,
                    height=one.asset.version.height,
                    duration=one.asset.version.duration,
                    parent=one.asset.parent_id,
                    state=one.asset.state.value,
                    warning=warnings.get(one.asset.id, ""),
                    suspicious=one.asset.id in flagged,
                    page=one.page,
                    seconds=one.seconds,
                )
            )
        return tuple(cards)

    def of_ids(self, asset_ids: Sequence[str], viewer: Viewer) -> tuple[AssetCard, ...]:
        """Make cards of the ids that exist and that the viewer may see, in order."""
        with self._catalogue.reading() as records:
            assets = records.assets.many(list(asset_ids), viewer)
        return self.of_assets(assets, viewer)

    def of_assets(self, assets: Sequence[Asset], viewer: Viewer) -> tuple[AssetCard, ...]:
        """Make cards of assets."""
        return self.cards([Shown(asset) for asset in assets], viewer)

    def plan(self, plan: Plan, viewer: Viewer) -> PlanView:
        """Show a plan; assets that the viewer may not see are counted without their names."""
        draft = plan.draft
        with self._catalogue.reading() as records:
            hidden = self._approvals.hidden(records, plan, viewer)
            offered = records.assets.many([name for name, _ in draft.offers], viewer)
        assets = tuple(
            PlanAssetView(
                id=asset.id,
                file="" if asset.id in hidden else asset.file_name,
                title=HIDDEN if asset.id in hidden else asset.title,
                version=asset.version,
                verdict=asset.outcome,
                clause="" if asset.id in hidden else asset.clause,
                where_used=() if asset.id in hidden else asset.where_used,
            )
            for asset in draft.assets
        )
        outcomes = {asset.outcome for asset in draft.assets if asset.outcome != "not asked"}
        worst = [o.value for o in (Outcome.DENIED, Outcome.UNKNOWN) if o.value in outcomes]
        return PlanView(
            id=plan.id,
            tool=draft.tool,
            arguments=draft.arguments,
            effect=draft.effect.name.lower(),
            summary=_discreet(draft, hidden),
            target=draft.target,
            assets=assets,
            excluded=tuple(
                (name, HIDDEN if name in hidden else why) for name, why in draft.excluded
            ),
            verdict=worst[0] if worst else ("allowed" if outcomes else ""),
            approvers=plan.approvers,
            requester=plan.requester_name,
            state=plan.state.value,
            created=plan.created_at.isoformat(),
            expires=plan.expires_at.isoformat(),
            thread=plan.thread if plan.requester == viewer.id else None,
            outcome="" if hidden else plan.outcome,
            offers=tuple(
                plain(line, 300) for name, line in draft.offers if name in {a.id for a in offered}
            ),
            terms=draft.terms,
            may_decide=not hidden and self._approvals.may_decide(viewer, plan),
        )

    def _warnings(
        self, asset_ids: Sequence[AssetId]
    ) -> tuple[dict[AssetId, str], frozenset[AssetId]]:
        """Give what to beware of, by asset, and which of them try to give orders."""
        with self._catalogue.reading() as records:
            values = records.fields.current(asset_ids)
        said = {v.asset_id: plain(v.value, 200) for v in values if v.field is Field.WARNING}
        flagged = frozenset(value.asset_id for value in suspected(values))
        for asset_id in flagged:
            said[asset_id] = " ".join(part for part in (ORDERS, said.get(asset_id)) if part)
        return said, flagged


def _discreet(draft: Draft, hidden: Collection[AssetId]) -> str:
    """Give the summary without the title that it bears when it is about one asset."""
    summary = draft.summary
    for asset in draft.assets:
        if asset.id in hidden:
            summary = summary.replace(counted([asset]), HIDDEN)
    return summary
