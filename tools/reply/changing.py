"""What was made, done or written, with the receipt that takes it back."""

from collections.abc import Sequence
from dataclasses import replace

from tools.core.done import Done
from tools.core.exporting.outcomes import Exported
from tools.core.receipts import Inverse, Receipt
from tools.core.repurposing.made import Made
from tools.reply.shape import (
    Answer,
    Reply,
    Shown,
    answered,
    count_of,
    outside,
    plain,
    quoted,
    stacked,
)


def made(result: Made, verb: str, follow_up: str = "") -> Answer:
    """Word what a repurposing made."""
    names = "; ".join(outside(asset.title) for asset in result.assets[:4])
    text = f"{verb} {count_of(len(result.assets), 'asset')}: {names}." if result.assets else ""
    shown = tuple(Shown(asset) for asset in result.assets)
    undo = result.receipt is not None
    return answered(
        Reply(
            stacked(text, *(outside(n, 400) for n in result.notes)),
            shown,
            "made",
            result.receipt,
            undo,
            follow_up,
        )
    )


def done(result: Done, follow_up: str = "") -> Answer:
    """Word a change that happened."""
    notes = [outside(note, 400) for note in result.notes]
    text = stacked(outside(result.receipt.summary, 400), *notes)
    return answered(receipted(result.receipt, text, follow_up))


def exported(result: Exported) -> Answer:
    """Word an export; what failed is told by itself."""
    lines = [outside(line, 400) for line in (result.done.receipt.summary, *result.done.notes)]
    failed = "\n".join(plain(one.line, 400) for one in result.failed)
    told, reply = answered(receipted(result.done.receipt, stacked(*lines)))
    return f"{told}\n{quoted(failed, 600)}" if failed else told, replace(reply, failed=failed)


def told_lines(lines: Sequence[str], failed: str = "") -> Answer:
    """Word what a use case says in lines of its own, and by itself what stopped it."""
    told, made = answered(Reply(stacked(*(plain(line, 600) for line in lines))))
    return f"{told}\n{plain(failed, 400)}", replace(made, failed=plain(failed, 400))


def changed(receipt: Receipt) -> Answer:
    """Word a reversible change."""
    return answered(receipted(receipt, outside(receipt.summary, 400)))


def receipted(receipt: Receipt, text: str, follow_up: str = "") -> Reply:
    """Word a receipt; undo is offered when there is an inverse."""
    undo = receipt.inverse not in {Inverse.NONE, Inverse.REPUBLISH}
    return Reply(text, receipt=receipt, undo=undo, follow_up=follow_up)
