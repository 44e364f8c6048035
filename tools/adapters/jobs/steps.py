"""Calls work and turns whatever goes wrong into words that may be shown."""

import logging

from tools.core.errors import DomainError
from tools.core.ports import Work

_log = logging.getLogger(__name__)


class StepFailedError(Exception):
    """A step failed; the text is fit to be shown."""


def split_work(work: Work, payload: str) -> list[str]:
    """Split a payload; StepFailedError when that fails."""
    try:
        return work.steps(payload)
    except Exception as error:
        raise _worded(error) from error


def run_step(work: Work, step: str) -> str:
    """Carry out a step; StepFailedError when that fails."""
    try:
        return work.run(step)
    except Exception as error:
        raise _worded(error) from error


def fail(why: str) -> None:
    """Fail with these words."""
    raise StepFailedError(why)


def _worded(error: Exception) -> StepFailedError:
    if isinstance(error, DomainError):
        return StepFailedError(str(error))
    _log.error("A step of a job failed", exc_info=error)
    return StepFailedError(f"Something went wrong ({type(error).__name__}); the log says what.")
