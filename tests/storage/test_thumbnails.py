"""The thumbnail cache forgets what it is told to and survives a full disk."""

import pytest

from tools.adapters.thumbnails import ThumbnailFolder

HASH = "ab" * 32


def test_sizes_are_kept_apart_and_dropped_together(tmp_path):
    cache = ThumbnailFolder(tmp_path)
    assert cache.get(HASH, 480) is None
    cache.put(HASH, 480, b"large")
    cache.put(HASH, 96, b"small")
    cache.put("cd" * 32, 96, b"other")
    assert (cache.get(HASH, 480), cache.get(HASH, 96)) == (b"large", b"small")
    cache.drop(HASH)
    cache.drop(HASH)
    assert cache.get(HASH, 480) is None
    assert cache.get("cd" * 32, 96) == b"other"


def test_a_folder_that_cannot_be_written_costs_no_data(tmp_path):
    (tmp_path / "ab").write_text("in the way")
    cache = ThumbnailFolder(tmp_path)
    cache.put(HASH, 96, b"lost")
    assert list(tmp_path.iterdir()) == [tmp_path / "ab"]


def test_a_name_that_is_no_hash_is_refused(tmp_path):
    with pytest.raises(ValueError, match="hash"):
        ThumbnailFolder(tmp_path).get("../../etc/passwd", 96)
