"""What a result is to a person and to a model; text from outside is fenced for the model."""

import unicodedata
from dataclasses import dataclass, replace

from tools.core.assets import Asset
from tools.core.moments import timecode
from tools.core.receipts import Receipt

TITLE = 90
LONGEST = 1500

# Private letters, which `plain` takes out of everything from outside, so that none can be forged.
_OPENS, _CLOSES = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Shown:
    """An asset to show, with what the result says of it."""

    asset: Asset
    why: str = ""
    score: float = 0.0
    band: str = ""
    verdict: str = ""
    clause: str = ""
    page: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person sees of a result: words, assets and a receipt.

    `role` says what the assets are: `results` and `made` become what "these" means, `about` does
    not. `failed` says which part of what was asked could not be done.
    """

    text: str
    shown: tuple[Shown, ...] = ()
    role: str = "results"
    receipt: Receipt | None = None
    undo: bool = False
    follow_up: str = ""
    failed: str = ""


Answer = tuple[str, Reply]
"""Fenced text for the model, and the reply for the person."""


def plain(text: str, longest: int = TITLE) -> str:
    """Make text from outside one short line without control or direction marks."""
    kept = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter
        for letter in text
        if unicodedata.category(letter) not in {"Cf", "Co", "Cn", "Cs"}
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def quoted(text: str, longest: int = TITLE) -> str:
    """Fence text from outside as data for a model."""
    return f"<<<{plain(text, longest).replace('<<<', '‹').replace('>>>', '›')}>>>"


def outside(text: str, longest: int = TITLE) -> str:
    """Mark text from outside within a reply: fenced for a model, as it is for a person."""
    return f"{_OPENS}{plain(text, longest)}{_CLOSES}"


def answered(reply: Reply) -> Answer:
    """Give the fenced lines of a reply for the model, and the reply for the person."""
    lines = [_fenced(reply.text[:LONGEST])]
    for number, one in enumerate(reply.shown[:24], start=1):
        kind = one.asset.media_type.value
        verdict = f" rights: {one.verdict}" if one.verdict else ""
        page = f" page: {one.page}" if one.page else ""
        at = "" if one.seconds is None else f" at: {timecode(one.seconds)}"
        name = quoted(one.asset.title)
        lines.append(f"{number}. {one.asset.id} {kind} {name}{verdict}{page}{at}")
    bare = reply.text.replace(_OPENS, "").replace(_CLOSES, "")
    return "\n".join(lines), replace(reply, text=bare)


def _fenced(text: str) -> str:
    """Turn the marks of outside text into the fence that a model is told of."""
    whole = text if text.count(_OPENS) == text.count(_CLOSES) else f"{text}{_CLOSES}"
    safe = whole.replace("<<<", "‹").replace(">>>", "›")
    return safe.replace(_OPENS, "<<<").replace(_CLOSES, ">>>")


def count_of(number: int, one: str, many: str = "") -> str:
    """Say a number of things."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def share_of(part: int, whole: int) -> str:
    """Say a part of a whole, with its percentage."""
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "none yet"


def sentences(*parts: str) -> str:
    """Join what is not empty, a sentence behind the other."""
    return " ".join(part for part in parts if part)


def stacked(*parts: str) -> str:
    """Join what is not empty, one under the other."""
    return "\n".join(part for part in parts if part)
