"""Texts as vectors by a text-embedding model of a hub, through torch and transformers."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.adapters.hub_files import TEXT, HubFiles, complete, installed, locate, unusable
from tools.core.errors import Fixable

BATCH = 32
# A token seldom has more letters; what comes after them would be cut off anyway.
LETTERS_PER_TOKEN = 20
# What the files of sentence-transformers call the two ways to make one vector of many.
MEAN, FIRST = {"mean_tokens", "mean"}, {"cls_token", "cls"}
E5 = re.compile(r"(^|[-_/])e5([-_]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Loaded:
    tokenizer: Any
    model: Any
    limit: int
    mean: bool
    query: str
    passage: str


class HubEmbedder:
    """Implements ports.TextEmbedder; rows are unit float32, shape (n, dimensions); thread-safe.

    `model` is a folder, `owner/name` of a hub or `owner/name@revision`; prefixes are those that
    the model declares unless they are given. Its configuration is read when the name is asked
    for, the model itself at the first text; both raise Fixable.
    """

    def __init__(
        self,
        model: str,
        *,
        query_prefix: str | None = None,
        passage_prefix: str | None = None,
        threads: int = 2,
        cache: Path | None = None,
        endpoint: str | None = None,
    ) -> None:
        self._wanted = model
        self._prefixes = (query_prefix, passage_prefix)
        self._threads = threads
        self._cache = cache
        self._endpoint = endpoint
        self._lock = threading.RLock()
        self._ready: _Loaded | None = None

    @property
    def name(self) -> str:
        """Name model, revision and dimension."""
        return f"{self._files.title}-{self._files.revision[:12]}-{self.dimensions}"

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        return self._dimensions

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed what people ask."""
        return self._embedded(texts, query=True)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed what assets say."""
        return self._embedded(texts, query=False)

    @cached_property
    def _files(self) -> HubFiles:
        installed(TEXT)
        with self._lock:
            return locate(self._wanted, self._cache, self._endpoint)

    @cached_property
    def _dimensions(self) -> int:
        return self._files.dimensions()

    def _embedded(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            with self._lock:
                found[start : start + len(batch)] = self._rows(self._load(), batch, query=query)
        return found

    def _rows(self, loaded: _Loaded, texts: Sequence[str], *, query: bool) -> Any:
        import torch  # noqa: PLC0415

        prefix = loaded.query if query else loaded.passage
        tokens = loaded.tokenizer(
            [prefix + _plain(text, loaded.limit) for text in texts],
            padding=True,
            truncation=True,
            max_length=loaded.limit,
            return_tensors="pt",
        )
        with torch.inference_mode():
            states = loaded.model(**tokens).last_hidden_state.float()
            mask = tokens["attention_mask"].unsqueeze(-1).float()
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1)
            rows = mean if loaded.mean else states[:, 0]
            return torch.nn.functional.normalize(rows, dim=1).numpy()

    def _load(self) -> _Loaded:
        if self._ready is None:
            folder = complete(self._files, self._cache, self._endpoint)
            mean = _pools_by_mean(self._files)
            query, passage = _prefixes(self._files)
            given_query, given_passage = self._prefixes
            tokenizer, model = _opened(self._files, folder, self._threads)
            self._ready = _Loaded(
                tokenizer,
                model,
                _limit(self._files, tokenizer, model),
                mean,
                query if given_query is None else given_query,
                passage if given_passage is None else given_passage,
            )
        return self._ready


def _opened(files: HubFiles, folder: Path, threads: int) -> tuple[Any, Any]:
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(threads)
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            folder, trust_remote_code=False, padding_side="right"
        )
        if tokenizer.pad_token is None:
            tokenizer.pad_token = tokenizer.eos_token
        model = transformers.AutoModel.from_pretrained(
            folder, trust_remote_code=False, use_safetensors=True, dtype=torch.float32
        )
    except Exception as error:
        raise unusable(files, error) from error
    return tokenizer, model.eval()


def _limit(files: HubFiles, tokenizer: Any, model: Any) -> int:
    """Give how many tokens the model reads: the least of all that its files say."""
    said = [
        tokenizer.model_max_length,
        files.read("sentence_bert_config.json").get("max_seq_length"),
    ]
    places = getattr(model.config, "max_position_embeddings", None)
    if places:
        table = getattr(getattr(model, "embeddings", None), "position_embeddings", None)
        padding = getattr(table, "padding_idx", None)
        # RoBERTa and its kin count places from behind the one of the padding.
        said.append(places if padding is None else places - padding - 1)
    return int(min(number for number in said if number))


def _pools_by_mean(files: HubFiles) -> bool:
    """Tell mean from first token; Fixable for a model that ends in something else."""
    steps = files.read("modules.json").get("items", [])
    if any(str(step.get("type")).endswith(".Dense") for step in steps):
        raise _other_ending(files)
    declared = files.read("1_Pooling/config.json")
    old = "pooling_mode_"
    ways = {key.removeprefix(old) for key, on in declared.items() if key.startswith(old) and on}
    ways |= {declared["pooling_mode"]} if "pooling_mode" in declared else set()
    if not ways <= MEAN and not ways <= FIRST:
        raise _other_ending(files)
    return ways <= MEAN


def _other_ending(files: HubFiles) -> Fixable:
    return Fixable(
        f"{files.model} makes its vectors in a way that is not known here: choose a model that "
        "takes the mean or the first token, such as intfloat/multilingual-e5-base."
    )


def _prefixes(files: HubFiles) -> tuple[str, str]:
    """Give what goes before a query and a passage: as declared, or as E5 (Wang 2024) was taught."""
    said = files.read("config_sentence_transformers.json").get("prompts") or {}
    if "query" in said:
        return said["query"], said.get("passage") or said.get("document") or ""
    return ("query: ", "passage: ") if E5.search(files.title) else ("", "")


def _plain(text: str, limit: int) -> str:
    """Make a text readable: half characters stop the tokenizer, nothing at all has no mean."""
    short = text[: limit * LETTERS_PER_TOKEN]
    return short.encode("utf-8", "replace").decode("utf-8").strip() or "-"
