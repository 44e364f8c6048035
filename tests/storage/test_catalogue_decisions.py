"""Plans, receipts, publications, audit, rules, files and conversations on both databases."""

import dataclasses
import threading

import pytest
import sqlalchemy as sa

from tests.storage.things import (
    NOON,
    OWNER,
    add,
    errand,
    later,
    new_asset,
    plan,
    publication,
    receipt,
    value,
)
from tools.core.assets import Field
from tools.core.audit import AuditEvent, verify
from tools.core.plans import Decision, PlanState
from tools.core.receipts import Inverse
from tools.core.records import KnownFile
from tools.core.rights.actions import Action
from tools.core.rights.rules import Rule, RuleKind, RuleStatus, Scope, ScopeKind


def test_a_plan_comes_back_as_it_was(catalogue):
    made = plan("p1", ("a1", "a2"), thread=None)
    with catalogue.writing() as records:
        records.plans.add(made)
    with catalogue.reading() as records:
        assert records.plans.get("p1") == made
        assert records.plans.get("p2") is None


def test_plans_are_listed_by_state_newest_first(catalogue):
    with catalogue.writing() as records:
        for number in range(5):
            records.plans.add(plan(f"p{number}", created=later(number)))
        records.plans.move("p3", PlanState.PENDING, PlanState.REJECTED, "no")
    with catalogue.reading() as records:
        pending = records.plans.in_states([PlanState.PENDING])
        assert [one.id for one in pending] == ["p4", "p2", "p1", "p0"]
        both = records.plans.in_states([PlanState.PENDING, PlanState.REJECTED], limit=2)
        assert [(one.id, one.state, one.outcome) for one in both] == [
            ("p4", PlanState.PENDING, ""),
            ("p3", PlanState.REJECTED, "no"),
        ]
        assert records.plans.in_states([]) == []


