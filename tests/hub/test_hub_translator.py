"""NLLB as transformers makes it, tiny and with random weights: what is asked of it, and kept."""

from pathlib import Path

import pytest

from tools.adapters.hub_translator import FLORES, HubTranslator
from tools.adapters.translator import KNOWN, PairTranslator
from tools.core.errors import Fixable

pytestmark = pytest.mark.hub


@pytest.fixture
def nllb(tmp_path: Path) -> Path:
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        M2M100Config,
        M2M100ForConditionalGeneration,
        NllbTokenizer,
    )

    folder = tmp_path / "tiny-nllb"
    words = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"adogct"]
    tokenizer = NllbTokenizer(
        vocab={word: number for number, word in enumerate(dict.fromkeys(words))}, merges=[]
    )
    tokenizer.save_pretrained(folder)
    torch.manual_seed(3)
    sides = {f"{side}_layers": 1 for side in ("encoder", "decoder")}
    sides |= {f"{side}_attention_heads": 2 for side in ("encoder", "decoder")}
    sides |= {f"{side}_ffn_dim": 16 for side in ("encoder", "decoder")}
    ends = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}
    config = M2M100Config(
        vocab_size=len(tokenizer), d_model=16, max_position_embeddings=512, **sides, **ends
    )
    M2M100ForConditionalGeneration(config).save_pretrained(folder)
    return folder


def test_languages_have_the_names_of_the_model():
    assert set(KNOWN) <= set(FLORES)
    engine = HubTranslator("/nowhere", PairTranslator())
    assert engine._pair("en-GB", "pt-BR") == ("eng_Latn", "por_Latn")
    assert engine._pair("zh-TW", "de-CH") == ("zho_Hant", "deu_Latn")
    assert engine._pair("en", "en-US") is None
    assert engine._pair("tlh", "en") is None


def test_texts_are_asked_for_in_their_languages_one_for_one(
    nllb: Path, monkeypatch: pytest.MonkeyPatch
):
    engine = HubTranslator(str(nllb), PairTranslator())
    name = engine.name("de", "fr")
    assert name is not None
    assert name.startswith("tiny-nllb-")
    tokenizer, model = engine._opened()
    asked: list[tuple[str, str, str]] = []
    generate = model.generate

    def seen(**inputs: object):
        tokens = tokenizer.decode(inputs["input_ids"][0])
        wanted = tokenizer.convert_ids_to_tokens(inputs["forced_bos_token_id"])
        asked.append((tokenizer.src_lang, wanted, tokens))
        return generate(**inputs)

    monkeypatch.setattr(model, "generate", seen)
    monkeypatch.setattr("tools.adapters.hub_translator.MOST_TOKENS", 8)
    found = engine.translate(["a dog. a cat", "", "  12\n"], "de", "fr")
    assert len(found) == 3
    assert found[1:] == ["", "  12\n"]
    assert [pair[:2] for pair in asked] == [("deu_Latn", "fra_Latn")] * 2
    assert all("deu_Latn" in pair[2] for pair in asked)


def test_another_model_and_none_are_said(made: Path, tmp_path: Path):
    for folder, said in ((made, "cannot be used"), (tmp_path / "none", "There is no folder")):
        with pytest.raises(Fixable, match=said) as caught:
            HubTranslator(str(folder), PairTranslator()).translate(["a dog"], "en", "de")
        assert "\n" not in str(caught.value)
