"""The clock is aware and in UTC; one process owns the index and others are told which."""

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.clock import FixedClock
from tools.adapters.clock import SystemClock
from tools.adapters.index_lock import IndexLock
from tools.core.errors import Fixable

ROOT = Path(__file__).parent.parent.parent

HOLD = """
import sys, time
from pathlib import Path
from tools.adapters.index_lock import IndexLock
lock = IndexLock(Path(sys.argv[1]), "dalm serve")
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("clock", [SystemClock(), FixedClock()], ids=["system", "fixed"])
def test_a_clock_is_in_utc_and_never_runs_back(clock):
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second


def test_the_system_clock_tells_the_time():
    assert abs(SystemClock().now() - datetime.fromtimestamp(time.time(), UTC)) < timedelta(
        seconds=5
    )


def test_a_fixed_clock_moves_only_when_told(clock):
    before = clock.now()
    assert clock.now() == before
    assert clock.move(days=2) - before == timedelta(days=2)


@pytest.fixture
def other_process(tmp_path):
    """Give a process that holds the lock of tmp_path."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_holder_is_named(tmp_path, other_process):
    notes = []
    lock = IndexLock(tmp_path, "dalm ingest")
    with pytest.raises(Fixable, match=rf"'dalm serve' \(process {other_process.pid}\)"):
        lock.acquire(timeout=0.2, note=notes.append)
    assert len(notes) == 1
    assert str(other_process.pid) in notes[0]
    assert lock.holder() == other_process.pid
    assert not lock.held


def test_a_killed_holder_lets_go(tmp_path, other_process):
    other_process.kill()
    other_process.wait()
    with IndexLock(tmp_path, "dalm ingest") as lock:
        assert lock.held
        assert lock.holder() == os.getpid()
    assert not lock.held
    assert lock.holder() is None


def test_a_waiting_command_goes_on_when_the_holder_is_done(tmp_path):
    first = IndexLock(tmp_path, "dalm serve")
    first.acquire()
    taken = []

    def wait():
        second = IndexLock(tmp_path, "dalm ingest")
        second.acquire(timeout=10)
        taken.append(second.held)
        second.release()

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.3)
    assert taken == []
    first.release()
    waiting.join(10)
    assert taken == [True]
    first.release()
