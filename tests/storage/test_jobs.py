"""One contract for jobs on SQLite, on PostgreSQL and in memory; then kills, stops and cancels."""

import io
import json
import logging
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.fakes.jobs import FakeJobs
from tools.adapters.jobs import DbosJobs
from tools.core.errors import Fixable

ROOT = Path(__file__).parent.parent.parent
services = pytest.mark.services


class Counting:
    """Splits "3" into three steps and remembers what it ran; `stumble` fails once."""

    def __init__(self, stumble=None, error=None, pause=0.0):
        self.ran, self.tried = [], []
        self.stumble, self.error, self.pause = stumble, error, pause

    def steps(self, payload):
        return [f"step {number}" for number in range(int(payload))]

    def run(self, step):
        self.tried.append(step)
        if step == self.stumble:
            self.stumble = None
            raise self.error
        time.sleep(self.pause)
        self.ran.append(step)
        return f"did {step}"


@pytest.fixture(
    params=["fake", "sqlite", pytest.param("postgres", marks=services)],
)
def make(request, tmp_path):
    """Give a maker of started jobs, each on the database of the test."""
    if request.param == "fake":
        yield lambda **work: started(FakeJobs(), work)
        return
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
    schema = f"jobs_{secrets.token_hex(4)}"
    made = []

    def build(**work):
        made.append(DbosJobs(url, slice_seconds=0.05, poll_seconds=0.02, schema=schema))
        return started(made[-1], work)

    yield build
    for jobs in made:
        jobs.stop()


def started(jobs, work):
    for kind, carrying_out in work.items():
        jobs.register(kind, carrying_out)
    jobs.start()
    return jobs


def test_a_job_runs_its_steps_in_order(make):
    work = Counting()
    jobs = make(count=work)
    job = jobs.enqueue("count", "30", "k")
    status = jobs.wait(job, 20)
    assert work.ran == [f"step {number}" for number in range(30)]
    assert (status.id, status.kind, status.state) == (job, "count", "done")
    assert (status.done, status.total, status.note) == (30, 30, "did step 29")
    assert jobs.status(job) == status


def test_the_same_key_is_the_same_job(make):
    work = Counting()
    jobs = make(count=work, other=Counting())
    job = jobs.enqueue("count", "2", "k")
    assert jobs.enqueue("count", "2", "k") == job
    jobs.wait(job, 20)
    assert jobs.enqueue("count", "2", "k") == job
    assert len({job, jobs.enqueue("count", "2", "l"), jobs.enqueue("other", "2", "k")}) == 3
    jobs.wait(jobs.enqueue("count", "2", "l"), 20)
    assert len(work.ran) == 4


def test_a_job_without_steps_is_done(make):
    jobs = make(count=Counting())
    status = jobs.wait(jobs.enqueue("count", "0", "k"), 20)
    assert (status.state, status.done, status.total) == ("done", 0, 0)


def test_recent_lists_the_newest_first(make):
    jobs = make(count=Counting())
    ids = []
    for number in range(4):
        ids.append(jobs.enqueue("count", "1", f"k{number}"))
        time.sleep(0.01)
    for job in ids:
        jobs.wait(job, 20)
    assert [status.id for status in jobs.recent(3)] == ids[:0:-1]


def test_ended_jobs_of_a_kind_can_be_forgotten(make):
    jobs = make(count=Counting(), other=Counting())
    gone = jobs.enqueue("count", "2", "k1")
    kept = jobs.enqueue("other", "1", "k1")
    jobs.wait(gone, 20)
    jobs.wait(kept, 20)
    jobs.forget("count")
    assert [status.id for status in jobs.recent(10)] == [kept]
    assert jobs.status(gone) is None
    jobs.forget("count")


def test_unknown_jobs(make):
    jobs = make(count=Counting())
    assert jobs.status("count-0000") is None
    jobs.cancel("count-0000")
    jobs.resume("count-0000")
    with pytest.raises(Fixable, match="No job 'count-0000'"):
        jobs.wait("count-0000", 1)
    with pytest.raises(ValueError, match="no work of the kind 'paint'"):
        jobs.enqueue("paint", "1", "k")


def test_a_failed_step_can_be_taken_up_again(make):
    work = Counting(stumble="step 4", error=Fixable("The disk is full: free some space."))
    jobs = make(count=work)
    job = jobs.enqueue("count", "6", "k")
    status = jobs.wait(job, 20)
    assert (status.state, status.done, status.total) == ("failed", 4, 6)
    assert status.note == "The disk is full: free some space."
    assert work.tried.count("step 4") == 1
    jobs.resume(job)
    status = jobs.wait(job, 20)
    assert (status.state, status.done) == ("done", 6)
    assert work.ran == [f"step {number}" for number in range(6)]


