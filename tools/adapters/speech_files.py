"""Where the files of a chosen Whisper are: a folder, or a size that its engine fetches by name."""

import threading
from pathlib import Path

from tools.core.errors import Fixable

SETTING = "DALM_SPEECH_MODEL"
NEEDED = ("model.bin", "config.json", "tokenizer.json")


class ChosenWhisper:
    """A CTranslate2 Whisper: `small`, `large-v3-turbo`, `owner/name` of a hub, or a folder."""

    def __init__(self, model: str, cache: Path | None = None) -> None:
        self._model = model
        self._cache = cache
        self._lock = threading.Lock()
        self._found: Path | None = None
        self._failed = ""

    @property
    def name(self) -> str:
        """Name the model without where it lies."""
        return f"whisper-{Path(self._model).name}"

    def folder(self) -> Path:
        """Give the folder with the files, fetched once; Fixable when they cannot be had.

        What could not be fetched is asked for again by the next process.
        """
        with self._lock:
            if self._failed:
                raise Fixable(self._failed)
            if self._found is None:
                self._found = self._located()
            return self._found

    def _located(self) -> Path:
        folder = Path(self._model).expanduser()
        if folder.is_dir():
            missing = [name for name in NEEDED if not (folder / name).is_file()]
            if missing:
                self._failed = (
                    f"The folder {folder} holds no Whisper for CTranslate2: it has no "
                    f"{', '.join(missing)}. Name another in {SETTING}."
                )
                raise Fixable(self._failed)
            return folder
        if folder.is_absolute() or self._model.startswith(("~", ".")):
            self._failed = f"There is no folder {folder}: name a size or a folder in {SETTING}."
            raise Fixable(self._failed)
        return self._fetched()

    def _fetched(self) -> Path:
        from faster_whisper.utils import download_model  # noqa: PLC0415 - slow

        try:
            try:
                found = download_model(self._model, local_files_only=True, cache_dir=self._cache)
            except OSError:
                found = download_model(self._model, cache_dir=self._cache)
        except Exception as error:
            why = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            self._failed = (
                f"The speech model {self._model} is not here and cannot be fetched ({why}): "
                f"connect to its hub once, or name a folder in {SETTING}."
            )
            raise Fixable(self._failed) from error
        return Path(found)
