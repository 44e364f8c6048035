"""What somebody may not see stays hidden in plans, conversations and the audit."""

import json
from types import SimpleNamespace

import pytest

from agent.administration import AdminDoor
from tests.application.talking import Talking
from tests.application.world import ANA, CON, PAT, VIC, World
from tools.core.assets import AssetId, MediaType, Version
from tools.core.audit import AuditEvent
from tools.core.directory import OWNER
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority
from tools.core.records import NewAsset


@pytest.fixture
def talking(tmp_path):
    talking = Talking(tmp_path, World(tmp_path))
    yield talking
    talking.close()


def rendition(world, name, parent, audience):
    version = Version(AssetId(name), 1, "e" * 64, 1, "image/png", world.clock.now(), f"b/{name}")
    with world.catalogue.writing() as records:
        records.assets.add(
            NewAsset(
                AssetId(name),
                MediaType.IMAGE,
                f"{name}.png",
                name.title(),
                OWNER.id,
                version,
                parent_id=parent,
                audience=audience,
            )
        )


def test_a_plan_tells_an_approver_no_name_of_what_is_hidden(talking):
    world = talking.world
    secret = world.asset("merger", audience=[CON.id])
    plan = world.approvals.get(world.plan_publish(secret, by=CON))
    view = talking.present.plan(plan, PAT)
    assert "merger" not in f"{view.summary}{view.assets[0].title}{view.excluded}".lower()
    assert view.summary == "Publish an asset you may not see to website"
    assert not view.may_decide
    assert "Merger" in talking.present.plan(plan, CON).summary


def test_what_is_left_out_of_a_plan_is_hidden_too(talking):
    world = talking.world
    open_one = world.asset("fig")
    secret = world.asset("merger", cleared=False, audience=[CON.id])
    plan = world.approvals.get(world.plan_publish(open_one, secret, by=CON))
    assert "Merger" in str(talking.present.plan(plan, CON).excluded)
    assert "Merger" not in str(talking.present.plan(plan, PAT).excluded)


def test_nobody_approves_what_they_cannot_see_but_may_stop_it(talking):
    world = talking.world
    secret = world.asset("merger", audience=[CON.id])
    plan = world.plan_publish(secret, by=CON)
    with pytest.raises(Refused, match="may not see"):
        world.approvals.decide(plan, PAT, approved=True)
    assert world.approvals.decide(plan, PAT, approved=False).state == "rejected"


def test_where_a_parent_is_used_names_no_hidden_rendition(talking):
    world = talking.world
    fig = world.asset("fig")
    rendition(world, "merger", fig, [ANA.id])
    assert "Merger" in str(world.lifecycle.plan_delete([fig], ANA).assets[0].where_used)
    for_con = world.lifecycle.plan_delete([fig], CON).assets[0].where_used
    assert for_con == ("parent of an asset that the asker may not see",)


@pytest.mark.parametrize("name", ["plan-1a2b3c4d", "", "t 1", "../x", "t" * 65, "t\u202e1", "-t"])
def test_nobody_begins_a_conversation_under_a_name_that_is_none(talking, name):
    with pytest.raises(Fixable, match="name"):
        talking.log.owned(name, CON)


def test_talking_under_the_name_of_a_plan_does_not_take_its_run_away(talking):
    world = talking.world
    plan = world.plan_publish(world.asset("fig"))
    with pytest.raises(Fixable):
        talking.ask("hello", "Hello.", viewer=CON, thread=plan)
    list(talking.deciding.approve(plan, OWNER))
    assert len(world.publisher.public) == 1


def test_the_audit_of_an_asset_tells_nothing_of_others_that_are_hidden(talking):
    world = talking.world
    fig, secret = world.asset("fig"), world.asset("merger", audience=[CON.id])
    world.plan_publish(fig, secret, by=CON)
    with world.catalogue.writing() as records:
        told = json.dumps({"parent": fig, "title": "Merger"})
        records.audit.append(AuditEvent(world.clock.now(), CON.id, "asset.made", secret, told))
    nothing = SimpleNamespace()
    door = AdminDoor(
        catalogue=world.catalogue,
        directory=nothing,
        models=nothing,
        samples=nothing,
        readiness=list,
        checks=list,
        fetched=lambda: None,
        switching=nothing,
        meter=nothing,
    )
    lines = door.audit(VIC, fig)
    assert "plan.proposed" in [line.action for line in lines]
    assert "merger" not in str(lines).lower()
    assert "merger" in str(door.audit(CON, fig)).lower()


def test_an_older_state_is_not_put_back_over_a_later_decision(talking):
    world = talking.world
    fig = world.asset("fig")

    def done(plan_it, do_it):
        plan = world.approvals.propose(plan_it([fig], OWNER), Authority(OWNER, "t-1")).id
        world.approvals.decide(plan, OWNER, approved=True)
        return do_it([fig], Authority(OWNER, "t-1", plan)).receipt

    archived = done(world.lifecycle.plan_archive, world.lifecycle.archive)
    trashed = done(world.lifecycle.plan_delete, world.lifecycle.delete)
    with world.catalogue.writing() as records:
        with pytest.raises(Refused, match="since"):
            world.lifecycle.restore(archived.details, records, Authority(OWNER))
        for receipt in (trashed, archived):
            world.lifecycle.restore(receipt.details, records, Authority(OWNER))
        assert records.assets.get(fig, OWNER).state == "active"
