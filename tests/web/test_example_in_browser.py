"""Asking by a part of a picture, drawn with the mouse, with a finger and with keys."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import WIDE, png, visit

pytestmark = [pytest.mark.web, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def opened_sheet(seen):
    """Open the second of the animals, which is asset a4."""
    seen.say("show me animals")
    seen.answer().locator(".tile .title").nth(1).click()
    sheet = seen.page.get_by_role("dialog")
    expect(sheet.locator(".frame img")).to_be_visible()
    seen.page.wait_for_function("document.querySelector('.frame img').naturalWidth > 0")
    return sheet


def sides(fake):
    return [float(side) for side in fake.shelf.examples[-1].part.split(",")]


def test_a_part_is_drawn_with_the_mouse_and_what_looks_like_it_is_found(seen, fake):
    sheet = opened_sheet(seen)
    sheet.get_by_role("button", name="Choose a part").click()
    frame = sheet.locator(".frame").bounding_box()
    at = [(frame["x"] + frame["width"] * x, frame["y"] + frame["height"] * y)
          for x, y in ((0.6, 0.8), (0.1, 0.2))]  # fmt: skip
    mouse = seen.page.mouse
    mouse.move(*at[0])
    mouse.down()
    mouse.move(*at[1], steps=4)
    mouse.up()
    expect(sheet.locator("#part-said")).to_contain_text("50 % of the width from 10 %")
    sheet.get_by_role("button", name="Find what looks like this part").click()
    expect(sheet).to_be_hidden()
    shelf = seen.page.locator("#shelf")
    expect(shelf.locator(".count")).to_contain_text("like it")
    expect(shelf.locator(".chip")).to_contain_text("Like a part of “tabby cat chelsea”")
    assert fake.shelf.examples[-1].asset_id == "a4"
    assert sides(fake) == pytest.approx([0.1, 0.2, 0.6, 0.8], abs=0.02)
    shelf.get_by_role("button", name="weaker match").click()
    expect(shelf.locator(".chip")).to_contain_text("Like a part of")
    shelf.locator(".chip").click()
    expect(shelf.locator(".count")).to_have_text("30 assets")


def test_a_part_is_moved_and_sized_with_keys_alone(seen, fake):
    sheet = opened_sheet(seen)
    keys = seen.page.keyboard
    sheet.get_by_role("button", name="Choose a part").focus()
    keys.press("Enter")
    expect(sheet.locator(".part")).to_be_focused()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowUp"):
        keys.press(key)
    keys.press("Enter")
    expect(seen.page.locator("#shelf .chip")).to_contain_text("Like a part of")
    assert sides(fake) == pytest.approx([0.21, 0.23, 0.73, 0.71])


def test_escape_leaves_the_choosing_first_and_then_the_sheet(seen):
    sheet = opened_sheet(seen)
    sheet.get_by_role("button", name="Choose a part").click()
    seen.page.keyboard.press("Escape")
    expect(sheet.locator(".part")).to_be_hidden()
    expect(sheet.get_by_role("button", name="Choose a part")).to_be_focused()
    seen.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_a_finger_draws_and_a_tap_means_what_is_around_it(browser, door, fake):
    narrow = {"width": 390, "height": 780}
    with visit(browser, door.address, viewport=narrow, has_touch=True) as seen:
        sheet = opened_sheet(seen.open())
        sheet.get_by_role("button", name="Choose a part").tap()
        assert seen.page.locator("#sheet").evaluate(WIDE) == []
        frame = sheet.locator(".frame").bounding_box()
        across = frame["x"] + frame["width"] / 2
        seen.page.touchscreen.tap(across, frame["y"] + frame["height"] / 2)
        expect(sheet.locator("#part-said")).to_contain_text("40 % of the width from 30 %")
        finger = seen.page.context.new_cdp_session(seen.page)
        for kind, share in (("touchStart", 0.1), ("touchMove", 0.5), ("touchMove", 0.9)):
            place = {"x": frame["x"] + frame["width"] * share,
                     "y": frame["y"] + frame["height"] * share}  # fmt: skip
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(sheet.locator("#part-said")).to_contain_text("80 % of the width from 10 %")
        sheet.get_by_role("button", name="Find what looks like this part").tap()
        expect(seen.page.locator("#shelf .chip")).to_contain_text("Like a part of")
        assert sides(fake) == pytest.approx([0.1, 0.1, 0.9, 0.9], abs=0.02)
        assert seen.page.locator(".dalm").evaluate(WIDE) == []


def test_an_uploaded_picture_is_an_example_too_and_words_take_its_place(seen, fake):
    with seen.page.expect_file_chooser() as chooser:
        seen.page.get_by_role("button", name="Add files").first.click()
    chooser.value.set_files([{"name": "shoes.png", "mimeType": "image/png", "buffer": png()}])
    seen.page.get_by_role("button", name="Open shoes.png").click()
    seen.page.get_by_role("dialog").get_by_role("button", name="Find similar").click()
    expect(seen.page.locator("#shelf .chip")).to_contain_text("Like “shoes”")
    (added,) = fake.shelf.titled("shoes")
    assert (fake.shelf.examples[-1].asset_id, fake.shelf.examples[-1].part) == (added.id, "")
    seen.page.get_by_label("Search the library").last.fill("cat")
    expect(seen.page.locator("#shelf .count")).to_contain_text("1 asset for “cat”")


def test_only_pictures_have_parts(seen, fake):
    seen.say("show everything")
    video = next(c for c in fake.shelf.all.values() if c.media_type == "video")
    seen.page.evaluate(OPEN, video.id)
    sheet = seen.page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Find similar")).to_be_visible()
    expect(sheet.get_by_role("button", name="Choose a part")).to_have_count(0)


OPEN = """id => {
    const button = document.createElement('button');
    Object.assign(button.dataset, {act: 'asset', id});
    document.querySelector('#thread').append(button);
    button.click();
}"""
