"""A vocabulary is embedded once; what people ask leaves no trace on the disk."""

import numpy as np

from tools.adapters import fixed_texts
from tools.adapters.fixed_texts import FixedTexts, comes_along, keep_along
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.vision.likenesses import Likenesses

WORDS = [f"word {n}" for n in range(12)]


class Counts:
    name, dimensions = "counting-3", 3

    def __init__(self):
        self.calls = 0

    def queries(self, texts):
        self.calls += 1
        return np.array([[len(t), 1, self.calls] for t in texts], dtype=np.float32)

    passages = queries


def test_a_vocabulary_is_computed_once_also_by_the_next_process(tmp_path):
    first = FixedTexts(Counts(), tmp_path)
    rows = first.queries(WORDS)
    inner = Counts()
    again = FixedTexts(inner, tmp_path)
    assert np.array_equal(again.queries(WORDS), rows)
    assert inner.calls == 0
    again.passages(WORDS)
    again.queries([*WORDS[1:], "another"])
    assert inner.calls == 2


def test_what_people_ask_is_not_kept(tmp_path):
    FixedTexts(Counts(), tmp_path).queries(["a private question"])
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_or_unwritable_cache_costs_time_only(tmp_path):
    FixedTexts(Counts(), tmp_path).queries(WORDS)
    next(tmp_path.iterdir()).write_bytes(b"broken")
    assert FixedTexts(Counts(), tmp_path).queries(WORDS).shape == (12, 3)
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert FixedTexts(Counts(), blocked).queries(WORDS).shape == (12, 3)


def test_the_vectors_of_long_vocabularies_come_along(tmp_path, monkeypatch):
    monkeypatch.setattr(fixed_texts, "COME_ALONG", tmp_path / "along")
    (tmp_path / "along").mkdir()
    texts = [f"thing {'x' * (n % 7)}" for n in range(fixed_texts.LONG)]
    keep_along(Counts(), [texts])
    assert comes_along("counting-3", texts)
    assert not comes_along("another", texts)
    inner = Counts()
    rows = FixedTexts(inner, tmp_path / "home").passages(texts)
    assert inner.calls == 0
    exact = Counts().passages(texts)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    assert np.abs(rows - exact).max() < 0.01
    keep_along(Counts(), [WORDS * 50])
    assert not comes_along("counting-3", texts)


def test_the_names_of_drawings_come_along_for_the_model_that_does():
    known = Likenesses(np.zeros(1280, dtype=np.float32))
    assert len(known.names) > 5000
    assert comes_along(E5Embedder().name, known.names)
