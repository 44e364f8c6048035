"""Other libraries that answer the same over the same vectors, where they are installed."""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

Ask = Callable[[Any], list[int]]


def faiss_flat(vectors: Any, limit: int, among: Sequence[int] | None = None) -> Ask | None:
    """Give the exact index of faiss-cpu (inner products); None where it is not installed.

    `among` names the rows that a filter keeps; faiss skips the others while it scans.
    """
    if find_spec("faiss") is None:
        return None
    faiss = import_module("faiss")
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    chosen = None
    if among is not None:
        chosen = faiss.SearchParameters(sel=faiss.IDSelectorBatch(list(among)))

    def ask(query: Any) -> list[int]:
        _, keys = index.search(query.reshape(1, -1), limit, params=chosen)
        found: list[int] = keys[0].tolist()
        return found

    return ask
