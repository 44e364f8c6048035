"""The page in a real browser: the eight points of the main job, and what must not happen."""

import pytest
from playwright.sync_api import expect

from agent.views import Fixable
from tests.web.browser import WIDE, png, visit

pytestmark = [pytest.mark.web, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_a_first_page_says_what_it_is_and_offers_five_requests(seen):
    page = seen.page
    expect(page.locator(".welcome h1")).to_contain_text("Hello Sam")
    expect(page.locator(".quick")).to_have_count(5)
    expect(page.locator("#behalf")).to_contain_text("is an AI and acts on behalf of Sam Rivera")
    expect(page.locator("#lights")).to_contain_text("Search ready")
    expect(page.locator("footer")).to_be_hidden()
    page.locator(".quick").first.click()
    seen.quiet()
    expect(page.locator(".asked")).to_have_text("Show me animals")


def test_a_search_shows_numbered_tiles_with_badges_and_reasons(seen):
    seen.say("show me animals")
    tiles = seen.answer().locator(".tile")
    expect(tiles).to_have_count(8)
    expect(tiles.nth(1)).to_contain_text("2")
    expect(tiles.nth(1)).to_contain_text("tabby cat chelsea")
    expect(tiles.nth(1)).to_contain_text("looks like an animal")
    expect(tiles.nth(1).locator(".badge")).to_have_text("Cleared")
    expect(tiles.nth(7).locator(".badge")).to_have_text("Not allowed")
    step = seen.answer().locator("details.step")
    expect(step).to_contain_text("search assets: 8 hits in 41 ms")
    expect(step.locator("pre")).to_be_hidden()
    step.locator("summary").click()
    expect(step.locator("pre")).to_contain_text('"query": "animals"')
    seen.page.wait_for_function(
        "[...document.querySelectorAll('.tile img')].every(i => i.complete && i.naturalWidth > 0)"
    )


def test_these_means_what_is_selected_for_one_request(seen, fake):
    seen.say("show me animals")
    tiles = seen.page.locator("[data-act=pick]")
    tiles.nth(1).click()
    tiles.nth(3).focus()
    seen.page.keyboard.press("Space")
    expect(tiles.nth(3)).to_have_attribute("aria-pressed", "true")
    chip = seen.page.locator("#selection")
    expect(chip).to_contain_text("Selection: 2 assets")
    seen.say("tag all of these with spring-campaign")
    chosen = [tiles.nth(n).get_attribute("data-id") for n in (1, 3)]
    assert fake.talk.asked[-1]["selection"] == chosen
    expect(chip).to_be_hidden()
    expect(seen.answer().locator(".receipt")).to_contain_text("Tagged 2 assets")
    seen.answer().get_by_role("button", name="Undo").click()
    expect(seen.answer()).to_contain_text("Taken back")
    expect(seen.answer().locator(".asked")).to_have_text("Undo")
    seen.say("hello")
    assert fake.talk.asked[-1]["selection"] == []


def test_a_selection_can_be_cleared_and_survives_a_reload(seen, fake):
    seen.say("show me animals")
    seen.page.locator("[data-act=pick]").nth(2).click()
    seen.page.reload()
    expect(seen.page.locator("#selection")).to_contain_text("Selection: 1 asset")
    seen.page.get_by_role("button", name="Clear").click()
    expect(seen.page.locator("[aria-pressed=true]")).to_have_count(0)


def test_renditions_show_their_shape_and_offer_what_comes_next(seen, fake):
    seen.say("make the second one an instagram story and a youtube thumbnail")
    tiles = seen.answer().locator(".natural .tile img")
    expect(tiles).to_have_count(2)
    story, thumbnail = (tiles.nth(n).bounding_box() for n in (0, 1))
    assert story["width"] < story["height"]
    assert thumbnail["width"] > thumbnail["height"]
    seen.answer().get_by_role("button", name="Publish the story").click()
    expect(seen.plan()).to_contain_text("Nothing has happened yet")
    assert fake.talk.asked[-1]["text"] == "publish the story"


def test_a_rights_answer_names_the_clause_and_the_change(seen):
    seen.say("may we use it on instagram in germany?")
    expect(seen.answer()).to_contain_text("Not allowed on instagram in Germany")
    expect(seen.answer()).to_contain_text("Embargo until 2027-03-01")
    expect(seen.answer()).to_contain_text("Smallest change")


def test_approving_publishes_once_and_is_remembered(seen, fake):
    seen.say("publish the cat to the website")
    expect(seen.page.locator("#waiting")).to_have_text("1")
    expect(seen.plan()).to_contain_text("expires in 7 days")
    seen.say("hello, we go on talking meanwhile")
    seen.plan().get_by_role("button", name="Approve and publish").dblclick()
    expect(seen.plan()).to_contain_text("Done: approved by Sam Rivera")
    expect(seen.answer()).to_contain_text("Published “tabby cat chelsea” to website")
    expect(seen.page.locator("#waiting")).to_be_empty()
    seen.page.reload()
    expect(seen.plan()).to_contain_text("Done: approved by Sam Rivera")
    expect(seen.plan().locator("button")).to_have_count(0)
    assert sum("Published" in str(row) for row in fake.talk.log["t-0001"][1]) == 2


def test_rejecting_with_a_reason_does_nothing(seen, fake):
    seen.say("delete the red one")
    seen.plan().get_by_label("Reason for rejecting").fill("still needed")
    seen.plan().get_by_role("button", name="Reject").click()
    expect(seen.answer()).to_contain_text("rejected it (still needed). Nothing has happened.")
    assert fake.shelf.titled("umbrella")[0].state == "active"


def test_a_card_waits_through_a_restart_and_works_once(browser, door, fake):
    with visit(browser, door.address) as seen:
        seen.cuts_expected = True
        seen.open().say("publish the cat")
        door.stop()
        door.start()
        seen.open("/?thread=t-0001")
        seen.plan().get_by_role("button", name="Approve and publish").click()
        expect(seen.plan()).to_contain_text("Done: approved by Sam Rivera")
        assert fake.approvals.pending(fake.admin.person()) == []


def test_words_survive_a_lost_connection(browser, door):
    with visit(browser, door.address) as seen:
        seen.cuts_expected = True
        seen.open()
        door.stop()
        seen.page.fill("#say", "a long thought")
        seen.page.press("#say", "Enter")
        door.start()
        seen.open()
        expect(seen.page.locator("#say")).to_have_value("a long thought")


def test_two_people_see_the_same_plan_and_only_one_decision_counts(browser, door, fake):
    with (
        visit(browser, door.address, "tom") as tom,
        visit(browser, door.address, "ines") as ines,
        visit(browser, door.address) as sam,
    ):
        tom.open().say("publish the cat")
        expect(tom.plan()).to_contain_text("Waiting for publisher")
        expect(tom.plan().locator("button")).to_have_count(0)
        for one in (ines, sam):
            one.open()
            expect(one.page.locator("#waiting")).to_have_text("1")
            one.page.locator("[data-view=inbox]").click()
        ines.page.get_by_role("button", name="Approve and publish").click()
        expect(ines.page.locator("#toasts")).to_contain_text("Done: approved by Ines Vidal")
        sam.page.get_by_role("button", name="Approve and publish").click(timeout=2000)
        expect(sam.page.locator("#toasts")).to_contain_text("already decided")
        expect(tom.page.locator(".turn").last).to_contain_text("Published", timeout=12_000)
        expect(tom.plan()).to_contain_text("Done: approved by Ines Vidal")


def test_nobody_opens_the_conversation_of_somebody_else(browser, door, fake):
    with visit(browser, door.address) as sam, visit(browser, door.address, "tom") as tom:
        sam.open().say("show me animals")
        tom.open("/?thread=t-0001")
        expect(tom.page.locator(".welcome")).to_be_visible()
        expect(tom.page.locator("#toasts")).to_contain_text("no such conversation of yours")
        expect(tom.page.locator("#threads")).not_to_contain_text("animals")
        tom.page.evaluate("() => window.history.replaceState(null, '', '/?thread=t-0001')")
        tom.say("hello")
        assert fake.talk.log["t-0001"][0] == "owner"
        assert len(fake.talk.turns("t-0001", fake.admin.person())) == 5


def test_a_refusal_an_error_a_question_and_nothing_found(seen):
    seen.say("send out what is on hold")
    expect(seen.answer().locator(".notice.refused")).to_contain_text("Legal hold until 2027")
    seen.say("please break")
    expect(seen.answer().locator(".notice.error")).to_contain_text("3f9a11c2")
    seen.say("crash now")
    expect(seen.answer().locator(".notice.error")).to_contain_text("77aa01")
    seen.say("crop it")
    expect(seen.answer()).to_contain_text("Which one do you mean?")
    expect(seen.answer().locator(".tile")).to_have_count(2)
    seen.say("unicorn")
    expect(seen.answer()).to_contain_text("Nothing good found")
    expect(seen.answer().locator(".tile")).to_have_count(0)


def test_a_slow_turn_shows_progress_outlives_a_reload_and_stops(browser, door, fake):
    fake.talk.latency = 0.15
    with visit(browser, door.address) as seen:
        seen.cuts_expected = True
        seen.open().say("slow scan", wait=False)
        expect(seen.page.locator(".busy")).to_contain_text("of 40")
        seen.page.reload()
        expect(seen.page.locator(".busy")).to_contain_text("of 40")
        seen.page.locator("#stop").click()
        seen.quiet()
        expect(seen.answer()).to_contain_text("(stopped)")
        assert fake.talk.stopped == 1
        assert len(fake.talk.asked) == 1


def test_what_is_typed_meanwhile_waits_its_turn(browser, door, fake):
    fake.talk.latency = 0.1
    with visit(browser, door.address) as seen:
        seen.open().say("slow scan", wait=False)
        expect(seen.page.locator(".busy")).to_contain_text("of 40")
        for words in ("show me animals", "hello"):
            seen.page.fill("#say", words)
            seen.page.press("#say", "Enter")
        expect(seen.page.locator("#say")).to_have_value("")
        expect(seen.page.locator("#queue .upload")).to_have_count(2)
        seen.page.get_by_role("button", name="Take back: hello").click()
        expect(seen.page.locator("#say")).to_have_value("hello")
        expect(seen.page.locator(".turn .asked").last).to_have_text("show me animals", timeout=9000)
        seen.quiet()
        assert [one["text"] for one in fake.talk.asked] == ["slow scan", "show me animals"]
        expect(seen.page.locator("#queue")).to_be_empty()


def test_what_waits_comes_back_when_the_turn_is_stopped_or_the_page_reloaded(browser, door, fake):
    fake.talk.latency = 0.15
    with visit(browser, door.address) as seen:
        seen.cuts_expected = True
        seen.open().say("slow scan", wait=False)
        expect(seen.page.locator(".busy")).to_contain_text("of 40")
        seen.page.fill("#say", "show me animals")
        seen.page.locator("#send").click()
        expect(seen.page.locator("#queue")).to_contain_text("Next: show me animals")
        seen.page.reload()
        expect(seen.page.locator("#say")).to_have_value("show me animals")
        expect(seen.page.locator(".busy")).to_contain_text("of 40")
        seen.page.press("#say", "Enter")
        expect(seen.page.locator("#queue")).to_contain_text("Next: show me animals")
        seen.page.locator("#stop").click()
        expect(seen.page.locator("#say")).to_have_value("show me animals")
        seen.quiet()
        assert len(fake.talk.asked) == 1


def test_words_come_back_when_nothing_was_begun(browser, door, fake):
    def busy(*_given, **_named):
        raise Fixable("The last request of this conversation is still being answered.")
        yield

    fake.talk.ask = busy
    with visit(browser, door.address) as seen:
        seen.open().page.fill("#say", "show me animals")
        seen.page.press("#say", "Enter")
        expect(seen.page.locator("#toasts")).to_contain_text("still being answered")
        expect(seen.page.locator("#say")).to_have_value("show me animals")


def test_files_are_uploaded_shown_and_meant(seen, fake):
    with seen.page.expect_file_chooser() as chooser:
        seen.page.get_by_role("button", name="Add files").first.click()
    chooser.value.set_files(
        [
            {"name": "new shoes.png", "mimeType": "image/png", "buffer": png()},
            {"name": "broken.png", "mimeType": "image/png", "buffer": b""},
        ]
    )
    expect(seen.page.locator(".upload img")).to_have_count(1)
    expect(seen.page.locator(".upload.failed")).to_contain_text("broken.png is empty.")
    seen.say("what is this?")
    (added,) = fake.shelf.titled("new shoes")
    assert fake.talk.asked[-1]["uploads"] == [added.id]
    expect(seen.page.locator(".upload")).to_have_count(0)


def test_files_can_be_dropped_and_pasted(seen, fake):
    script = """kind => {
        const carried = new DataTransfer();
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 8;
        return new Promise(done => canvas.toBlob(blob => {
            carried.items.add(new File([blob], `${kind}.png`, {type: 'image/png'}));
            const event = kind === 'drop'
                ? new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true})
                : new ClipboardEvent('paste', {clipboardData: carried, bubbles: true});
            document.body.dispatchEvent(event);
            done();
        }));
    }"""
    for kind in ("drop", "paste"):
        seen.page.evaluate(script, kind)
    expect(seen.page.locator(".upload img")).to_have_count(2)
    assert {card.file for card in fake.shelf.titled("drop", "paste")} == {"drop.png", "paste.png"}


def test_fifty_files_at_once_all_arrive(seen, fake):
    with seen.page.expect_file_chooser() as chooser:
        seen.page.get_by_role("button", name="Add files").first.click()
    chooser.value.set_files(
        [{"name": f"many {n}.png", "mimeType": "image/png", "buffer": png()} for n in range(50)]
    )
    expect(seen.page.locator(".upload img")).to_have_count(50, timeout=30_000)
    assert len(fake.shelf.titled("many")) == 50


def test_titles_run_no_script_and_load_no_picture(browser, door, fake):
    hostile = "<img src='https://evil.example/t.png' onerror='alert(1)'><script>alert(2)</script>"
    tricks = "![t](https://evil.example/t.png) ${alert(3)} {{value}} `\u202egpj.exe"
    fake.shelf.retitle({"a4": f"cat {hostile}", "a5": f"fish {tricks}"})
    with visit(browser, door.address) as seen:
        seen.open().say("show me animals")
        expect(seen.answer()).to_contain_text("<script>alert(2)</script>")
        expect(seen.answer()).to_contain_text("${alert(3)} {{value}}")
        seen.say("publish the cat")
        seen.say(f"markdown {hostile}")
        seen.page.locator("#thread .title").nth(1).click()
        expect(seen.page.locator("#asset")).to_contain_text("<script>alert(2)</script>")
        assert seen.page.locator("img:not([src^='/assets/'])").count() == 0


def test_the_library_filters_searches_and_shows_an_asset(seen, fake):
    page = seen.page
    page.locator("[data-view=library]").click()
    expect(page.locator("#shelf .count")).to_have_text("30 assets")
    page.locator(".facet").get_by_role("button", name="portrait").click()
    expect(page.locator("#shelf .tile")).to_have_count(4)
    page.locator(".facet").get_by_role("button", name="portrait").click()
    expect(page.locator("#shelf .tile")).to_have_count(30)
    page.get_by_label("Search the library").last.fill("cat")
    expect(page.locator("#shelf .tile")).to_have_count(1)
    page.locator("#shelf .title").click()
    sheet = page.get_by_role("dialog")
    for words in ("tabby cat chelsea", "82% sure", "CC0", "Version 1", "website since", "Autumn"):
        expect(sheet).to_contain_text(words)
    with page.expect_download() as download:
        sheet.get_by_text("Download").click()
    assert download.value.suggested_filename == "IMG_2015.png"
    sheet.get_by_role("button", name="Ask about this").click()
    expect(sheet).to_be_hidden()
    seen.say("publish this")
    assert fake.talk.asked[-1]["selection"] == ["a4"]


def test_one_click_rejects_what_a_machine_said(seen):
    seen.say("show me animals")
    seen.answer().locator(".tile .title").nth(1).click()
    sheet = seen.page.get_by_role("dialog")
    expect(sheet).to_contain_text("What is known")
    sheet.get_by_role("button", name="Reject dog: it is wrong").click()
    expect(seen.page.locator("#toasts")).to_contain_text("Rejected 'dog' on 'Cat'.")
    expect(sheet).to_contain_text("What is known")


def test_the_asset_sheet_closes_with_escape_and_gives_the_focus_back(seen):
    seen.say("show me animals")
    title = seen.page.locator(".title").first
    title.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    seen.page.keyboard.press("Escape")
    expect(seen.page.get_by_role("dialog")).to_be_hidden()
    expect(title).to_be_focused()


def test_an_empty_library_says_how_to_begin(browser, door, fake):
    fake.shelf.forget(list(fake.shelf.all), fake.admin.person())
    with visit(browser, door.address) as seen:
        seen.open()
        expect(seen.page.locator(".welcome")).to_contain_text("Your library is empty")
        seen.page.locator("[data-view=library]").click()
        expect(seen.page.locator("#shelf")).to_contain_text("Drop files anywhere")
        seen.page.locator("[data-view=inbox]").click()
        expect(seen.page.locator("#inbox")).to_contain_text("Nothing waits")


def test_conversations_are_listed_and_come_back(seen):
    seen.say("show me animals")
    seen.page.get_by_role("button", name="New chat").click()
    expect(seen.page.locator(".welcome")).to_be_visible()
    seen.say("please break")
    threads = seen.page.locator("#threads button")
    expect(threads).to_have_text(["please break", "show me animals"])
    threads.nth(1).click()
    expect(seen.page.locator(".tile")).to_have_count(8)
    expect(seen.page.locator(".notice")).to_have_count(0)


def test_two_hundred_hits_come_with_twelve_at_first(seen):
    seen.say("show everything")
    tiles = seen.answer().locator(".tile")
    expect(tiles.nth(11)).to_be_visible()
    expect(tiles.nth(12)).to_be_hidden()
    seen.answer().get_by_role("button", name="Show all 200").click()
    expect(tiles.nth(199)).to_be_visible()


@pytest.mark.parametrize("width", [360, 390, 768, 1024])
def test_nothing_is_wider_than_a_narrow_window(browser, door, width):
    size = {"width": width, "height": 780}
    with visit(browser, door.address, viewport=size) as seen:
        seen.open()
        for words in ("show me animals", "publish the cat", "make a story", "please break"):
            seen.say(words)
        assert seen.page.locator(".dalm").evaluate(WIDE) == []
        if width < 760:
            seen.page.get_by_role("button", name="Menu").click()
        seen.page.locator("[data-view=library]").click()
        expect(seen.page.locator("#shelf .tile").first).to_be_visible()
        assert seen.page.locator(".dalm").evaluate(WIDE) == []


def test_light_and_dark_follow_the_system_and_the_button(browser, door):
    with visit(browser, door.address, color_scheme="dark") as seen:
        seen.open()
        scheme = "getComputedStyle(document.documentElement).colorScheme"
        assert seen.page.evaluate(scheme) == "dark"
        seen.page.get_by_role("button", name="Change between light and dark").click()
        assert seen.page.evaluate(scheme) == "light"
        seen.page.reload()
        assert seen.page.evaluate(scheme) == "light"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser, door, scheme):
    with visit(browser, door.address, color_scheme=scheme) as seen:
        seen.open()
        for words in ("show me animals", "publish the cat", "please break", "tag all"):
            seen.say(words)
        assert seen.page.evaluate(LOW_CONTRAST) == []


