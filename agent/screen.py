"""What the person has in front of them, which is what "it", "these" and "the second one" mean."""

from collections.abc import Sequence
from typing import TypedDict

from tools.core.assets import Asset, AssetState
from tools.reply import quoted

KEPT = 24


class ScreenState(TypedDict, total=False):
    """Asset ids by how they came to the screen; this is what a checkpoint keeps.

    A selection holds for one request, after which it is `recent`; uploads hold until the next ones.
    """

    results: list[str]
    made: list[str]
    selection: list[str]
    uploads: list[str]
    recent: list[str]


def pointed(selection: Sequence[str], uploads: Sequence[str]) -> ScreenState:
    """Give what a person points at and brings along with one request."""
    brought: ScreenState = {"selection": list(selection)}
    if selection:
        brought["recent"] = list(selection)
    if uploads:
        brought["uploads"] = list(uploads)
    return brought


def ids(screen: ScreenState) -> list[str]:
    """List every asset on the screen, what is meant first in front."""
    groups = (
        screen.get("selection", []),
        screen.get("uploads", []),
        screen.get("made", []),
        screen.get("results", []),
        screen.get("recent", []),
    )
    return list(dict.fromkeys(asset_id for group in groups for asset_id in group))


def described(screen: ScreenState, assets: Sequence[Asset]) -> dict[str, object]:
    """Write the screen for the local brain: cards for results and made, ids for the rest."""
    # What was undone meanwhile is in the trash and no longer meant.
    known = {str(asset.id): asset for asset in assets if asset.state is not AssetState.TRASHED}

    def cards(names: Sequence[str]) -> list[dict[str, str]]:
        return [
            {
                "id": asset.id,
                "title": asset.title,
                "file": asset.file_name,
                "media_type": asset.media_type.value,
                "parent": asset.parent_id or "",
            }
            for asset in (known[name] for name in names if name in known)
        ]

    return {
        "results": cards(screen.get("results", [])),
        "made": cards(screen.get("made", [])),
        "selection": [i for i in screen.get("selection", []) if i in known],
        "uploads": [i for i in screen.get("uploads", []) if i in known],
        "recent": [i for i in screen.get("recent", []) if i in known],
        "cards": cards(ids(screen)),
    }


def in_words(screen: ScreenState, assets: Sequence[Asset]) -> str:
    """Write the screen as fenced lines for a remote model."""
    known = {str(asset.id): asset for asset in assets}
    lines = []
    for name in ("selection", "uploads", "made", "results"):
        group: list[str] = screen.get(name, [])  # type: ignore[assignment]
        shown = [known[i] for i in group if i in known]
        if shown:
            lines.append(f"{name}:")
            lines += [
                f"{number}. {asset.id} {asset.media_type.value} {quoted(asset.title)}"
                for number, asset in enumerate(shown, start=1)
            ]
    return "\n".join(lines) or "nothing"
