"""The second lock: an approval is spent once, by the right person's word, for that exact action."""

import threading

import pytest

from tests.application.world import ANA, CON, CORE, PAT, VIC, World
from tools.core.audit import verify
from tools.core.directory import OWNER
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority
from tools.core.plans import PlanState


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    yield world
    world.close()


def test_nothing_is_public_before_an_approval_and_it_is_after(world):
    fig = world.asset("fig")
    plan = world.plan_publish(fig, by=CON)
    assert world.publisher.public == {}
    with pytest.raises(Refused, match="pending, not approved"):
        world.publish(plan, fig, by=CON)
    world.approvals.decide(plan, PAT, approved=True)
    done = world.publish(plan, fig, by=CON)
    assert len(world.publisher.public) == 1
    assert "Fig" in done.receipt.summary
    with world.catalogue.reading() as records:
        actions = [row.action for row in records.audit.rows()]
        assert verify(records.audit.rows()).intact
    wanted = ["plan.proposed", "plan.approved", "plan.spent", "asset.published"]
    assert [action for action in actions if action in wanted] == wanted


def test_an_approval_works_once(world):
    fig = world.asset("fig")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    world.publish(plan, fig)
    with pytest.raises(Refused, match="works once"):
        world.publish(plan, fig)
    assert len(world.publisher.public) == 1


def test_eight_threads_with_one_approval_publish_once(world):
    fig = world.asset("fig")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    ends: list[str] = []

    def go() -> None:
        try:
            world.publish(plan, fig)
            ends.append("done")
        except Refused:
            ends.append("refused")

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done"] + ["refused"] * 7
    assert len(world.publisher.public) == 1


def test_eight_clicks_decide_once(world):
    plan = world.plan_publish(world.asset("fig"))
    ends: list[str] = []

    def click() -> None:
        try:
            world.approvals.decide(plan, OWNER, approved=True)
            ends.append("decided")
        except Refused as error:
            ends.append(str(error))

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count("decided") == 1
    assert sum("already" in end for end in ends) == 7


@pytest.mark.parametrize("person", [ANA, CON])
def test_somebody_without_the_role_cannot_approve(world, person):
    fig = world.asset("fig")
    plan = world.plan_publish(fig, by=person)
    with pytest.raises(Refused, match="publisher"):
        world.approvals.decide(plan, person, approved=True)
    with pytest.raises(Fixable, match="No approval"):
        world.approvals.decide(plan, VIC, approved=True)
    assert world.approvals.get(plan).state is PlanState.PENDING


def test_the_asker_may_take_the_wish_back(world):
    plan = world.plan_publish(world.asset("fig"), by=CON)
    world.approvals.decide(plan, CON, approved=False, because="changed my mind")
    assert world.approvals.get(plan).state is PlanState.REJECTED
    with pytest.raises(Refused, match="rejected already"):
        world.approvals.decide(plan, PAT, approved=True)


def test_an_expired_plan_cannot_be_approved_nor_an_expired_approval_used(world):
    fig = world.asset("fig")
    late, used_late = world.plan_publish(fig), None
    world.clock.move(days=8)
    with pytest.raises(Refused, match="expired already"):
        world.approvals.decide(late, OWNER, approved=True)
    used_late = world.plan_publish(fig)
    world.approvals.decide(used_late, OWNER, approved=True)
    world.clock.move(days=8)
    with pytest.raises(Refused, match="expired on"):
        world.publish(used_late, fig)
    assert world.publisher.public == {}


def test_a_file_that_changed_drops_out_and_the_rest_goes(world):
    fig, cup = world.asset("fig"), world.asset("cup")
    plan = world.plan_publish(fig, cup)
    world.approvals.decide(plan, OWNER, approved=True)
    world.new_version(fig)
    done = world.publish(plan, fig, cup)
    assert len(world.publisher.public) == 1
    assert any("fig was left out" in note and "changed" in note for note in done.notes)


def test_when_everything_changed_nothing_happens(world):
    fig = world.asset("fig")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    world.new_version(fig)
    with pytest.raises(Refused, match="changed after the approval"):
        world.publish(plan, fig)
    assert world.publisher.public == {}


def test_rights_are_checked_again_when_acting(world):
    fig = world.asset("fig")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    rule = world.rights.list(fig, OWNER)[0]
    world.rights.revoke(rule.id, Authority(OWNER))
    with pytest.raises(Refused):
        world.publish(plan, fig)
    assert world.publisher.public == {}