def test_an_unexpected_error_is_logged_and_its_words_are_not_shown(make, caplog):
    caplog.set_level(logging.ERROR)
    work = Counting(stumble="step 1", error=ZeroDivisionError("secret /home/jane"))
    jobs = make(count=work)
    status = jobs.wait(jobs.enqueue("count", "3", "k"), 20)
    assert (status.state, status.done) == ("failed", 1)
    assert "ZeroDivisionError" in status.note
    assert "secret" not in status.note
    assert "secret /home/jane" in caplog.text


def test_what_cannot_be_split_fails(make):
    jobs = make(count=Counting())
    job = jobs.enqueue("count", "many", "k")
    assert jobs.wait(job, 20).state == "failed"
    jobs.resume(job)
    assert jobs.wait(job, 20).state == "failed"


def test_a_job_that_has_ended_cannot_be_cancelled(make):
    jobs = make(count=Counting())
    job = jobs.enqueue("count", "1", "k")
    jobs.wait(job, 20)
    jobs.cancel(job)
    jobs.resume(job)
    assert jobs.status(job).state == "done"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=services)])
def durable(request, tmp_path):
    """Give url and schema of a job database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jobs.db'}", "dalm_jobs"
    return request.getfixturevalue("postgres"), f"jobs_{secrets.token_hex(4)}"


@pytest.fixture
def open_jobs(durable):
    """Give a maker of jobs that were not started, and stop them afterwards."""
    made = []

    def build(**options):
        url, schema = durable
        words = {"slice_seconds": 0.05, "poll_seconds": 0.02} | options
        made.append(DbosJobs(url, schema=schema, **words))
        return made[-1]

    yield build
    for jobs in made:
        jobs.stop()


def until(condition, timeout=10):
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def test_a_cancelled_job_stops_before_its_next_step_and_goes_on_when_resumed(open_jobs):
    work = Counting(pause=0.02)
    jobs = started(open_jobs(), {"count": work})
    job = jobs.enqueue("count", "60", "k")
    until(lambda: len(work.ran) > 5)
    jobs.cancel(job)
    reached = len(work.ran)
    assert jobs.wait(job, 10).state == "cancelled"
    time.sleep(0.2)
    assert len(work.ran) <= reached + 1
    jobs.resume(job)
    assert jobs.wait(job, 20).state == "done"
    assert len(set(work.ran)) == 60
    assert len(work.ran) <= 64


def test_progress_is_seen_while_it_runs(open_jobs):
    work = Counting(pause=0.01)
    jobs = started(open_jobs(), {"count": work})
    job = jobs.enqueue("count", "80", "k")
    seen = set()
    until(lambda: seen.add(jobs.status(job).done) or jobs.status(job).state == "done")
    assert len(seen) > 8
    assert jobs.wait(job, 0.01).total == 80


def test_waiting_gives_up_at_the_timeout(open_jobs):
    jobs = started(open_jobs(), {"count": Counting(pause=0.3)})
    job = jobs.enqueue("count", "3", "k")
    began = time.monotonic()
    assert jobs.wait(job, 0.1).state in {"queued", "running"}
    assert time.monotonic() - began < 1
    assert jobs.wait(job, 20).state == "done"


def test_jobs_wait_their_turn(open_jobs):
    together, most, lock = [0], [0], threading.Lock()

    class Busy(Counting):
        def run(self, step):
            with lock:
                together[0] += 1
                most[0] = max(most[0], together[0])
            time.sleep(0.03)
            with lock:
                together[0] -= 1
            return step

    jobs = started(open_jobs(concurrency=2), {"count": Busy()})
    ids = [jobs.enqueue("count", "3", f"k{number}") for number in range(5)]
    assert {jobs.wait(job, 20).state for job in ids} == {"done"}
    assert most[0] == 2


def test_a_stopped_process_goes_on_where_it_was(open_jobs):
    work = Counting(pause=0.02)
    jobs = started(open_jobs(), {"count": work})
    job = jobs.enqueue("count", "60", "k")
    waiting = jobs.enqueue("count", "2", "later")
    until(lambda: len(work.ran) > 5)
    jobs.stop()
    reached = len(work.ran)
    time.sleep(0.1)
    assert len(work.ran) == reached
    assert open_jobs().status(job).state == "running"
    again = started(open_jobs(), {"count": work})
    assert again.wait(job, 20).state == "done"
    assert again.wait(waiting, 20).state == "done"
    assert len(work.ran) == 62


def test_one_set_of_jobs_runs_in_a_process(open_jobs):
    first = started(open_jobs(), {"count": Counting()})
    second = open_jobs()
    with pytest.raises(RuntimeError, match="already"):
        second.start()
    second.register("count", Counting())
    job = second.enqueue("count", "2", "from the other")
    assert first.wait(job, 20).state == "done"
    assert second.status(job).state == "done"


def test_a_kind_that_nobody_carries_out_any_more_fails(open_jobs):
    jobs = open_jobs()
    jobs.register("old", Counting())
    job = jobs.enqueue("old", "1", "k")
    jobs.stop()
    again = started(open_jobs(), {"new": Counting()})
    status = again.wait(job, 20)
    assert (status.state, "'old'" in status.note) == ("failed", True)


def test_ten_thousand_steps_are_few_checkpoints(open_jobs):
    work = Counting()
    jobs = started(open_jobs(slice_seconds=0.5), {"count": work})
    job = jobs.enqueue("count", "10000", "k")
    began = time.monotonic()
    assert jobs.wait(job, 60).done == 10_000
    assert time.monotonic() - began < 10
    assert len(jobs._client().list_workflow_steps(job)) < 60


def test_dbos_says_nothing_and_pickles_nothing(open_jobs, durable, capfd):
    jobs = started(open_jobs(), {"count": Counting(stumble="step 1", error=Fixable("no"))})
    job = jobs.enqueue("count", "3", "k")
    jobs.wait(job, 20)
    with jobs._client()._sys_db.engine.connect() as connection:
        tables = jobs._client()._sys_db.tables
        inputs = connection.scalars(sa.select(tables.workflow_input.c.inputs)).one()
        errors = connection.scalars(sa.select(tables.operation_outputs.c.error)).all()
    assert json.loads(inputs)["args"] == ["count", "3"]
    assert [json.loads(error) for error in errors if error] == [{"error": "no"}]
    jobs.stop()
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("", "")


WORKER = """
import sys, time
from pathlib import Path
from tools.adapters.jobs import DbosJobs

