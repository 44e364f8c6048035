"""Turns events and views into plain words and Markdown; every front door words things alike."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.events import (
    Assets,
    Error,
    Event,
    Finished,
    NeedsApproval,
    Progress,
    Question,
    ReceiptGiven,
    RefusedCall,
    Started,
    Text,
    ToolUsed,
    Used,
)
from agent.views import AssetCard, PlanView, Readiness

UNSAFE = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cs", "Cn"})
DIRECTIONS = frozenset(
    map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
MARKDOWN = frozenset("\\`*_{}[]<>()#+-!|~&")


@dataclass(frozen=True, slots=True)
class Badge:
    """The answer to "may this be published?": a tone, a mark and words that need no colour."""

    tone: str
    mark: str
    words: str


BADGES = {
    "allowed": Badge("allowed", "✓", "Cleared"),
    "denied": Badge("denied", "✕", "Not allowed"),
    "unknown": Badge("unknown", "?", "Rights unknown"),
}
FIRST_REQUESTS = (
    ("Show me animals", "Finds by what is in the picture"),
    ("Make the photo of the dogs an instagram story", "The original stays as it is"),
    ("May we use the espresso photo on Instagram in Germany?", "With the clause that decides"),
    ("Translate the product sheet into Portuguese", "Keeps the layout, marked as a draft"),
    ("Publish the moose photo to the website", "Only after somebody approves"),
)
STATES = {
    "pending": "Waiting for approval",
    "approved": "Approved, being carried out",
    "spent": "Being carried out",
    "done": "Done",
    "rejected": "Rejected, nothing happened",
    "expired": "Expired, nothing happened",
    "failed": "Failed",
}
OUTCOMES = {
    "pending": "waits for approval",
    "refused": "refused",
    "fixable": "not done",
    "unavailable": "not available yet",
    "error": "failed",
}


def plain(text: str, longest: int = 200) -> str:
    """Make text from outside one line without control or direction marks."""
    spaced = (" " if letter in "\n\r\t" else letter for letter in text)
    kept = "".join(letter for letter in spaced if unicodedata.category(letter) not in UNSAFE)
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def undirected(text: str) -> str:
    """Take the marks out that turn the direction of what follows; lines and emoji stay."""
    return "".join(letter for letter in text if letter not in DIRECTIONS)


def escaped(text: str, longest: int = 200) -> str:
    """Make text from outside inert inside Markdown."""
    return "".join(f"\\{c}" if c in MARKDOWN else c for c in plain(text, longest))


def capital(text: str) -> str:
    """Begin with a capital letter."""
    line = plain(text)
    return line[:1].upper() + line[1:]


def badge(verdict: str) -> Badge | None:
    """Give the badge of a verdict; nothing was asked for an empty one."""
    return BADGES.get(verdict)


def count(number: int, one: str, many: str = "") -> str:
    """Say a number of things."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def elapsed(seconds: float) -> str:
    """Say how long something took."""
    if seconds < 1:
        return f"{max(1, round(seconds * 1000))} ms"
    return f"{seconds:.1f} s" if seconds < 60 else f"{round(seconds / 60)} min"


