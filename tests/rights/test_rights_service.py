"""The rights service over a real catalogue: who may say what, and what then follows."""

import json
from dataclasses import replace

import pytest

from tests.rights.world import (
    CONTRIBUTOR,
    LEGAL,
    LIBRARIAN,
    OWNER,
    VIEWER,
    acting,
    of_asset,
)
from tools.core.audit import verify
from tools.core.errors import Fixable, Refused
from tools.core.receipts import Inverse
from tools.core.rights.actions import Action
from tools.core.rights.engine import Outcome, Use, WhyUnknown
from tools.core.rights.rules import RuleKind, RuleStatus, Scope, ScopeKind
from tools.core.rights.statement import read_statement
from tools.core.rights.terms import RightsStatement, Term

SENTENCE = "licensed from Jan until 31 December for web in the EU, no crops"
FREE = Term(RuleKind.PERMISSION, "any use")


def publish(world, channel=None, territory=None, **more):
    return Use(Action.PUBLISH, channel=channel, territory=territory, at=world.clock.now(), **more)


def statement(*asset_ids, terms=(FREE,), **more):
    return RightsStatement(of_asset(*asset_ids), terms, **more)


def test_what_a_conversation_records_counts_only_once_confirmed(world):
    world.add("a")
    receipt = world.rights.note(["a"], SENTENCE, None, None, acting(CONTRIBUTOR, "t1"))
    assert receipt.inverse is Inverse.RULES
    assert "proposed" in receipt.summary
    assert {r.status for r in world.rules()} == {RuleStatus.PROPOSED}
    use = publish(world, "website", "FR")
    before = world.one("a", use)
    assert before.why_unknown is WhyUnknown.NO_RECORD
    assert "confirms" in before.remedy
    (permission, *_) = world.rights.list("a", OWNER)
    world.rights.confirm(permission.id, acting(LEGAL))
    # A record stands together: the permission is never confirmed without its prohibition.
    assert {r.status for r in world.rules()} == {RuleStatus.CONFIRMED}
    assert {r.confirmed_by for r in world.rules()} == {"lea"}
    assert world.one("a", use).outcome is Outcome.ALLOWED
    assert world.one("a", replace(use, edit=Action.CROP)).clause == "no crops"
    world.clock.move(days=60)
    assert world.one("a", replace(use, at=world.clock.now())).outcome is Outcome.DENIED


@pytest.mark.parametrize("person", [OWNER, LEGAL, LIBRARIAN])
def test_in_a_conversation_nobody_confirms_by_recording(world, person):
    world.add("a")
    world.rights.record(statement("a", confirmed=True), acting(person, "thread"))
    assert [r.status for r in world.rules()] == [RuleStatus.PROPOSED]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (OWNER, RuleStatus.CONFIRMED),
        (LEGAL, RuleStatus.CONFIRMED),
        (LIBRARIAN, RuleStatus.CONFIRMED),
        (CONTRIBUTOR, RuleStatus.PROPOSED),
    ],
)
def test_at_a_front_door_the_entitled_confirm_by_recording(world, person, status):
    world.add("a")
    world.rights.record(statement("a", confirmed=True), acting(person))
    assert [r.status for r in world.rules()] == [status]


def test_a_viewer_records_nothing_and_only_the_entitled_confirm_and_revoke(world):
    world.add("a")
    with pytest.raises(Refused, match="contributor"):
        world.rights.record(statement("a"), acting(VIEWER))
    world.rights.record(statement("a"), acting(CONTRIBUTOR))
    (rule,) = world.rules()
    with pytest.raises(Refused, match="Only legal"):
        world.rights.confirm(rule.id, acting(CONTRIBUTOR))
    world.rights.confirm(rule.id, acting(LIBRARIAN))
    with pytest.raises(Refused, match="Only legal"):
        world.rights.revoke(rule.id, acting(CONTRIBUTOR))
    with pytest.raises(Fixable, match="already"):
        world.rights.confirm(rule.id, acting(LIBRARIAN))
    world.rights.revoke(rule.id, acting(LEGAL))
    assert world.rules() == []
    with pytest.raises(Fixable, match="No rights record"):
        world.rights.revoke(rule.id, acting(LEGAL))


def test_a_proposer_takes_back_a_proposal(world):
    world.add("a")
    world.rights.record(statement("a"), acting(CONTRIBUTOR))
    (rule,) = world.rules()
    world.rights.revoke(rule.id, acting(CONTRIBUTOR))
    assert world.rules() == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("what a nice picture", "says nothing"),
        ("from May 2027 until March 2027", "before it begin"),
    ],
)
def test_a_sentence_without_rights_in_it_is_fixable(world, text, why):
    world.add("a")
    with pytest.raises(Fixable, match=why):
        world.rights.note(["a"], text, None, None, acting(OWNER, "t"))
    assert world.rules() == []


