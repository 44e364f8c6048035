"""Jobs that run when they are enqueued; passes the contract of tests/storage/test_jobs.py."""

import hashlib
import logging
from dataclasses import replace

from tools.core.errors import DomainError, Fixable
from tools.core.ports import JobStatus, Work


class FakeJobs:
    """Implements ports.Jobs without threads: a job is over when `enqueue` returns.

    Before `start` jobs wait, as they do in the real one.
    """

    def __init__(self) -> None:
        self._work: dict[str, Work] = {}
        self._payloads: dict[str, str] = {}
        self._results: dict[str, list[str]] = {}
        self._jobs: dict[str, JobStatus] = {}
        self._started = False

    def register(self, kind: str, work: Work) -> None:
        self._work[kind] = work

    def start(self) -> None:
        self._started = True
        for job_id, job in list(self._jobs.items()):
            if job.state == "queued":
                self._run(job_id)

    def stop(self) -> None:
        self._started = False

    def enqueue(self, kind: str, payload: str, key: str) -> str:
        if kind not in self._work:
            raise ValueError(f"no work of the kind '{kind}' is registered")
        job_id = f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        if job_id not in self._jobs:
            self._payloads[job_id] = payload
            self._results[job_id] = []
            self._jobs[job_id] = JobStatus(job_id, kind, "queued")
            if self._started:
                self._run(job_id)
        return job_id

    def status(self, job_id: str) -> JobStatus | None:
        return self._jobs.get(job_id)

    def recent(self, limit: int) -> list[JobStatus]:
        return list(reversed(self._jobs.values()))[:limit]

    def cancel(self, job_id: str) -> None:
        job = self._jobs.get(job_id)
        if job and job.state in {"queued", "running"}:
            self._jobs[job_id] = replace(job, state="cancelled")

    def resume(self, job_id: str) -> None:
        job = self._jobs.get(job_id)
        if job and job.state in {"cancelled", "failed"}:
            self._jobs[job_id] = replace(job, state="queued")
            if self._started:
                self._run(job_id)

    def forget(self, kind: str) -> None:
        for job in list(self._jobs.values()):
            if job.kind == kind and job.state in {"done", "failed", "cancelled"}:
                del self._jobs[job.id], self._payloads[job.id], self._results[job.id]

    def wait(self, job_id: str, timeout: float | None = None) -> JobStatus:
        if job_id not in self._jobs:
            raise Fixable(f"No job '{job_id}'. List them with `dalm jobs`.")
        return self._jobs[job_id]

    def _run(self, job_id: str) -> None:
        job = self._jobs[job_id]
        work, done = self._work[job.kind], self._results[job_id]
        steps: list[str] = []
        try:
            steps = work.steps(self._payloads[job_id])
            for step in steps[len(done) :]:
                done.append(work.run(step))
                self._tell(job_id, "running", len(steps), done[-1])
        except Exception as error:  # noqa: BLE001
            self._tell(job_id, "failed", len(steps), _worded(error))
        else:
            self._tell(job_id, "done", len(steps), done[-1] if done else "")

    def _tell(self, job_id: str, state: str, total: int, note: str) -> None:
        kind, done = self._jobs[job_id].kind, len(self._results[job_id])
        self._jobs[job_id] = JobStatus(job_id, kind, state, done, total, note)


def _worded(error: Exception) -> str:
    if isinstance(error, DomainError):
        return str(error)
    logging.getLogger(__name__).error("A step of a job failed", exc_info=error)
    return f"Something went wrong ({type(error).__name__}); the log says what."
