"""Finds the card whose title means the same as some words, in whatever language."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agent.brains.screens import Card
from prompts.examples import screen
from tools.core.ports import TextEmbedder

CLOSE = 0.2
AHEAD = 0.1


class TitleLikeness:
    """Compares words with titles in the embedding space, both centred, because e5 is crowded.

    `centre` is the mean of many requests' embeddings, shape (dimensions,).
    """

    def __init__(self, embedder: TextEmbedder, centre: NDArray[np.float64]) -> None:
        self._embedder = embedder
        self._centre = centre
        self._titles: dict[str, NDArray[np.float64]] = {}
        self._usual: NDArray[np.float64] | None = None

    def __call__(self, words: str, cards: Sequence[Card]) -> Card | None:
        """Give the one card that is clearly the nearest, or None."""
        titled = [card for card in cards if card.title]
        if not titled or not words:
            return None
        usual = self._usual_titles()
        rows = np.array([self._title(card.title) for card in titled])
        middle = np.vstack([rows, usual]).mean(0)
        query = np.asarray(self._embedder.queries([words]), dtype=np.float64)[0] - self._centre
        scores = _unit(rows - middle) @ _unit(query)
        order = np.argsort(-scores)
        best = float(scores[order[0]])
        second = float(scores[order[1]]) if len(order) > 1 else 0.0
        return titled[order[0]] if best > CLOSE and best - second > AHEAD else None

    def _title(self, title: str) -> NDArray[np.float64]:
        if title not in self._titles:
            if len(self._titles) > 500:
                self._titles.clear()
            self._titles[title] = np.asarray(self._embedder.passages([title]), dtype=np.float64)[0]
        return self._titles[title]

    def _usual_titles(self) -> NDArray[np.float64]:
        if self._usual is None:
            self._usual = np.array([self._title(shown.title) for shown in screen()])
        return self._usual


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9))
