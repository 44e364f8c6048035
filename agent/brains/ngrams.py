"""Character n-grams of a request, hashed: the words themselves, where an embedding blurs them."""

import re
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agent.brains.lexicon import fold

WIDTH = 1 << 15
SHORTEST, LONGEST = 2, 5
_PART = re.compile(r"\w+|[^\w\s]")


def grams(text: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give the places, below WIDTH, of a text's n-grams in words, and 1 + ln of their counts."""
    counts: Counter[int] = Counter()
    for part in _PART.findall(fold(text)):
        word = f" {part} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(len(word) - size + 1):
                counts[
                    zlib.crc32(word[start : start + size].encode("utf-8", "replace")) % WIDTH
                ] += 1
    places = np.fromiter(counts, dtype=np.int64, count=len(counts))
    return places, 1.0 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))


def rarity(texts: Sequence[str]) -> NDArray[np.float64]:
    """Give the inverse document frequency of every place, shape (WIDTH,), smoothed."""
    known = np.zeros(WIDTH)
    for text in texts:
        known[grams(text)[0]] += 1
    return np.asarray(np.log((1 + len(texts)) / (1 + known)) + 1)


def weighed(text: str, rare: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give places and tf-idf weights of a text, of length one."""
    places, counts = grams(text)
    weights = counts * rare[places]
    return places, weights / max(float(np.linalg.norm(weights)), 1e-9)
