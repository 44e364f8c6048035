"""The local language model: llama.cpp in this process, through xllamacpp."""

import http.client
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import xllamacpp

from tools.core.errors import Fixable

FIXED, FREE = 0, 1
CONTEXT = 12_288
LIKELIEST = 60
SILENT = -1
SUFFIX = ".kv"


class Llama:
    """One model file, loaded at first use, answering one request at a time.

    `model` gives the verified file and raises Fixable when it is missing (ModelStore.path);
    `states` is the folder for saved contexts. The engine insists on a loopback port: it is given
    a random key and answers no foreign page, and only this class knows the key.
    """

    def __init__(
        self, *, model: Callable[[], Path], states: Path, threads: int = 2, context: int = CONTEXT
    ) -> None:
        self._model = model
        self._states = states
        self._threads = threads
        self._context = context
        self._lock = threading.Lock()
        self._key = secrets.token_urlsafe(32)
        self._server: Any = None

    @property
    def name(self) -> str:
        """Name the model file."""
        return self._model().stem

    @property
    def busy(self) -> bool:
        """Tell whether a request is running."""
        return self._lock.locked()

    def load(self) -> None:
        """Load the model now; Fixable when the file is missing or cannot be loaded."""
        with self._lock:
            self._loaded()

    def close(self) -> None:
        """Free the model."""
        with self._lock:
            self._server = None

    def prefill(self, prompt: str) -> int:
        """Read a prompt into the fixed context and give its length in tokens."""
        answer = self._ask({"prompt": prompt, "max_tokens": 1, "id_slot": FIXED})
        return int(answer["usage"]["prompt_tokens"])

    def next_token(self, prompt: str) -> dict[str, float]:
        """Give the natural log-probabilities of the likeliest next tokens, by their text."""
        answer = self._ask(
            {"prompt": prompt, "max_tokens": 1, "id_slot": FIXED, "logprobs": LIKELIEST}
        )
        first = answer["choices"][0]["logprobs"]["content"][0]
        return {entry["token"]: float(entry["logprob"]) for entry in first["top_logprobs"]}

    def complete(self, prompt: str, grammar: str, limit: int) -> str:
        """Continue a prompt in the fixed context under a GBNF grammar."""
        answer = self._ask(
            {"prompt": prompt, "max_tokens": limit, "id_slot": FIXED, "grammar": grammar}
        )
        return str(answer["choices"][0]["text"])

    def chat(self, messages: Sequence[tuple[str, str]], limit: int) -> Iterator[str]:
        """Answer (role, text) messages in the free context, piece by piece."""
        request = {
            "messages": [{"role": role, "content": text} for role, text in messages],
            "max_tokens": limit,
            "id_slot": FREE,
            "temperature": 0,
            "cache_prompt": True,
            "stream": True,
        }
        pieces: SimpleQueue[str | BaseException | None] = SimpleQueue()
        worker = threading.Thread(target=self._chat, args=(request, pieces), daemon=True)
        worker.start()
        while (piece := pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
        worker.join()

    def save(self, key: str) -> None:
        """Keep the fixed context on disk under a key and drop other keys' files."""
        self._states.mkdir(parents=True, exist_ok=True)
        name = key + SUFFIX
        with self._lock:
            self._slots("save", f"{name}.part")
        (self._states / f"{name}.part").replace(self._states / name)
        for path in self._states.glob(f"*{SUFFIX}*"):
            if path.name != name:
                path.unlink(missing_ok=True)

    def restore(self, key: str) -> bool:
        """Bring a kept fixed context back; False when there is none or it is damaged."""
        name = key + SUFFIX
        if not (self._states / name).is_file():
            return False
        with self._lock:
            try:
                self._slots("restore", name)
            except Fixable:
                (self._states / name).unlink(missing_ok=True)
                return False
        return True

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            answer = self._loaded().handle_completions(
                {"temperature": 0, "cache_prompt": True, **request}
            )
        return _checked(answer)

    def _chat(
        self, request: dict[str, Any], pieces: "SimpleQueue[str | BaseException | None]"
    ) -> None:
        def take(chunk: Any) -> bool:
            for choice in _checked(chunk).get("choices", ()):
                if text := choice.get("delta", {}).get("content"):
                    pieces.put(str(text))
            return False

        try:
            with self._lock:
                self._loaded().handle_chat_completions(request, take)
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that reads
            pieces.put(error)
        finally:
            pieces.put(None)

    def _loaded(self) -> Any:
        if self._server is None:
            path = self._model()
            self._states.mkdir(parents=True, exist_ok=True)
            try:
                self._server = xllamacpp.Server(self._parameters(path))
            except RuntimeError as error:
                raise Fixable(
                    f"The local model '{path.name}' could not be loaded; run 'dalm models' to "
                    "verify it."
                ) from error
        return self._server

    def _parameters(self, path: Path) -> Any:
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        # Read, not mapped: the weights are kept in another order, and both would be in memory.
        parameters.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
        parameters.n_ctx = self._context
        parameters.n_parallel = 2
        # One pool of cells for both contexts: the long one need not be mirrored by the short one.
        parameters.kv_unified = True
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = self._threads
        # Polling burns a core that others need while a thread waits for the other.
        parameters.cpuparams.poll = parameters.cpuparams_batch.poll = 0
        parameters.slot_save_path = f"{self._states}/"
        parameters.cache_ram_mib = 0
        parameters.verbosity = SILENT
        parameters.hostnames = ["127.0.0.1"]
        parameters.api_keys = [self._key]
        parameters.cors_origins = "http://127.0.0.1"
        parameters.endpoint_props = False
        parameters.ui = False
        return parameters

    def _slots(self, action: str, name: str) -> None:
        with self._wire() as wire:
            wire.request(
                "POST",
                f"/slots/{FIXED}?action={action}",
                json.dumps({"filename": name}),
                {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"},
            )
            response = wire.getresponse()
            body = response.read().decode()
        if response.status != http.client.OK:
            raise Fixable(f"The state of the local model could not be kept: {body[:200]}")

    @contextmanager
    def _wire(self) -> Iterator[http.client.HTTPConnection]:
        address = urlsplit(str(self._loaded().listening_address))
        wire = http.client.HTTPConnection(address.hostname or "", address.port, timeout=120)
        try:
            yield wire
        finally:
            wire.close()


def _checked(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict) or "error" in answer:
        raise Fixable(f"The local model could not answer: {str(answer)[:200]}")
    return answer
