"""What the page shows: words, badges, grouping, and text from outside that stays text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.events import (
    Assets,
    Error,
    Finished,
    NeedsApproval,
    Progress,
    ReceiptGiven,
    RefusedCall,
    Started,
    Text,
    ToolUsed,
)
from agent.views import (
    AssetCard,
    AssetView,
    FieldView,
    PlanAssetView,
    PlanView,
    Readiness,
    RelaxationView,
    SearchView,
    Viewer,
)
from ui import render
from ui.web import cards, pane, shell, thread
from ui.web.markup import prose, tag

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>\u202egpj.exe"


class Seen(HTMLParser):
    """Collects what a browser would make of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.words += data


def card(**known):
    return AssetCard(
        **{"id": "a1", "file": "cat.jpg", "title": "cat", "media_type": "image"} | known
    )


def plan(**known):
    asset = PlanAssetView("a1", "cat.jpg", "cat", 3, "allowed", "CC0.", ("website since May",))
    given_ = {
        "id": "plan-1", "tool": "publish_assets", "arguments": "{}", "effect": "publish",
        "summary": "Publish “cat” to website", "target": "website", "assets": (asset,),
        "excluded": (("dog", "it changed"),), "verdict": "allowed", "approvers": ("publisher",),
        "requester": "Tom", "state": "pending", "created": NOW.isoformat(),
        "expires": (NOW + timedelta(hours=5)).isoformat(), "may_decide": True,
    }  # fmt: skip
    return PlanView(**given_ | known)


def test_a_step_says_what_it_brought_and_how_long_it_took():
    used = ToolUsed("search_assets", {}, "done", 0.04)
    assert render.step(used, 12) == "search assets: 12 hits in 40 ms"
    assert render.step(ToolUsed("tag_assets", {}, "done", 1.24)) == "tag assets: done in 1.2 s"
    refused = ToolUsed("publish_assets", {}, "refused", 0.0001)
    assert render.step(refused) == "publish assets: refused (1 ms)"


@pytest.mark.parametrize(
    ("hours", "words"),
    [(-1, "expired"), (0.5, "expires in 30 minutes"), (5, "expires in 5 hours"),
     (24 * 7, "expires in 7 days"), (1 / 60, "expires in 1 minute")],
)  # fmt: skip
def test_an_approval_says_how_long_it_waits(hours, words):
    assert render.remaining((NOW + timedelta(hours=hours)).isoformat(), NOW) == words


def test_status_lights_speak():
    loading = Readiness("brain", "loading", done=4, total=10)
    assert render.light(loading) == "Brain loading 40 %"
    assert render.light(Readiness("search", "ready")) == "Search ready"


def test_direction_marks_and_controls_are_taken_out_of_names():
    assert render.plain("photo\u202egpj.exe\x00\n2") == "photogpj.exe 2"


@pytest.mark.parametrize(
    ("tool", "effect", "words"),
    [
        ("export_assets", "publish", "Hands copies to somebody beyond the team"),
        ("write_sidecars", "destructive", "Writes files beside your originals"),
        ("delete_assets", "destructive", "Removes or overwrites"),
        ("export_assets", "write", "Writes copies into a folder"),
    ],
)
def test_a_plan_says_what_it_does_in_words_of_its_own(tool, effect, words):
    assert render.effect_words(plan(tool=tool, effect=effect)) == words


def test_a_badge_has_words_and_not_only_a_colour():
    seen = Seen(cards.badge("denied", "Embargo until March"))
    assert "Not allowed" in seen.words
    assert ("title", "Embargo until March") in seen.attributes
    assert cards.badge("") == ""


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_title_adds_an_element_or_an_attribute(title):
    known = Seen(cards.tile(card(title="cat", why="why", warning="w"), 1))
    seen = Seen(cards.tile(card(title=title or "x", file="f", why=title or "x", warning="w"), 1))
    assert [t for t in seen.tags if t not in {"span"}] == [t for t in known.tags if t != "span"]
    assert {n for n, _ in seen.attributes} <= {n for n, _ in known.attributes}


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_answer_brings_pictures_scripts_or_handlers(words):
    seen = Seen(prose(words))
    assert not {"img", "script", "iframe", "style", "svg", "form", "object"} & set(seen.tags)
    assert {n for n, _ in seen.attributes} <= {
        "href",
        "rel",
        "target",
        "title",
        "start",
        "class",
        "style",
    }


def test_markdown_links_lead_to_the_web_only_and_pictures_become_words():
    seen = Seen(
        prose("![track](https://e.example/p.png) [ok](https://x.example) [no](javascript:1)")
    )
    assert [v for n, v in seen.attributes if n == "href"] == ["https://x.example"]
    assert "track" in seen.words
    assert "img" not in seen.tags


