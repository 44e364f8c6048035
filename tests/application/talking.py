"""The application above a small world: actions, plan runs and turns with a scripted model."""

from datetime import UTC
from pathlib import Path
from typing import Any

from agent.actions import Actions
from agent.approving import ApprovalsDoor
from agent.brains.openai import explain
from agent.checkpoints import Checkpoints
from agent.conversation import Talk
from agent.conversation_log import ConversationLog
from agent.gate import Gate
from agent.graph import Brain, Turns
from agent.plans import PlanRuns
from agent.present import Present
from agent.prices import Prices, read_prices
from agent.usage import Budget, Budgets, Meter
from tests.application.world import ANA, CON, PAT, VIC, World
from tests.fakes.model import ScriptedModel
from tools.context import Services
from tools.core.directory import Directory
from tools.core.exporting.broken_off import BrokenOff
from tools.core.referring import Referring
from tools.registry import REGISTRY, by_name


def about(viewer: Any) -> str:
    """Word whom the brain serves."""
    return f"You serve {viewer.name}."


class Nothing:
    """Stands for a service that a test does not use; using it is an error."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the test did not expect {name} to be used")


class Talking:
    """A conversation over a World; `model.script` says what the model will answer."""

    def __init__(
        self,
        folder: Path,
        world: World | None = None,
        brain: Brain | None = None,
        budgets: Budgets | None = None,
        prices: Prices | None = None,
    ) -> None:
        self.world = world or World(folder)
        self.model = ScriptedModel(script=[], heard=[])
        self.checkpoints = Checkpoints(folder / "checkpoints.db")
        world = self.world
        nothing: Any = Nothing()
        services = Services(
            library=nothing,
            search=nothing,
            similar=nothing,
            duplicates=nothing,
            referring=Referring(catalogue=world.catalogue, search=nothing),
            rights=world.rights,
            tagging=nothing,
            drafting=nothing,
            reframer=nothing,
            editor=nothing,
            translation=nothing,
            publishing=world.publishing,
            lifecycle=world.lifecycle,
            undo=nothing,
            exporting=nothing,
            writing_back=nothing,
            channels=nothing,
            clouds=nothing,
        )
        self.present = Present(
            catalogue=world.catalogue, rights=world.rights, approvals=world.approvals
        )
        self.actions = Actions(
            services=services,
            registry=by_name(REGISTRY),
            gate=Gate(approvals=world.approvals, policy=world.policy),
            approvals=world.approvals,
            present=self.present,
        )
        self.log = ConversationLog(catalogue=world.catalogue, clock=world.clock)
        self.runs = PlanRuns(
            actions=self.actions,
            approvals=world.approvals,
            directory=Directory((ANA, CON, PAT, VIC)),
            checkpoints=self.checkpoints.saver,
            told=self.log.told,
        )
        self.deciding = ApprovalsDoor(
            approvals=world.approvals,
            runs=self.runs,
            deliveries=world.deliveries,
            broken_off=BrokenOff(catalogue=world.catalogue),
            present=self.present,
        )
        self.brain = brain or Brain(self.model, [], about)
        self.meter = Meter(
            catalogue=world.catalogue,
            clock=world.clock,
            prices=prices or read_prices(),
            budgets=budgets or Budgets(Budget()),
            zone=UTC,
        )
        self.waits: list[float] = []
        self.turns = Turns(
            brain=lambda: self.brain,
            actions=self.actions,
            assets=self._assets,
            begin_plan=lambda plan: self.runs.begin(plan.id),
            checkpoints=self.checkpoints,
            meter=self.meter,
            wait=self._wait,
        )
        self.talk = Talk(
            turns=self.turns,
            actions=self.actions,
            approvals=world.approvals,
            deciding=self.deciding,
            begin_plan=lambda plan: self.runs.begin(plan.id),
            present=self.present,
            log=self.log,
            usage=self.meter.told,
            settling=lambda: iter(()),
            explain=explain,
        )

    def ask(self, text: str, *script: Any, viewer: Any, thread: str = "t-1") -> list[Any]:
        """Ask with a script for the model; gives all events."""
        self.model.script.extend(script)
        return list(self.talk.ask(text, viewer, thread))

    def close(self) -> None:
        """Let go of the files."""
        self.checkpoints.close()
        self.world.close()

    def _wait(self, stopped: Any, seconds: float) -> bool:
        """Let no time pass where the real thing would wait."""
        self.waits.append(seconds)
        return bool(stopped.is_set())

    def _assets(self, asset_ids: Any, viewer: Any) -> list[Any]:
        with self.world.catalogue.reading() as records:
            return records.assets.many(asset_ids, viewer)
