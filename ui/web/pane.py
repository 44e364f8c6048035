"""The library pane: a grid with facets, and everything about one asset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.views import AssetCard, AssetView, FacetView, FieldView, PageView, SearchView
from ui import render
from ui.web import cards, example
from ui.web.example import Like
from ui.web.markup import Html, file, icon, joined, tag, text, thumbnail

FACETS = {
    "media_type": "Kind",
    "orientation": "Shape",
    "tag": "Tags",
    "collection": "Collections",
}
FACET_VALUES = 12
LINES = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the pane was asked for: a search, an example, or filters with a place in the list."""

    query: str
    filters: Mapping[str, str]
    offset: int = 0
    without: tuple[str, ...] = ()
    like: Like | None = None


def page(view: PageView, asked: Asked, limit: int) -> Html:
    """Show a page of the library."""
    if not view.total:
        return _empty(bool(asked.filters))
    last = asked.offset + len(view.assets)
    return joined(
        tag("p", f"{render.count(view.total, 'asset')}", class_="count", role="status"),
        tag("ul", [cards.tile(card) for card in view.assets], class_="gallery grid"),
        _pager(asked.offset, last, view.total, limit),
    )


def found(view: SearchView, *, weak: bool) -> Html:
    """Show the hits of a search."""
    words = f"{render.count(len(view.hits), 'asset')} for “{render.plain(view.query, 80)}”"
    if not view.hits:
        words = view.note or "Nothing good found."
    said = tag("p", text(words), class_="count", role="status")
    return joined(said, _understood(view), _hits(view, weak=weak))


def alike(view: SearchView, like: Like, card: AssetCard, *, weak: bool) -> Html:
    """Show what is like an example."""
    said = example.count(len(view.hits), view.note)
    return joined(example.given(like, card), said, _hits(view, weak=weak))


def _hits(view: SearchView, *, weak: bool) -> Html:
    hidden = view.weak_hidden
    label = f"Show {render.count(hidden, 'weaker match', 'weaker matches')}"
    more = tag("button", label, type="button", class_="more", data_act="weak")
    return joined(
        tag("ol", [cards.tile(c, n) for n, c in enumerate(view.hits, 1)], class_="gallery grid"),
        more if hidden and not weak else None,
    )


def _understood(view: SearchView) -> Html | None:
    """Show the filters that were read out of the words; a click takes one away."""
    if not view.filters:
        return None
    gains = {one.without[0]: one.count for one in view.relaxations if len(one.without) == 1}
    chips = [
        tag(
            "button", tag("bdi", text(label, 80)),
            tag("span", f"+{gains[label]}", class_="tally") if label in gains else None,
            tag("span", "×", aria_hidden="true"),
            type="button", class_="chip", data_act="without", data_label=label,
            aria_label=f"Take the filter {label} away", aria_pressed="true",
        )
        for label in view.filters
    ]  # fmt: skip
    return tag("div", tag("span", "Filters", class_="label"), chips, class_="facet", role="group",
               aria_label="Filters that were understood")  # fmt: skip


def facets(counted: Sequence[FacetView], chosen: Mapping[str, str]) -> Html:
    """Show the filters with their counts."""
    groups = []
    for name, label in FACETS.items():
        values = sorted((f for f in counted if f.name == name), key=lambda f: (-f.count, f.value))
        current = chosen.get(name)
        if current and current not in {f.value for f in values}:
            values.insert(0, FacetView(name, current, 0))
        if values:
            chips = [_facet(one, on=one.value == current) for one in values[:FACET_VALUES]]
            groups.append(tag("div", tag("span", label, class_="label"), chips, class_="facet",
                              role="group", aria_label=label))  # fmt: skip
    return joined(groups)


