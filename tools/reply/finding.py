"""What was found, and what lies there more than once."""

from tools.core.duplicates.report import DuplicateGroup, DuplicateReport, Sameness
from tools.core.search.answers import Hit, SearchAnswer
from tools.reply.shape import Answer, Reply, Shown, answered, count_of, outside, sentences, stacked


def shown_of(hit: Hit) -> Shown:
    """Show a hit as every door shows it."""
    outcome, clause = (hit.verdict.outcome.value, hit.verdict.clause) if hit.verdict else ("", "")
    return Shown(
        hit.asset, hit.why, hit.score, hit.band.value, outcome, clause, hit.page, hit.seconds
    )


def found(answer: SearchAnswer) -> Answer:
    """Word a search."""
    shown = tuple(shown_of(hit) for hit in answer.hits)
    if not shown:
        text = "Nothing good found."
        if answer.weak_hidden:
            text += f" {count_of(answer.weak_hidden, 'weak match', 'weak matches')} left out."
    else:
        text = f"Found {count_of(len(shown), 'asset')}."
    if answer.relaxations and not shown:
        text = "" if not answer.weak_hidden else text.removeprefix("Nothing good found.").strip()
    filters = ", ".join(outside(label) for label in answer.filters)
    limits = f"Filters: {filters}." if filters and shown else ""
    return answered(Reply(sentences(text, limits, answer.note), shown))


def duplicates(report: DuplicateReport) -> Answer:
    """Word what is there more than once; what could go is shown, and nothing is gone."""
    if not report.groups:
        looked = count_of(report.looked_at, "asset")
        return answered(Reply(sentences(f"No duplicates among {looked}.", report.note)))
    sure = [one for one in report.groups if one.sameness is not Sameness.SCENE]
    freed = sum(one.bytes for one in sure) / 1e6
    lines = [
        f"{count_of(len(report.groups), 'group')} of duplicates among "
        f"{count_of(report.looked_at, 'asset')}; {freed:,.1f} MB could be freed. "
        "Nothing was deleted.",
        *(_group(one) for one in report.groups[:20]),
        report.note,
    ]
    shown = tuple(
        Shown(spare.asset, f"{one.sameness.value} as \u201c{one.keep.title}\u201d")
        for one in sure or report.groups
        for spare in one.spares
    )
    return answered(Reply(stacked(*lines), shown, "results" if sure else "about"))


def _group(group: DuplicateGroup) -> str:
    """Propose in a line what to keep of a group and what could go."""
    spares = [
        f"\u201c{outside(one.asset.title)}\u201d ({one.asset.id}"
        + "".join(f"; {note}" for note in one.notes)
        + ")"
        for one in group.spares[:6]
    ]
    more = f" and {len(group.spares) - 6} more" if len(group.spares) > 6 else ""
    verb = "look at" if group.sameness is Sameness.SCENE else "could go"
    gone = f"; {verb}: {', '.join(spares)}{more}" if spares else ""
    copies = f"; also at {', '.join(outside(one) for one in group.copies[:4])}"
    kept = f"\u201c{outside(group.keep.title)}\u201d ({group.keep.id}), {group.because}"
    return f"- {group.sameness.value}: keep {kept}{gone}{copies if group.copies else ''}"
