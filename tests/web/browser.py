"""A real browser for the tests, and a page that notices whatever should not happen."""

import io
from contextlib import contextmanager

from PIL import Image
from playwright.sync_api import Page, expect

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
CHROMIUM = "/usr/bin/chromium"
# What a browser says of a connection that a test cuts on purpose.
CUT = ("ERR_CONNECTION_REFUSED", "AbortError", "Connection errored out", "ERR_INCOMPLETE_CHUNKED",
       "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET")  # fmt: skip

WIDE = """app => [...app.querySelectorAll('*')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 120))"""


def png(colour="#804020"):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "PNG")
    return content.getvalue()


class Visit:
    """One person's page, in the words of what they do."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.trouble: list[str] = []
        self.cuts_expected = False
        page.on("console", lambda m: m.type == "error" and self.trouble.append(m.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("dialog", lambda dialog: (self.trouble.append("a dialog"), dialog.dismiss()))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.trouble.append(f"asked {url}")

    def open(self, path: str = "/") -> "Visit":
        self.page.goto(self.address + path)
        self.page.wait_for_selector("#thread > *")
        return self

    def say(self, words: str, *, wait: bool = True) -> None:
        self.page.fill("#say", words)
        self.page.press("#say", "Enter")
        turns = self.page.locator(".turn .asked")
        expect(turns.last).to_have_text(words)
        if wait:
            self.quiet()

    def quiet(self) -> None:
        expect(self.page.locator("#stop")).to_be_hidden(timeout=15_000)
        expect(self.page.locator(".busy")).to_have_count(0)

    def answer(self):
        return self.page.locator(".turn").last

    def plan(self):
        return self.page.locator("#thread .plan").last

    def done(self) -> None:
        unexpected = [t for t in self.trouble if not (self.cuts_expected and _cut(t))]
        assert unexpected == []


def _cut(words: str) -> bool:
    return any(known in words for known in CUT)


@contextmanager
def visit(browser, address: str, person: str = "", **options):
    """Let a person look at the page; whatever should not happen fails the test at the end."""
    given = {"viewport": {"width": 1280, "height": 860}, "reduced_motion": "reduce"} | options
    context = browser.new_context(**given)
    if person:
        context.add_cookies([{"name": "person", "value": person, "url": address}])
    seen = Visit(context.new_page(), address)
    seen.page.set_default_timeout(10_000)
    yield seen
    seen.done()
    context.close()