def test_hostile_text_stays_text_everywhere():
    asset = PlanAssetView("a1", HOSTILE, HOSTILE, 1, "unknown", HOSTILE, (HOSTILE,))
    shown = plan(summary=HOSTILE, assets=(asset,), excluded=((HOSTILE, HOSTILE),), target=HOSTILE)
    events = [
        Started("t", HOSTILE, HOSTILE), ToolUsed("x", {"q": HOSTILE}, "done", 1), Text(HOSTILE),
        Assets("results", (card(title=HOSTILE, file=HOSTILE, why=HOSTILE, clause=HOSTILE,
               verdict="denied", warning=HOSTILE),), HOSTILE),
        NeedsApproval("plan-1", shown), ReceiptGiven("r", "x", HOSTILE, True, HOSTILE),
        RefusedCall(HOSTILE), Error(HOSTILE, HOSTILE), Finished("t"),
    ]  # fmt: skip
    html = "".join(item.html for item in thread.items(events, NOW))
    seen = Seen(html)
    assert "script" not in seen.tags
    assert not [n for n, _ in seen.attributes if n.startswith("on")]
    assert {v for n, v in seen.attributes if n == "src"} <= {
        "/assets/a1/thumbnail?side=480", "/assets/a1/thumbnail?side=240"
    }  # fmt: skip
    assert "\u202e" not in html


def test_asset_ids_cannot_leave_the_route():
    assert 'src="/assets/..%2F..%2Fconfig/thumbnail?side=480"' in cards.tile(
        card(id="../../config")
    )


def test_a_plan_card_says_all_that_deciding_needs():
    words = Seen(cards.plan(plan(), NOW)).words
    for needed in ("Publish “cat” to website", "version 3", "Cleared", "CC0.", "website since May",
                   "Makes it public", "dog: it changed", "publisher", "Tom", "expires in 5 hours",
                   "Nothing has happened yet.", "Approve and publish", "Reject"):  # fmt: skip
        assert needed in words


def test_a_plan_card_offers_what_is_owned_already():
    offered = plan(offers=("You already own 'Cat & Co' (a2): like it.",))
    words = Seen(cards.plan(offered, NOW)).words
    assert "Already owned" in words
    assert "You already own 'Cat & Co' (a2): like it." in words
    assert "You already own" in render.plan_card(offered, NOW)
    assert "Already owned" not in Seen(cards.plan(plan(), NOW)).words


def test_who_may_not_decide_gets_no_buttons():
    seen = Seen(cards.plan(plan(may_decide=False), NOW))
    assert "button" not in seen.tags
    assert "Waiting for publisher" in seen.words


def test_a_decided_plan_says_how_it_ended():
    seen = Seen(cards.plan(plan(state="rejected", outcome="by Ines: no", may_decide=False), NOW))
    assert "Rejected, nothing happened: by Ines: no" in seen.words
    assert "button" not in seen.tags


def test_what_a_plan_adds_later_stands_apart_from_the_request_before():
    log = [Started("t", "publish"), Text("waits"), Finished("t"), Text("Published.")]
    grouped = thread.exchanges(log)
    assert [(one.asked is not None, one.running) for one in grouped] == [
        (True, False),
        (False, False),
    ]


def test_streamed_pieces_are_one_answer():
    pieces = [Started("t", "hi"), Text("**bo"), Progress("x"), Text("ld**")]
    html = thread.show(thread.exchanges(pieces)[0], NOW)
    assert "<strong>bold</strong>" in html


def test_a_receipt_is_not_said_twice():
    log = [
        Started("t", "tag"),
        Text("Tagged 2 assets.\n"),
        ReceiptGiven("r", "t", "Tagged 2 assets", True),
    ]
    words = Seen(thread.show(thread.exchanges(log)[0], NOW)).words
    assert words.count("Tagged 2 assets") == 1
    assert "Undo" in words


def test_an_error_shows_its_id_once():
    words = Seen(
        thread.show(thread.Exchange(None, [Error("The model does not answer.", "ab12")]), NOW)
    ).words
    assert "Error id ab12" in words
    told = Error("Something went wrong here. Error ab12.", "ab12")
    assert Seen(thread.show(thread.Exchange(None, [told]), NOW)).words.count("ab12") == 1


def test_a_running_turn_shows_its_progress():
    running = thread.Exchange(Started("t", "x"), [Progress("Reframing", 1, 4)], running=True)
    seen = Seen(thread.show(running, NOW))
    assert "Reframing (1 of 4)" in seen.words
    assert ("value", "0.25") in seen.attributes


def test_only_the_first_tiles_of_many_show_at_once():
    seen = Seen(cards.gallery([card(id=f"a{n}") for n in range(200)]))
    assert "Show all 200" in seen.words
    assert sum(value == "tile late" for _, value in seen.attributes) == 188


def test_attributes_and_words_are_escaped():
    assert tag("b", "<&>", title='"x"') == '<b title="&quot;x&quot;">&lt;&amp;&gt;</b>'


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_terminal_markdown_keeps_titles_inert(title):
    listed = render.listing([card(title=title or "x")])
    assert len(listed.splitlines()) == 1
    shown = Seen(prose(listed))
    assert set(shown.tags) <= {"ol", "li", "strong", "code", "p"}


