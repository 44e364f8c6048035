"""Cards in the chat: galleries with badges, plans that wait, receipts."""

from collections.abc import Sequence
from datetime import datetime

from agent.events import ReceiptGiven
from agent.views import AssetCard, PlanAssetView, PlanView
from ui import render
from ui.web.markup import Html, icon, joined, tag, text, thumbnail

FIRST = 12
MARKS = {"allowed": "check", "denied": "cross", "unknown": "question"}


def badge(verdict: str, clause: str = "") -> Html:
    """Show a rights badge: colour, mark and words, with the deciding clause as its title."""
    known = render.badge(verdict)
    if known is None:
        return Html("")
    said = text(clause)
    return tag(
        "span", icon(MARKS[verdict]), known.words,
        class_=f"badge {known.tone}", title=render.plain(clause) if said else None,
    )  # fmt: skip


def gallery(cards: Sequence[AssetCard], note: str = "", *, natural: bool = False) -> Html:
    """Show numbered tiles; `natural` keeps the shape of each picture."""
    tiles = [tile(card, number, late=number > FIRST) for number, card in enumerate(cards, 1)]
    more = len(cards) - FIRST
    button = tag("button", f"Show all {len(cards)}", type="button", class_="more", data_act="more")
    kind = "gallery natural" if natural else "gallery"
    return joined(
        tag("ol", tiles, class_=kind, data_ids=" ".join(card.id for card in cards)),
        button if more > 0 else None,
        tag("p", text(note), class_="note") if note else None,
    )


def tile(card: AssetCard, number: int | None = None, *, late: bool = False) -> Html:
    """Show one asset: picture to select, title to open, why it matched, badge."""
    name = render.plain(card.title or card.file, 90)
    said = f"{number}: {name}" if number else name
    picture = tag(
        "img", src=thumbnail(card.id), alt="", loading="lazy", decoding="async",
        style=_ratio(card),
    )  # fmt: skip
    pick = tag(
        "button", picture,
        tag("span", str(number), class_="number") if number else None,
        _kind(card),
        tag("span", icon("check"), class_="tick"),
        type="button", class_="pick", data_act="pick", data_id=card.id, aria_pressed="false",
        aria_label=f"Select {said}", data_title=name,
    )  # fmt: skip
    place = render.place(card)
    words = tag(
        "div",
        tag("button", tag("bdi", name), type="button", class_="title", data_act="asset",
            data_id=card.id, data_page=card.page, data_at=_at(card), title=f"Open {name}"),
        tag("span", text(card.why, 200 if place else 120), class_="why") if card.why else None,
        _jump(card, place, name) if place else None,
        badge(card.verdict, card.clause),
        tag("span", icon("alert"), text(card.warning), class_="warning") if card.warning else None,
        class_="words",
    )  # fmt: skip
    classes = "tile late" if late else "tile"
    return tag("li", pick, words, class_=classes, data_asset=card.id, data_kind=card.media_type)


def _jump(card: AssetCard, place: str, name: str) -> Html:
    """Open the page on which quoted text stands, or the moment at which it is said."""
    return tag(
        "button", place, type="button", class_="quiet", data_act="asset", data_id=card.id,
        data_page=card.page, data_at=_at(card), aria_label=f"Open {name}: {place}",
    )  # fmt: skip


def _at(card: AssetCard) -> str | None:
    return None if card.seconds is None else f"{card.seconds:g}"


def plan(card: PlanView, now: datetime) -> Html:
    """Show a plan as those who decide need it: what, which version, where, verdict, who, until."""
    pending = card.state == "pending"
    head = tag(
        "header",
        tag("span", icon("clock" if pending else "flag"), render.plan_state(card), class_="state"),
        tag("span", render.remaining(card.expires, now), class_="until") if pending else None,
    )
    return tag(
        "section", head,
        tag("h3", text(card.summary, 300)),
        tag("ul", [_planned(asset) for asset in card.assets[:FIRST]], class_="planned"),
        _rest(len(card.assets) - FIRST),
        tag("dl", _facts(card), class_="facts"),
        _decision(card) if pending else None,
        class_=f"plan {card.state}", data_plan=card.id, aria_label=render.plain(card.summary),
    )  # fmt: skip