class Writing:
    def steps(self, payload):
        return [str(number) for number in range(int(payload))]
    def run(self, step):
        time.sleep(0.01)
        with Path(sys.argv[3]).open("a") as file:
            file.write(step + "\\n")
        return step

jobs = DbosJobs(sys.argv[1], schema=sys.argv[2], slice_seconds=0.1, poll_seconds=0.02)
jobs.register("write", Writing())
jobs.start()
job = jobs.enqueue("write", "100", "k")
print(jobs.wait(job, 30).state, flush=True)
jobs.stop()
"""


def test_a_killed_process_loses_nothing_and_repeats_little(durable, tmp_path):
    written = tmp_path / "written"
    words = [sys.executable, "-c", WORKER, *durable, str(written)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    until(lambda: written.exists() and written.read_text().count("\n") > 40, timeout=20)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "done\n"
    steps = written.read_text().split()
    assert set(steps) == {str(number) for number in range(100)}
    assert len(steps) < 100 + 15


@pytest.mark.parametrize("table", ["operation_outputs", "workflow_status"])
def test_a_job_whose_end_cannot_be_written_down_is_over_all_the_same(tmp_path, table):
    class Filling(Counting):
        def run(self, step):
            with sqlite3.connect(tmp_path / "jobs.db", timeout=10) as full:
                for change in ("INSERT", "UPDATE"):
                    full.execute(
                        f"CREATE TRIGGER full_{change} BEFORE {change} ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                    )
            full.close()
            return super().run(step)

    jobs = DbosJobs(f"sqlite:///{tmp_path / 'jobs.db'}", slice_seconds=0.0, poll_seconds=0.02)
    started(jobs, {"count": Filling()})
    try:
        status = jobs.wait(jobs.enqueue("count", "1", "k"), 10)
    finally:
        jobs.stop()
    assert status.state == "failed"
    assert "free some space" in status.note


def test_jobs_start_again_when_the_terminal_of_their_first_start_is_closed(tmp_path, monkeypatch):
    def run_one():
        jobs = started(
            DbosJobs(f"sqlite:///{tmp_path / 'j.db'}", poll_seconds=0.02), {"count": work}
        )
        try:
            return jobs.wait(jobs.enqueue("count", "1", str(len(work.ran))), 20).state
        finally:
            jobs.stop()

    work, terminal = Counting(), io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [])
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", terminal)
        assert run_one() == "done"
    terminal.close()
    assert run_one() == "done"
