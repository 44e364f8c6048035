"""The composition root: settings -> adapters -> services -> App; the only importer of adapters."""

from agent.bootstrap.doors import SAMPLES
from agent.bootstrap.measuring import (
    Senses,
    keep_likenesses,
    keep_vectors,
    local_brain,
    open_index,
    senses,
    vocabularies,
)
from agent.bootstrap.opening import brain_room, open_app, surveyor
from agent.bootstrap.parts import DEFAULTS, reading_room
from agent.bootstrap.stocking import stock

__all__ = [
    "DEFAULTS",
    "SAMPLES",
    "Senses",
    "brain_room",
    "keep_likenesses",
    "keep_vectors",
    "local_brain",
    "open_app",
    "open_index",
    "reading_room",
    "senses",
    "stock",
    "surveyor",
    "vocabularies",
]
