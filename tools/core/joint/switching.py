"""Changing the model of pictures: the new one is filled behind the search and has to prove itself.

The pictures are placed by jobs of a few hundred each, so that other work is not kept waiting. What
was placed stays placed, whatever is killed; the model in use answers until the very end.
"""

import json
import secrets
import time
from dataclasses import dataclass

from tools.core.errors import Fixable
from tools.core.joint.comparing import LABELS, Comparing
from tools.core.joint.placing import Placing
from tools.core.joint.shelf import JointShelf
from tools.core.joint.space import JointSpace
from tools.core.ports import Collection, Jobs, JointState, Report

KIND = "joint"
NONE = "none"
BATCH, ROUND = 16, 256
ENDED = frozenset({"done", "failed", "cancelled"})
PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class Switched:
    """What a switch came to: the model in use now (or `none`), and what happened."""

    model: str
    took_over: bool
    text: str


class Switching:
    """Implements ports.Work for jobs of the kind `joint`, and begins them."""

    def __init__(
        self,
        *,
        shelf: JointShelf,
        placing: Placing,
        comparing: Comparing,
        jobs: Jobs,
    ) -> None:
        self._shelf = shelf
        self._placing = placing
        self._comparing = comparing
        self._jobs = jobs
        jobs.register(KIND, self)

    @property
    def state(self) -> JointState:
        """Give what is chosen."""
        return self._shelf.state

    def follow(self, setting: str | None) -> None:
        """Do what a changed setting asks for, and place what was taken in without the model."""
        state, wanted = self._shelf.state, (setting or "").strip()
        if wanted != state.setting:
            self._shelf.change(setting=wanted)
            if wanted or state.active or state.coming:
                self.begin(wanted or NONE)
        elif state.active and not self._busy(state) and self._lacks(state.active):
            self._enqueue(state.active.model, anyway=False)

    def begin(self, model: str, *, anyway: bool = False) -> None:
        """Begin to change to a model; one whose pictures are all still placed answers at once.

        `anyway` lets it take over however well it finds what people wrote. OSError when the choice
        cannot be kept; what is wrong with the model is the job's to say.
        """
        state = self._shelf.state
        if model == NONE:
            self._shelf.change(
                active=None,
                before=state.active or state.before,
                coming=None,
                run="",
                job="",
                told="No model of pictures is used: they are found by their labels and texts.",
            )
        elif state.before and state.before.model == model and not self._lacks(state.before):
            self._shelf.change(
                active=state.before,
                before=state.active,
                coming=None,
                run="",
                job="",
                told=f"{model} answers again; its pictures were still placed.",
            )
        else:
            self._enqueue(model, anyway=anyway)

    def _enqueue(self, model: str, *, anyway: bool) -> None:
        run = secrets.token_hex(8)
        self._shelf.change(run=run, job="", told="")
        payload = {"model": model, "anyway": anyway, "run": run, "after": -1}
        self._shelf.follow(run, "", self._jobs.enqueue(KIND, json.dumps(payload), run))

    def _busy(self, state: JointState) -> bool:
        status = self._jobs.status(state.job) if state.job else None
        return status is not None and status.state not in ENDED

    def _lacks(self, collection: Collection) -> bool:
        known = set(self._shelf.index(collection).keys())
        return any(key not in known for key in self._placing.pictured())

    def wait(self, report: Report) -> Switched:
        """Follow the jobs to their end; Fixable, with what is wrong, when one fails."""
        while (state := self._shelf.state).job:
            status = self._jobs.status(state.job)
            if status is None or (status.state in ENDED and self._shelf.state.job == state.job):
                break
            if state.coming:
                done = len(self._shelf.index(state.coming).keys())
                report(done, max(done, len(self._placing.pictured())), status.note or "placing")
            time.sleep(PATIENCE)
        if state.job and status and status.state != "done":
            raise Fixable(status.note or "The switch was stopped: begin it again to go on.")
        model = state.active.model if state.active else NONE
        return Switched(model, state.coming is None, state.told)

    def steps(self, payload: str) -> list[str]:
        """Split a round into batches of pictures, and go on or compare at its end."""
        order = json.loads(payload)
        target = self._target(order["model"], order["run"])
        if target is None:
            return []
        lacking = [
            key
            for key in sorted(self._placing.missing(self._shelf.space(target)))
            if key > order["after"]
        ]
        round_ = lacking[:ROUND]
        batches = [round_[start : start + BATCH] for start in range(0, len(round_), BATCH)]
        last = round_[-1] if len(lacking) > ROUND else None
        return [json.dumps(order | {"keys": batch}) for batch in batches] + [
            json.dumps(order | {"last": last})
        ]

    def run(self, step: str) -> str:
        """Place a batch, begin the next round, or compare both models and let the better answer."""
        order = json.loads(step)
        target = self._target(order["model"], order["run"])
        if target is None:
            return "another model was chosen meanwhile"
        space = self._shelf.space(target)
        if "keys" in order:
            placed = self._placing.place(space, order["keys"])
            return f"placed {placed} of {len(order['keys'])} pictures"
        if order["last"] is not None:
            return self._next(order)
        return self._compared(target, space, anyway=order["anyway"])

    def _next(self, order: dict[str, object]) -> str:
        run, before = str(order["run"]), self._shelf.state.job
        job = self._jobs.enqueue(
            KIND, json.dumps(order | {"after": order["last"]}), f"{run}-{order['last']}"
        )
        self._shelf.follow(run, before, job)
        return "goes on with the next pictures"

    def _compared(self, target: Collection, space: JointSpace, *, anyway: bool) -> str:
        self._settle(space)
        state = self._shelf.state
        if state.active == target:
            self._shelf.change(coming=None)
            return "every picture is placed"
        verdict = self._comparing.verdict(state.active, target.model, space)
        if verdict.better_or_equal or anyway:
            told = f"{target.model} answers now. {verdict.text}"
            self._shelf.change(active=target, before=state.active, coming=None, told=told)
        else:
            stays = state.active.model if state.active else f"{LABELS} only"
            told = (
                f"{target.model} does not take over, {stays} stays. {verdict.text} "
                f"`dalm models switch {target.model} --anyway` takes it all the same."
            )
            self._shelf.change(told=told)
        return told

    def _settle(self, space: JointSpace) -> None:
        """Place what came meanwhile, and let go of what was forgotten."""
        self._placing.place(space, self._placing.missing(space))
        there = set(self._placing.pictured())
        space.index.drop(sorted(set(space.index.keys()) - there))

    def _target(self, model: str, run: str) -> Collection | None:
        """Give the collection that a run fills, None when another run was begun since.

        Raises Fixable when the model cannot be had.
        """
        state = self._shelf.state
        if state.run != run:
            return None
        found = self._shelf.described(model)
        if found not in (state.active, state.coming):
            self._shelf.change(coming=found)
        return found
