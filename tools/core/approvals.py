"""Approvals: proposed once, decided by those entitled, and spent once by the action itself."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from tools.core.assets import AssetId
from tools.core.audit import AuditEvent
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority, Viewer
from tools.core.plans import (
    Decision,
    Draft,
    Plan,
    PlanState,
    Warrant,
    digest,
    still_as_approved,
)
from tools.core.policy import Policy
from tools.core.ports import Clock
from tools.core.records import Catalogue, Records

OPEN = (PlanState.PENDING, PlanState.APPROVED)


class Approvals:
    """Keeps plans; the second lock (`spend`) lives in the transaction of the action."""

    def __init__(self, *, catalogue: Catalogue, policy: Policy, clock: Clock) -> None:
        self._catalogue = catalogue
        self._policy = policy
        self._clock = clock

    def propose(self, draft: Draft, authority: Authority) -> Plan:
        """Store a plan that waits; the same wish of the same person twice is one plan.

        Raises Refused when the person may not even ask for the effect.
        """
        actor, now = authority.actor, self._clock.now()
        if not self._policy.entitled(actor, draft.effect):
            raise Refused(f"{actor.name} may not ask for this: the policy reserves it.")
        sealed = digest(draft, actor.id, self._policy.version)
        with self._catalogue.writing() as records:
            for plan in records.plans.in_states([PlanState.PENDING]):
                same = plan.digest == sealed and plan.thread == authority.thread
                if same and plan.expires_at > now:
                    return plan
            plan = Plan(
                id=f"plan-{secrets.token_hex(4)}",
                draft=draft,
                requester=actor.id,
                requester_name=actor.name,
                thread=authority.thread,
                approvers=self._policy.approvers(draft.effect),
                quorum=self._policy.quorum(draft.effect),
                created_at=now,
                expires_at=now + self._policy.valid(draft.effect),
                policy_version=self._policy.version,
                digest=sealed,
            )
            records.plans.add(plan)
            self._tell(records, actor, "plan.proposed", plan, {"summary": draft.summary})
        return plan

    def get(self, plan_id: str) -> Plan:
        """Give a plan; raises Fixable when there is none."""
        with self._catalogue.reading() as records:
            return self._known(records, plan_id)

    def waiting(self, viewer: Viewer) -> list[Plan]:
        """List plans that wait and that the person asked for or may decide, newest first."""
        now = self._clock.now()
        with self._catalogue.reading() as records:
            plans = records.plans.in_states([PlanState.PENDING], limit=1000)
        return [
            plan
            for plan in plans
            if plan.expires_at > now
            and (plan.requester == viewer.id or self.may_decide(viewer, plan))
        ]

    def may_see(self, viewer: Viewer, plan: Plan) -> bool:
        """Tell whether a plan is the person's business."""
        return plan.requester == viewer.id or self.may_decide(viewer, plan)

    def may_decide(self, viewer: Viewer, plan: Plan) -> bool:
        """Tell whether the person is among the approvers."""
        return self._policy.may_approve(viewer, plan.draft.effect, plan.requester)

    def hidden(self, records: Records, plan: Plan, viewer: Viewer) -> set[AssetId]:
        """Name the assets of a plan that the person may not see, those left out of it too."""
        named = [asset.id for asset in plan.draft.assets]
        named += [AssetId(asset_id) for asset_id, _ in plan.draft.excluded]
        return set(named) - {asset.id for asset in records.assets.many(named, viewer)}

    def decide(self, plan_id: str, viewer: Viewer, *, approved: bool, because: str = "") -> Plan:
        """Record a person's word; the first valid decision wins.

        Raises Fixable for an unknown plan, Refused for one that is decided, expired or not theirs.
        """
        now = self._clock.now()
        self._expire(plan_id, now)
        with self._catalogue.writing() as records:
            plan = self._known(records, plan_id)
            # Who asked may always take the wish back; only those entitled may grant it.
            own_withdrawal = not approved and plan.requester == viewer.id
            if not self.may_see(viewer, plan):
                raise Fixable(f"No approval '{plan_id[:40]}' waits. `dalm pending` lists them.")
            if plan.state is not PlanState.PENDING:
                raise Refused(f"{plan_id} is {plan.state} already{self._who(records, plan)}.")
            if not own_withdrawal and not self.may_decide(viewer, plan):
                raise Refused(self._not_an_approver(viewer, plan))
            if approved and self.hidden(records, plan, viewer):
                raise Refused(
                    f"{plan_id} touches assets that {viewer.name} may not see; somebody who sees "
                    "them all may approve it."
                )
            decision = Decision(plan_id, viewer.id, viewer.name, approved, because[:500], now)
            if not records.plans.decide(decision):
                raise Refused(f"{viewer.name} has decided on {plan_id} already.")
            self._settle(records, plan, approved=approved)
            told = {"because": because[:500], "acting_for": viewer.acting_for}
            action = "plan.approved" if approved else "plan.rejected"
            self._tell(records, viewer, action, plan, told)
            return self._known(records, plan_id)

    def spend(self, records: Records, authority: Authority, draft: Draft) -> Warrant:
        """Consume the approval of exactly this action, inside the action's own transaction.

        `draft` is the action's dry run of this moment; assets that changed since the approval drop
        out. Raises Refused when the approval is missing, used, expired, of something else, or when
        nothing of it is left.
        """
        plan = self._valid(records, authority, draft)
        kept, dropped = still_as_approved(plan.draft.assets, draft.assets)
        reasons = dict(draft.excluded)
        told = tuple((asset_id, reasons.get(asset_id, why)) for asset_id, why in dropped)
        if not kept:
            why = "; ".join(dict.fromkeys(reason for _, reason in told)) or "nothing is left of it"
            raise Refused(f"Nothing was done: {why}. Ask again to make a new plan.")
        self._use_up(records, authority, plan, told)
        return Warrant(plan.id, kept, told)

    def spend_on_terms(self, records: Records, authority: Authority, draft: Draft) -> Plan:
        """Consume the approval of terms that name no assets; the target seals their every word.

        Raises Refused when the approval is missing, used, expired or of other terms.
        """
        plan = self._valid(records, authority, draft)
        if plan.draft.assets or draft.assets or not plan.draft.terms:
            raise Refused(f"{plan.id} is about assets and not about terms; nothing was done.")
        self._use_up(records, authority, plan, ())
        return plan

    def guard_bulk(self, records: Records, authority: Authority, draft: Draft) -> None:
        """Spend the asker's own confirmation when a reversible change is large."""
        if len(draft.assets) > self._policy.bulk_limit:
            self.spend(records, authority, draft)

    def needs_card(self, draft: Draft) -> bool:
        """Tell whether a dry run has to be shown and confirmed before it may happen."""
        return draft.effect.gated or len(draft.assets) > self._policy.bulk_limit

    def close(self, plan_id: str, state: PlanState, outcome: str) -> None:
        """Write down how the action of a plan ended."""
        with self._catalogue.writing() as records:
            for before in (PlanState.SPENT, PlanState.APPROVED):
                if records.plans.move(plan_id, before, state, outcome[:1000]):
                    plan = self._known(records, plan_id)
                    records.audit.append(
                        self._event("system", f"plan.{state}", plan, {"outcome": outcome[:1000]})
                    )
                    return

    def unfinished(self) -> list[Plan]:
        """List plans that were decided or spent but never closed, for the start after a crash."""
        with self._catalogue.reading() as records:
            return records.plans.in_states([PlanState.APPROVED, PlanState.SPENT], limit=1000)

    def _use_up(
        self,
        records: Records,
        authority: Authority,
        plan: Plan,
        dropped: Sequence[tuple[str, str]],
    ) -> None:
        if not records.plans.move(plan.id, PlanState.APPROVED, PlanState.SPENT):
            raise Refused(f"{plan.id} was used already; an approval works once.")
        self._tell(records, authority.actor, "plan.spent", plan, {"dropped": list(dropped)})

    def _valid(self, records: Records, authority: Authority, draft: Draft) -> Plan:
        if authority.approval is None:
            raise Refused("This needs an approval, and none was given.")
        plan = records.plans.get(authority.approval)
        if plan is None:
            raise Refused("There is no such approval.")
        if plan.state is not PlanState.APPROVED:
            used = plan.state in {PlanState.SPENT, PlanState.DONE, PlanState.FAILED}
            raise Refused(
                f"{plan.id} was used already; an approval works once."
                if used
                else f"{plan.id} is {plan.state}, not approved."
            )
        if plan.expires_at <= self._clock.now():
            raise Refused(
                f"The approval {plan.id} expired on {plan.expires_at:%Y-%m-%d %H:%M} UTC."
            )
        if digest(plan.draft, plan.requester, plan.policy_version) != plan.digest:
            raise Refused(f"{plan.id} was altered after it was made; nothing was done.")
        if plan.policy_version != self._policy.version:
            raise Refused(f"The policy changed after {plan.id} was made. Ask again.")
        self._same_action(plan, authority, draft)
        self._enough_words(records, plan)
        return plan

    def _same_action(self, plan: Plan, authority: Authority, draft: Draft) -> None:
        approved = plan.draft
        same = (
            (approved.tool, approved.arguments, approved.target)
            == (draft.tool, draft.arguments, draft.target)
            and plan.requester == authority.actor.id
            and approved.effect >= draft.effect
        )
        if not same:
            raise Refused(f"{plan.id} approves something else than what was about to happen.")

    def _enough_words(self, records: Records, plan: Plan) -> None:
        decisions = records.plans.decisions(plan.id)
        if any(not decision.approved for decision in decisions):
            raise Refused(f"{plan.id} was rejected.")
        if len({decision.by for decision in decisions}) < plan.quorum:
            raise Refused(f"{plan.id} lacks approvals: {plan.quorum} are needed.")

    def _settle(self, records: Records, plan: Plan, *, approved: bool) -> None:
        if not approved:
            records.plans.move(plan.id, PlanState.PENDING, PlanState.REJECTED)
        elif sum(d.approved for d in records.plans.decisions(plan.id)) >= plan.quorum:
            records.plans.move(plan.id, PlanState.PENDING, PlanState.APPROVED)

    def _expire(self, plan_id: str, now: datetime) -> None:
        with self._catalogue.writing() as records:
            plan = records.plans.get(plan_id)
            if plan is None or plan.state is not PlanState.PENDING or plan.expires_at > now:
                return
            records.plans.move(plan_id, PlanState.PENDING, PlanState.EXPIRED)
            records.audit.append(self._event("system", "plan.expired", plan, {}))

    def _known(self, records: Records, plan_id: str) -> Plan:
        plan = records.plans.get(plan_id)
        if plan is None:
            raise Fixable(f"No approval '{plan_id[:40]}' waits. `dalm pending` lists them.")
        return plan

    def _who(self, records: Records, plan: Plan) -> str:
        names = [decision.by_name for decision in records.plans.decisions(plan.id)]
        return f", by {' and '.join(names)}" if names else ""

    def _not_an_approver(self, viewer: Viewer, plan: Plan) -> str:
        if plan.requester == viewer.id and plan.draft.effect.gated:
            return (
                f"{viewer.name} asked for this; it takes {_listed(plan.approvers)} to approve it."
            )
        return f"{viewer.name} may not decide on {plan.id}; it takes {_listed(plan.approvers)}."

    def _tell(
        self, records: Records, actor: Viewer, action: str, plan: Plan, more: Mapping[str, object]
    ) -> None:
        records.audit.append(self._event(actor.id, action, plan, more))

    def _event(self, actor: str, action: str, plan: Plan, more: Mapping[str, object]) -> AuditEvent:
        payload = {
            "tool": plan.draft.tool,
            "arguments": plan.draft.arguments,
            "effect": plan.draft.effect.name.lower(),
            "target": plan.draft.target,
            "assets": [asset.id for asset in plan.draft.assets],
            "digest": plan.digest,
        } | {key: value for key, value in more.items() if value}
        return AuditEvent(self._clock.now(), actor, action, plan.id, json.dumps(payload))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