def test_the_channel_and_place_of_the_call_narrow_what_the_sentence_leaves_open(world):
    world.add("a")
    world.rights.note(["a"], "we may use it", "instagram", "germany", acting(OWNER, "t"))
    (rule,) = world.rules()
    assert (rule.channels, rule.territories) == (("instagram",), ("DE",))


def test_every_change_is_audited_and_has_a_stored_receipt(world):
    world.add("a")
    receipt = world.rights.record(statement("a"), acting(OWNER, "t"))
    (rule,) = world.rules()
    world.rights.confirm(rule.id, acting(LEGAL))
    world.rights.revoke(rule.id, acting(LEGAL))
    actions = [row.action for row in world.audit("a")]
    assert actions == ["rights.recorded", "rights.confirmed", "rights.revoked"]
    with world.catalogue.reading() as records:
        assert records.receipts.get(receipt.id) == receipt
        assert verify(records.audit.rows()).intact


def test_nothing_of_a_failed_record_is_kept(world):
    world.add("a")
    with pytest.raises(Fixable, match="No asset 'nope'"):
        world.rights.record(statement("a", "nope"), acting(OWNER))
    assert world.rules() == []
    assert world.audit("a") == []


def test_saying_it_twice_changes_nothing(world):
    world.add("a")
    world.rights.licence("a", "CC-BY-4.0", "Jane Doe", "her site", acting(OWNER))
    again = world.rights.licence("a", "CC-BY-4.0", "Jane Doe", "her site", acting(OWNER))
    assert again.inverse is Inverse.NONE
    assert len(world.rules()) == 2
    assert len(world.audit("a")) == 1


class TestUndo:
    def test_each_change_is_taken_back_and_audited(self, world):
        world.add("a")
        recorded = world.rights.record(statement("a"), acting(OWNER))
        (rule,) = world.rules()
        confirmed = world.rights.confirm(rule.id, acting(LEGAL))
        revoked = world.rights.revoke(rule.id, acting(LEGAL))
        statuses = []
        for receipt in (revoked, confirmed, recorded):
            with world.catalogue.writing() as records:
                world.rights.restore(receipt.details, records, acting(OWNER))
                statuses.append(records.rights.get(rule.id).status)
        assert statuses == [RuleStatus.CONFIRMED, RuleStatus.PROPOSED, RuleStatus.REVOKED]
        assert [row.action for row in world.audit("a")].count("rights.restored") == 3
        assert json.loads(recorded.details)["asset_ids"] == ["a"]

    def test_what_changed_since_is_not_taken_back(self, world):
        world.add("a")
        recorded = world.rights.record(statement("a"), acting(CONTRIBUTOR))
        world.rights.confirm(world.rules()[0].id, acting(LEGAL))
        with (
            pytest.raises(Refused, match="changed since"),
            world.catalogue.writing() as records,
        ):
            world.rights.restore(recorded.details, records, acting(OWNER))

    def test_what_counts_is_taken_back_by_the_entitled_only(self, world):
        world.add("a")
        recorded = world.rights.record(statement("a", confirmed=True), acting(OWNER))
        with pytest.raises(Refused, match="Only legal"), world.catalogue.writing() as records:
            world.rights.restore(recorded.details, records, acting(CONTRIBUTOR))
        assert [r.counts for r in world.rules()] == [True]


class TestScopes:
    @pytest.mark.parametrize(
        "scope",
        [
            Scope(ScopeKind.FOLDER, "/pictures/"),
            Scope(ScopeKind.FOLDER, "/pictures/2026"),
            Scope(ScopeKind.SUPPLIER, "Acme"),
            Scope(ScopeKind.CREATOR, "Jane Doe"),
        ],
    )
    def test_a_rule_for_many(self, world, scope):
        world.add("in", folder="/pictures/2026", supplier="Acme", creator="Jane Doe")
        world.add("out", folder="/pictures2", supplier="Other", creator="Jane Do")
        world.rights.record(RightsStatement((scope,), (FREE,), confirmed=True), acting(LEGAL))
        assert world.one("in", publish(world)).outcome is Outcome.ALLOWED
        assert world.one("out", publish(world)).why_unknown is WhyUnknown.NO_RECORD

    @pytest.mark.parametrize(
        "scope", [Scope(ScopeKind.FOLDER, "/"), Scope(ScopeKind.SUPPLIER, " ")]
    )
    def test_a_rule_for_everything_by_accident_is_fixable(self, world, scope):
        with pytest.raises(Fixable, match="would cover everything"):
            world.rights.record(RightsStatement((scope,), (FREE,)), acting(LEGAL))

    def test_own_work_holds_for_a_folder_and_what_comes_into_it(self, world):
        world.rights.own_work("/home/jane/Pictures", "Jane Doe", acting(OWNER))
        world.add("later", folder="/home/jane/Pictures/new")
        verdict = world.one("later", publish(world))
        assert verdict.outcome is Outcome.ALLOWED
        assert "Jane Doe" in verdict.clause
        (rule,) = world.rules()
        assert (rule.holder, rule.creator, rule.confirmed_by) == ("Jane Doe", "Jane Doe", "owner")

    def test_own_work_of_a_contributor_is_a_proposal(self, world):
        world.add("a")
        world.rights.own_work(["a"], "Conny", acting(CONTRIBUTOR))
        assert [r.counts for r in world.rules()] == [False]


