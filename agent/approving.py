"""The approvals door: decisions from any front door resume the plan's own run."""

from collections.abc import Iterator

from agent import commands
from agent.events import Event, Finished, Progress, RefusedCall, Started, Text
from agent.plans import PlanRuns
from agent.present import Present
from agent.views import PlanView
from tools.core.approvals import Approvals
from tools.core.deliveries import Deliveries
from tools.core.errors import DomainError, Fixable
from tools.core.exporting.broken_off import BrokenOff
from tools.core.people import Viewer
from tools.core.plans import PlanState


class ApprovalsDoor:
    """Implements app.Approvals."""

    def __init__(
        self,
        *,
        approvals: Approvals,
        runs: PlanRuns,
        deliveries: Deliveries,
        broken_off: BrokenOff,
        present: Present,
    ) -> None:
        self._approvals = approvals
        self._runs = runs
        self._deliveries = deliveries
        self._broken_off = broken_off
        self._present = present

    def pending(self, viewer: Viewer) -> list[PlanView]:
        """List the plans that wait and that the viewer asked for or may decide."""
        return [self._present.plan(plan, viewer) for plan in self._approvals.waiting(viewer)]

    def get(self, approval: str, viewer: Viewer) -> PlanView:
        """Give a plan."""
        plan = self._approvals.get(approval)
        if not self._approvals.may_see(viewer, plan):
            raise Fixable(f"No approval '{approval[:40]}' waits. `dalm pending` lists them.")
        return self._present.plan(plan, viewer)

    def approve(self, approval: str, viewer: Viewer) -> Iterator[Event]:
        """Approve and carry out."""
        yield from self._door(commands.Decide(approval, approved=True, because=""), viewer)

    def reject(self, approval: str, viewer: Viewer, because: str = "") -> Iterator[Event]:
        """Reject: nothing happens."""
        yield from self._door(commands.Decide(approval, approved=False, because=because), viewer)

    def events(self, decision: commands.Decide, viewer: Viewer) -> Iterator[Event]:
        """Record a decision and give what it brings about."""
        try:
            plan = self._approvals.decide(
                decision.approval, viewer, approved=decision.approved, because=decision.because
            )
        except DomainError as error:
            yield RefusedCall(str(error), decision.approval)
            return
        if plan.state is PlanState.PENDING:
            yield Text(f"Noted. {plan.id} needs {plan.quorum} approvals in all.\n")
            return
        if plan.state is PlanState.APPROVED:
            yield Progress(f"Approved by {viewer.name}; carrying it out")
        yield from self._runs.resume(plan.id)

    def recover(self) -> list[str]:
        """Finish after a crash: outside errands first, then plans that were approved or spent."""
        carried = self._deliveries.reconcile()
        notes = [one.text for one in carried]
        for plan in self._approvals.unfinished():
            came = "It was finished after a restart."
            if plan.state is PlanState.SPENT:
                halfway = self._broken_off.told(plan)
                told = [one for one in carried if one.plan_id == plan.id]
                self._runs.finish(plan, [*told, halfway] if halfway else told)
                came = halfway.text if halfway else came
            else:
                list(self._runs.resume(plan.id))
            notes.append(f"{plan.id}: {plan.draft.summary}. {came}")
        return notes

    def _door(self, decision: commands.Decide, viewer: Viewer) -> Iterator[Event]:
        yield Started("", f"{'approve' if decision.approved else 'reject'} {decision.approval}")
        yield from self.events(decision, viewer)
        yield Finished("")
