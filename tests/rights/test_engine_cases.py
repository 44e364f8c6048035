"""What rules mean, case by case, in words a lawyer can check."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tools.core.rights.actions import Action, Purpose
from tools.core.rights.engine import Layer, Outcome, Use, WhyUnknown, decide, decide_family
from tools.core.rights.rules import Rule, RuleKind, RuleStatus, Scope, ScopeKind

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
YEAR_END = datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def rule(kind=RuleKind.PERMISSION, clause="licensed", scope=(ScopeKind.ASSET, "a"), **limits):
    base = Rule(
        id=f"{kind}-{clause}",
        scope=Scope(*scope),
        status=RuleStatus.CONFIRMED,
        kind=kind,
        clause=clause,
        recorded_by="lea",
        recorded_at=NOW,
    )
    return replace(base, **limits)


def no(clause, **limits):
    return rule(RuleKind.PROHIBITION, clause, **limits)


def publish(channel=None, territory=None, at=NOW, **more):
    return Use(Action.PUBLISH, channel=channel, territory=territory, at=at, **more)


LICENCE = rule(
    clause="web in the EU until 31 December",
    actions=(Action.PUBLISH,),
    channels=("web",),
    territories=("EU",),
    ends=YEAR_END,
    holder="Getty",
)


@pytest.mark.parametrize(
    ("use", "outcome", "remedy"),
    [
        (publish("website", "FR"), "allowed", ""),
        (publish("website", "EU"), "allowed", ""),
        (publish("blog", "DE", YEAR_END), "allowed", ""),
        (publish("website", "US"), "denied", "It would be allowed in the EU."),
        (publish("website"), "denied", "It would be allowed in the EU."),
        (publish("instagram", "DE"), "denied", "It would be allowed on web."),
        (publish("billboard", "US"), "denied", "It would be allowed on web in the EU."),
        (
            publish("website", "FR", datetime(2027, 5, 1, tzinfo=UTC)),
            "denied",
            "It would be allowed until 31 December 2026.",
        ),
        (Use(Action.ARCHIVE, "website", "FR", at=NOW), "allowed", ""),
        (
            Use(Action.TRAIN, "website", "FR", at=NOW),
            "unknown",
            "Ask Getty for a licence that covers training AI it on website in France, "
            "and record it.",
        ),
    ],
)
def test_a_limited_licence(use, outcome, remedy):
    verdict = decide([LICENCE], use, NOW)
    assert (verdict.outcome, verdict.remedy) == (outcome, remedy)


def test_a_no_quotes_the_clause_with_its_document_and_page():
    written = replace(LICENCE, document="contract-7.pdf", page=4)
    verdict = decide([written], publish("tv", "DE"), NOW)
    assert (verdict.clause, verdict.document, verdict.page, verdict.rule_id) == (
        "web in the EU until 31 December",
        "contract-7.pdf",
        4,
        written.id,
    )


def test_an_ended_licence_is_not_offered_for_the_past():
    later = datetime(2027, 5, 1, tzinfo=UTC)
    verdict = decide([LICENCE], publish("website", "FR", later), later)
    assert verdict.outcome is Outcome.DENIED
    assert verdict.remedy.startswith("Ask Getty for a licence")
    assert verdict.instead is None


def test_a_use_that_outlasts_the_licence_is_offered_until_its_end():
    lasting = publish("website", "FR", until=datetime(2027, 2, 1, tzinfo=UTC))
    verdict = decide([LICENCE], lasting, NOW)
    assert verdict.remedy == "It would be allowed until 31 December 2026."
    assert verdict.instead == replace(lasting, until=YEAR_END)


def test_an_embargo_is_over_the_day_after():
    embargo = no("embargoed", ends=datetime(2026, 12, 3, 23, 59, 59, 999999, tzinfo=UTC))
    verdict = decide([rule(), embargo], publish(), NOW)
    assert verdict.outcome is Outcome.DENIED
    assert verdict.remedy == "It would be allowed from 4 December 2026 on."


def test_no_crops():
    both = [rule(), no("no crops", edits=(Action.CROP,))]
    assert decide(both, publish(), NOW).outcome is Outcome.ALLOWED
    cropped = decide(both, publish(edit=Action.CROP), NOW)
    assert (cropped.outcome, cropped.clause) == (Outcome.DENIED, "no crops")
    assert cropped.remedy == "It would be allowed without cropping it."
    assert decide(both, Use(Action.CROP, at=NOW), NOW).outcome is Outcome.DENIED
    assert decide(both, publish(edit=Action.TRANSLATE), NOW).outcome is Outcome.ALLOWED


def test_editorial_only():
    editorial = rule(clause="editorial only", purposes=(Purpose.EDITORIAL,))
    verdict = decide([editorial], publish(), NOW)
    assert (verdict.outcome, verdict.remedy) == (
        Outcome.DENIED,
        "It would be allowed for editorial use.",
    )
    assert decide([editorial], publish(purpose=Purpose.ADVERTISING), NOW).outcome is Outcome.DENIED


def test_editing_by_ai_is_more_than_editing():
    edits = rule(edits=(Action.EDIT,))
    assert decide([edits], publish(edit=Action.CROP), NOW).outcome is Outcome.ALLOWED
    by_ai = decide([edits], publish(edit=Action.AI_EDIT), NOW)
    assert by_ai.why_unknown is WhyUnknown.SILENT
    forbidden = [rule(), no("no edits", edits=(Action.EDIT,))]
    assert decide(forbidden, publish(edit=Action.AI_EDIT), NOW).outcome is Outcome.DENIED


@pytest.mark.parametrize("action", [Action.TRAIN, Action.AI_REFERENCE, Action.ENRICH])
def test_a_prohibition_of_data_mining_reaches_all_machine_learning(action):
    known = [rule(), no("no data mining", actions=(Action.MINE,))]
    assert decide(known, Use(action, at=NOW), NOW).outcome is Outcome.DENIED
    assert decide(known, publish(), NOW).outcome is Outcome.ALLOWED


def test_a_rule_about_the_web_reaches_social_media_only_to_forbid():
    only_web = rule(channels=("web",))
    assert decide([only_web], publish("instagram"), NOW).outcome is Outcome.DENIED
    not_web = [rule(), no("no web", channels=("web",))]
    assert decide(not_web, publish("instagram"), NOW).outcome is Outcome.DENIED


def test_the_three_unknowns():
    use = publish("website")
    nothing = decide([], use, NOW)
    assert nothing.why_unknown is WhyUnknown.NO_RECORD
    assert nothing.remedy == "Record who made it and what they allow, and have it confirmed."
    silent = decide([rule(actions=(Action.ARCHIVE,))], use, NOW)
    assert silent.why_unknown is WhyUnknown.SILENT
    assert silent.clause == "Its rights records say nothing of publishing it."
    older = no("never on the website", channels=("website",), recorded_at=NOW.replace(day=1))
    newer = rule(clause="fine for the website", channels=("website",))
    conflict = decide([older, newer], use, NOW)
    assert conflict.why_unknown is WhyUnknown.CONFLICT
    assert "never on the website" in conflict.clause
    assert "fine for the website" in conflict.clause


def test_a_newer_or_closer_prohibition_is_no_conflict():
    use = publish("website")
    permission = rule(channels=("website",), recorded_at=NOW.replace(day=1))
    assert decide([permission, no("withdrawn")], use, NOW).outcome is Outcome.DENIED
    supplier = rule(channels=("website",), scope=(ScopeKind.SUPPLIER, "Acme"))
    closer = no("never", recorded_at=NOW.replace(day=1))
    assert decide([supplier, closer], use, NOW).outcome is Outcome.DENIED


def test_an_exception_is_no_conflict():
    known = [rule(clause="everything"), no("not on TikTok", channels=("tiktok",))]
    verdict = decide(known, publish("tiktok"), NOW)
    assert (verdict.outcome, verdict.clause) == (Outcome.DENIED, "not on TikTok")
    assert verdict.remedy == "It would be allowed on website."


def test_a_proposed_record_only_shows_what_confirming_it_would_do():
    proposed = replace(rule(clause="ours"), status=RuleStatus.PROPOSED)
    verdict = decide([proposed], publish(), NOW)
    assert verdict.why_unknown is WhyUnknown.NO_RECORD
    assert verdict.remedy == "It would be allowed once legal or a librarian confirms “ours”."
    elsewhere = replace(proposed, channels=("print",))
    assert "Record who made it" in decide([elsewhere], publish("website"), NOW).remedy


def test_duties_come_with_a_yes_only():
    credited = rule(credit="Aitzol Berasategi, CC BY 4.0")
    changed = rule(RuleKind.DUTY, "Say that it was changed.", edits=(Action.EDIT,))
    plain = decide([credited, changed], publish(), NOW)
    assert plain.duties == ("Credit: Aitzol Berasategi, CC BY 4.0",)
    edited = decide([credited, changed], publish(edit=Action.CROP), NOW)
    assert edited.duties == (
        "Credit: Aitzol Berasategi, CC BY 4.0",
        "Say that it was changed.",
    )
    assert decide([credited, no("no")], publish(), NOW).duties == ()


def test_all_originals_count_and_a_silent_rendition_follows_them():
    everything = rule(clause="everything")
    nothing = no("nothing", recorded_at=NOW.replace(day=25))
    child = Layer((), "child", derived=True)
    free = Layer((everything,), "root")
    assert decide_family([child, free], publish(), NOW).outcome is Outcome.ALLOWED
    barred = Layer((everything, nothing), "other")
    verdict = decide_family([child, free, barred], publish(), NOW)
    assert (verdict.outcome, verdict.source) == (Outcome.DENIED, "other")
    own = Layer((everything,), "child", derived=True)
    assert decide_family([own, Layer((), "root")], publish(), NOW).outcome is Outcome.UNKNOWN
    assert decide_family([child], publish(), NOW).why_unknown is WhyUnknown.NO_RECORD
    assert decide_family([], publish(), NOW).why_unknown is WhyUnknown.NO_RECORD


def test_a_crop_of_a_work_that_may_not_be_cropped():
    root = Layer((rule(), no("no crops", edits=(Action.CROP,))), "root", frozenset({Action.CROP}))
    verdict = decide_family([Layer((), "crop", derived=True), root], publish(), NOW)
    assert (verdict.outcome, verdict.clause) == (Outcome.DENIED, "no crops")
    assert verdict.remedy == "Its original, as it is, would be allowed."


def test_a_use_without_a_time_zone_or_with_a_strange_edit_is_a_bug():
    with pytest.raises(ValueError, match="time zone"):
        publish(at=datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="not an edit"):
        publish(edit=Action.TRAIN)
    with pytest.raises(ValueError, match="time zone"):
        rule(ends=datetime(2026, 1, 1))
