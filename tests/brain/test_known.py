"""The embeddings that come with the bank."""

from typing import ClassVar

import numpy as np

from agent.brains import known
from prompts import examples
from tests.fakes.embedder import WordEmbedder
from tools.adapters.text_embedder import E5Embedder


def test_every_worked_request_brings_its_embedding():
    texts = [row.request for row in examples.bank()]
    lacking = known.lacking(texts, E5Embedder().name)
    assert not lacking, f"run `make vectors`: {len(lacking)} are new, for instance {lacking[0]!r}"


def test_kept_embeddings_are_those_of_the_model():
    texts = [row.request for row in examples.bank()[::1000]]
    kept = known.embeddings(texts, E5Embedder())
    made = np.asarray(E5Embedder().queries(texts))
    assert np.einsum("ij,ij->i", kept, made).min() > 0.999


def test_what_does_not_come_along_is_made(tmp_path):
    class Counting(WordEmbedder):
        asked: ClassVar[list[str]] = []

        def queries(self, texts):
            self.asked += texts
            return super().queries(texts)

    embedder, file = Counting(), tmp_path / "vectors.npz"
    known.write(["a dog"], WordEmbedder().queries(["a dog"]), embedder.name, file)
    found = known.embeddings(["a cat", "a dog", "a cat"], embedder, file)
    assert embedder.asked == ["a cat"]
    assert np.allclose(found, WordEmbedder().queries(["a cat", "a dog", "a cat"]), atol=0.01)


def test_embeddings_of_another_model_are_of_no_use(tmp_path):
    file = tmp_path / "vectors.npz"
    known.write(["a dog"], np.eye(3)[:1], "another-3", file)
    assert known.lacking(["a dog"], WordEmbedder().name, file) == ["a dog"]
