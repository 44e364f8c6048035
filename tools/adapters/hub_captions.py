"""Captions of pictures by BLIP, GIT and encoders with decoders (ViT-GPT2), through transformers."""

import math
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.adapters.hub_files import HubFiles, complete, installed, locate, unusable
from tools.core.errors import Fixable
from tools.core.perception import Caption
from tools.core.ports import Picture

SETTING = "DALM_CAPTION_MODEL"
# Those that word a picture without being asked anything.
FAMILIES = frozenset({"blip", "blip-2", "git", "vision-encoder-decoder"})
MOST_TOKENS = 40
# So long a model that failed is not tried again: a hub that is away would slow every picture.
RESTED = 60.0


@dataclass(frozen=True, slots=True)
class _Loaded:
    pictures: Any
    tokenizer: Any
    model: Any


class HubCaptioner:
    """Implements ports.Captioner (Li 2022, Wang 2022, Li 2021); thread-safe.

    `model` is a folder, `owner/name` of a hub or `owner/name@revision`, loaded at the first
    picture.
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
        self._loaded: _Loaded | None = None
        self._failed: tuple[float, Fixable] | None = None

    @property
    def name(self) -> str:
        """Name the model and its revision."""
        with self._lock:
            return f"{self._files.title}-{self._files.revision[:12]}"

    def caption(self, picture: Picture) -> Caption:
        """Word a picture by the likeliest words one after another.

        Raises Fixable when the model cannot be had, which is not tried again for a minute, or used.
        """
        with self._lock:
            return self._worded(picture)

    @cached_property
    def _files(self) -> HubFiles:
        installed(SETTING)
        return locate(self._wanted, self._cache, self._endpoint, SETTING)

    def _worded(self, picture: Any) -> Caption:
        import torch  # noqa: PLC0415

        loaded = self._opened()
        try:
            inputs = loaded.pictures(images=[picture.convert("RGB")], return_tensors="pt")
            with torch.inference_mode():
                found = loaded.model.generate(
                    pixel_values=inputs["pixel_values"],
                    max_new_tokens=MOST_TOKENS,
                    num_beams=1,
                    do_sample=False,
                    return_dict_in_generate=True,
                    output_scores=True,
                )
            text = loaded.tokenizer.batch_decode(found.sequences, skip_special_tokens=True)[0]
            return Caption(" ".join(str(text).split()), _sure(found))
        except Exception as error:
            raise unusable(self._files, error) from error

    def _opened(self) -> _Loaded:
        if self._failed and time.monotonic() - self._failed[0] < RESTED:
            raise Fixable(str(self._failed[1]))
        try:
            return self._once_opened()
        except Fixable as error:
            self._failed = time.monotonic(), error
            raise

    def _once_opened(self) -> _Loaded:
        if self._loaded is None:
            files = self._files
            kind = str(files.read("config.json").get("model_type", ""))
            if kind not in FAMILIES:
                raise Fixable(
                    f"{files.model} does not caption pictures unasked ({kind[:40] or 'unknown'}): "
                    f"choose a BLIP, a GIT or a ViT-GPT2 with safetensors in {SETTING}."
                )
            folder = complete(files, self._cache, self._endpoint)
            self._loaded = _opened(files, folder, self._threads)
        return self._loaded


def _sure(found: Any) -> float:
    """Give the geometric mean of the probabilities of the words that were chosen."""
    import torch  # noqa: PLC0415

    words = found.sequences[0, -len(found.scores) :]
    logs = [
        float(torch.log_softmax(scores[0].float(), dim=-1)[word])
        for scores, word in zip(found.scores, words, strict=True)
    ]
    return math.exp(sum(logs) / len(logs))


def _opened(files: HubFiles, folder: Path, threads: int) -> _Loaded:
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(threads)
    try:
        return _Loaded(
            transformers.AutoImageProcessor.from_pretrained(folder, trust_remote_code=False),
            transformers.AutoTokenizer.from_pretrained(folder, trust_remote_code=False),
            transformers.AutoModelForImageTextToText.from_pretrained(
                folder, trust_remote_code=False, use_safetensors=True, dtype=torch.float32
            ).eval(),
        )
    except Exception as error:
        raise unusable(files, error) from error