def test_markdown_of_a_plan_names_the_exact_words_that_decide():
    words = render.markdown(NeedsApproval("plan-1", plan()), NOW)
    assert "`approve plan-1` or `reject plan-1`" in words
    assert "Nothing" in words or "nothing has happened yet" in words


def test_values_of_one_source_stand_together_with_who_said_them():
    at = NOW.isoformat()
    told = [FieldView("colour", c, "model", "palette", 0.3, at) for c in ("green", "brown")]
    told += [FieldView("title", "Moose", "person", "Sam", 1.0, at)]
    words = Seen(pane.asset(AssetView(card(), tuple(told), (), (), (), (), (), ()))).words
    assert "green, brown" in words
    assert "model palette, 24 Nov 2026, 12:00" in words
    assert "person Sam, 24 Nov 2026, 12:00" in words


def test_what_a_machine_said_is_rejected_by_a_click_and_taken_back_by_another():
    at = NOW.isoformat()
    told = [
        FieldView("label", HOSTILE, "model", "labels 1", 0.8, at, HOSTILE),
        FieldView("rejected", "dog: it is a fox", "person", "ana", 1.0, at, "dog"),
        FieldView("title", "Moose", "person", "Sam", 1.0, at),
    ]
    seen = Seen(pane.asset(AssetView(card(), tuple(told), (), (), (), (), (), ())))
    acts = [v for n, v in seen.attributes if n == "data-act" and v in {"deny", "revoke"}]
    assert acts == ["deny", "revoke"]
    assert [v for n, v in seen.attributes if n == "data-word"] == [HOSTILE, "dog"]
    assert "script" not in seen.tags
    assert "it is a fox" in seen.words


def test_a_description_is_not_a_name_to_greet_by():
    owner = Viewer("owner", "the local owner", local_owner=True)
    assert "Hello" not in shell.welcome(3, owner)
    assert "Hello Jane, what" in shell.welcome(3, Viewer("j", "Jane Doe"))


def test_filters_that_were_understood_can_be_clicked_away():
    labels = ("no people", HOSTILE)
    view = SearchView("x", (), 0, "Nothing.", labels, (RelaxationView(("no people",), 12),))
    seen = Seen(pane.found(view, weak=False))
    named = [value for name, value in seen.attributes if name == "data-label"]
    assert named == list(labels)
    assert "+12" in seen.words
    assert "script" not in seen.tags
    assert "data-label" not in pane.found(SearchView("x", (card(),)), weak=False)


def test_quoted_text_leads_to_its_page():
    shown = pane.found(SearchView('"club"', (replace(card(), page=3),)), weak=False)
    assert (
        '<button type="button" class="quiet" data-act="asset" data-id="a1" data-page="3"' in shown
    )
    assert ">Page 3</button>" in shown
    assert "Page" not in pane.found(SearchView("club", (card(),)), weak=False)
    whole = pane.asset(AssetView(card(), (), (), (), (), (), (), ()), 3)
    assert "/assets/a1/thumbnail?side=1200&amp;page=3" in whole


def test_what_is_said_leads_to_its_moment():
    film = replace(card(), media_type="video", seconds=72.5)
    shown = pane.found(SearchView('"club"', (film,)), weak=False)
    assert 'data-act="asset" data-id="a1" data-at="72.5"' in shown
    assert ">At 01:12</button>" in shown
    whole = pane.asset(AssetView(film, (), (), (), (), (), (), ()), seconds=72.5)
    assert '<video src="/assets/a1/file#t=72.5" controls' in whole
    assert "At 01:12" in Seen(whole).words


def test_a_recording_is_played_from_its_start_when_no_moment_was_asked_for():
    sound = replace(card(), media_type="audio")
    whole = pane.asset(AssetView(sound, (), (), (), (), (), (), ()))
    assert '<audio src="/assets/a1/file" controls' in whole
    assert "thumbnail" not in whole


def test_a_reason_names_the_moment_once():
    film = replace(card(), media_type="video", why="label dog 0.86", seconds=12.4)
    assert render.why(film) == "label dog 0.86; at 00:12"
    assert "; at 00:12" in render.listing((film,))
    told = replace(film, why="transcript at 00:12: “the dog barks”")
    assert render.why(told) == told.why
    assert render.why(replace(film, why="")) == "at 00:12"
    assert render.timecode(3723.9) == "1:02:03"


def test_a_transcript_is_shown_line_by_line_with_times_that_lead_the_player_there():
    said = FieldView("transcript", "Hello <b>Ana</b>.\nWe meet.", "model", "whisper-base", 0.9,
                     NOW.isoformat(), times=(0.5, 72.25))  # fmt: skip
    film = replace(card(), media_type="video")
    whole = pane.asset(AssetView(film, (said,), (), (), (), (), (), ()))
    assert 'data-act="seek" data-at="72.25">01:12</button> We meet.' in whole
    assert "<b>" not in whole
    assert "Hello <b>Ana</b>." in Seen(whole).words