def asset(view: AssetView, page: int | None = None, seconds: float | None = None) -> Html:
    """Show everything about an asset: a document by a page, a recording from a moment on."""
    card = view.card
    name = render.plain(card.title or card.file, 160)
    actions = tag(
        "div",
        tag("button", icon("chat"), "Ask about this", type="button", class_="primary",
            data_act="about", data_id=card.id, data_title=name),
        tag("a", icon("download"), "Download", href=file(card.id), class_="button secondary",
            download=True),
        *example.asking(card),
        class_="row",
    )  # fmt: skip
    return joined(
        _preview(card, name, page, seconds),
        tag("h2", tag("bdi", name), id="sheet-title"),
        tag("p", tag("bdi", text(card.file)), f" · {render.shape(card)}", class_="why"),
        tag("p", icon("alert"), text(card.warning), class_="warning") if card.warning else None,
        actions,
        example.drawing(card),
        _section("Rights", _rights(view)),
        _section("What is known", _fields(view.fields, card.id)),
        _section("Family", _family(view)),
        _section("Collections", [tag("p", text(one)) for one in view.collections]),
        _section("Where it is used", [tag("p", text(one, 300)) for one in view.used]),
        _section("Kept with it", [tag("p", text(one, 300)) for one in view.companions]),
        _section("Versions", _versions(view)),
    )  # fmt: skip


def _preview(card: AssetCard, name: str, page: int | None, seconds: float | None) -> Html:
    """Show a picture of it, or a player that starts at the moment."""
    moment = "" if seconds is None else f"#t={seconds:g}"
    if card.media_type in {"video", "audio"}:
        poster = thumbnail(card.id, 960) if card.media_type == "video" else None
        shown = tag(card.media_type, src=f"{file(card.id)}{moment}", controls=True, poster=poster,
                    preload="metadata", aria_label=f"Player of {name}")  # fmt: skip
    else:
        shown = tag("img", src=thumbnail(card.id, 1200, page), alt=f"Preview of {name}",
                    draggable="false")  # fmt: skip
        shown = example.frame(card, shown) if card.media_type == "image" else shown
    place = f"Page {page}" if page else "" if seconds is None else f"At {render.timecode(seconds)}"
    caption = tag("figcaption", place, class_="note") if place else None
    return tag("figure", shown, caption, class_="preview")


def missing(words: str) -> Html:
    """Say that there is no such asset."""
    return tag("div", icon("alert"), tag("p", text(words)), class_="notice error")


def _empty(filtered: bool) -> Html:  # noqa: FBT001
    if filtered:
        head, words = "Nothing here", "No asset has all of these. Take a filter away."
    else:
        head = "Your library is empty"
        words = "Drop files anywhere on this page, or run `dalm ingest FOLDER` in a terminal."
    upload = tag("button", icon("upload"), "Add files", type="button", class_="primary",
                 data_act="upload")  # fmt: skip
    return tag("div", icon("library"), tag("h2", head), tag("p", words),
               None if filtered else upload, class_="empty")  # fmt: skip


def _facet(one: FacetView, *, on: bool) -> Html:
    return tag(
        "button", tag("bdi", text(one.value, 40)),
        tag("span", str(one.count), class_="tally") if one.count else None,
        type="button", class_="chip", data_act="facet", data_name=one.name, data_value=one.value,
        aria_pressed="true" if on else "false",
    )  # fmt: skip


def _pager(first: int, last: int, total: int, limit: int) -> Html | None:
    if total <= limit:
        return None
    back = tag("button", "Newer", type="button", class_="secondary", data_act="page",
               data_offset=max(0, first - limit), disabled=first == 0)  # fmt: skip
    on = tag("button", "Older", type="button", class_="secondary", data_act="page",
             data_offset=last, disabled=last >= total)  # fmt: skip
    return tag("nav", back, tag("span", f"{first + 1:,}–{last:,} of {total:,}"), on,
               class_="pager", aria_label="Pages")  # fmt: skip


def _section(head: str, body: Sequence[Html]) -> Html | None:
    return tag("section", tag("h3", head), body) if body else None


