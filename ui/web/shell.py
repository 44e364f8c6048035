"""The parts of the page that never change: bar, thread, composer, library pane, asset sheet."""

from agent.views import Viewer
from ui import render
from ui.web.markup import Html, icon, joined, tag

QUICK_ICONS = ("search", "crop", "shield", "language", "flag")

# One path each, drawn on 24 x 24 with round strokes.
PATHS = {
    "alert": "M12 8v5m0 3.5v.01M10.3 3.9 2.4 18a2 2 0 0 0 1.7 3h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 "
    "0 0 0-3.4 0Z",
    "arrow": "M12 19V5m-6 6 6-6 6 6",
    "audio": "M9 18V6l10-2v12M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0Zm10-2a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z",
    "chat": "M20 15a3 3 0 0 1-3 3H9l-5 3V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v8Z",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "clock": "M12 7v5l3 2m6-2a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
    "crop": "M6 2v14a2 2 0 0 0 2 2h14M2 6h14a2 2 0 0 1 2 2v14",
    "cross": "M6 6l12 12M18 6 6 18",
    "dataset": "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3Zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 "
    "8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
    "document": "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5M9 13h6m-6 "
    "4h4",
    "download": "M12 4v11m-5-5 5 5 5-5M5 20h14",
    "flag": "M5 21V4m0 0h12l-2.5 4.5L17 13H5",
    "inbox": "M3 13h5l1.5 3h5L16 13h5M3 13l3-8h12l3 8v5a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-5Z",
    "language": "M3 6h11M8 3v3m4 0c-1 4-4 7-8 9m2-6c1.5 3 4 5 6 6m1 6 4.5-11L22 21m-7.5-4h6",
    "library": "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "moon": "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
    "other": "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5",
    "plus": "M12 5v14M5 12h14",
    "question": "M7.5 8.5a4.5 4.5 0 1 1 6.6 4c-1.4.8-2.1 1.6-2.1 3M12 20v.01",
    "search": "m20 20-4.5-4.5M17.5 10.5a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z",
    "shield": "M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6L12 3Zm"
    "-3.5 9 2.5 2.5 4.5-5",
    "step": "M9 6l6 6-6 6",
    "stop": "M7 7h10v10H7z",
    "undo": "M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9",
    "upload": "M12 16V5m-5 5 5-5 5 5M5 20h14",
    "video": "M8 5.5v13l11-6.5-11-6.5Z",
}


def shell() -> Html:
    """Lay the page out; who looks is told later."""
    return joined(
        _sprite(),
        tag("a", "Skip to the conversation", href="#say", class_="skip"),
        tag("div", _bar(), _main(), class_="dalm"),
        tag("aside", _sheet(), id="sheet", role="dialog", aria_modal="true",
            aria_labelledby="sheet-title", hidden=True),
        tag("div", id="shade", hidden=True),
        tag("div", tag("p", icon("upload"), "Drop files to add them to the library"),
            id="drop", hidden=True),
        tag("div", id="toasts", role="status", aria_live="polite"),
    )  # fmt: skip


def welcome(total: int, viewer: Viewer) -> Html:
    """Greet in an empty conversation."""
    chips = [
        tag("button", icon(mark), tag("span", tag("strong", said), tag("span", why)),
            type="button", class_="quick", data_act="say", data_text=said)
        for mark, (said, why) in zip(QUICK_ICONS, render.FIRST_REQUESTS, strict=True)
    ]  # fmt: skip
    name = render.plain(viewer.name, 40).split(" ")[0]
    # "the local owner" is a description and not a name to greet somebody by.
    hello = f"Hello {name}, what do you need?" if name[:1].isupper() else "What do you need?"
    if total:
        words = f"Ask for it in plain words. {render.count(total, 'asset')} in your library."
    else:
        words = "Your library is empty. Drop pictures, videos or documents here to begin."
    add = tag("button", icon("upload"), "Add files", type="button", class_="primary",
              data_act="upload")  # fmt: skip
    return tag(
        "div", tag("h1", hello), tag("p", words),
        tag("div", chips, class_="quicks") if total else add, class_="welcome",
    )  # fmt: skip


def who(viewer: Viewer) -> Html:
    """Say who is signed in."""
    acting = f"acting for {render.plain(viewer.acting_for, 60)}" if viewer.acting_for else ""
    roles = ", ".join(sorted(role.value for role in viewer.roles))
    name = render.plain(viewer.name, 60)
    rank = acting or ("local owner" if viewer.local_owner else roles)
    return joined(
        tag("span", name[:1].upper(), class_="avatar", aria_hidden="true"),
        tag("span", tag("strong", name), tag("span", rank)),
    )


def behalf(viewer: Viewer) -> Html:
    """Say that this is an AI, and for whom it acts."""
    return joined(
        f"dalm is an AI and acts on behalf of {render.plain(viewer.name, 60)}. It publishes and "
        "deletes only what a named person approved."
    )


