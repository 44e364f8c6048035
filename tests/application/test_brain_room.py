"""Who asks while the brain is being built waits for it, and hears how far it is."""

import threading

import pytest

from agent.brain_room import BrainRoom
from agent.graph import Brain
from tests.fakes.model import ScriptedModel
from tools.core.errors import Fixable

FOREVER = 600.0


def brain(warm=None) -> Brain:
    return Brain(ScriptedModel(script=[], heard=[]), [], lambda _viewer: "", warm)


def test_it_says_how_far_it_is_until_it_is_warm():
    seen, go = [], threading.Event()

    def warm(report):
        report(3, 16, "reading worked examples")
        assert go.wait(30)

    room = BrainRoom(lambda _report: brain(warm), FOREVER)
    for state in room.settling():
        seen.append((state.done, state.total))
        if state.total:
            go.set()
    assert seen[-1] == (3, 16)
    assert room.readiness().state == "ready"


def test_nobody_waits_longer_than_their_patience():
    go = threading.Event()
    room = BrainRoom(lambda _report: brain(lambda _report: go.wait(30)), 0.0)
    room.get()
    assert list(room.settling()) == []
    assert room.readiness().state == "loading"
    go.set()


def test_a_brain_that_cannot_be_built_ends_the_wait():
    def build(report):
        report(0, 0, "reading the model")
        raise Fixable("Run dalm models fetch.")

    room = BrainRoom(build, FOREVER)
    list(room.settling())
    with pytest.raises(Fixable, match="dalm models fetch"):
        room.get()


def test_no_brain_needs_no_waiting():
    assert list(BrainRoom(None, FOREVER).settling()) == []
