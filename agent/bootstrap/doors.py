"""The doors of the application over a house."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from agent.actions import Actions
from agent.administration import AdminDoor, JobsDoor
from agent.app import App
from agent.approving import ApprovalsDoor
from agent.bootstrap.house import House
from agent.bootstrap.services import services
from agent.bootstrap.standing import checks, readiness
from agent.brains.assembly import explain
from agent.browsing import LibraryDoor
from agent.conversation import Talk
from agent.conversation_log import ConversationLog
from agent.curating import CurationDoor
from agent.gate import Gate
from agent.graph import Turns
from agent.plans import PlanRuns
from agent.present import Present
from agent.samples import SampleLibrary
from tools.core.assets import Asset
from tools.core.exporting.broken_off import BrokenOff
from tools.core.people import Viewer
from tools.registry import by_name
from tools.spec import ToolSpec

RECOVERY = logging.getLogger("dalm.recovery")
SAMPLES = Path(__file__).parent.parent.parent / "samples"


def app(house: House, registry: tuple[ToolSpec, ...]) -> App:
    """Build the doors, finish what a crash left open, and begin to work."""
    present = Present(catalogue=house.catalogue, rights=house.rights, approvals=house.approvals)
    actions = Actions(
        services=services(house),
        registry=by_name(registry),
        gate=Gate(approvals=house.approvals, policy=house.policy),
        approvals=house.approvals,
        present=present,
    )
    log = ConversationLog(catalogue=house.catalogue, clock=house.clock)
    runs = PlanRuns(
        actions=actions,
        approvals=house.approvals,
        directory=house.directory,
        checkpoints=house.checkpoints.saver,
        told=log.told,
    )
    deciding = ApprovalsDoor(
        approvals=house.approvals,
        runs=runs,
        deliveries=house.deliveries,
        broken_off=BrokenOff(catalogue=house.catalogue),
        present=present,
    )
    turns = Turns(
        brain=house.brain.get,
        actions=actions,
        assets=partial(_assets, house),
        begin_plan=lambda plan: runs.begin(plan.id),
        checkpoints=house.checkpoints,
        meter=house.meter,
    )
    talk = Talk(
        turns=turns,
        actions=actions,
        approvals=house.approvals,
        deciding=deciding,
        begin_plan=lambda plan: runs.begin(plan.id),
        present=present,
        log=log,
        usage=house.meter.told,
        settling=house.brain.settling,
        explain=explain,
    )
    house.jobs.start()
    for room in house.scratch.sweep():
        RECOVERY.warning("removed %s, which an export that broke off had left", room)
    house.switching.follow(house.settings.joint_model)
    for note in deciding.recover():
        RECOVERY.warning("%s", note)
    return App(
        conversation=talk,
        library=LibraryDoor(
            library=house.library,
            search=house.search,
            similar=house.similar,
            duplicates=house.duplicates,
            ingest=house.ingest,
            rights=house.rights,
            policy=house.policy,
            present=present,
            conformity=house.conformity,
        ),
        approvals=deciding,
        curation=CurationDoor(
            taxonomies=house.taxonomies,
            rejecting=house.rejecting,
            reviewing=house.reviewing,
            conformity=house.conformity,
            policy=house.policy,
        ),
        jobs=JobsDoor(house.jobs),
        admin=AdminDoor(
            catalogue=house.catalogue,
            directory=house.directory,
            models=house.models,
            samples=SampleLibrary(
                folder=SAMPLES,
                ingest=house.ingest,
                rights=house.rights,
                catalogue=house.catalogue,
                indexing=house.indexing,
                clock=house.clock,
            ),
            readiness=partial(readiness, house),
            checks=partial(checks, house),
            meter=house.meter,
            fetched=house.fetched,
            switching=house.switching,
        ),
    )


def _assets(house: House, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
    with house.catalogue.reading() as records:
        return records.assets.many(asset_ids, viewer)
