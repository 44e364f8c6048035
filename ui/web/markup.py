"""HTML that what it shows cannot break: text is escaped, Markdown keeps no HTML, no images."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt

from ui import render

VOID = frozenset({"img", "input", "br", "hr"})


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Piece = str | Html | None
Value = str | int | bool | None


def text(value: str, longest: int = 400) -> Html:
    """Show text from outside: one line, escaped."""
    return Html(escape(render.plain(value, longest), quote=True))


def tag(element: str, *pieces: Piece | Iterable[Piece], **attributes: Value) -> Html:
    """Make an element; text in it is escaped, `class_` is class, `data_id` is data-id."""
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if element in VOID:
        return Html(f"<{element}{written}>")
    return Html(f"<{element}{written}>{joined(*pieces)}</{element}>")


def joined(*pieces: Piece | Iterable[Piece]) -> Html:
    """Put pieces one after the other."""
    flat: list[str] = []
    for piece in pieces:
        if piece is None:
            continue
        if isinstance(piece, Html):
            flat.append(piece)
        elif isinstance(piece, str):
            flat.append(escape(piece, quote=True))
        else:
            flat.append(joined(*piece))
    return Html("".join(flat))


def icon(name: str) -> Html:
    """Show a symbol of the page's own sprite; it says nothing that words do not say."""
    return Html(f'<svg class="icon" aria-hidden="true"><use href="#i-{escape(name)}"/></svg>')


def thumbnail(asset_id: str, side: int = 480, page: int | None = None) -> str:
    """Give the address of an asset's thumbnail, or of that of a page."""
    where = f"&page={page}" if page else ""
    return f"/assets/{quote(asset_id, safe='')}/thumbnail?side={side}{where}"


def file(asset_id: str) -> str:
    """Give the address of an asset's file."""
    return f"/assets/{quote(asset_id, safe='')}/file"


def prose(markdown: str) -> Html:
    """Show an answer that may be Markdown: no HTML, no images, links to the web only."""
    return Html(_markdown().render(render.undirected(markdown)))


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


@lru_cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    reader.enable("table")
    reader.validateLink = _to_the_web  # type: ignore[method-assign,assignment]
    reader.add_render_rule("link_open", _link)
    reader.add_render_rule("image", _no_image)
    return reader


def _to_the_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


def _link(self, tokens, index, options, env) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    tokens[index].attrSet("rel", "noopener noreferrer nofollow")
    tokens[index].attrSet("target", "_blank")
    written: str = self.renderToken(tokens, index, options, env)
    return written


def _no_image(self, tokens, index, options, env) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001, ARG001
    """Say what a picture would show; looking at an answer fetches nothing."""
    return escape(tokens[index].content, quote=True)
