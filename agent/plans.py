"""The plan graph: prepare -> confirm (interrupt) -> execute -> report, one run per approval."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

from agent.actions import Actions
from agent.events import Event, RefusedCall, Text
from tools.core.approvals import Approvals
from tools.core.deliveries import Carried
from tools.core.directory import Directory
from tools.core.errors import Fixable
from tools.core.people import Authority
from tools.core.plans import Plan, PlanState

Told = Callable[[Plan, Sequence[Event]], None]
"""Appends what a plan came to to the conversation that asked for it."""


class PlanRun(TypedDict, total=False):
    """What a checkpoint of a plan run keeps: ids and short text."""

    plan: str
    outcome: str
    text: str


class PlanRuns:
    """Runs plans; a run has the authority of nobody: the use case looks at the stored decisions."""

    def __init__(
        self,
        *,
        actions: Actions,
        approvals: Approvals,
        directory: Directory,
        checkpoints: BaseCheckpointSaver[Any],
        told: Told,
    ) -> None:
        self._actions = actions
        self._approvals = approvals
        self._directory = directory
        self._told = told
        graph = StateGraph(PlanRun)
        graph.add_node("prepare", self._prepare)
        graph.add_node("confirm", self._confirm)
        graph.add_node("execute", self._execute)
        graph.add_node("report", self._report)
        graph.add_edge(START, "prepare")
        graph.add_edge("prepare", "confirm")
        graph.add_conditional_edges("confirm", self._decided, ["confirm", "execute", "report"])
        graph.add_edge("execute", "report")
        graph.add_edge("report", END)
        self._graph = graph.compile(checkpointer=checkpoints)

    def begin(self, plan_id: str) -> None:
        """Bring a plan to the point where it waits; a run that exists already is left alone."""
        if not self._graph.get_state(_config(plan_id)).values:
            self._graph.invoke({"plan": plan_id}, _config(plan_id), durability="sync")

    def resume(self, plan_id: str) -> Iterator[Event]:
        """Go on with a decided plan, giving what happens as it happens."""
        self.begin(plan_id)
        state = self._graph.get_state(_config(plan_id))
        wanted: Any = Command(resume=True) if state.interrupts else None
        if not state.next:
            return
        yield from self._graph.stream(  # type: ignore[misc]
            wanted, _config(plan_id), stream_mode="custom", durability="sync"
        )

    def finish(self, plan: Plan, carried: Sequence[Carried]) -> None:
        """Close a plan that was spent when the program ended, and tell its conversation."""
        failed = carried and not any(one.done for one in carried)
        text = "\n".join(
            [f"{plan.draft.summary}: ended after a restart.", *(c.text for c in carried)]
        )
        self._approvals.close(plan.id, PlanState.FAILED if failed else PlanState.DONE, text)
        self._told(plan, [Text(text)])

    def _prepare(self, state: PlanRun) -> PlanRun:
        return {"plan": self._approvals.get(state["plan"]).id}

    def _confirm(self, state: PlanRun) -> PlanRun:
        interrupt({"approval": state["plan"]})
        return {}

    def _decided(self, state: PlanRun) -> str:
        # What resumed the run is no evidence; only the stored plan is.
        match self._approvals.get(state["plan"]).state:
            case PlanState.APPROVED:
                return "execute"
            case PlanState.PENDING:
                return "confirm"
            case _:
                return "report"

    def _execute(self, state: PlanRun) -> PlanRun:
        plan = self._approvals.get(state["plan"])
        try:
            requester = self._directory.person(plan.requester)
        except Fixable as gone:
            self._emit(plan, [RefusedCall(f"Nothing happened: {gone}")])
            return {"outcome": "refused", "text": str(gone)}
        authority = Authority(requester, plan.thread, plan.id)
        arguments = json.loads(plan.draft.arguments)
        performed = self._actions.perform(plan.draft.tool, arguments, authority)
        self._emit(plan, performed.events)
        return {"outcome": performed.outcome, "text": performed.told[:500]}

    def _report(self, state: PlanRun) -> PlanRun:
        plan = self._approvals.get(state["plan"])
        outcome = state.get("outcome")
        if outcome is None:
            text = f"{plan.draft.summary}: {plan.state.value}. Nothing happened."
            self._emit(plan, [Text(text)])
            return {"outcome": plan.state.value}
        end = PlanState.DONE if outcome == "done" else PlanState.FAILED
        self._approvals.close(plan.id, end, state.get("text", ""))
        return {}

    def _emit(self, plan: Plan, events: Sequence[Event]) -> None:
        tied = [
            RefusedCall(event.text, plan.id) if isinstance(event, RefusedCall) else event
            for event in events
        ]
        write = get_stream_writer()
        for event in tied:
            write(event)
        self._told(plan, tied)


def _config(plan_id: str) -> RunnableConfig:
    return {"configurable": {"thread_id": plan_id}, "recursion_limit": 40}
