"""Choosing the tool: the probe, mixed where it is unsure with the model's first token."""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.brains.engine import Engine
from agent.brains.intents import GATED
from agent.brains.prefix import ENOUGH, Prefix
from agent.brains.probe import Probes
from prompts.examples import ORDER
from tools.core.ports import Report, TextEmbedder

PROBE_WEIGHT = 2.5
UNSEEN = -9.0
SURE_ALONE = 0.9
AGREED = 0.05
PATIENCE = 8.0
KEPT_EVERY = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest tool, its probability, and whether the model was asked or only the probe.

    `agreed` tells that the probe, which is seldom wrong about gated tools, finds it possible too.
    """

    tool: str
    probability: float
    runner_up: str
    by_model: bool
    agreed: bool
    embedding: NDArray[np.float64]


class Chooser:
    """Chooses tools; usable at once by the probe alone, better as the prefix is read.

    `engine` may be None: then only the probe decides. `better` makes the probes that take the
    place of the first ones, which takes longer.
    """

    def __init__(
        self,
        *,
        probes: Probes,
        embedder: TextEmbedder,
        engine: Engine | None,
        prefix: Prefix,
        better: Callable[[], Probes] | None = None,
    ) -> None:
        self._probes = probes
        self._better = better
        self._embedder = embedder
        self._engine = engine
        self._prefix = prefix
        self._read = 0
        self._turn = threading.Lock()

    @property
    def warm(self) -> bool:
        """Tell whether the model can be asked."""
        return self._read >= ENOUGH

    @property
    def text(self) -> str:
        """Give the prompt that the model has read so far."""
        return self._prefix.text(self._read)

    def warm_up(self, report: Report, *, stop: Callable[[], bool] = lambda: False) -> None:
        """Read the prefix round by round, from where it was kept last, and keep it on the way."""
        if self._better:
            report(0, 0, "learning from the worked requests")
            self._probes, self._better = self._better(), None
        if self._engine is None:
            return
        rounds = self._prefix.rounds
        with self._turn:
            self._read = max(self._read, self._restored(self._engine))
            report(self._read, rounds, "reading worked examples")
        for place in range(self._read + 1, rounds + 1):
            if stop():
                return
            with self._turn:
                self._engine.prefill(self._prefix.text(place))
                self._read = place
                if place % KEPT_EVERY == 0 or place == rounds:
                    self._engine.save(self._key(self._engine, place))
            report(place, rounds, "reading worked examples")
            # Whoever asked meanwhile goes first: a lock alone lets this loop win every time.
            time.sleep(0.01)

    def _restored(self, engine: Engine) -> int:
        """Bring the longest kept state back, and tell how many rounds it holds."""
        places = range(self._prefix.rounds, 0, -1)
        return next((place for place in places if engine.restore(self._key(engine, place))), 0)

    def _key(self, engine: Engine, rounds: int) -> str:
        return self._prefix.key(engine.name, rounds)

    def choose(self, request: str, among: Sequence[str] = ORDER) -> Choice:
        """Give the tool that a request means.

        The model is asked where the probe is not sure, and always before a gated tool.
        """
        embedding = np.asarray(self._embedder.queries([request]), dtype=np.float64)[0]
        probed = self._probes.tool.log_probabilities(embedding, request)
        best = max(among, key=lambda tool: probed.get(tool, UNSEEN))
        plain = best not in GATED and probed[best] >= math.log(SURE_ALONE)
        told = {} if plain else self._asked(request)
        weight = PROBE_WEIGHT if told else 1.0
        scores = {
            tool: weight * probed.get(tool, UNSEEN) + (told.get(tool, UNSEEN) if told else 0)
            for tool in among
        }
        ranked = sorted(scores, key=lambda tool: -scores[tool])
        total = sum(math.exp(score - scores[ranked[0]]) for score in scores.values())
        agreed = probed.get(ranked[0], UNSEEN) >= math.log(AGREED)
        return Choice(ranked[0], 1.0 / total, ranked[1], bool(told), agreed, embedding)

    def probed(self, request: str) -> tuple[str, float]:
        """Give the tool that the probe alone takes a request for, and how sure it is."""
        embedding = np.asarray(self._embedder.queries([request]), dtype=np.float64)[0]
        known = self._probes.tool.log_probabilities(embedding, request)
        best = max(known, key=lambda tool: known[tool])
        return best, math.exp(known[best])

    def topic(self, choice: Choice, request: str) -> str:
        """Give the kind of small talk that a request is."""
        known = self._probes.topic.log_probabilities(choice.embedding, request)
        return max(known, key=lambda name: known[name])

    def continued(self, request: str, tool: str, grammar: str, limit: int) -> str:
        """Let the model write a tool's arguments after the worked requests; "" when not warm."""
        if self._engine is None or not self.warm:
            return ""
        with self._turn:
            return self._engine.complete(f"{self.text}{_line(request)} => {tool}", grammar, limit)

    def _asked(self, request: str) -> dict[str, float]:
        """Ask the model, unless it is still reading its first examples."""
        if self._engine is None or not self.warm:
            return {}
        if not self._turn.acquire(timeout=PATIENCE):
            return {}
        try:
            tokens = self._engine.next_token(f"{self.text}{_line(request)} =>")
        finally:
            self._turn.release()
        return tool_probabilities(tokens)


def tool_probabilities(tokens: Mapping[str, float]) -> dict[str, float]:
    """Give log-probabilities of tools from those of the first tokens of their names.

    A token that begins several names counts for each of them in equal parts.
    """
    mass: dict[str, float] = {}
    for token, logarithm in tokens.items():
        word = token.strip()
        begun = [tool for tool in ORDER if len(word) > 1 and tool.startswith(word)]
        for tool in begun:
            mass[tool] = mass.get(tool, 0.0) + math.exp(logarithm) / len(begun)
    return {tool: math.log(share) for tool, share in mass.items() if share > 0}


def _line(request: str) -> str:
    return " ".join(request.split())[:400]
