"""What a killed process, a broken channel or a person who left must not be able to do."""

import json

import pytest

from agent.events import Text
from tests.application.talking import Talking
from tests.application.world import CON, PAT, World
from tests.fakes.publisher import FakePublisher
from tools.core.audit import AuditEvent
from tools.core.directory import OWNER, Directory
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority
from tools.core.plans import Draft, PlannedAsset, PlanState, canonical


class Killed(BaseException):
    """Stands for the end of the process."""


class Stubborn(FakePublisher):
    """A channel that fails `failures` times, before or after it did what it was asked."""

    def __init__(self, failure, failures=1, *, late=False):
        super().__init__()
        self.failure, self.failures, self.late = failure, failures, late

    def deliver(self, delivery, source):
        return self._or_fail(lambda: super(Stubborn, self).deliver(delivery, source))

    def withdraw(self, key):
        return self._or_fail(lambda: super(Stubborn, self).withdraw(key))

    def _or_fail(self, act):
        if not self.failures:
            return act()
        self.failures -= 1
        if self.late:
            act()
        raise self.failure


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.asset("fig")
    yield world
    world.close()


def use(world, publisher):
    world.publisher = publisher
    world.deliveries._publishers["website"] = publisher


def actions(world):
    with world.catalogue.reading() as records:
        return [row.action for row in records.audit.rows()]


def live(world):
    with world.catalogue.reading() as records:
        return [p.asset_id for p in records.publications.all_live()]


def approved(world, by=OWNER, thread="t-1"):
    draft = world.publishing.plan(["fig"], "website", None, by)
    plan = world.approvals.propose(draft, Authority(by, thread)).id
    world.approvals.decide(plan, OWNER, approved=True)
    return plan


@pytest.mark.parametrize("late", [False, True])
def test_killed_while_delivering_it_is_public_once_and_the_conversation_hears(tmp_path, late):
    world = World(tmp_path)
    world.asset("fig")
    talking = Talking(tmp_path, world)
    talking.ask("hello", "Hello.", viewer=OWNER)
    use(world, Stubborn(Killed(), late=late))
    plan = approved(world)
    with pytest.raises(Killed):
        list(talking.runs.resume(plan))
    talking.deciding.recover()
    talking.deciding.recover()
    assert world.approvals.get(plan).state is PlanState.DONE
    assert len(world.publisher.public) == 1
    assert actions(world).count("asset.published") == 1
    told = [t.event.text for t in talking.talk.turns("t-1", OWNER) if isinstance(t.event, Text)]
    assert "after a restart" in told[-1]
    talking.close()


def test_sidecars_that_broke_off_are_not_told_as_done(tmp_path):
    world = World(tmp_path)
    talking = Talking(tmp_path, world)
    talking.ask("hello", "Hello.", viewer=OWNER)
    names = [world.asset(name) for name in ("fig", "pear")]
    planned = tuple(PlannedAsset(n, 1, n, f"{n}.png", n) for n in names)
    draft = Draft(
        "write_sidecars", canonical({"asset_ids": names}), Effect.DESTRUCTIVE,
        "Write sidecars of 2 assets beside their files", planned, "the folders of these files",
    )  # fmt: skip
    plan = world.approvals.propose(draft, Authority(OWNER, "t-1")).id
    world.approvals.decide(plan, OWNER, approved=True)
    with world.catalogue.writing() as records:
        world.approvals.spend(records, Authority(OWNER, "t-1", plan), draft)
        told = json.dumps({"file": "/x/fig.png.xmp", "approval": plan})
        records.audit.append(
            AuditEvent(world.clock.now(), OWNER.id, "asset.sidecar-written", "fig", told)
        )
    talking.deciding.recover()
    assert world.approvals.get(plan).state is PlanState.FAILED
    said = [t.event.text for t in talking.talk.turns("t-1", OWNER) if isinstance(t.event, Text)]
    assert "1 of 2 were written, these were not: pear.png" in said[-1]
    assert "dalm write-sidecars pear" in said[-1]
    talking.close()


def test_what_failed_is_not_called_published_and_does_not_happen_later(world):
    use(world, Stubborn(Fixable("The disk is full.")))
    plan = approved(world)
    with pytest.raises(Refused, match="disk is full"):
        world.publish(plan, "fig")
    assert world.deliveries.reconcile() == []
    assert world.publisher.public == {}
    with world.catalogue.reading() as records:
        assert records.receipts.last(OWNER.id, "t-1") is None


def test_a_channel_with_a_fault_of_its_own_fails_now_and_not_at_a_later_start(world):
    use(world, Stubborn(KeyError("assets")))
    with pytest.raises(Refused, match="log"):
        world.publish(approved(world), "fig")
    assert world.deliveries.reconcile() == []
    assert "asset.deliver-failed" in actions(world)


def test_a_failure_after_the_arrival_is_an_arrival(world):
    use(world, Stubborn(OSError("lost the line"), late=True))
    world.publish(approved(world), "fig")
    assert live(world) == ["fig"]


def test_a_failed_withdrawal_says_so_and_can_be_tried_again(world):
    world.publish(approved(world), "fig")
    published, stubborn = world.publisher.public, Stubborn(Fixable("The disk is full."))
    stubborn.public = published
    use(world, stubborn)
    with pytest.raises(Refused, match="still on website"):
        world.publishing.withdraw(["fig"], None, Authority(OWNER, "t-1"))
    assert live(world) == ["fig"]
    world.publishing.withdraw(["fig"], None, Authority(OWNER, "t-1"))
    assert stubborn.public == {}
    assert live(world) == []


def test_a_channel_that_is_gone_does_not_keep_the_program_from_starting(world):
    use(world, Stubborn(Killed()))
    with pytest.raises(Killed):
        world.publish(approved(world), "fig")
    world.deliveries._publishers.clear()
    carried = world.deliveries.reconcile()
    assert [one.done for one in carried] == [False]
    assert "not connected" in carried[0].text


def test_the_approval_of_somebody_who_left_ends_and_the_program_starts(tmp_path):
    world = World(tmp_path)
    world.asset("fig")
    talking = Talking(tmp_path, world)
    plan = approved(world, by=CON, thread=None)
    talking.runs._directory = Directory((PAT,))
    talking.deciding.recover()
    assert world.approvals.get(plan).state is PlanState.FAILED
    assert world.publisher.public == {}
    talking.close()


def test_an_asset_that_was_archived_between_decision_and_delivery_stays_home(world):
    use(world, Stubborn(Killed()))
    with pytest.raises(Killed):
        world.publish(approved(world), "fig")
    draft = world.lifecycle.plan_archive(["fig"], OWNER)
    plan = world.approvals.propose(draft, Authority(OWNER, "t-1")).id
    world.approvals.decide(plan, OWNER, approved=True)
    world.lifecycle.archive(["fig"], Authority(OWNER, "t-1", plan))
    assert [one.done for one in world.deliveries.reconcile()] == [False]
    assert world.publisher.public == {}
