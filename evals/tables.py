"""Markdown tables of reports."""

from collections import Counter
from collections.abc import Mapping, Sequence

from evals.shares import Share


def shares(name: str, what: str, found: Mapping[str, Share]) -> list[str]:
    """Write shares by a group."""
    return [
        f"| {name} | {what} |",
        "|---|---|",
        *(f"| {group} | {one} |" for group, one in found.items()),
    ]


def counted(name: str, what: str, found: Sequence[str]) -> list[str]:
    """Write how often each thing was found, the most frequent first."""
    return [
        f"| {name} | {what} |",
        "|---|---|",
        *(f"| {thing} | {n} |" for thing, n in Counter(found).most_common()),
    ]


def confusion(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Write what was used where something was wanted: a row a wanted tool, mistakes named."""
    rows = []
    for wanted in sorted({wanted for wanted, _ in pairs}):
        chosen = Counter(used for this, used in pairs if this == wanted)
        right = chosen.pop(wanted, 0)
        instead = ", ".join(f"{used} {n}" for used, n in chosen.most_common())
        rows.append(f"| {wanted} | {right + chosen.total()} | {right} | {instead} |")
    return ["| wanted | times | used | instead |", "|---|---|---|---|", *rows]
