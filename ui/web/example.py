"""An asset or a part of its picture as an example: drawing the part, and what was asked for."""

from dataclasses import dataclass

from agent.views import AssetCard
from ui import render
from ui.web.markup import Html, icon, joined, tag, text, thumbnail


@dataclass(frozen=True, slots=True)
class Like:
    """An example; `part` is left,top,right,bottom in fractions of its sides, empty for all."""

    asset_id: str
    part: str = ""


def frame(card: AssetCard, shown: Html) -> Html:
    """Lay a rectangle over a picture that a person can draw and move."""
    part = tag(
        "div", class_="part", hidden=True, tabindex="0", role="application",
        aria_label="Part of the picture", aria_describedby="part-how part-said",
        data_id=card.id,
    )  # fmt: skip
    return tag("div", shown, part, class_="frame")


def asking(card: AssetCard) -> tuple[Html | None, Html]:
    """Give the buttons that ask by example; only a picture has parts."""
    draw = tag("button", icon("crop"), "Choose a part", type="button", class_="secondary",
               id="part-on", data_act="part", aria_expanded="false")  # fmt: skip
    whole = tag("button", icon("search"), "Find similar", type="button", class_="secondary",
                data_act="like", data_id=card.id)  # fmt: skip
    return draw if card.media_type == "image" else None, whole


def drawing(card: AssetCard) -> Html | None:
    """Say how a part is chosen, and ask with it."""
    if card.media_type != "image":
        return None
    how = (
        "Draw a rectangle on the picture, or tap it. With a keyboard: the arrow keys move the "
        "rectangle, with Shift they change its size."
    )
    find = tag("button", icon("search"), "Find what looks like this part", type="button",
               class_="primary", data_act="part-find", data_id=card.id)  # fmt: skip
    leave = tag("button", "Cancel", type="button", class_="secondary", data_act="part-off")
    return tag(
        "div",
        tag("p", how, id="part-how", class_="note"),
        tag("p", id="part-said", class_="note", role="status"),
        tag("div", find, leave, class_="row"),
        id="parting",
        hidden=True,
    )


def given(like: Like, card: AssetCard) -> Html:
    """Show the example that was given; a click takes it away."""
    name = render.plain(card.title or card.file, 80)
    words = f"Like a part of “{name}”" if like.part else f"Like “{name}”"
    away = tag(
        "button", tag("bdi", words), tag("span", "×", aria_hidden="true"), type="button",
        class_="chip", data_act="unlike", aria_label=f"Take away: {words}", aria_pressed="true",
    )  # fmt: skip
    back = tag("button", _seen(like, card), type="button", class_="relative", data_act="asset",
               data_id=card.id, aria_label=f"Open {name}", title=name)  # fmt: skip
    return tag("div", back, away, class_="facet", role="group", aria_label="Example")


def count(hits: int, note: str) -> Html:
    """Say how much is like an example."""
    words = f"{render.count(hits, 'asset')} like it" if hits else note or "Nothing looks like it."
    return tag("p", text(words), class_="count", role="status")


def _seen(like: Like, card: AssetCard) -> Html:
    picture = thumbnail(card.id, 480)
    if not like.part:
        return tag("img", src=picture, alt="")
    left, top, right, bottom = _sides(like.part)
    wide, high = right - left, bottom - top
    shape = wide * (card.width or 1) / (high * (card.height or 1))
    style = (
        f"width:{100 / wide:.2f}%;height:{100 / high:.2f}%;"
        f"left:{-100 * left / wide:.2f}%;top:{-100 * top / high:.2f}%"
    )
    cut = f"--ratio:{max(0.3, min(4.0, shape)):.3f}"
    return joined(
        tag("span", tag("img", src=picture, alt="", style=style), class_="cut", style=cut)
    )


def _sides(part: str) -> tuple[float, float, float, float]:
    """Read the sides of a part; what is none shows all of the picture."""
    try:
        left, top, right, bottom = (float(side) for side in part.split(","))
    except ValueError:
        return 0.0, 0.0, 1.0, 1.0
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        return 0.0, 0.0, 1.0, 1.0
    return left, top, right, bottom
