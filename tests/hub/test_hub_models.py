"""The hub embedder on a real, tiny BERT that the test makes; needs torch and transformers."""

from pathlib import Path

import numpy as np
import pytest

from tools.adapters.hub_models import HubEmbedder
from tools.core.errors import Fixable

pytestmark = [
    pytest.mark.hub,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] a dog cat on the balcony two query passage : bottle steel"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import BertConfig, BertModel, BertTokenizerFast  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("tiny-bert")
    (folder / "vocab.txt").write_text("\n".join(WORDS.split()), encoding="utf-8")
    tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"), model_max_length=32)
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS.split()),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=32,
    )
    BertModel(config).eval().save_pretrained(folder)
    return folder


def test_rows_are_unit_vectors_and_the_same_for_the_same_text(tiny):
    embedder = HubEmbedder(str(tiny))
    rows = embedder.passages(["two dog on the balcony", "", "a steel bottle", "dog " * 5000])
    assert rows.shape == (4, 32)
    assert embedder.dimensions == 32
    assert embedder.name.endswith("-32")
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    again = embedder.passages(["two dog on the balcony"])
    assert np.allclose(again[0], rows[0], atol=1e-5)
    assert not np.allclose(rows[0], rows[2], atol=1e-3)


def test_more_texts_than_a_batch_and_none_at_all(tiny):
    embedder = HubEmbedder(str(tiny))
    assert embedder.queries(["a dog"] * 33).shape == (33, 32)
    assert embedder.queries([]).shape == (0, 32)


def test_queries_and_passages_differ_by_their_prefix(tiny):
    embedder = HubEmbedder(str(tiny), query_prefix="query : ", passage_prefix="passage : ")
    assert not np.allclose(embedder.queries(["a dog"]), embedder.passages(["a dog"]), atol=1e-4)


def test_a_folder_without_a_model_says_what_to_do(tmp_path):
    with pytest.raises(Fixable):
        HubEmbedder(str(tmp_path / "nothing")).queries(["a dog"])