def timecode(seconds: float) -> str:
    """Say when something is in a recording."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes:02}:{whole % 60:02}"


def place(card: AssetCard) -> str:
    """Say where in it what was asked for stands: a page, a moment, or nothing."""
    if card.page:
        return f"Page {card.page}"
    return "" if card.seconds is None else f"At {timecode(card.seconds)}"


def why(card: AssetCard) -> str:
    """Say why it was found, with the moment where the reason does not name it."""
    moment = "" if card.seconds is None else f"at {timecode(card.seconds)}"
    return card.why if not moment or moment in card.why else f"{card.why}; {moment}".lstrip("; ")


def size(number: int) -> str:
    """Say how big a file is."""
    amount = float(number)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def moment(text: str) -> str:
    """Say a point in time given as ISO 8601."""
    at = _time(text)
    return f"{at.day} {at:%b %Y, %H:%M}" if at else plain(text)


def remaining(expires: str, now: datetime) -> str:
    """Say how long an approval still waits; `expires` is ISO 8601, `now` has a time zone."""
    at = _time(expires)
    if at is None:
        return plain(expires)
    seconds = (at - now).total_seconds()
    if seconds <= 0:
        return "expired"
    if seconds < 3600:
        return f"expires in {count(max(1, round(seconds / 60)), 'minute')}"
    if seconds < 2 * 86400:
        return f"expires in {count(round(seconds / 3600), 'hour')}"
    return f"expires in {count(round(seconds / 86400), 'day')}"


def shape(card: AssetCard) -> str:
    """Say what kind of file it is, with its measures."""
    parts = [card.media_type]
    if card.width and card.height:
        parts.append(f"{card.width} × {card.height}")
    if card.duration:
        parts.append(f"{int(card.duration // 60)}:{int(card.duration % 60):02d}")
    return " · ".join(parts)


def tool_name(name: str) -> str:
    """Say the name of a tool in words."""
    return plain(name.replace("_", " "), 40)


def step(used: ToolUsed, shown: int | None = None) -> str:
    """Word a tool step; `shown` is the number of assets it brought."""
    brought = "" if shown is None else count(shown, "hit" if "search" in used.name else "asset")
    if used.outcome in OUTCOMES:
        return f"{tool_name(used.name)}: {OUTCOMES[used.outcome]} ({elapsed(used.seconds)})"
    return f"{tool_name(used.name)}: {brought or 'done'} in {elapsed(used.seconds)}"


def progress(event: Progress) -> str:
    """Word what is going on."""
    steps = f" ({event.done} of {event.total})" if event.total else ""
    return f"{plain(event.text)}{steps}"


def effect_words(plan: PlanView) -> str:
    """Say what kind of thing a plan does."""
    known = {
        "publish": "Makes it public",
        "destructive": "Removes or overwrites",
        "outbound": "Sends data to an outside service",
        "write": "Changes many assets at once",
        "protect": "Takes out of use",
    }
    told = {
        ("export_assets", "write"): "Writes copies into a folder",
        ("export_assets", "publish"): "Hands copies to somebody beyond the team",
        ("write_sidecars", "destructive"): "Writes files beside your originals",
    }
    return told.get((plan.tool, plan.effect)) or known.get(plan.effect, plain(plan.effect))


def approvers(plan: PlanView) -> str:
    """Say who may decide."""
    return " or ".join(plain(who, 60) for who in plan.approvers) or "nobody"


def plan_state(plan: PlanView) -> str:
    """Say where a plan stands."""
    state = STATES.get(plan.state, plain(plan.state))
    return f"{state}: {plain(plan.outcome)}" if plan.outcome else state


def light(part: Readiness) -> str:
    """Word a status light."""
    if part.state == "loading" and part.total:
        return f"{capital(part.name)} loading {100 * part.done // part.total} %"
    return f"{capital(part.name)} {plain(part.state)}"


def markdown(event: Event, now: datetime) -> str:  # noqa: C901, PLR0911 - one arm a kind
    """Word an event as Markdown for a terminal; nothing to say gives an empty text."""
    match event:
        case Text():
            return event.text
        case ToolUsed():
            return f"*{escaped(step(event))}*"
        case Progress():
            return f"*{escaped(progress(event))}*"
        case Assets():
            return listing(event.assets, event.note)
        case Question():
            return f"**{escaped(event.text, 400)}**\n\n{listing(event.assets)}"
        case NeedsApproval():
            return plan_card(event.plan, now)
        case ReceiptGiven():
            undo = " — say “undo that” to take it back" if event.undo else ""
            return f"✓ {escaped(event.text, 400)}{undo}"
        case RefusedCall():
            return f"**Refused.** {escaped(event.text, 600)}"
        case Error():
            return f"**Something went wrong.** {escaped(event.text, 400)}"
        case Started() | Finished() | Used():
            return ""


def listing(cards: Sequence[AssetCard], note: str = "") -> str:
    """List assets as Markdown, numbered so that "the second one" is plain."""
    lines = []
    for number, card in enumerate(cards, 1):
        rights = badge(card.verdict)
        said = [escaped(reason)] if (reason := why(card)) else []
        said += [f"{rights.mark} {rights.words}"] if rights else []
        tail = f" — {'; '.join(said)}" if said else ""
        lines.append(f"{number}. **{escaped(card.title or card.file)}** `{card.id}`{tail}")
    if note:
        lines.append(f"\n{escaped(note)}")
    return "\n".join(lines)


def plan_card(plan: PlanView, now: datetime) -> str:
    """Word a plan as Markdown: what, to which version of what, where, the verdict, who decides."""
    lines = [f"**{escaped(plan.summary, 300)}**", "", f"- {effect_words(plan)}"]
    if plan.target:
        lines.append(f"- Where: {escaped(plan.target)}")
    for asset in plan.assets:
        rights = badge(asset.verdict)
        verdict = f" — {rights.mark} {rights.words}: {escaped(asset.clause)}" if rights else ""
        used = f" — used: {escaped('; '.join(asset.where_used))}" if asset.where_used else ""
        lines.append(f"- {escaped(asset.title)} (version {asset.version}){verdict}{used}")
    lines += [f"- Left out: {escaped(name)}: {escaped(why)}" for name, why in plan.excluded]
    lines += [f"- {escaped(line, 600)}" for line in (*plan.offers, *plan.terms)]
    if plan.state == "pending":
        lines.append(f"- May be approved by {escaped(approvers(plan))}")
        lines.append(f"- {remaining(plan.expires, now)}; nothing has happened yet")
        lines.append(f"- `approve {plan.id}` or `reject {plan.id}`")
    else:
        lines.append(f"- {escaped(plan_state(plan))}")
    return "\n".join(lines)


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
