"""A durable matrix of float32 rows by integer key, readable after a kill at any instruction.

A row is written and flushed before the slot that names its key, so a key never points at half a
row. A replaced row goes to a free slot first; of two slots with one key the later sequence wins.
What damage made of it is forgotten when it is opened, for every row can be made again.
"""

import json
import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tools.core.errors import Fixable

Rows = npt.NDArray[np.float32]
Keys = npt.NDArray[np.int64]

_log = logging.getLogger("dalm")
_FREE = -1
_SLOT_BYTES = 16
_SPARE = 1024
# Larger numbers than these are damage: keys are consecutive, and so are sequences.
_LAST_KEY, _LAST_SEQUENCE = 100_000_000, 1 << 53
# So many rows are looked at when a matrix is opened, evenly: 0.1 seconds where they are all.
_CHECKED = 200_000
_BLOCK = 4096
_UNEVEN = 0.01


class Matrix:
    """Rows of one space in a folder; not thread-safe, and owned by one process.

    Keys are the catalogue's small consecutive integers: memory grows with the largest of them.
    """

    def __init__(self, folder: Path, space: str, dimensions: int) -> None:
        self.dimensions = dimensions
        self._row_bytes = dimensions * 4
        _prepare(folder, {"format": 1, "space": space, "dimensions": dimensions})
        flags = os.O_RDWR | os.O_CREAT
        self._rows_file = os.open(folder / "rows.f32", flags, 0o600)
        self._slots_file = os.open(folder / "slots.i64", flags, 0o600)
        self._map = folder / "rows.f32"
        self._closed = False
        self._used = self._count = self._sequence = 0
        self._slots: Keys = np.zeros((0, 2), dtype=np.int64)
        self._load()

    def __len__(self) -> int:
        """Give the number of keys."""
        return self._count

    @property
    def rows(self) -> Rows:
        """View all slots' rows, free ones included, shape (slots, dimensions)."""
        return self._rows

    @property
    def slot_keys(self) -> Keys:
        """View the key of each slot, -1 where it is free."""
        return self._slots[: self._used, 0]

    def keys(self) -> Keys:
        """Give all keys, ascending."""
        keys = self.slot_keys
        return np.sort(keys[keys != _FREE])

    def slots_of(self, keys: Keys) -> Keys:
        """Give the slot of each key, -1 where it is unknown."""
        known = (keys >= 0) & (keys < len(self._slot_of))
        return np.where(known, self._slot_of[np.where(known, keys, 0)], _FREE)

    def newer_than(self, sequence: int, limit: int | None = None) -> tuple[Keys, Keys]:
        """Give slots written after `sequence` and their sequences, oldest first."""
        if sequence >= self._sequence:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        sequences = self._slots[: self._used, 1]
        slots = np.flatnonzero((sequences > sequence) & (self.slot_keys != _FREE))
        slots = slots[np.argsort(sequences[slots], kind="stable")][:limit]
        return slots, sequences[slots]

    def put(self, keys: Keys, rows: Rows) -> None:
        """Store or replace rows; durable when it returns. OSError when the disk is full."""
        if not len(keys):
            return
        old = self.slots_of(keys)
        old = old[old != _FREE]
        slots = self._allocate(len(keys))
        entries = np.empty((len(keys), 2), dtype=np.int64)
        entries[:, 0] = keys
        entries[:, 1] = np.arange(self._sequence + 1, self._sequence + 1 + len(keys))
        try:
            self._write(self._rows_file, slots, rows, self._row_bytes)
            self._write(self._slots_file, slots, entries, _SLOT_BYTES)
        except OSError:
            self._give_back(slots)
            raise
        self._used = max(self._used, int(slots.max()) + 1)
        self._remap()
        self._sequence += len(keys)
        self._slots[slots] = entries
        self._free(old)
        self._locate(keys, slots)
        self._count += len(keys) - len(old)

    def drop(self, keys: Keys) -> None:
        """Forget keys and overwrite their numbers with zeros."""
        slots = self.slots_of(np.unique(keys))
        slots = slots[slots != _FREE]
        self._slot_of[self.slot_keys[slots]] = _FREE
        self._free(slots)
        self._count -= len(slots)

    def clear(self) -> None:
        """Forget everything and give the space back."""
        self.drop(self.keys())
        self._cut(0)
        self._load()

    def close(self) -> None:
        """Release the files; the matrix cannot be used any more."""
        if not self._closed:
            self._closed = True
            os.close(self._rows_file)
            os.close(self._slots_file)

    def _load(self) -> None:
        written = os.fstat(self._rows_file).st_size // self._row_bytes
        named = os.fstat(self._slots_file).st_size // _SLOT_BYTES
        self._used = min(written, named)
        self._cut(self._used)
        raw = os.pread(self._slots_file, self._used * _SLOT_BYTES, 0)
        self._slots = np.frombuffer(raw, dtype=np.int64).reshape(-1, 2).copy()
        # A hole in the file reads as zeros; sequences begin at 1, so that it counts as free.
        keys, sequences = self._slots.T
        torn = (sequences < 1) | (sequences > _LAST_SEQUENCE) | (keys < 0) | (keys > _LAST_KEY)
        self._slots[torn] = _FREE
        self._sequence = max(0, int(self._slots[:, 1].max(initial=0)))
        self._slot_of = np.full(_SPARE, _FREE, dtype=np.int64)
        self._rows: Rows = np.zeros((0, self.dimensions), dtype=np.float32)
        self._remap()
        self._settle()

    def _settle(self) -> None:
        """Finish what a kill interrupted (superseded slots, numbers in free ones); drop damage."""
        damaged = self._damaged()
        if len(damaged):
            _log.warning("%d damaged vectors in %s are made again", len(damaged), self._map)
            self._slots[damaged] = _FREE
            self._write(self._slots_file, damaged, self._slots[damaged], _SLOT_BYTES)
        taken = np.flatnonzero(self.slot_keys != _FREE)
        taken = taken[np.argsort(self._slots[taken, 1], kind="stable")]
        keys = self._slots[taken, 0]
        self._locate(keys, taken)
        stale = taken[self._slot_of[keys] != taken] if len(taken) else taken
        self._available: list[int] = []
        self._free(stale)
        self._count = len(taken) - len(stale)
        free = np.flatnonzero(self._slots[:, 0] == _FREE)
        for start in range(0, len(free), _SPARE):
            block = free[start : start + _SPARE]
            unclean = block[self._rows[block].any(axis=1)]
            self._write(self._rows_file, unclean, self._zeros(unclean), self._row_bytes)
        self._available = free.tolist()

    def _damaged(self) -> Keys:
        """Find slots whose rows are neither unit vectors nor zeros."""
        taken = np.flatnonzero(self.slot_keys != _FREE)
        taken = taken[:: len(taken) // _CHECKED + 1]
        found = []
        for start in range(0, len(taken), _BLOCK):
            block = taken[start : start + _BLOCK]
            rows = self._rows[block]
            with np.errstate(all="ignore"):
                squares = np.einsum("ij,ij->i", rows, rows)
            even = np.isclose(squares, 1.0, atol=_UNEVEN) | ~rows.any(axis=1)
            found.append(block[~even])
        return np.concatenate(found) if found else taken

    def _allocate(self, count: int) -> Keys:
        reused = self._available[:count]
        end = self._used + count - len(reused)
        if end > len(self._slots):
            wider = np.full((end + end // 4 + _SPARE, 2), _FREE, dtype=np.int64)
            wider[: len(self._slots)] = self._slots
            self._slots = wider
        del self._available[:count]
        return np.array([*reused, *range(self._used, end)], dtype=np.int64)

    def _give_back(self, slots: Keys) -> None:
        """Undo a write that failed half-way."""
        self._cut(self._used)
        reused = slots[slots < self._used]
        with suppress(OSError):
            self._free(reused)

    def _cut(self, slots: int) -> None:
        os.ftruncate(self._slots_file, slots * _SLOT_BYTES)
        os.ftruncate(self._rows_file, slots * self._row_bytes)

    def _remap(self) -> None:
        if len(self._rows) != self._used:
            shape = (self._used, self.dimensions)
            mapped = np.memmap(self._map, dtype=np.float32, mode="r", shape=shape)
            self._rows = np.asarray(mapped)

    def _locate(self, keys: Keys, slots: Keys) -> None:
        largest = int(keys.max(initial=0))
        if largest >= len(self._slot_of):
            wider = np.full(largest + largest // 4 + _SPARE, _FREE, dtype=np.int64)
            wider[: len(self._slot_of)] = self._slot_of
            self._slot_of = wider
        self._slot_of[keys] = slots

    def _free(self, slots: Keys) -> None:
        if not len(slots):
            return
        self._slots[slots] = _FREE
        self._write(self._slots_file, slots, self._slots[slots], _SLOT_BYTES)
        self._write(self._rows_file, slots, self._zeros(slots), self._row_bytes)
        self._available += slots.tolist()

    def _zeros(self, slots: Keys) -> Rows:
        return np.zeros((len(slots), self.dimensions), dtype=np.float32)

    def _write(self, file: int, slots: Keys, values: npt.NDArray[np.generic], width: int) -> None:
        """Write values to slots, in runs of neighbours, and flush."""
        if not len(slots):
            return
        ends = np.append(np.flatnonzero(np.diff(slots) != 1) + 1, len(slots))
        start = 0
        for end in ends:
            data, offset = memoryview(values[start:end].tobytes()), int(slots[start]) * width
            while data:
                written = os.pwrite(file, data, offset)
                data, offset = data[written:], offset + written
            start = int(end)
        os.fsync(file)


def _prepare(folder: Path, header: dict[str, object]) -> None:
    """Make the folder of a space, anew where damage made its header unreadable.

    Raises Fixable when the folder holds vectors of another model.
    """
    path = folder / "header.json"
    found = _read(path) if path.exists() else header
    if found is not None and found != header:
        raise Fixable(
            f"The vectors in {folder} were not made by {header['space']} with "
            f"{header['dimensions']} numbers: remove that folder and run `dalm reindex`."
        )
    if found is None:
        _log.warning("the index in %s was damaged; it is made again", folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(header, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def _read(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
