"""A Chroma copy of a matrix for unfiltered neighbours; never the truth, thrown away at will."""

import json
import logging
import shutil
import threading
import uuid
from pathlib import Path
from typing import Any

import numpy as np

from tools.adapters.vectors.matrix import Keys, Matrix, Rows

_COLLECTION = "rows"
_BATCH = 2000
_log = logging.getLogger(__name__)


class ChromaMirror:
    """Follows a matrix row by row in a background thread.

    `lock` guards the matrix. What the mirror has not seen is `matrix.newer_than(mirror.synced)`.
    """

    def __init__(self, folder: Path, matrix: Matrix, lock: threading.RLock) -> None:
        self._folder = folder
        self._state = folder / "mirror.json"
        self._matrix = matrix
        self._lock = lock
        self._client: Any = None
        self._collection: Any = None
        self._following: threading.Thread | None = None
        self._stop = threading.Event()
        # Held while Chroma is used; never held while waiting for the thread or the matrix's lock.
        self._use = threading.RLock()
        self._name = ""
        self._condemned = False
        self._failures = 0
        self.synced = 0

    @property
    def ready(self) -> bool:
        """Tell whether the mirror can be asked."""
        return self._collection is not None

    def follow(self) -> None:
        """Begin to copy what is new, unless that goes on already or has failed twice."""
        busy = self._following is not None and self._following.is_alive()
        if not busy and not self._condemned and self._failures < 2:
            self._stop.clear()
            self._following = threading.Thread(
                target=self._catch_up, name="chroma-mirror", daemon=True
            )
            self._following.start()

    def wait(self, timeout: float) -> None:
        """Block until the present round of copying ends."""
        if self._following is not None:
            self._following.join(timeout)

    def nearest(self, vector: Rows, limit: int) -> Keys | None:
        """Give candidate keys, or None when Chroma cannot be asked at this moment."""
        if not self._use.acquire(blocking=False):
            return None
        try:
            if self._collection is None:
                return None
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=limit, include=[]
            )
            return np.array([int(key) for key in found["ids"][0]], dtype=np.int64)
        except Exception:  # noqa: BLE001  (whatever breaks a copy, the matrix answers)
            _log.warning("Chroma could not be asked; its copy is built anew", exc_info=True)
        finally:
            self._use.release()
        self._failures += 1
        self.discard()
        return None

    def condemn(self) -> None:
        """Stop copying and make sure that, even after a kill, the copy is never used again."""
        with self._use:
            self._condemned = True
            self._stop.set()
            self._state.unlink(missing_ok=True)

    def discard(self) -> None:
        """Throw the copy away, files and all; it is built anew when it is followed again."""
        self.close()
        self._throw_away()
        self._condemned = False

    def close(self) -> None:
        """Stop copying and release Chroma's files."""
        self._stop.set()
        if self._following is not None and self._following is not threading.current_thread():
            self._following.join()
        self._drop_client()

    def _catch_up(self) -> None:
        try:
            if self._collection is None:
                self._open()
            while not self._stop.is_set() and self._copy_batch():
                pass
            if not self._stop.is_set() and not self._agrees():
                _log.warning("Chroma disagrees with the matrix; its copy is built anew")
                self._failures += 1
                self._throw_away()
        except Exception:  # noqa: BLE001  (whatever breaks a copy, the matrix answers)
            _log.warning("Chroma could not follow; its copy is built anew", exc_info=True)
            self._failures += 1
            self._throw_away()

    def _copy_batch(self) -> bool:
        with self._lock:
            slots, sequences = self._matrix.newer_than(self.synced, _BATCH)
            keys, rows = self._matrix.slot_keys[slots], self._matrix.rows[slots]
        if not len(keys):
            return False
        with self._use:
            self._collection.upsert(ids=[str(key) for key in keys.tolist()], embeddings=rows)
            self.synced = int(sequences[-1])
            self._remember()
        return True

    def _open(self) -> None:
        name, synced = self._remembered()
        self._sweep(keep=name)
        if name is not None and (self._folder / name).is_dir():
            try:
                self._connect(name)
                self.synced = synced
                if self._agrees():
                    return
            except Exception:  # noqa: BLE001  (a copy that cannot be read is built anew)
                _log.warning("Chroma's copy cannot be read; it is built anew", exc_info=True)
        self._drop_client()
        self._sweep(keep=None)
        self.synced = 0
        self._name = f"chroma-{uuid.uuid4().hex[:8]}"
        self._connect(self._name)
        self._remember()

    def _connect(self, name: str) -> None:
        # Chroma takes a second to import, which only a large library pays, and in this thread.
        import chromadb  # noqa: PLC0415
        from chromadb.config import Settings  # noqa: PLC0415

        client = chromadb.PersistentClient(
            path=str(self._folder / name), settings=Settings(anonymized_telemetry=False)
        )
        collection = client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        with self._use:
            self._name, self._client, self._collection = name, client, collection

    def _drop_client(self) -> None:
        with self._use:
            if self._client is not None:
                self._client.close()
            self._client = self._collection = None

    def _throw_away(self) -> None:
        with self._use:
            self._drop_client()
            self._state.unlink(missing_ok=True)
            self._sweep(keep=None)
            self.synced = 0

    def _agrees(self) -> bool:
        """Compare counts: at least what was copied, at most what there is."""
        with self._use:
            count = self._collection.count() if self._collection is not None else 0
        with self._lock:
            total, missing = len(self._matrix), len(self._matrix.newer_than(self.synced)[0])
        return total - missing <= count <= total

    def _remember(self) -> None:
        if self._condemned:
            return
        fresh = self._state.with_suffix(".new")
        fresh.write_text(json.dumps({"folder": self._name, "synced": self.synced}))
        fresh.replace(self._state)

    def _remembered(self) -> tuple[str | None, int]:
        try:
            state = json.loads(self._state.read_text())
            return str(state["folder"]), int(state["synced"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, 0

    def _sweep(self, keep: str | None) -> None:
        for folder in self._folder.glob("chroma-*"):
            if folder.name != keep:
                shutil.rmtree(folder, ignore_errors=True)