def test_every_control_has_a_name(seen):
    seen.say("show me animals")
    seen.say("publish the cat")
    nameless = """() => [...document.querySelectorAll('button, a[href], input, textarea')]
        .filter(e => e.checkVisibility() && e.closest('.dalm, #sheet'))
        .filter(e => !(e.getAttribute('aria-label') || e.innerText || e.title || '').trim())
        .map(e => e.outerHTML.slice(0, 120))"""
    assert seen.page.evaluate(nameless) == []


# WCAG 2.2 AA for all visible text: 4.5 to 1, or 3 to 1 for large text.
LOW_CONTRAST = """() => {
    const parts = c => {
        const m = c.match(/[\\d.]+/g).map(Number);
        return {rgb: m.slice(0, 3), alpha: m.length > 3 ? m[3] : 1};
    };
    const light = rgb => {
        const [r, g, b] = rgb.map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = e => {
        for (; e; e = e.parentElement) {
            const c = parts(getComputedStyle(e).backgroundColor);
            if (c.alpha > 0.8) return c.rgb;
        }
        return [255, 255, 255];
    };
    const low = [];
    for (const e of document.querySelectorAll('.dalm *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!own || !e.checkVisibility() || e.closest('[aria-disabled=true]')) continue;
        const style = getComputedStyle(e), size = parseFloat(style.fontSize);
        const a = light(parts(style.color).rgb), b = light(ground(e));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) low.push(`${e.innerText.slice(0, 40)} ${ratio.toFixed(2)}`);
    }
    return low;
}"""