class TestLicences:
    def test_attribution(self, world):
        world.add("a")
        world.rights.licence("a", "CC-BY-4.0", "Aitzol Berasategi", "Debian", acting(OWNER))
        verdict = world.one("a", publish(world, "instagram", "DE"))
        assert verdict.outcome is Outcome.ALLOWED
        assert verdict.duties == ("Credit: Aitzol Berasategi, CC BY 4.0",)
        assert verdict.document == "Debian"

    def test_share_alike_and_changes(self, world):
        world.add("a")
        world.rights.licence("a", "cc by-sa 3.0", "Peter", "Debian", acting(OWNER))
        cropped = world.one("a", publish(world, edit=Action.CROP))
        assert set(cropped.duties) == {
            "Credit: Peter, CC BY-SA 3.0",
            "Say that it was changed.",
            "Share adapted versions under CC BY-SA 3.0.",
        }

    def test_non_commercial_and_no_derivatives(self, world):
        world.add("a")
        world.rights.licence("a", "CC-BY-NC-ND-4.0", "Ann", "", acting(OWNER))
        verdict = world.one("a", publish(world))
        assert verdict.outcome is Outcome.DENIED
        assert verdict.remedy == "It would be allowed for non-commercial use."
        cropped = replace(verdict.instead, edit=Action.CROP)
        assert "adapted versions" in world.one("a", cropped).clause

    @pytest.mark.parametrize("licence_id", ["CC0-1.0", "public-domain", "cc0"])
    def test_free_works_owe_nothing(self, world, licence_id):
        world.add("a")
        world.rights.licence("a", licence_id, "", "museum", acting(OWNER))
        verdict = world.one("a", publish(world, edit=Action.AI_EDIT))
        assert (verdict.outcome, verdict.duties) == (Outcome.ALLOWED, ())

    @pytest.mark.parametrize(
        ("licence_id", "author"), [("GPL-3.0", "Ann"), ("CC-BY-9.0", "Ann"), ("CC-BY-4.0", " ")]
    )
    def test_a_licence_nobody_knows_or_without_its_author_is_fixable(
        self, world, licence_id, author
    ):
        world.add("a")
        with pytest.raises(Fixable):
            world.rights.licence("a", licence_id, author, "", acting(OWNER))


class TestFamilies:
    def test_a_rendition_inherits_live(self, world):
        world.add("root")
        world.add("child", parent_id="root", step="reframe")
        world.add("grandchild", parent_id="child", step="convert")
        use = publish(world)
        assert world.one("grandchild", use).outcome is Outcome.UNKNOWN
        world.rights.licence("root", "CC-BY-4.0", "Ann", "", acting(OWNER))
        verdict = world.one("grandchild", use)
        # The crop between it and its original makes it a changed work.
        assert verdict.duties == ("Credit: Ann, CC BY 4.0", "Say that it was changed.")
        (rule, _) = world.rules()
        world.rights.revoke(rule.id, acting(LEGAL))
        assert world.one("grandchild", use).outcome is Outcome.UNKNOWN

    def test_a_crop_of_what_may_not_be_cropped(self, world):
        world.add("root")
        world.add("crop", parent_id="root", step="reframe")
        world.add("small", parent_id="root", step="resize")
        terms = read_statement("any use is fine, no crops", (), world.clock.now()).terms
        world.rights.record(statement("root", terms=terms, confirmed=True), acting(OWNER))
        assert world.one("crop", publish(world)).clause == "no crops"
        assert world.one("small", publish(world)).outcome is Outcome.ALLOWED

    def test_a_forgotten_original_leaves_its_renditions_unknown(self, world):
        world.add("root")
        world.add("child", parent_id="root", step="resize")
        world.rights.licence("root", "CC0-1.0", "", "", acting(OWNER))
        assert world.one("child", publish(world)).outcome is Outcome.ALLOWED
        with world.catalogue.writing() as records:
            records.assets.erase(["root"])
        assert world.one("child", publish(world)).outcome is Outcome.UNKNOWN