def _bar() -> Html:
    views = [
        _view("chat", "chat", "Chat"),
        _view("library", "library", "Library"),
        _view("inbox", "inbox", "Approvals", tag("span", class_="tally", id="waiting")),
    ]
    person = tag(
        "div",
        tag("div", id="who"),
        tag(
            "button",
            icon("moon"),
            type="button",
            class_="bare",
            data_act="theme",
            aria_label="Change between light and dark",
            title="Light or dark",
        ),
        class_="person",
    )
    return tag(
        "header",
        tag("div", _mark(), tag("button", icon("menu"), type="button", class_="bare menu",
            data_act="menu", aria_label="Menu", aria_expanded="false"), class_="brand"),
        tag("div",
            tag("button", icon("plus"), "New chat", type="button", class_="new", data_act="new"),
            tag("nav", views, class_="views", aria_label="Parts"),
            tag("nav", tag("h2", "Conversations"), tag("ul", id="threads"), class_="threads",
                aria_label="Conversations"),
            tag("ul", id="lights", aria_label="Status", role="list"),
            person, class_="drawer", id="drawer"),
        class_="bar",
    )  # fmt: skip


def _main() -> Html:
    chat = tag(
        "section", tag("div", tag("div", id="thread"), id="scroll", tabindex="0",
                       role="log", aria_label="Conversation"),
        _composer(), id="view-chat", class_="view", aria_label="Chat",
    )  # fmt: skip
    search = tag(
        "form", icon("search"),
        tag("input", type="search", id="find", name="query", autocomplete="off",
            placeholder="Search the library", aria_label="Search the library"),
        id="finder", role="search",
    )  # fmt: skip
    add = tag("button", icon("upload"), "Add files", type="button", class_="secondary",
              data_act="upload")  # fmt: skip
    use = tag("button", icon("chat"), tag("span", id="use-words"), type="button",
              class_="primary", data_act="use", id="use", hidden=True)  # fmt: skip
    library = tag(
        "section", tag("div", tag("h1", "Library"), search, add, class_="head"),
        tag("div", id="facets"), tag("div", id="shelf", tabindex="-1"), use,
        id="view-library", class_="view", hidden=True, aria_label="Library",
    )  # fmt: skip
    inbox = tag(
        "section", tag("div", tag("h1", "Waiting for approval"), class_="head"),
        tag("div", id="inbox"),
        id="view-inbox", class_="view", hidden=True, aria_label="Approvals",
    )  # fmt: skip
    return tag("main", chat, library, inbox)


def _composer() -> Html:
    box = tag(
        "form",
        tag("div", id="selection", hidden=True),
        tag("div", id="uploads"),
        tag("div", id="queue", role="status"),
        tag("div",
            tag("button", icon("plus"), type="button", class_="bare", data_act="upload",
                aria_label="Add files", title="Add files"),
            tag("textarea", id="say", name="text", rows="1", maxlength="8000",
                placeholder="What do you need?",
                aria_label="Your request"),
            tag("button", icon("arrow"), type="submit", class_="send", id="send",
                aria_label="Send"),
            tag("button", icon("stop"), type="button", class_="send", id="stop", hidden=True,
                data_act="stop", aria_label="Stop"),
            class_="line"),
        tag("input", type="file", id="files", multiple=True, hidden=True,
            aria_label="Files to add"),
        id="composer",
    )  # fmt: skip
    return tag("div", box, tag("p", id="behalf", class_="fine"), class_="dock")


def _view(name: str, mark: str, words: str, extra: Html | None = None) -> Html:
    return tag(
        "button", icon(mark), words, extra, type="button", data_act="view", data_view=name,
        aria_current="page" if name == "chat" else None,
    )  # fmt: skip


def _sheet() -> Html:
    close = tag("button", icon("cross"), type="button", class_="bare close", data_act="close",
                aria_label="Close")  # fmt: skip
    return joined(close, tag("div", id="asset"))


def _mark() -> Html:
    return Html(
        '<span class="mark"><svg viewBox="0 0 24 24" aria-hidden="true"><rect x="2" y="2" '
        'width="20" height="20" rx="6"/><path d="M7 16.5V8.5h3.2a4 4 0 0 1 0 8H7Z"/>'
        '<circle cx="17" cy="15.5" r="1.6"/></svg>dalm</span>'
    )


def symbol(kind: str) -> str:
    """Draw a kind of asset as an SVG of its own, in a grey that is seen on light and dark."""
    path = PATHS.get(kind, PATHS["other"])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360" viewBox="-20 -12 64 48">'
        '<path fill="none" stroke="#8a857a" stroke-width="1.5" stroke-linecap="round" '
        f'stroke-linejoin="round" d="{path}"/></svg>'
    )


def _sprite() -> Html:
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24"><path d="{path}"/></symbol>'
        for name, path in PATHS.items()
    )
    return Html(f'<svg hidden style="display:none">{symbols}</svg>')
