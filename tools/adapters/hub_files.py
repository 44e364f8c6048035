"""Where the files of a hub's model are: a folder, or a fetched copy pinned to one commit."""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tools.core.errors import Fixable

# Weights are read as safetensors only: other formats can run code when they are opened.
NEEDED = ["*.json", "*.safetensors", "*.txt", "*.model"]
ENDS = 64 * 1024
TEXT = "DALM_HUB_TEXT_MODEL"
# How the families of models call the length of their vectors.
LENGTHS = ("hidden_size", "d_model", "dim", "n_embd", "emb_dim")


@dataclass(frozen=True, slots=True)
class HubFiles:
    """A model's files at one revision; `folder` may hold only its configuration yet.

    `setting` is what chose the model, for whoever has to choose another.
    """

    model: str
    revision: str
    folder: Path
    fetched: bool
    setting: str = TEXT

    @property
    def title(self) -> str:
        """Name the model without where it lies."""
        return self.model if self.fetched else self.folder.name

    def dimensions(self) -> int:
        """Give the length of its vectors; Fixable when the configuration does not say."""
        facts = self.read("config.json")
        found = next((facts[key] for key in LENGTHS if isinstance(facts.get(key), int)), None)
        if found is None:
            raise Fixable(f"{self.model} is no text model: choose another in {self.setting}.")
        return int(found)

    def read(self, name: str) -> dict[str, Any]:
        """Read a JSON object of the model; an absent file is an empty one."""
        try:
            found = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise unusable(self, error) from error
        return found if isinstance(found, dict) else {"items": found}


def locate(model: str, cache: Path | None, endpoint: str | None, setting: str = TEXT) -> HubFiles:
    """Find `model`: a folder, `owner/name` of a hub or `owner/name@revision`.

    What was fetched before is used without asking the hub, so that a model never changes under
    the vectors it made. Raises Fixable when it is neither here nor to be had.
    """
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not (folder / "config.json").is_file():
            raise Fixable(f"The folder {folder} holds no model: it has no config.json.")
        return HubFiles(
            model, _fingerprint(folder), folder.resolve(), fetched=False, setting=setting
        )
    if folder.is_absolute() or model.startswith(("~", ".")):
        raise Fixable(
            f"There is no folder {folder}: put a model there, or name one of a hub in {setting}."
        )
    name, _, revision = model.partition("@")
    try:
        config = _config(name, revision or None, cache, endpoint)
    except Exception as error:
        raise _not_to_be_had(name, setting, error) from error
    return HubFiles(name, config.parent.name, config.parent, fetched=True, setting=setting)


def complete(files: HubFiles, cache: Path | None, endpoint: str | None) -> Path:
    """Give the folder with everything in it, fetching what is missing.

    Raises Fixable when that cannot be had.
    """
    if not files.fetched:
        return files.folder
    from huggingface_hub import snapshot_download  # noqa: PLC0415

    try:
        # Without a network the library gives what is here.
        return Path(
            snapshot_download(
                files.model,
                revision=files.revision,
                allow_patterns=NEEDED,
                cache_dir=cache,
                endpoint=endpoint,
            )
        )
    except Exception as error:
        raise _not_to_be_had(files.model, files.setting, error) from error


def unusable(files: HubFiles, error: Exception) -> Fixable:
    """Word what cannot be loaded in one line."""
    return Fixable(
        f"The model {files.model} cannot be used ({_line(error)}): "
        f"choose another in {files.setting}."
    )


def installed(setting: str) -> None:
    """Raise Fixable, saying how to get them, when torch or transformers is missing."""
    if not (find_spec("torch") and find_spec("transformers")):
        raise Fixable(
            f"{setting} needs torch and transformers: run `make hub`, or `pip install .[hub]`; "
            "without the setting what is built in is used."
        )


def _config(name: str, revision: str | None, cache: Path | None, endpoint: str | None) -> Path:
    from huggingface_hub import hf_hub_download  # noqa: PLC0415
    from huggingface_hub.errors import LocalEntryNotFoundError  # noqa: PLC0415

    # It would write a line into the terminal for every attempt to connect.
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)

    def fetched(*, here: bool) -> Path:
        path = hf_hub_download(
            name,
            "config.json",
            revision=revision,
            cache_dir=cache,
            endpoint=endpoint,
            local_files_only=here,
        )
        return Path(path)

    try:
        return fetched(here=True)
    except LocalEntryNotFoundError:
        return fetched(here=False)


def _not_to_be_had(model: str, setting: str, error: Exception) -> Fixable:
    from huggingface_hub.errors import (  # noqa: PLC0415
        HFValidationError,
        RemoteEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    unknown = (
        HFValidationError,
        RemoteEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    if isinstance(error, unknown):
        return Fixable(
            f"The hub shows no model {model}: check {setting}; "
            "a private one needs `hf auth login` first."
        )
    return Fixable(
        f"The model {model} is not on this machine and cannot be fetched ({_reason(error)}): "
        f"connect to its hub once, or name a folder with the model in {setting}."
    )


def _reason(error: Exception) -> str:
    """Give what the network said, which the library wraps into advice of its own."""
    cause = error.__cause__
    return _line(cause if isinstance(cause, Exception) else error)


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200].rstrip(" .:")


def _fingerprint(folder: Path) -> str:
    """Tell one content of a folder from another without reading gigabytes."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in NEEDED for path in folder.glob(pattern)):
        digest.update(f"{path.name}\n{path.stat().st_size}\n".encode())
        for piece in _ends(path):
            digest.update(piece)
    return digest.hexdigest()


def _ends(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield file.read(ENDS)
        file.seek(max(0, path.stat().st_size - ENDS))
        yield file.read(ENDS)
