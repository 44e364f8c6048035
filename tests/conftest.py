"""What every test may ask for: the sample files, the model files and the fakes."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Fakes are imported as tests.fakes.*, whichever way pytest was started.
sys.path.insert(0, str(ROOT))

from tests.fakes.blobs import FakeBlobs  # noqa: E402
from tests.fakes.clock import FixedClock  # noqa: E402
from tests.fakes.index import FakeIndex  # noqa: E402
from tests.fakes.jobs import FakeJobs  # noqa: E402
from tests.fakes.publisher import FakePublisher  # noqa: E402


@pytest.fixture
def samples() -> Path:
    """Give the folder of sample files."""
    folder = ROOT / "samples"
    if not folder.is_dir():
        pytest.fail("samples/ is missing from the repository")
    return folder


@pytest.fixture(scope="session")
def models() -> Path:
    """Give the folder of verified model files, or skip, visibly, when DALM_MODELS is not set."""
    folder = os.environ.get("DALM_MODELS")
    if not folder:
        pytest.skip("DALM_MODELS is not set: fetch the model files with `dalm models fetch`")
    path = Path(folder)
    assert path.is_dir(), f"DALM_MODELS names {path}, which is not a folder"
    return path


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands still until it is moved."""
    return FixedClock()


@pytest.fixture
def fake_blobs() -> FakeBlobs:
    """Give a blob store in memory."""
    return FakeBlobs()


@pytest.fixture
def fake_index() -> FakeIndex:
    """Give a vector index in memory with four dimensions."""
    return FakeIndex(dimensions=4)


@pytest.fixture
def fake_jobs() -> FakeJobs:
    """Give jobs that run when they are enqueued."""
    return FakeJobs()


@pytest.fixture
def fake_publisher() -> FakePublisher:
    """Give a channel in memory."""
    return FakePublisher()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a suite that was called for and ran nothing, or skipped what it was called for."""
    needed = os.environ.get("DALM_NEEDED")
    if not needed or exitstatus not in {0, 5}:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    assert reporter is not None
    passed, skipped = (len(reporter.stats.get(kind, [])) for kind in ("passed", "skipped"))
    if skipped or not passed:
        reporter.write_line(f"{needed}: {passed} passed, {skipped} skipped; none may be", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