def receipt(given: ReceiptGiven, *, undone: bool = False) -> Html:
    """Show that something was done, with Undo and what may come next."""
    undo = tag(
        "button", icon("undo"), "Undo", type="button", class_="quiet", data_act="undo",
        data_id=given.receipt,
    )  # fmt: skip
    offered = given.follow_up.strip()
    follow = tag(
        "button", text(offered[:1].upper() + offered[1:], 80), type="button", class_="quiet",
        data_act="say", data_text=render.plain(offered),
    )  # fmt: skip
    return tag(
        "div",
        tag("span", icon("check"), text(given.text), class_="done"),
        undo if given.undo and not undone else None,
        follow if offered and offered.lower() != "undo" else None,
        class_="receipt",
    )


def _planned(asset: PlanAssetView) -> Html:
    used = "; ".join(render.plain(place) for place in asset.where_used)
    return tag(
        "li",
        tag("img", src=thumbnail(asset.id, 240), alt="", loading="lazy") if asset.file else None,
        tag(
            "div",
            tag("strong", tag("bdi", text(asset.title or asset.file, 120))),
            tag("span", f"version {asset.version}", f" · {render.plain(asset.file, 80)}",
                class_="why"),
            tag("span", badge(asset.verdict, asset.clause), tag("span", text(asset.clause, 300)),
                class_="clause") if asset.clause or asset.verdict else None,
            tag("span", icon("alert"), f"In use: {used}", class_="warning") if used else None,
        ),
    )  # fmt: skip


def _facts(card: PlanView) -> list[Html]:
    facts = [("What happens", render.effect_words(card)), ("Where", card.target)]
    facts += [("Left out", f"{name}: {why}") for name, why in card.excluded]
    facts += [("Already owned", line) for line in card.offers]
    facts += [("Agreed to", line) for line in card.terms]
    facts += [("May approve", render.approvers(card)), ("Asked by", card.requester)]
    return [tag("div", tag("dt", label), tag("dd", text(value))) for label, value in facts if value]


def _decision(card: PlanView) -> Html:
    if not card.may_decide:
        who = render.approvers(card)
        return tag("p", icon("clock"), f"Waiting for {who}. Nothing has happened yet.",
                   class_="note")  # fmt: skip
    reason = tag(
        "input", type="text", name="because", placeholder="Reason, if you reject it (optional)",
        aria_label="Reason for rejecting", maxlength="300", autocomplete="off",
    )  # fmt: skip
    verb = {"publish": "Approve and publish", "destructive": "Approve"}.get(card.effect, "Approve")
    yes = tag("button", verb, type="button", class_="primary", data_act="approve", data_id=card.id)
    no = tag("button", "Reject", type="button", class_="secondary", data_act="reject",
             data_id=card.id)  # fmt: skip
    return tag(
        "div", tag("p", "Nothing has happened yet.", class_="note"),
        tag("div", yes, no, reason, class_="row"), class_="decision",
    )  # fmt: skip


def _rest(number: int) -> Html | None:
    return tag("p", f"and {number} more", class_="note") if number > 0 else None


def _kind(card: AssetCard) -> Html | None:
    if card.media_type == "image":
        return None
    length = render.shape(card).rsplit(" · ", 1)[-1] if card.duration else ""
    return tag("span", icon(card.media_type), length or card.media_type, class_="kind")


def _ratio(card: AssetCard) -> str | None:
    if not card.width or not card.height:
        return None
    return f"--ratio:{max(0.4, min(2.5, card.width / card.height)):.3f}"
