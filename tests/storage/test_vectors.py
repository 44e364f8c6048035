"""One contract for the matrix, for Chroma beside it, and for the index in memory."""

import threading

import numpy as np
import pytest

from tests.fakes.index import FakeIndex
from tools.adapters.vectors import MatrixIndex
from tools.core.errors import Fixable

DIMENSIONS = 16


def clustered(count, seed=0, dimensions=DIMENSIONS):
    """Make unit vectors in clusters, as embeddings are."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(1, count // 20), dimensions))
    rows = centres[random.integers(0, len(centres), count)]
    rows = (rows + 0.3 * random.normal(size=rows.shape)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(params=["fake", "matrix", "chroma"])
def index(request, tmp_path):
    if request.param == "fake":
        yield FakeIndex(DIMENSIONS)
    else:
        threshold = 1 if request.param == "chroma" else None
        made = MatrixIndex(tmp_path, "e5@16", DIMENSIONS, chroma_from=threshold)
        yield made
        made.close()


def settle(index):
    assert not isinstance(index, MatrixIndex) or index.settle(60)


def test_an_empty_index_answers(index):
    assert index.keys() == []
    assert index.nearest(clustered(1)[0], 5) == []
    assert index.nearest(clustered(1)[0], 5, among=[1, 2]) == []
    assert index.scores(clustered(1)[0], [1, 2]) == []
    assert index.vectors([]).shape == (0, DIMENSIONS)
    index.put([], clustered(0))
    index.drop([7])
    index.clear()


def test_the_nearest_is_found_and_scored_by_cosine(index):
    rows = clustered(300)
    index.put(list(range(10, 310)), rows)
    settle(index)
    for row in (0, 150, 299):
        found = index.nearest(rows[row], 5)
        assert found[0].key == 10 + row
        assert found[0].score == pytest.approx(1.0, abs=1e-5)
        expected = np.sort(rows @ rows[row])[::-1][:5]
        assert [near.score for near in found] == pytest.approx(expected.tolist(), abs=1e-5)


@pytest.mark.parametrize("kept", [1, 7, 290])
def test_among_restricts_exactly(index, kept):
    rows = clustered(300)
    index.put(list(range(1, 301)), rows)
    among = np.random.default_rng(kept).choice(np.arange(1, 301), kept, replace=False)
    expected = among[np.argsort(-(rows[among - 1] @ rows[0]))][:10].tolist()
    for asked in (among.tolist(), tuple(among.tolist()), among, [*among.tolist(), 9_999, -4]):
        assert [near.key for near in index.nearest(rows[0], 10, among=asked)] == expected


def test_among_counts_a_key_once_and_unknown_keys_not_at_all(index):
    rows = clustered(3)
    index.put([1, 2, 3], rows)
    assert [near.key for near in index.nearest(rows[1], 10, among=[2, 2, 77])] == [2]
    assert index.nearest(rows[1], 10, among=[]) == []
    assert index.nearest(rows[1], 0) == []


def test_scores_keep_the_order_asked(index):
    rows = clustered(4)
    index.put([1, 2, 3, 4], rows)
    found = index.scores(rows[0], [3, 99, 1])
    assert [near.key for near in found] == [3, 1]
    assert found[0].score == pytest.approx(float(rows[2] @ rows[0]), abs=1e-5)


def test_equal_scores_come_by_key(index):
    row = clustered(1)[0]
    index.put([9, 3, 5], np.array([row, row, row]))
    assert [near.key for near in index.nearest(row, 2)] == [3, 5]


def test_a_vector_is_replaced(index):
    rows = clustered(40)
    index.put(list(range(1, 41)), rows)
    settle(index)
    index.put([7], rows[:1] * -1)
    found = index.nearest(-rows[0], 1)
    assert (found[0].key, found[0].score) == (7, pytest.approx(1.0, abs=1e-5))
    assert len(index.keys()) == 40
    assert np.allclose(index.vectors([7])[0], -rows[0], atol=1e-6)


def test_of_one_key_twice_in_a_call_the_last_counts(index):
    rows = clustered(2)
    index.put([5, 5], rows)
    assert index.keys() == [5]
    assert np.allclose(index.vectors([5])[0], rows[1], atol=1e-6)


def test_a_dropped_vector_is_found_no_more(index):
    rows = clustered(40)
    index.put(list(range(1, 41)), rows)
    settle(index)
    index.drop([7, 7, 1_000])
    assert 7 not in [near.key for near in index.nearest(rows[6], 40)]
    assert index.scores(rows[6], [7]) == []
    with pytest.raises(KeyError):
        index.vectors([1, 7])
    index.put([7], rows[:1])
    assert len(index.keys()) == 40


def test_vectors_come_in_the_order_asked(index):
    rows = clustered(5)
    index.put([1, 2, 3, 4, 5], rows)
    assert np.allclose(index.vectors([4, 1]), rows[[3, 0]], atol=1e-6)


def test_vectors_need_not_be_of_unit_length(index):
    rows = clustered(2)
    index.put([1, 2], rows * 50)
    assert index.nearest(rows[1] * 9, 1)[0].score == pytest.approx(1.0, abs=1e-5)


def test_another_dimension_is_refused(index):
    index.put([1], clustered(1))
    with pytest.raises(Fixable, match="8 numbers"):
        index.put([2], clustered(1, dimensions=8))
    with pytest.raises(Fixable, match="8 numbers"):
        index.nearest(clustered(1, dimensions=8)[0], 3)
    assert index.keys() == [1]


def test_clear_forgets_everything(index):
    index.put([1, 2], clustered(2))
    index.clear()
    assert index.keys() == []
    index.put([2], clustered(1))
    assert index.keys() == [2]


def test_threads_write_and_ask_at_once(index):
    rows, failures = clustered(400), []

    def write(start):
        for key in range(start, 400, 4):
            index.put([key], rows[key : key + 1])

    def ask():
        for row in rows[:60]:
            found = index.nearest(row, 3)
            expected = [float(rows[near.key] @ row) for near in found]
            if [near.score for near in found] != pytest.approx(expected, abs=1e-4):
                failures.append(found)

    threads = [threading.Thread(target=write, args=(start,)) for start in range(4)]
    threads += [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert index.keys() == list(range(400))
