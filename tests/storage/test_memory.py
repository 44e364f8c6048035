"""Free memory as the kernel tells it."""

import pytest

from tools.adapters.memory import available


def test_available_memory_is_in_bytes(tmp_path):
    told = tmp_path / "meminfo"
    told.write_text("MemTotal:  8000000 kB\nMemFree:  1 kB\nMemAvailable:    3906250 kB\n")
    assert available(told) == 4_000_000_000


@pytest.mark.parametrize("text", ["", "MemAvailable:", "MemAvailable: much kB"])
def test_where_nothing_is_told_nothing_is_guessed(tmp_path, text):
    told = tmp_path / "meminfo"
    told.write_text(text)
    assert available(told) is None
    assert available(tmp_path / "none") is None