class TestWhoSeesWhat:
    def test_an_invisible_asset_is_an_unknown_asset(self, world):
        world.add("secret", audience=("lea",))
        for person in (VIEWER, CONTRIBUTOR):
            for asset_id in ("secret", "nothing"):
                message = f"No asset '{asset_id}'. Search first, then use an id from the results."
                for ask in (
                    lambda p=person, a=asset_id: world.rights.verdicts([a], publish(world), p),
                    lambda p=person, a=asset_id: world.rights.list(a, p),
                ):
                    with pytest.raises(Fixable) as told:
                        ask()
                    assert str(told.value) == message
        with pytest.raises(Fixable, match="No asset 'secret'"):
            world.rights.record(statement("secret"), acting(CONTRIBUTOR))
        assert world.one("secret", publish(world), LEGAL).outcome is Outcome.UNKNOWN

    def test_an_invisible_original_counts_and_shows_nothing_of_itself(self, world):
        world.add("secret", audience=("lea",))
        world.add("open", parent_id="secret", step="resize")
        term = Term(RuleKind.PROHIBITION, "Never, says Project Falcon")
        world.rights.record(
            statement("secret", terms=(term,), document="falcon.pdf", confirmed=True),
            acting(OWNER),
        )
        hidden = world.one("open", publish(world), CONTRIBUTOR)
        assert hidden.outcome is Outcome.DENIED
        assert "falcon" not in repr(hidden).lower()
        assert "secret" not in repr(hidden)
        assert world.rights.list("open", CONTRIBUTOR) == []
        assert world.one("open", publish(world), LEGAL).clause == term.clause
        with world.catalogue.reading() as records:
            asset = records.assets.get("open", OWNER)
            inside = world.rights.decide_in(records, asset, publish(world))
            seen = world.rights.decide_in(records, asset, publish(world), LEGAL)
        assert "falcon" not in repr(inside).lower()
        assert seen.clause == term.clause

    def test_a_rule_about_an_invisible_asset_does_not_exist(self, world):
        world.add("secret", audience=("lea",))
        world.rights.record(statement("secret"), acting(OWNER))
        (rule,) = world.rules()
        with pytest.raises(Fixable, match="No rights record"):
            world.rights.confirm(rule.id, acting(LIBRARIAN))
        world.rights.confirm(rule.id, acting(LEGAL))


def test_badges_agree_with_verdicts(world):
    for number in range(30):
        parent = f"a{number - 1}" if number % 3 == 1 else None
        world.add(f"a{number}", parent_id=parent, step="resize" if parent else None)
        if number % 3 == 0 and number % 2 == 0:
            world.rights.licence(f"a{number}", "CC-BY-4.0", "Ann", "", acting(OWNER))
    with world.catalogue.reading() as records:
        assets = records.assets.many([f"a{n}" for n in range(30)], OWNER)
    badges = world.rights.badges(assets, OWNER)
    verdicts = world.rights.verdicts([a.id for a in assets], publish(world), OWNER)
    assert {v.asset.id: v.verdict.outcome for v in verdicts} == {
        asset_id: badge.outcome for asset_id, badge in badges.items()
    }
    assert {b.outcome for b in badges.values()} == {Outcome.ALLOWED, Outcome.UNKNOWN}


def test_a_page_of_badges_takes_as_many_queries_as_one(world):
    for number in range(40):
        world.add(f"a{number}", parent_id=f"a{number - 1}" if number % 2 else None)
    with world.catalogue.reading() as records:
        assets = records.assets.many([f"a{n}" for n in range(40)], OWNER)
    counts = []
    for page in (assets[:2], assets):
        with world.counting() as queries:
            world.rights.badges(page, CONTRIBUTOR)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3


def test_facts_change_with_what_counts_and_with_nothing_else(world):
    world.add("root")
    world.add("child", parent_id="root", step="resize")

    def facts():
        with world.catalogue.reading() as records:
            return world.rights.facts(records, records.assets.get("child", OWNER))

    seen = [facts()]
    world.rights.record(statement("root"), acting(CONTRIBUTOR))
    assert facts() == seen[-1]
    (rule,) = world.rules()
    world.rights.confirm(rule.id, acting(LEGAL))
    seen.append(facts())
    world.rights.own_work(["child"], "Ann", acting(OWNER))
    seen.append(facts())
    assert len(set(seen)) == 3
    world.clock.move(days=1)
    assert facts() == seen[-1]
