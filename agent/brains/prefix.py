"""The fixed text of worked requests that the model continues, in rounds of one per tool."""

import hashlib
import json
import random
from collections.abc import Mapping, Sequence

from prompts import examples, library
from prompts.examples import Example

ROUNDS = 8
ENOUGH = 4
SEED = 1


class Prefix:
    """A prompt that grows by rounds, so that every shorter one is a beginning of the longer ones.

    Each round adds one worked request of every tool; they come from different templates first.
    """

    def __init__(self, rows: Sequence[Example], rounds: int = ROUNDS) -> None:
        self.rounds = rounds
        tools = "\n".join(f"{name}: {library.tool(name).line}" for name in examples.ORDER)
        worked = "\n".join(
            f"{row.request} => {row.tool} {compact(row.arguments)}" for row in examples.arguments()
        )
        self._head = library.fill("choose", tools=tools, worked=worked) + "\n"
        self._rounds = _rounds(rows, rounds)

    def text(self, rounds: int) -> str:
        """Give the prompt with so many rounds."""
        return self._head + "".join(self._rounds[:rounds])

    def key(self, model: str, rounds: int) -> str:
        """Give a key of the prompt with so many rounds and the model that read it."""
        return hashlib.sha256(f"{model}\n{self.text(rounds)}".encode()).hexdigest()[:24]


def compact(arguments: Mapping[str, object]) -> str:
    """Write arguments as the model is shown and made to write them."""
    return json.dumps(dict(arguments), ensure_ascii=False, separators=(",", ":"))


def _rounds(rows: Sequence[Example], rounds: int) -> list[str]:
    shuffled = random.Random(SEED)  # noqa: S311 - a fixed order, not a secret
    by_tool = {
        name: _spread([row for row in rows if row.tool == name], shuffled)
        for name in examples.ORDER
    }
    texts = []
    for place in range(rounds):
        chosen = [picked[place] for picked in by_tool.values() if place < len(picked)]
        shuffled.shuffle(chosen)
        texts.append("".join(f"{row.request} => {row.tool}\n" for row in chosen))
    return texts


def _spread(rows: Sequence[Example], shuffled: random.Random) -> list[Example]:
    """Order rows so that one of each template comes before a second of any."""
    mixed = list(rows)
    shuffled.shuffle(mixed)
    seen: dict[str, int] = {}
    ranks = []
    for row in mixed:
        seen[row.group] = seen.get(row.group, 0) + 1
        ranks.append(seen[row.group])
    order = sorted(range(len(mixed)), key=lambda place: ranks[place])
    return [mixed[place] for place in order]
