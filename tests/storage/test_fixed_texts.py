"""A vocabulary is embedded once; what people ask leaves no trace on the disk."""

import numpy as np

from tools.adapters.fixed_texts import FixedTexts

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
