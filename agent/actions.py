"""Carrying out one call from any origin: brain, command, button or approved plan."""

import logging
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent import calls
from agent.events import (
    Assets,
    Error,
    Event,
    NeedsApproval,
    Question,
    ReceiptGiven,
    RefusedCall,
    Text,
    ToolUsed,
)
from agent.gate import Gate
from agent.present import Present
from agent.usage import ASKER
from agent.wary import Wary
from tools.coming import NotAvailable
from tools.context import Context, Services
from tools.core.approvals import Approvals
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority, Viewer
from tools.core.plans import Plan
from tools.core.referring import Ambiguous
from tools.reply import Reply, beware, quoted
from tools.spec import ToolSpec

LOG = logging.getLogger("dalm")
# The arguments that say which assets are meant.
NAMING = frozenset({"asset_id", "asset_ids", "query"})


@dataclass(frozen=True, slots=True)
class Performed:
    """What a call came to: events for the person, text for the model, ids for the screen.

    `about` are the assets that the arguments turned out to mean. `final` tells that the model
    should not call again: it was refused, or a question is open; `doubted` that text of a file that
    tries to give orders is among what was told.
    """

    events: tuple[Event, ...]
    told: str
    outcome: str
    results: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    plan: Plan | None = None
    final: bool = False
    doubted: bool = False


class Actions:
    """Runs tools behind the gate; no other way leads to a tool."""

    def __init__(
        self,
        *,
        services: Services,
        registry: Mapping[str, ToolSpec],
        gate: Gate,
        approvals: Approvals,
        present: Present,
    ) -> None:
        self._services = services
        self._registry = registry
        self._gate = gate
        self._approvals = approvals
        self._present = present

    def perform(
        self,
        name: str,
        arguments: Mapping[str, Any],
        authority: Authority,
        screen: Sequence[str] = (),
        wary: Wary | None = None,
    ) -> Performed:
        """Call a tool, or make the plan that its call needs; never raises for a domain failure.

        `wary` watches the calls of a model that files may have talked to.
        """
        began = time.perf_counter()
        arguments = calls.encodable(arguments)
        context = Context(self._services, authority, tuple(screen))
        ASKER.set(authority.actor)
        try:
            performed = self._attempt(name, arguments, context, wary)
        except Ambiguous as question:
            performed = self.asking(str(question), question.candidates, authority.actor)
        except NotAvailable as missing:
            performed = Performed((Text(f"{missing}\n"),), str(missing), "unavailable", final=True)
        except Fixable as error:
            # What has to be corrected may name an asset as its file does.
            told = f"Not done. {quoted(str(error), 600)}"
            performed = Performed((Text(f"{error}\n"),), told, "fixable")
        except Refused as error:
            told = f"Refused, do not retry. {quoted(str(error), 600)}"
            performed = Performed((RefusedCall(str(error)),), told, "refused", final=True)
        except Exception:  # the edge: logged once under an id
            number = secrets.token_hex(4)
            LOG.exception("error %s in %s", number, name)
            performed = _bug(number)
        used = ToolUsed(
            name[:80], dict(arguments), performed.outcome, round(time.perf_counter() - began, 4)
        )
        return replace(performed, events=(used, *performed.events), about=context.meant)

    def aimed(
        self, name: str, arguments: Mapping[str, Any], selection: Sequence[str]
    ) -> dict[str, Any]:
        """Give the arguments of a call, aimed at what is selected where they name no assets."""
        spec = self._registry.get(name)
        given = dict(arguments)
        if spec is None or not selection or not given.keys().isdisjoint(NAMING):
            return given
        if "asset_ids" in spec.tool.args:
            return given | {"asset_ids": list(selection)}
        if "asset_id" in spec.tool.args and len(selection) == 1:
            return given | {"asset_id": selection[0]}
        return given

    def asking(self, text: str, candidates: Sequence[str], viewer: Viewer) -> Performed:
        """Ask the person back; candidates are shown, and are what the answer can point at."""
        cards = self._present.of_ids(candidates, viewer)
        return Performed(
            (Question(text, cards),),
            f"Asked the person: {quoted(text, 200)}",
            "question",
            results=tuple(card.id for card in cards),
            final=True,
        )

    def doubts(self, asset_ids: Sequence[str], viewer: Viewer) -> bool:
        """Tell whether any of these assets is flagged for text that tries to give orders."""
        return any(card.suspicious for card in self._present.of_ids(asset_ids, viewer))

    def _attempt(
        self, name: str, arguments: Mapping[str, Any], context: Context, wary: Wary | None
    ) -> Performed:
        spec = self._registry.get(name)
        if spec is None:
            raise Refused(f"There is no tool '{name[:40]}'.")
        given = calls.checked(spec, arguments)
        if wary:
            wary.check(spec, given)
        # An approval lets the call through here; the use case then spends it, or refuses.
        if context.authority.approval is None:
            draft = self._gate.must_ask(spec, context, given)
            if draft is not None:
                return self._asked(self._approvals.propose(draft, context.authority), context)
        told, reply = calls.run(spec, given, context)
        return self._done(told, reply, context)

    def _asked(self, plan: Plan, context: Context) -> Performed:
        view = self._present.plan(plan, context.viewer)
        who = " or ".join(plan.approvers)
        left_out = "".join(f"\nLeft out: {why}." for _, why in plan.draft.excluded)
        waits = f"waits for approval by {who}. Nothing has happened yet."
        text = f"{plan.draft.summary} {waits}"
        besides = left_out + "".join(f"\n{line}" for line in (*view.offers, *view.terms))
        said = quoted(f"{plan.draft.summary}{besides}", 600)
        return Performed(
            (Text(text + besides + "\n"), NeedsApproval(plan.id, view)),
            f"{said} {waits} Approval {plan.id}. Do not call it again.",
            "pending",
            plan=plan,
            final=True,
        )

    def _done(self, told: str, reply: Reply, context: Context) -> Performed:
        events: list[Event] = [Text(reply.text + "\n")] if reply.text else []
        ids: tuple[str, ...] = tuple(one.asset.id for one in reply.shown)
        doubted = False
        if reply.shown:
            role = "made" if reply.role == "made" else "results"
            cards = self._present.cards(reply.shown, context.viewer)
            events.append(Assets(role, cards))
            if flagged := [(card.id, card.title) for card in cards if card.suspicious]:
                doubted = True
                warned, words = beware(flagged)
                told = f"{told}\n{warned}"
                events.append(Text(f"{words}\n"))
        if reply.failed:
            events.append(Error(reply.failed))
        if reply.receipt:
            receipt = reply.receipt
            events.append(
                ReceiptGiven(receipt.id, receipt.tool, receipt.summary, reply.undo, reply.follow_up)
            )
        return Performed(
            tuple(events),
            told,
            "done",
            results=ids if reply.role == "results" else (),
            made=ids if reply.role == "made" else (),
            doubted=doubted,
        )


def _bug(number: str) -> Performed:
    text = f"Something went wrong here, and nothing was changed by halves. Error {number}."
    return Performed((Error(text, number),), f"Failed: {text}", "error", final=True)
