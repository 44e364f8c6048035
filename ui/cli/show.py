"""Assets, plans and receipts as tables and cards of a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from agent.views import AssetCard, PlanAssetView, PlanView
from ui import render

TONES = {"allowed": "green", "denied": "red", "unknown": "yellow"}


def rights(verdict: str) -> Text:
    """Show a verdict as mark and words."""
    found = render.badge(verdict)
    return Text(f"{found.mark} {found.words}", TONES[found.tone]) if found else Text("")


def gallery(console: Console, cards: Sequence[AssetCard], note: str = "") -> None:
    """Show assets with the numbers that "the second one" goes by."""
    if cards:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
        table.add_column("#", justify="right", style="bold")
        table.add_column("Title", overflow="fold")
        table.add_column("Why", style="dim", overflow="fold")
        table.add_column("Rights", no_wrap=True)
        table.add_column("Id", style="cyan", no_wrap=True)
        for number, card in enumerate(cards, 1):
            why, name = Text(render.plain(render.why(card))), Text(render.plain(card.id, 60))
            table.add_row(Text(str(number)), title(card), why, rights(card.verdict), name)
        console.print(table)
    if note:
        console.print(Text(render.plain(note), "dim"))


def title(card: AssetCard) -> Text:
    """Show what an asset is called, with the name of its file and what to beware of."""
    named = Text(render.plain(card.title or card.file, 80))
    file = f"{render.plain(card.file, 60)} · " if card.title and card.title != card.file else ""
    named.append(f"\n{file}{render.shape(card)}", "dim")
    if card.band == "weak":
        named.append("\nweak match", "dim italic")
    if card.warning:
        named.append(f"\n! {render.plain(card.warning)}", "yellow")
    return named


@dataclass(frozen=True, slots=True)
class Words:
    """The exact words that decide a plan or take a change back; `{}` is what they are about."""

    approve: str
    reject: str
    undo: str


IN_CHAT = Words("approve {}", "reject {} because ...", "undo that")
IN_SHELL = Words("dalm approve {}", 'dalm reject {} --because "..."', "dalm run undo receipt={}")


def plan_card(console: Console, plan: PlanView, now: datetime, words: Words = IN_CHAT) -> None:
    """Show what would happen, to which version of what, where, and the exact words to decide it."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    facts.add_row(Text("What"), Text(render.effect_words(plan)))
    if plan.target:
        facts.add_row(Text("Where"), Text(render.plain(plan.target)))
    for number, asset in enumerate(plan.assets):
        facts.add_row(Text("Assets" if number == 0 else ""), planned(asset))
    for name, why in plan.excluded:
        facts.add_row(Text("Left out"), Text(f"{render.plain(name)}: {render.plain(why)}"))
    for line in plan.offers:
        facts.add_row(Text("Owned"), Text(render.plain(line)))
    for number, line in enumerate(plan.terms):
        facts.add_row(Text("" if number else "Agreed to"), Text(render.plain(line, 600)))
    for label, value in standing(plan, now):
        facts.add_row(Text(label), Text(value))
    parts: list[Table | Text] = [facts]
    if plan.state == "pending":
        name = render.plain(plan.id, 60)
        parts.append(Text(f"\n{words.approve.format(name)}", "bold green"))
        parts.append(Text(words.reject.format(name), "bold red"))
    heading = Text(render.plain(plan.summary, 120), "bold")
    border = "yellow" if plan.state == "pending" else "dim"
    console.print(Panel(Group(*parts), title=heading, title_align="left", box=ROUNDED,
                        border_style=border))  # fmt: skip


def planned(asset: PlanAssetView) -> Text:
    """Show an asset of a plan with its version, its verdict and where it is used."""
    shown = Text(f"{render.plain(asset.title or asset.file, 80)} (version {asset.version})  ")
    shown.append_text(rights(asset.verdict))
    if asset.clause:
        shown.append(f"\n{render.plain(asset.clause)}", "dim")
    if asset.where_used:
        shown.append(f"\nused: {render.plain('; '.join(asset.where_used))}", "yellow")
    return shown


def standing(plan: PlanView, now: datetime) -> list[tuple[str, str]]:
    """Say who asked, who may decide and how long it waits, or how it came out."""
    asked = ("Asked by", render.plain(plan.requester))
    if plan.state != "pending":
        return [asked, ("State", render.plan_state(plan))]
    may = " (you may)" if plan.may_decide else ""
    waits = f"{render.remaining(plan.expires, now)}; nothing has happened yet"
    return [asked, ("Approvers", render.approvers(plan) + may), ("Waits", waits)]