def test_an_approval_of_one_thing_does_not_serve_another(world):
    fig, cup = world.asset("fig"), world.asset("cup")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    with pytest.raises(Refused, match="something else"):
        world.publish(plan, cup)
    with pytest.raises(Refused, match="something else"):
        world.lifecycle.delete([fig], Authority(OWNER, "t-1", plan))
    with pytest.raises(Refused, match="something else"):
        world.publish(plan, fig, by=PAT)
    with pytest.raises(Refused, match="no such approval"):
        world.publish("plan-00000000", fig)
    with pytest.raises(Refused, match="none was given"):
        world.publishing.publish([fig], "website", None, Authority(OWNER))
    assert world.publisher.public == {}


def test_a_changed_policy_ends_what_was_approved_under_the_old_one(world, tmp_path):
    fig = world.asset("fig")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    world.close()
    stricter = (CORE / "policy.toml").read_text() + "\n# tightened\n"
    later = World(tmp_path, stricter)
    with pytest.raises(Refused, match="policy changed"):
        later.publish(plan, fig)
    later.close()


def test_four_eyes_and_quorum_need_two_people(tmp_path):
    strict = (CORE / "policy.toml").read_text().replace("quorum = 1", "quorum = 2")
    world = World(tmp_path, strict.replace("four_eyes = false", "four_eyes = true"))
    fig = world.asset("fig")
    plan = world.plan_publish(fig, by=PAT)
    with pytest.raises(Refused, match="asked for this"):
        world.approvals.decide(plan, PAT, approved=True)
    world.approvals.decide(plan, OWNER, approved=True)
    assert world.approvals.get(plan).state is PlanState.PENDING
    with pytest.raises(Refused, match="decided on"):
        world.approvals.decide(plan, OWNER, approved=True)
    with pytest.raises(Refused, match="pending"):
        world.publish(plan, fig, by=PAT)
    world.close()


def test_unknown_rights_never_go_public_and_say_what_would_help(world):
    stray = world.asset("stray", cleared=False)
    with pytest.raises(Refused, match="unknown"):
        world.publishing.plan([stray], "website", None, OWNER)


def test_unknown_and_hidden_assets_and_channels_are_alike(world):
    secret = world.asset("secret", audience=["role:legal"])
    for name in (secret, "nothing"):
        with pytest.raises(Fixable, match=f"No asset '{name}'"):
            world.publishing.plan([name], "website", None, CON)
    fig = world.asset("fig")
    with pytest.raises(Fixable, match="not connected"):
        world.publishing.plan([fig], "instagram", None, OWNER)
    with pytest.raises(Fixable, match="No channel"):
        world.publishing.plan([fig], "myspace", None, OWNER)


def test_the_same_wish_twice_is_one_plan(world):
    fig = world.asset("fig")
    assert world.plan_publish(fig) == world.plan_publish(fig)
    assert len(world.approvals.waiting(OWNER)) == 1
    assert world.approvals.waiting(VIC) == []


def test_deleting_shows_use_waits_and_can_be_restored(world):
    fig = world.asset("fig")
    with world.catalogue.writing() as records:
        records.collections.add("Spring", [fig], OWNER.id, world.clock.now())
    draft = world.lifecycle.plan_delete([fig], OWNER)
    assert draft.assets[0].where_used == ("collection Spring",)
    plan = world.approvals.propose(draft, Authority(OWNER, "t-1")).id
    world.approvals.decide(plan, OWNER, approved=True)
    world.lifecycle.delete([fig], Authority(OWNER, "t-1", plan))
    with world.catalogue.reading() as records:
        trashed = records.assets.get(fig, OWNER)
    assert trashed is not None
    assert trashed.state == "trashed"
    with world.catalogue.writing() as records:
        receipt = records.receipts.last(OWNER.id, "t-1")
        world.lifecycle.restore(receipt.details, records, Authority(OWNER))
        restored = records.assets.get(fig, OWNER)
    assert restored is not None
    assert restored.state == "active"


def test_what_is_public_is_not_deleted(world):
    fig = world.asset("fig")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    world.publish(plan, fig)
    with pytest.raises(Refused, match="withdraw it there first"):
        world.lifecycle.plan_delete([fig], OWNER)
    done = world.publishing.withdraw([fig], None, Authority(OWNER, "t-1"))
    assert "website" in done.receipt.summary
    assert world.publisher.public == {}
    assert world.lifecycle.plan_delete([fig], OWNER).assets


def test_only_those_entitled_take_things_down(world):
    fig = world.asset("fig")
    plan = world.plan_publish(fig)
    world.approvals.decide(plan, OWNER, approved=True)
    world.publish(plan, fig)
    with pytest.raises(Refused, match="may not take assets down"):
        world.publishing.withdraw([fig], None, Authority(CON))
    assert len(world.publisher.public) == 1