def _rights(view: AssetView) -> list[Html]:
    card = view.card
    shown = [tag("p", cards.badge(card.verdict, card.clause), " ", text(card.clause))]
    for rule in view.rights:
        source = " · ".join(
            part
            for part in (rule.kind, rule.status, rule.document, rule.by and f"by {rule.by}",
                         rule.ends and f"ends {rule.ends}")
            if part
        )  # fmt: skip
        clause = None if rule.clause == card.clause else tag("span", text(rule.clause))
        shown.append(tag("p", clause, tag("span", text(source), class_="why"), class_="rule"))
    return shown if card.verdict or view.rights else []


def _fields(fields: Sequence[FieldView], asset_id: str) -> list[Html]:
    """Show what is known; values of one field that one source gave stand together."""
    grouped: dict[tuple[str, str, str], list[FieldView]] = {}
    for one in fields:
        grouped.setdefault((one.name, one.source, one.by), []).append(one)
    rows = [
        tag(
            "div",
            tag("dt", text(render.capital(name.replace("_", " ")))),
            tag(
                "dd",
                tag("span", _values(told, asset_id), dir="auto"),
                tag("span", text(_source(told)), class_="why"),
            ),
        )
        for (name, _, _), told in grouped.items()
    ]
    return [tag("dl", rows, class_="facts")] if rows else []


def _timed(one: FieldView) -> Html:
    """Show what is said or shown line by line; a time leads the player there."""
    lines = zip(one.times, one.value.split("\n"), strict=False)
    rows = [
        tag("li", tag("button", render.timecode(at), type="button", class_="moment",
                      data_act="seek", data_at=f"{at:g}"), " ", text(line))
        for at, line in list(lines)[:LINES]
    ]  # fmt: skip
    return tag("ol", rows, class_="timed", tabindex="0")


def _values(told: Sequence[FieldView], asset_id: str) -> list[Html]:
    """Show values; what a machine said is rejected by a click, and a rejection revoked."""
    if told[0].times and not told[0].word:
        return [_timed(told[0])]
    if not any(one.word for one in told):
        return [text(", ".join(one.value for one in told), 1200)]
    shown = []
    for one in told:
        words = render.plain(one.word, 60)
        rejected = one.name == "rejected"
        act, sign = ("revoke", "take back") if rejected else ("deny", "×")
        label = (
            f"Take back the rejection of {words}" if rejected else f"Reject {words}: it is wrong"
        )
        button = tag(
            "button", sign, type="button", class_="quiet deny", data_act=act, data_id=asset_id,
            data_word=one.word, aria_label=label, title=label,
        )  # fmt: skip
        shown.append(
            tag("span", text(one.value, 300), button if one.word else None, class_="value")
        )
    return shown


def _source(told: Sequence[FieldView]) -> str:
    first = told[0]
    sure = f", {first.confidence:.0%} sure" if first.source == "model" and len(told) == 1 else ""
    by = f" {first.by}" if first.by else ""
    whys = [f"{one.value}: {one.why}" if len(told) > 1 else one.why for one in told if one.why]
    why = f", because {render.plain('; '.join(whys), 600)}" if whys else ""
    return f"{first.source}{by}{sure}{why}{first.at and f', {render.moment(first.at)}'}"


def _family(view: AssetView) -> list[Html]:
    return [
        tag("p", tag("span", label, class_="why"),
            tag("span", [_relative(card) for card in found_], class_="strip"))
        for label, found_ in (("Made from", view.parents), ("Made from this", view.children))
        if found_
    ]  # fmt: skip


def _relative(card: AssetCard) -> Html:
    name = render.plain(card.title or card.file, 90)
    picture = tag("img", src=thumbnail(card.id, 160), alt="", loading="lazy")
    return tag("button", picture, type="button", class_="relative", data_act="asset",
               data_id=card.id, aria_label=f"Open {name}", title=name)  # fmt: skip


def _versions(view: AssetView) -> list[Html]:
    return [
        tag(
            "p", f"Version {one.number} · {render.size(one.bytes)} · ", text(one.mime),
            tag("span", text(f"{one.recipe} · " if one.recipe else ""), render.moment(one.added),
                f" · sha256 {one.sha256[:12]}…", class_="why"),
        )
        for one in reversed(view.versions)
    ]  # fmt: skip
