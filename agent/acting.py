"""The calls of one answer, carried out in order, each with its reply."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage
from langchain_core.messages.tool import ToolCall

from agent import screen as screens
from agent.actions import Actions, Performed
from agent.events import Event, Text
from agent.screen import ScreenState
from agent.thinking import GARBLED
from agent.wary import Wary
from tools.core.people import Authority
from tools.core.plans import Plan

CORRECTIONS = 2
ENDED = "Not done: an earlier step ended the turn."
NOT_READ = "Not done: an earlier call could not be read. Call it again if it is still wanted."


@dataclass(slots=True)
class Acting:
    """Carries out the calls of an answer.

    A plan that waits holds nothing up; what is refused, or asks the person back, ends the turn. A
    call that the model can correct itself holds up those after it. `names` are the tools that the
    model was told of, `slips` its mistakes in this turn, `wary` watches what files talk it into.
    """

    actions: Actions
    begin_plan: Callable[[Plan], None]
    write: Callable[[Event], None]
    names: Collection[str]
    screen: ScreenState
    wary: Wary | None = None
    slips: int = 0
    final: bool = False
    replies: list[AnyMessage] = field(default_factory=list)
    _held_up: bool = False
    _left: list[str] = field(default_factory=list)

    def carry_out(self, answer: AIMessage, authority: Authority) -> None:
        """Reply to every call of an answer."""
        garbled = answer.additional_kwargs.get(GARBLED, ())
        for call in answer.tool_calls:
            if self.final or self._held_up:
                self._left.append(call["name"])
                self._reply(call, ENDED if self.final else NOT_READ)
            elif wrong := self._wrong(call, garbled):
                self._slipped(call, wrong)
            else:
                self._perform(call, authority)
        if self.final and self._left:
            self.write(Text(f"Not done: {', '.join(self._left)}.\n"))

    def _perform(self, call: ToolCall, authority: Authority) -> None:
        performed = self.actions.perform(
            call["name"], call["args"], authority, screens.ids(self.screen), self.wary
        )
        if self.wary and performed.doubted:
            self.wary.read = True
        if performed.plan:
            self.begin_plan(performed.plan)
        for event in performed.events:
            self.write(event)
        self.screen = updated(self.screen, performed)
        self.final = performed.final and performed.outcome != "pending"
        came: dict[str, object] = {
            "outcome": performed.outcome,
            "assets": [*performed.results, *performed.made],
            "about": list(performed.about),
            "doubted": performed.doubted,
        }
        self._reply(call, performed.told, came)

    def _wrong(self, call: ToolCall, garbled: Collection[str]) -> str:
        """Say what is wrong with a call that the model can put right by itself."""
        if call["id"] in garbled:
            return "Not done: its arguments are no whole JSON object. Call it again, complete."
        if self.names and call["name"] not in self.names:
            return f"Not done: there is no such tool. There are: {', '.join(sorted(self.names))}."
        return ""

    def _slipped(self, call: ToolCall, wrong: str) -> None:
        self.slips += 1
        self._reply(call, wrong)
        self._held_up = True
        if self.slips > CORRECTIONS:
            self.final = True
            self.write(
                Text(
                    f"The model called '{call['name'][:40]}' in a way that cannot be carried out, "
                    "and did not correct it. Ask in other words, or write /tool key=value.\n"
                )
            )

    def _reply(self, call: ToolCall, told: str, came: dict[str, object] | None = None) -> None:
        self.replies.append(
            ToolMessage(told, tool_call_id=call["id"], additional_kwargs=came or {})
        )


def updated(screen: ScreenState, performed: Performed) -> ScreenState:
    """Put what a call found or made on the screen."""
    changed: ScreenState = {**screen}
    if performed.results:
        changed["results"] = list(performed.results[: screens.KEPT])
        changed["made"] = []
    if performed.made:
        changed["made"] = list(performed.made[: screens.KEPT])
    return changed
