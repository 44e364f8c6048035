"""The composition root: settings -> adapters -> services -> App; the only importer of adapters."""

from agent.bootstrap.doors import SAMPLES
from agent.bootstrap.measuring import Senses, keep_vectors, local_brain, open_index, senses
from agent.bootstrap.opening import brain_room, open_app, surveyor
from agent.bootstrap.parts import DEFAULTS, reading_room

__all__ = [
    "DEFAULTS",
    "SAMPLES",
    "Senses",
    "brain_room",
    "keep_vectors",
    "local_brain",
    "open_app",
    "open_index",
    "reading_room",
    "senses",
    "surveyor",
]
