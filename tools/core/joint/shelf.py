"""Which collections there are, and the one that answers."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from tools.core.errors import Fixable
from tools.core.joint.space import JointSpace
from tools.core.ports import Collection, JointEmbedder, JointMemory, JointState, VectorIndex
from tools.core.search.bank import default_bank


class JointShelf:
    """Opens spaces by the models that were chosen; thread-safe.

    `opened` gives the model by how it was chosen, `index` the vectors of a collection.
    """

    def __init__(
        self,
        *,
        memory: JointMemory,
        opened: Callable[[str], JointEmbedder],
        index: Callable[[Collection], VectorIndex],
    ) -> None:
        self._memory = memory
        self._opened = opened
        self._index = index
        self._lock = threading.RLock()
        self._indexes: dict[str, VectorIndex] = {}
        self._spaces: dict[str, JointSpace] = {}

    @property
    def state(self) -> JointState:
        """Give what is chosen."""
        return self._memory.read()

    def change(self, **what: object) -> JointState:
        """Keep another choice, and throw away the vectors of what it no longer names."""
        with self._lock:
            old = self._memory.read()
            new = replace(old, **what)  # type: ignore[arg-type]
            self._memory.write(new)
            named = {one.name for one in _collections(new)}
            for gone in _collections(old):
                if gone.name not in named:
                    self.index(gone).clear()
            # The vectors of the model before are kept, the model itself is not.
            used = {one.name for one in (new.active, new.coming) if one}
            self._spaces = {name: one for name, one in self._spaces.items() if name in used}
            return new

    def follow(self, run: str, before: str, job: str) -> None:
        """Note the job that goes on with a run after another (`""` for none)."""
        with self._lock:
            state = self._memory.read()
            if (state.run, state.job) == (run, before):
                self._memory.write(replace(state, job=job))

    def described(self, model: str) -> Collection:
        """Name the collection of a model; Fixable when the model cannot be had."""
        embedder = self._opened(model)
        return Collection(model, embedder.name, embedder.dimensions)

    def index(self, collection: Collection) -> VectorIndex:
        """Open the vectors of a collection; its model need not be there."""
        with self._lock:
            if collection.name not in self._indexes:
                self._indexes[collection.name] = self._index(collection)
            return self._indexes[collection.name]

    def space(self, collection: Collection) -> JointSpace:
        """Open a collection with its model.

        Raises Fixable when the model is not to be had, or is no longer the one of the vectors.
        """
        with self._lock:
            if collection.name not in self._spaces:
                embedder = self._opened(collection.model)
                if (embedder.name, embedder.dimensions) != (collection.name, collection.dimensions):
                    raise Fixable(
                        f"The model {collection.model} was changed since it placed the pictures: "
                        f"run `dalm models switch {collection.model}`."
                    )
                index = self.index(collection)
                self._spaces[collection.name] = JointSpace(embedder, index, default_bank())
            return self._spaces[collection.name]

    def active(self) -> JointSpace | None:
        """Give the space that answers, None when no model is chosen; Fixable as `space`."""
        chosen = self.state.active
        return self.space(chosen) if chosen else None

    def ready(self) -> JointSpace | None:
        """Give the space that answers, None as well where its model cannot be had."""
        with suppress(Fixable):
            return self.active()
        return None

    def drop(self, keys: Sequence[int]) -> None:
        """Forget assets in every collection, also in those that do not answer."""
        for collection in _collections(self.state):
            self.index(collection).drop(keys)

    def keys(self) -> set[int]:
        """Give every key that any collection has."""
        return set().union(*(self.index(one).keys() for one in _collections(self.state)))

    def clear(self) -> None:
        """Forget every vector."""
        for collection in _collections(self.state):
            self.index(collection).clear()


def _collections(state: JointState) -> list[Collection]:
    return [one for one in (state.active, state.before, state.coming) if one]
