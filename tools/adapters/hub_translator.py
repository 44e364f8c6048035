"""Translation between many languages by NLLB-200 (Costa-jussa 2022), through transformers."""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.adapters.hub_files import HubFiles, complete, installed, locate, unusable
from tools.adapters.translator import framed
from tools.core.errors import Fixable
from tools.core.perception import Tongue
from tools.core.ports import Translator

SETTING = "DALM_TRANSLATION_MODEL"
# BCP 47 and what NLLB calls the language (FLORES-200).
FLORES = {
    "en": "eng_Latn", "de": "deu_Latn", "fr": "fra_Latn", "es": "spa_Latn", "it": "ita_Latn",
    "pt": "por_Latn", "nl": "nld_Latn", "ja": "jpn_Jpan", "zh": "zho_Hans", "ko": "kor_Hang",
    "ru": "rus_Cyrl", "uk": "ukr_Cyrl", "pl": "pol_Latn", "cs": "ces_Latn", "da": "dan_Latn",
    "sv": "swe_Latn", "fi": "fin_Latn", "hu": "hun_Latn", "ro": "ron_Latn", "el": "ell_Grek",
    "tr": "tur_Latn", "ar": "arb_Arab", "he": "heb_Hebr", "hi": "hin_Deva", "id": "ind_Latn",
    "vi": "vie_Latn", "th": "tha_Thai", "nb": "nob_Latn", "no": "nob_Latn", "bg": "bul_Cyrl",
    "ca": "cat_Latn", "hr": "hrv_Latn", "sk": "slk_Latn", "zh-hant": "zho_Hant",
    "zh-tw": "zho_Hant", "zh-hk": "zho_Hant",
}  # fmt: skip
MOST_TOKENS = 400


class HubTranslator:
    """Implements ports.Translator; `other` detects languages and serves what this does not.

    `model` is a folder, `owner/name` of a hub or `owner/name@revision`, loaded at the first text.
    """

    def __init__(
        self,
        model: str,
        other: Translator,
        *,
        threads: int = 2,
        cache: Path | None = None,
        endpoint: str | None = None,
    ) -> None:
        self._wanted = model
        self._other = other
        self._threads = threads
        self._cache = cache
        self._endpoint = endpoint
        self._lock = threading.RLock()
        self._loaded: tuple[Any, Any] | None = None

    def name(self, source: str, target: str) -> str | None:
        """Name the model and its revision where it serves the pair, else the other engine."""
        if self._pair(source, target) is None:
            return self._other.name(source, target)
        return f"{self._files.title}-{self._files.revision[:12]}"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate one for one, sentence by sentence; Fixable when the model cannot be had."""
        pair = self._pair(source, target)
        if pair is None:
            return self._other.translate(texts, source, target)
        with self._lock:
            return [framed(text, self._one, pair) for text in texts]

    def detect(self, text: str) -> str:
        """Name the language of a text."""
        return self._other.detect(text)

    def identify(self, text: str) -> Tongue:
        """Tell the language of a text and how sure that is."""
        return self._other.identify(text)

    def close(self) -> None:
        """Free the model; another text loads it again."""
        with self._lock:
            self._loaded = None

    @cached_property
    def _files(self) -> HubFiles:
        installed(SETTING)
        return locate(self._wanted, self._cache, self._endpoint, SETTING)

    def _pair(self, source: str, target: str) -> tuple[str, str] | None:
        found = _flores(source), _flores(target)
        return (found[0], found[1]) if found[0] and found[1] and found[0] != found[1] else None

    def _one(self, sentence: str, pair: tuple[str, str]) -> str:
        import torch  # noqa: PLC0415

        tokenizer, model = self._opened()
        tokenizer.src_lang = pair[0]
        inputs = tokenizer(sentence, return_tensors="pt", truncation=True, max_length=MOST_TOKENS)
        with torch.inference_mode():
            rows = model.generate(
                input_ids=inputs["input_ids"],
                attention_mask=inputs["attention_mask"],
                forced_bos_token_id=tokenizer.convert_tokens_to_ids(pair[1]),
                max_new_tokens=MOST_TOKENS,
                num_beams=2,
                do_sample=False,
            )
        return str(tokenizer.batch_decode(rows, skip_special_tokens=True)[0]).strip()

    def _opened(self) -> tuple[Any, Any]:
        if self._loaded is None:
            files = self._files
            folder = complete(files, self._cache, self._endpoint)
            self._loaded = _opened(files, folder, self._threads)
        return self._loaded


def _flores(language: str) -> str:
    whole = language.lower()
    return FLORES.get(whole) or FLORES.get(whole.split("-", maxsplit=1)[0], "")


def _opened(files: HubFiles, folder: Path, threads: int) -> tuple[Any, Any]:
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(threads)
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
        model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
            folder, trust_remote_code=False, use_safetensors=True, dtype=torch.float32
        )
        known = tokenizer.convert_tokens_to_ids("eng_Latn")
    except Exception as error:
        raise unusable(files, error) from error
    if known in (None, tokenizer.unk_token_id):
        raise Fixable(
            f"{files.model} does not call languages as NLLB does (eng_Latn): choose an NLLB-200 "
            f"with safetensors in {files.setting}."
        )
    return tokenizer, model.eval()
