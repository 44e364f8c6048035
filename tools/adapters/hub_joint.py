"""Pictures and texts as vectors of one space by CLIP, SigLIP or SigLIP 2, through transformers."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.adapters.hub_files import HubFiles, complete, installed, locate, unusable
from tools.core.errors import Fixable
from tools.core.ports import Picture

SETTING = "DALM_JOINT_MODEL"
BATCH = 16
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class _Loaded:
    processor: Any
    model: Any
    limit: int
    padding: str


class HubJoint:
    """Implements ports.JointEmbedder; rows are unit float32, shape (n, dimensions); thread-safe.

    `model` is a folder, `owner/name` of a hub or `owner/name@revision` (Radford 2021, Zhai 2023,
    Tschannen 2025). Its configuration is read when the name is asked for, the model itself when it
    is first needed; both raise Fixable.
    """

    def __init__(
        self,
        model: str,
        *,
        threads: int = 2,
        cache: Path | None = None,
        endpoint: str | None = None,
    ) -> None:
        self._wanted = model
        self._threads = threads
        self._cache = cache
        self._endpoint = endpoint
        self._lock = threading.RLock()
        self._ready: _Loaded | None = None

    @property
    def name(self) -> str:
        """Name model, revision and dimension."""
        return f"joint-{self._files.title}-{self._files.revision[:12]}-{self.dimensions}"

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        return self._dimensions

    def pictures(self, pictures: Sequence[Picture]) -> NDArray[np.float32]:
        """Embed pictures."""
        return self._embedded(pictures, self._of_pictures)

    def texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed what people ask."""
        return self._embedded(texts, self._of_texts)

    @cached_property
    def _files(self) -> HubFiles:
        installed(SETTING)
        with self._lock:
            return locate(self._wanted, self._cache, self._endpoint, SETTING)

    @cached_property
    def _dimensions(self) -> int:
        import transformers  # noqa: PLC0415

        try:
            facts = transformers.AutoConfig.from_pretrained(
                self._files.folder, trust_remote_code=False
            )
        except Exception as error:
            raise unusable(self._files, error) from error
        text = getattr(facts, "text_config", None)
        if text is None or getattr(facts, "vision_config", None) is None:
            raise _no_joint_model(self._files)
        # CLIP projects both sides to one length, SigLIP the text to that of its pictures.
        own = getattr(facts, "projection_dim", None) or getattr(text, "projection_size", None)
        if own is None:
            raise _no_joint_model(self._files)
        return int(own)

    def _embedded(self, things: Sequence[Any], made: Any) -> NDArray[np.float32]:
        import torch  # noqa: PLC0415

        found = np.zeros((len(things), self.dimensions), dtype=np.float32)
        for start in range(0, len(things), BATCH):
            batch = things[start : start + BATCH]
            with self._lock, torch.inference_mode():
                rows = made(self._load(), batch)
                # Newer versions give what they made of the whole way, older ones only the end.
                rows = getattr(rows, "pooler_output", rows).float()
                found[start : start + len(batch)] = torch.nn.functional.normalize(rows, dim=1)
        return found

    def _of_pictures(self, loaded: _Loaded, pictures: Sequence[Any]) -> Any:
        plain = [picture.convert("RGB") for picture in pictures]
        inputs = loaded.processor.image_processor(images=plain, return_tensors="pt")
        return loaded.model.get_image_features(**inputs)

    def _of_texts(self, loaded: _Loaded, texts: Sequence[str]) -> Any:
        tokens = loaded.processor.tokenizer(
            [_plain(text) for text in texts],
            padding=loaded.padding,
            truncation=True,
            max_length=loaded.limit,
            return_tensors="pt",
        )
        # SigLIP was taught with all its places filled, and without a mask.
        wanted = (
            ["input_ids"] if loaded.padding == "max_length" else ["input_ids", "attention_mask"]
        )
        return loaded.model.get_text_features(**{name: tokens[name] for name in wanted})

    def _load(self) -> _Loaded:
        if self._ready is None:
            folder = complete(self._files, self._cache, self._endpoint)
            self._ready = _opened(self._files, folder, self._threads)
        return self._ready


def _opened(files: HubFiles, folder: Path, threads: int) -> _Loaded:
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(threads)
    try:
        processor = transformers.AutoProcessor.from_pretrained(folder, trust_remote_code=False)
        model = transformers.AutoModel.from_pretrained(
            folder, trust_remote_code=False, use_safetensors=True, dtype=torch.float32
        ).eval()
        places = int(model.config.text_config.max_position_embeddings)
        limit = min(places, int(processor.tokenizer.model_max_length))
        filled = str(model.config.model_type).startswith("siglip")
    except Exception as error:
        raise unusable(files, error) from error
    if not hasattr(model, "get_image_features") or not hasattr(processor, "image_processor"):
        raise _no_joint_model(files)
    return _Loaded(processor, model, limit, "max_length" if filled else "longest")


def _no_joint_model(files: HubFiles) -> Fixable:
    return Fixable(
        f"{files.model} places no pictures and texts in one space: choose a CLIP or SigLIP model, "
        f"such as google/siglip2-base-patch16-224, in {files.setting}."
    )


def _plain(text: str) -> str:
    """Make a text readable: half characters stop the tokenizer, nothing at all has no meaning."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8").strip() or "-"
