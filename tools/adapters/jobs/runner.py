"""Runs registered work as DBOS workflows, in slices that are checkpointed."""

import hashlib
import logging
import math
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import DBAPIError

from tools.adapters.jobs.database import connect, json_serializer
from tools.adapters.jobs.steps import StepFailedError, fail, run_step, split_work
from tools.core.errors import Fixable
from tools.core.ports import JobStatus, Work

_log = logging.getLogger(__name__)
APPLICATION = "dalm"
_QUEUE = "jobs"
_PROGRESS = "progress"
_WAIT = 0.05
# Seconds after which a job that is over here but not in its database is over.
_LAG = 2.0
_UNKEPT = "The disk is full or cannot be written: free some space and run again."
_STATES = {
    "ENQUEUED": "queued",
    "DELAYED": "queued",
    "PENDING": "running",
    "SUCCESS": "done",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
    "CANCELLED": "cancelled",
}
_ENDED = {"done", "failed", "cancelled"}
# DBOS is one per process; so is the adapter that has it running.
_running = threading.Lock()


class _Stopping(BaseException):
    """Leaves a job unfinished, to be taken up at the next start."""


class DbosJobs:
    """Implements ports.Jobs; `url` is `sqlite:///path` or `postgresql://...`.

    Steps run in slices of about `slice_seconds`, each of which is one DBOS step, so that ten
    thousand small files cost a few hundred checkpoints. After a kill at most one slice runs again.
    Looking for work every 0.05 seconds costs 9 % of a processor while idle, 0.2 a quarter of that.
    Workers that share a database need different `worker` names.
    """

    def __init__(
        self,
        url: str,
        *,
        concurrency: int = 1,
        slice_seconds: float = 0.5,
        poll_seconds: float = 0.2,
        worker: str = "local",
        schema: str = "dalm_jobs",
    ) -> None:
        self._url = url
        self._concurrency = concurrency
        self._slice_seconds = slice_seconds
        self._poll_seconds = poll_seconds
        self._worker = worker
        self._schema = schema
        self._work: dict[str, Work] = {}
        self._live: dict[str, tuple[int, int, str]] = {}
        self._active: set[str] = set()
        self._cancelled: set[str] = set()
        self._failed: dict[str, str] = {}
        self._over: dict[str, tuple[float, str]] = {}
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._started = False
        self._connecting = threading.Lock()
        self._connected: Any = None

    def register(self, kind: str, work: Work) -> None:
        """Tell what carries out a kind of job; before `start`."""
        self._work[kind] = work

    def start(self) -> None:
        """Begin to run jobs, first those that a crash interrupted.

        Only one object of this class runs in a process at a time: a second is a RuntimeError.
        """
        if not _running.acquire(blocking=False):
            raise RuntimeError("jobs are running in this process already")
        try:
            self._launch()
        except BaseException:
            _running.release()
            raise
        self._started = True

    def stop(self) -> None:
        """Stop taking jobs and let the running step end; harmless when not started."""
        from dbos import DBOS  # noqa: PLC0415  (importing DBOS takes a second)

        if self._started:
            self._stopping.set()
            with self._changed:
                self._changed.wait_for(lambda: not self._active)
            DBOS.destroy(destroy_registry=True)
            self._started = False
            _running.release()
        with self._connecting:
            if self._connected is not None:
                self._connected.destroy()
            self._connected = None

    def enqueue(self, kind: str, payload: str, key: str) -> str:
        """Queue work and give the job id; the same key twice is the same job."""
        if kind not in self._work:
            raise ValueError(f"no work of the kind '{kind}' is registered")
        job_id = f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        options = {"workflow_name": APPLICATION, "queue_name": _QUEUE, "workflow_id": job_id}
        self._client().enqueue(options | {"app_version": APPLICATION}, kind, payload)
        return job_id

    def status(self, job_id: str) -> JobStatus | None:
        """Tell how a job stands, or None when unknown."""
        found = self._client().list_workflows(workflow_ids=[job_id], load_input=False)
        return self._status(found[0]) if found else None

    def recent(self, limit: int) -> list[JobStatus]:
        """List jobs, newest first."""
        found = self._client().list_workflows(limit=limit, sort_desc=True, load_input=False)
        return [self._status(workflow) for workflow in found]

    def cancel(self, job_id: str) -> None:
        """Stop a job before its next step; one that has ended or is unknown stays as it is."""
        known = self.status(job_id)
        if known is not None and known.state not in _ENDED:
            self._client().cancel_workflow(job_id)
            self._cancelled.add(job_id)

    def resume(self, job_id: str) -> None:
        """Go on with a cancelled or failed job after its last finished steps."""
        with self._changed:
            self._changed.wait_for(lambda: job_id not in self._active)
            self._cancelled.discard(job_id)
        known, client = self.status(job_id), self._client()
        if known is not None and known.state == "cancelled":
            client.resume_workflow(job_id, queue_name=_QUEUE)
        elif known is not None and known.state == "failed":
            steps = client.list_workflow_steps(job_id)
            failed = [step["function_id"] for step in steps if step["error"] is not None]
            client.rewind_workflow(job_id, start_step=min(failed, default=1), queue_name=_QUEUE)

    def forget(self, kind: str) -> None:
        """Remove the ended jobs of a kind with their payloads, steps and results."""
        client = self._client()
        found = client.list_workflows(workflow_id_prefix=f"{kind}-", load_input=False)
        ended = [one.workflow_id for one in found if _STATES[one.status] in _ENDED]
        if ended:
            client.delete_workflows(ended)

    def wait(self, job_id: str, timeout: float | None = None) -> JobStatus:
        """Block until the job ends, or until the timeout in seconds.

        Raises Fixable for an unknown job.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            known = self.status(job_id)
            if known is None:
                raise Fixable(f"No job '{job_id}'. List them with `dalm jobs`.")
            if known.state in _ENDED or (until is not None and time.monotonic() >= until):
                return known
            time.sleep(_WAIT)

    def _launch(self) -> None:
        from dbos import DBOS  # noqa: PLC0415  (importing DBOS takes a second)

        client = self._client()
        self._stopping.clear()
        DBOS(
            config={
                "name": APPLICATION,
                # A new version of ours goes on with the jobs of the one before.
                "application_version": APPLICATION,
                "executor_id": self._worker,
                "system_database_url": self._url,
                "dbos_system_schema": self._schema,
                "serializer": json_serializer(),
                "notification_listener_polling_interval_sec": self._poll_seconds,
                "enable_otlp": False,
                "log_level": "CRITICAL",
            }
        )
        try:
            DBOS.workflow(name=APPLICATION)(self._body())
            client.register_queue(
                _QUEUE,
                worker_concurrency=self._concurrency,
                polling_interval_sec=self._poll_seconds,
                on_conflict="always_update",
            )
            DBOS.launch()
        except BaseException:
            DBOS.destroy(destroy_registry=True)
            raise

    def _client(self) -> Any:
        """Connect to the job database; works beside a running start, and without one."""
        with self._connecting:
            if self._connected is None:
                self._connected = connect(self._url, self._schema, APPLICATION)
            return self._connected

    def _body(self) -> Callable[[str, str], list[Any]]:
        # DBOS marks the function it is given, and a method cannot be marked.
        def job(kind: str, payload: str) -> list[Any]:
            return self._job(kind, payload)

        return job

    def _job(self, kind: str, payload: str) -> list[Any]:
        """Carry out a job, and know that it is over even when its database cannot be told."""
        from dbos import DBOS  # noqa: PLC0415  (importing DBOS takes a second)

        job_id = str(DBOS.workflow_id)
        self._begin(job_id)
        said = _UNKEPT
        try:
            return self._carry_out(job_id, kind, payload)
        except StepFailedError as error:
            said = str(error)
            raise
        except DBAPIError as error:
            # The words of a database tell a person nothing.
            _log.error("The progress of a job was not kept", exc_info=error)
            raise StepFailedError(_UNKEPT) from error
        finally:
            self._over[job_id] = (time.monotonic(), said)
            self._end(job_id)

    def _carry_out(self, job_id: str, kind: str, payload: str) -> list[Any]:
        """Run the slices of a job: the body of the one DBOS workflow."""
        from dbos import DBOS  # noqa: PLC0415  (importing DBOS takes a second)

        work = self._work.get(kind)
        if work is None:
            raise StepFailedError(f"Nothing here carries out jobs of the kind '{kind}'.")
        steps = DBOS.run_step({"name": "split"}, split_work, work, payload)
        done, note = 0, ""
        while done < len(steps):
            done, note = DBOS.run_step({"name": "slice"}, self._slice, work, steps, (job_id, done))
            DBOS.set_event(_PROGRESS, [done, len(steps), note])
            if job_id in self._failed:
                # A DBOS step of its own: resuming drops it, and the failed step runs again.
                DBOS.run_step({"name": "failure"}, fail, self._failed.pop(job_id))
            if self._stopping.is_set() and done < len(steps):
                raise _Stopping
        return [done, len(steps), note]

    def _begin(self, job_id: str) -> None:
        with self._changed:
            if self._stopping.is_set():
                raise _Stopping
            self._active.add(job_id)
            self._over.pop(job_id, None)

    def _end(self, job_id: str) -> None:
        with self._changed:
            self._active.discard(job_id)
            self._live.pop(job_id, None)
            self._changed.notify_all()

    def _slice(self, work: Work, steps: list[str], start: tuple[str, int]) -> list[Any]:
        """Run steps until the slice is full or one fails; gives how many are done and a note."""
        job_id, first = start
        done, note, until = first, "", time.monotonic() + self._slice_seconds
        while done < len(steps):
            try:
                note = run_step(work, steps[done])
            except StepFailedError as error:
                self._failed[job_id] = str(error)
                break
            done += 1
            self._live[job_id] = (done, len(steps), note)
            ends = self._stopping.is_set() or job_id in self._cancelled
            if ends or time.monotonic() >= until:
                break
        return [done, note]

    def _status(self, workflow: Any) -> JobStatus:
        job_id, state = workflow.workflow_id, _STATES[workflow.status]
        kind = job_id.rpartition("-")[0]
        live = self._live.get(job_id)
        ended, why = self._over.get(job_id, (math.inf, ""))
        if state == "running" and time.monotonic() - ended > _LAG:
            return JobStatus(job_id, kind, "failed", 0, 0, why)
        if state == "done":
            done, total, note = workflow.output
        elif live is not None and state == "running":
            done, total, note = live
        else:
            known = self._client().get_event(job_id, _PROGRESS, timeout_seconds=0)
            done, total, note = known or (0, 0, "")
        if state == "failed":
            note = str(workflow.error or "It was started too often without an end.")
        return JobStatus(job_id, kind, state, done, total, note)
