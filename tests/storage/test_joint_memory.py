"""What is kept of the choice of a picture model, in a file and in the fake."""

from pathlib import Path

import pytest

from tests.fakes.joint import RememberedJoint
from tools.adapters.joint_memory import JointFile
from tools.core.ports import Collection, JointMemory, JointState

ONE = Collection("team/clip@v2", "joint-team/clip-abc-24", 24)


@pytest.fixture(params=["file", "fake"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> JointMemory:
    return (
        JointFile(tmp_path / "index" / "joint.json")
        if request.param == "file"
        else RememberedJoint()
    )


def test_what_was_written_is_read(memory: JointMemory):
    assert memory.read() == JointState()
    state = JointState(active=ONE, coming=Collection("b", "joint-b", 3), setting="b", told="ü")
    memory.write(state)
    assert memory.read() == state


def test_a_damaged_file_chooses_nothing_and_is_written_anew(tmp_path: Path):
    path = tmp_path / "joint.json"
    memory = JointFile(path)
    for damage in ("", "{", "[]", "{}", '{"active": 3, "before": null, "coming": null}', "\0"):
        path.write_text(damage)
        assert memory.read() == JointState()
    memory.write(JointState(active=ONE))
    assert JointFile(path).read().active == ONE
