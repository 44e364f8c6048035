"""Long work that survives a kill."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job as people see it; `state` is queued, running, done, failed or cancelled."""

    id: str
    kind: str
    state: str
    done: int = 0
    total: int = 0
    note: str = ""


class Jobs(Protocol):
    """Long work that survives a crash; work is registered by kind before anything is enqueued."""

    def register(self, kind: str, work: "Work") -> None:
        """Tell what carries out a kind of job."""
        ...

    def start(self) -> None:
        """Begin to run jobs, first those that a crash interrupted."""
        ...

    def stop(self) -> None:
        """Stop taking jobs and let the running step end."""
        ...

    def enqueue(self, kind: str, payload: str, key: str) -> str:
        """Queue work and give the job id; the same key twice is the same job."""
        ...

    def status(self, job_id: str) -> JobStatus | None:
        """Tell how a job stands, or None when unknown."""
        ...

    def recent(self, limit: int) -> list[JobStatus]:
        """List jobs, newest first."""
        ...

    def cancel(self, job_id: str) -> None:
        """Stop a job before its next step."""
        ...

    def resume(self, job_id: str) -> None:
        """Go on with a cancelled or failed job."""
        ...

    def wait(self, job_id: str, timeout: float | None = None) -> JobStatus:
        """Block until the job ends, or until the timeout in seconds."""
        ...

    def forget(self, kind: str) -> None:
        """Remove the ended jobs of a kind with all that was recorded of them."""
        ...


class Work(Protocol):
    """The steps of a kind of job; each step is idempotent, because a killed one runs again."""

    def steps(self, payload: str) -> list[str]:
        """Split the payload into steps, each described by text."""
        ...

    def run(self, step: str) -> str:
        """Carry out one step and give a short note."""
        ...
