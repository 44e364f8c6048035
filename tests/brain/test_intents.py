"""The local brain's own list of what must never be guessed agrees with the registry."""

from agent.brains.intents import GATED, UNGATED
from tools.core.effects import Effect
from tools.registry import REGISTRY

OFFERED = [spec for spec in REGISTRY if spec.offered]
PROTECTING = {spec.name for spec in OFFERED if spec.effect is Effect.PROTECT}


def test_every_tool_that_is_not_undone_by_a_word_is_never_guessed():
    gated = {spec.name for spec in OFFERED if spec.effect.gated}
    assert gated | PROTECTING == GATED


def test_what_is_done_instead_is_never_gated_itself():
    assert not set(UNGATED.values()) & GATED
