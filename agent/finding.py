"""What was found as views: hits with their reasons, and what is there more than once."""

from agent.present import Present
from agent.views import (
    DuplicateGroupView,
    DuplicatesView,
    RelaxationView,
    SearchView,
    SpareView,
)
from tools.core.assets import Asset
from tools.core.duplicates.report import DuplicateGroup, DuplicateReport
from tools.core.people import Viewer
from tools.core.search.answers import SearchAnswer
from tools.reply import shown_of


def search_view(query: str, answer: SearchAnswer, present: Present, viewer: Viewer) -> SearchView:
    """Show the answer to a search as the viewer may see it."""
    cards = present.cards([shown_of(hit) for hit in answer.hits], viewer)
    ways = tuple(RelaxationView(one.without, one.count) for one in answer.relaxations)
    return SearchView(query, cards, answer.weak_hidden, answer.note, answer.filters, ways)


def duplicates_view(report: DuplicateReport, present: Present, viewer: Viewer) -> DuplicatesView:
    """Show a report of duplicates as the viewer may see it."""
    every = [asset for group in report.groups for asset in _members(group)]
    cards = {card.id: card for card in present.of_assets(every, viewer)}
    groups = tuple(
        DuplicateGroupView(
            group.sameness.value,
            cards[group.keep.id],
            group.because,
            tuple(SpareView(cards[one.asset.id], one.notes) for one in group.spares),
            group.copies,
            group.bytes,
        )
        for group in report.groups
    )
    return DuplicatesView(groups, report.looked_at, report.note)


def _members(group: DuplicateGroup) -> tuple[Asset, ...]:
    return (group.keep, *(spare.asset for spare in group.spares))