def test_of_eight_threads_one_moves_a_plan(catalogue):
    with catalogue.writing() as records:
        records.plans.add(plan("p1"))
    barrier, won = threading.Barrier(8), []

    def spend(number):
        barrier.wait()
        with catalogue.writing() as records:
            if records.plans.move("p1", PlanState.PENDING, PlanState.SPENT, f"by {number}"):
                won.append(number)

    threads = [threading.Thread(target=spend, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    with catalogue.reading() as records:
        assert records.plans.get("p1").outcome == f"by {won[0]}"
        assert records.plans.get("p1").state is PlanState.SPENT


def test_a_person_decides_once(catalogue):
    first = Decision("p1", "jane", "Jane", approved=True, because="", at=later(1))
    second = Decision("p1", "bob", "Bob", approved=False, because="no", at=later(2))
    with catalogue.writing() as records:
        records.plans.add(plan("p1"))
        assert records.plans.decide(first)
        assert records.plans.decide(second)
        assert not records.plans.decide(dataclasses.replace(first, approved=False, at=later(3)))
        assert records.plans.decisions("p1") == [first, second]
        assert records.plans.decisions("p2") == []


def test_plans_and_receipts_of_a_forgotten_asset_go(catalogue):
    with catalogue.writing() as records:
        records.plans.add(plan("p1", ("a1", "a2")))
        records.plans.add(plan("p2", ("a10", "A1")))
        records.plans.decide(Decision("p1", "jane", "Jane", approved=True, because="", at=NOON))
        records.receipts.add(receipt("r1"))
        records.receipts.add(receipt("r2", details='{"assets":["a10","A1"]}'))
        records.plans.erase(["a1"])
        records.receipts.erase(["a1"])
        records.plans.erase([])
        assert [one.id for one in records.plans.in_states(list(PlanState))] == ["p2"]
        assert records.plans.decisions("p1") == []
        assert records.receipts.get("r1") is None
        assert records.receipts.get("r2") is not None


def test_the_last_receipt_is_the_persons_own_and_can_be_undone(catalogue):
    with catalogue.writing() as records:
        for made in (
            receipt("r1"),
            receipt("r2", thread="t2", undo_until=None),
            receipt("r3", actor="bob"),
            receipt("r4", inverse=Inverse.NONE),
        ):
            records.receipts.add(made)
            assert records.receipts.get(made.id) == made
        assert records.receipts.last("jane", "t1").id == "r1"
        assert records.receipts.last("jane", None).id == "r2"
        assert records.receipts.last("carl", None) is None
        assert records.receipts.undone("r2", later(5))
        assert not records.receipts.undone("r2", later(6))
        assert records.receipts.get("r2").undone_at == later(5)
        assert records.receipts.last("jane", None).id == "r1"
        assert not records.receipts.undone("r9", later(6))


def test_an_errand_is_opened_once_and_found_until_it_is_closed(catalogue):
    with catalogue.writing() as records:
        assert records.publications.open(errand("k1", later(2)))
        assert records.publications.open(errand("k0", later(1)))
        assert not records.publications.open(errand("k1", later(3)))
        assert records.publications.unfinished() == [errand("k0", later(1)), errand("k1", later(2))]
        records.publications.close("k0", "done")
        records.publications.close("k9", "done")
        assert [one.key for one in records.publications.unfinished()] == ["k1"]


def test_what_is_public_now(catalogue):
    add(catalogue, new_asset("a1"), new_asset("a2"))
    with catalogue.writing() as records:
        records.publications.put(publication("k1", "a1", later(1)))
        records.publications.put(publication("k2", "a2", later(2)))
        records.publications.put(publication("k2", "a2", later(3)))
        assert [one.key for one in records.publications.all_live()] == ["k1", "k2"]
        assert records.publications.live(["a2"]) == [publication("k2", "a2", later(3))]
        records.publications.withdrawn("k2", later(4))
        assert records.publications.live(["a2", "a1"]) == [publication("k1", "a1", later(1))]
        assert records.publications.live([]) == []
        records.publications.put(publication("k2", "a2", later(5)))
        assert len(records.publications.all_live()) == 2


def events(count):
    return [
        AuditEvent(later(n), f"user{n % 2}", "tag", f"a{n % 3}", f'{{"to":"a{n % 3}","n":{n}}}')
        for n in range(count)
    ]


@pytest.fixture
def audited(catalogue):
    """Give a catalogue with seven sealed rows."""
    with catalogue.writing() as records:
        for event in events(7):
            records.audit.append(event)
    return catalogue


def test_the_chain_holds_and_hides_who_acted(audited):
    with audited.reading() as records:
        rows = records.audit.rows()
    assert verify(rows).intact
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert {row.actor_name for row in rows} == {"user0", "user1"}
    assert all(row.actor.startswith("p-") and "user" not in row.actor for row in rows)
    assert rows[0].actor == rows[2].actor != rows[1].actor


def test_the_chain_is_read_by_subject_and_from_its_end(audited):
    with audited.reading() as records:
        assert [row.seq for row in records.audit.rows("a1")] == [2, 5]
        assert [row.seq for row in records.audit.rows(limit=2)] == [6, 7]
        assert [row.seq for row in records.audit.rows("a1", limit=1)] == [5]
        assert records.audit.rows("A1") == []


def test_erased_payloads_leave_the_chain_whole(audited):
    with audited.writing() as records:
        records.audit.append(AuditEvent(later(9), "user0", "merge", "a2", '{"from":"a1"}'))
        assert records.audit.erase_payloads(["a1"]) == 3
        assert records.audit.erase_payloads(["a1"]) == 0
    with audited.reading() as records:
        rows = records.audit.rows()
    assert verify(rows).intact
    assert [row.seq for row in rows if row.payload is None] == [2, 5, 8]


@pytest.mark.parametrize(
    ("harm", "broken_at", "why"),
    [
        ("UPDATE audit_chain SET action = 'look' WHERE seq = 3", 3, "was changed"),
        ("UPDATE audit_chain SET at = '2000-01-01' WHERE seq = 7", 7, "was changed"),
        ("UPDATE audit_chain SET actor = 'p-000' WHERE seq = 1", 1, "was changed"),
        ("UPDATE audit_payloads SET payload = '{}' WHERE seq = 4", 4, "payload of row 4"),
        ("DELETE FROM audit_chain WHERE seq = 4", 4, "is missing"),
        ("DELETE FROM audit_chain WHERE seq = 1", 1, "is missing"),
        (
            "UPDATE audit_chain SET seal = (SELECT seal FROM audit_chain WHERE seq = 2) "
            "WHERE seq = 5",
            5,
            "was changed",
        ),
    ],
)
def test_tampering_is_located(audited, harm, broken_at, why):
    with audited._engine.begin() as connection:
        connection.execute(sa.text(harm))
    with audited.reading() as records:
        check = verify(records.audit.rows())
    assert (check.intact, check.broken_at) == (False, broken_at)
    assert why in check.why


def rule(rule_id, kind=ScopeKind.ASSET, scoped="a1", **changes):
    facts = {
        "status": RuleStatus.CONFIRMED,
        "kind": RuleKind.PERMISSION,
        "clause": "May be published in «Deutschland».",
        "recorded_by": "jane",
        "recorded_at": NOON,
        "actions": (Action.PUBLISH,),
        "ends": later(600),
    }
    return Rule(id=rule_id, scope=Scope(kind, scoped), **(facts | changes))


def test_rules_cover_what_they_are_attached_to(catalogue):
    (asset, _) = add(
        catalogue,
        new_asset("a1", folder="/shoots/2026/spring", supplier="Agency"),
        new_asset("a2", folder="/shoots/2026b"),
    )
    made = [
        rule("r1"),
        rule("r2", scoped="a2"),
        rule("r3", ScopeKind.FOLDER, "/shoots/2026"),
        rule("r4", ScopeKind.FOLDER, "/shoots/20"),
        rule("r5", ScopeKind.SUPPLIER, "Agency"),
        rule("r6", ScopeKind.CREATOR, "Jane Doe"),
        rule("r7", status=RuleStatus.REVOKED),
        rule("r8", status=RuleStatus.PROPOSED),
    ]
    with catalogue.writing() as records:
        for one in made:
            records.rights.put(one)
        records.rights.put(made[0])
        assert records.rights.get("r1") == made[0]
        assert records.rights.get("r9") is None
        covering = [one.id for one in records.rights.covering(asset, "Jane Doe")]
        assert covering == ["r1", "r3", "r5", "r6", "r8"]
        assert [one.id for one in records.rights.covering(asset, None)] == ["r1", "r3", "r5", "r8"]
        assert [one.id for one in records.rights.all()] == [
            "r1",
            "r2",
            "r3",
            "r4",
            "r5",
            "r6",
            "r8",
        ]
        records.rights.put(dataclasses.replace(made[0], status=RuleStatus.REVOKED))
        assert [one.id for one in records.rights.covering(asset, None)] == ["r3", "r5", "r8"]
        assert records.rights.attached([]) == []


def test_kin_reaches_the_root_of_the_family(catalogue):
    add(
        catalogue,
        new_asset("root", folder="/f", supplier="Agency", audience=("jane",)),
        new_asset("child", parent_id="root"),
        new_asset("grandchild", parent_id="child"),
        new_asset("stranger"),
    )
    with catalogue.writing() as records:
        records.fields.put([value("root", "Jane Doe", Field.CREATOR)])
        kin = {one.id: one for one in records.rights.kin(["grandchild", "nothing"])}
    assert set(kin) == {"root", "child", "grandchild"}
    assert (kin["root"].creator, kin["root"].supplier) == ("Jane Doe", "Agency")
    assert tuple(kin["grandchild"].parents) == ("child",)


def known(path, asset_id="a1", status="added"):
    return KnownFile(path, 10, 2**60, "h" * 64, asset_id, status, "why", in_place=True)


def test_files_met_are_known_by_path(catalogue):
    with catalogue.writing() as records:
        for path in ("/p/a.jpg", "/p/sub/b.jpg", "/p2/c.jpg", "/P/d.jpg", "/p_/e.jpg", "/p"):
            records.files.put(known(path))
        records.files.put(known("/p/a.jpg", "a2", "unchanged"))
        assert records.files.get("/p/a.jpg") == known("/p/a.jpg", "a2", "unchanged")
        assert records.files.get("/p/x.jpg") is None
        below = ["/p", "/p/a.jpg", "/p/sub/b.jpg"]
        assert sorted(one.path for one in records.files.below("/p")) == below
        assert sorted(one.path for one in records.files.below("/p/")) == below[1:]
        assert [one.path for one in records.files.below("/p/a.jpg")] == ["/p/a.jpg"]
        assert len(records.files.below("/")) == 6
        assert len(records.files.of("a1")) == 5
        records.files.drop(["/p/a.jpg", "/nothing"])
        assert records.files.of("a2") == []


def test_a_thread_is_its_first_owners(catalogue):
    with catalogue.writing() as records:
        assert records.threads.owner("t1") is None
        assert records.threads.own("t1", "jane", NOON) == "jane"
        assert records.threads.own("t1", "bob", later(1)) == "jane"
        records.threads.own("t2", "jane", later(2))
        records.threads.own("t3", "bob", later(3))
        assert records.threads.owner("t1") == "jane"
        assert records.threads.of("jane") == ["t2", "t1"]


def test_threads_name_assets_and_keep_their_events(catalogue):
    with catalogue.writing() as records:
        for thread in ("t1", "t2"):
            records.threads.own(thread, "jane", NOON)
        records.threads.shown("t1", ["a1", "a2", "a1"])
        records.threads.shown("t1", ["a2", "a3"])
        records.threads.shown("t2", ["a3"])
        records.threads.log("t1", ['{"n":1}', '{"n":2}'], NOON)
        records.threads.log("t2", ['{"n":3}'], NOON)
        assert records.threads.naming(["a3"]) == ["t1", "t2"]
        assert records.threads.naming(["a1", "x"]) == ["t1"]
        assert records.threads.naming([]) == []
        numbered = records.threads.events("t1")
        assert [event for _, event in numbered] == ['{"n":1}', '{"n":2}']
        assert records.threads.events("t1", after=numbered[0][0]) == numbered[1:]
        records.threads.erase(["t1"])
        assert records.threads.naming(["a1", "a3"]) == ["t2"]
        assert records.threads.events("t1") == []
        assert records.threads.of("jane") == ["t2"]


def test_an_exception_keeps_nothing(catalogue):
    def write_and_fail():
        with catalogue.writing() as records:
            records.assets.add(new_asset("a1"))
            records.audit.append(events(1)[0])
            records.plans.add(plan("p1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with catalogue.reading() as records:
        assert records.assets.get("a1", OWNER) is None
        assert records.audit.rows() == []
        assert records.plans.get("p1") is None
