"""A tiny BERT that transformers itself makes, and a hub on loopback that serves it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.hub_server import LoopbackHub, serving

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] a dog cat on the balcony two query passage : bottle steel"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch  # noqa: PLC0415
    from transformers import BertConfig, BertModel, BertTokenizerFast  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("made")
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS.split()), encoding="utf-8")
    tokenizer = BertTokenizerFast(vocab=str(vocabulary), model_max_length=32)
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS.split()),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=32,
    )
    torch.manual_seed(7)
    BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture
def tiny(made: Path, tmp_path: Path) -> Path:
    """Give a copy that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "tiny-bert"))


@pytest.fixture
def hub(tiny: Path) -> Iterator[LoopbackHub]:
    with serving(LoopbackHub("team/tiny", tiny)) as running:
        yield running
