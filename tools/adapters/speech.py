"""Speech by Whisper (Radford et al. 2022), run by faster-whisper on CTranslate2 in int8."""

import threading
from pathlib import Path
from typing import Any

import numpy as np

from tools.adapters.speech_files import ChosenWhisper
from tools.core.errors import Fixable
from tools.core.perception import Heard, Spoken
from tools.core.ports import ModelStore

NAME = "whisper-base"
# The names under which the engine asks for the files, and those of the manifest.
FILES = {
    "model.bin": "speech",
    "config.json": "speech-config",
    "tokenizer.json": "speech-tokens",
    "vocabulary.txt": "speech-words",
}
# What the model doubts this much, or repeats so that it packs this well, it has made up: the limits
# of the paper (section 4.5). Music and noise would be written down without them.
DOUBTED, REPEATED = -1.0, 2.4
MOST_TOKENS = 224


class WhisperSpeech:
    """Implements ports.Speech; loaded at first use, one stretch of sound at a time.

    `chosen` takes the place of the model that comes along.
    """

    def __init__(
        self, models: ModelStore, threads: int = 2, chosen: ChosenWhisper | None = None
    ) -> None:
        self.name = chosen.name if chosen else NAME
        self._chosen = chosen
        self._models = models
        self._threads = threads
        self._lock = threading.Lock()
        self._engine: Any = None

    @property
    def ready(self) -> bool:
        """Tell whether every file of the model is there; a chosen one is fetched for that."""
        try:
            if self._chosen:
                self._chosen.folder()
            else:
                self._files()
        except Fixable:
            return False
        return True

    def hear(self, pcm: bytes, language: str = "") -> Heard:
        """Give the words; Fixable, saying how to get it, when the model is missing."""
        sound = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
        with self._lock:
            segments, facts = self._loaded().transcribe(
                sound,
                language=language or None,
                # Greedy words of a short recording often seem doubtful, and what is then tried by
                # chance is another text each time; this costs a tenth more and is not.
                beam_size=5,
                temperature=(0.0, 0.4),
                # Without what was said before, a mistake is not carried on.
                condition_on_previous_text=False,
                word_timestamps=True,
                vad_filter=True,
                max_new_tokens=MOST_TOKENS,
            )
            words = [
                Spoken(float(word.start), float(word.end), word.word, float(word.probability))
                for segment in segments
                if segment.avg_logprob > DOUBTED and segment.compression_ratio < REPEATED
                for word in segment.words or ()
            ]
        return Heard(tuple(words), facts.language, float(facts.language_probability))

    def close(self) -> None:
        """Free the model; another recording loads it again."""
        with self._lock:
            self._engine = None

    def _loaded(self) -> Any:
        if self._engine is None:
            self._engine = self._opened()
        return self._engine

    def _opened(self) -> Any:
        folder = self._chosen.folder() if self._chosen else None
        files = {} if folder else self._files()
        from faster_whisper import WhisperModel  # noqa: PLC0415 - slow

        settings = {"device": "cpu", "compute_type": "int8", "cpu_threads": self._threads}
        if folder is None:
            content = {name: path.read_bytes() for name, path in files.items()}
            return WhisperModel(NAME, files=content, **settings)
        try:
            return WhisperModel(str(folder), **settings)
        except (RuntimeError, ValueError) as error:
            raise Fixable(
                f"The speech model in {folder} cannot be used ({str(error)[:200]}): "
                "name another in DALM_SPEECH_MODEL."
            ) from error

    def _files(self) -> dict[str, Path]:
        return {name: self._models.path(model) for name, model in FILES.items()}
