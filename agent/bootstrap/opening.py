"""Opening a library, its brain, or only what looks at files before they are taken in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from agent.app import App
from agent.bootstrap.doors import app
from agent.bootstrap.house import House
from agent.bootstrap.parts import DEFAULTS, llama, reading_room, text
from agent.brain_room import BrainRoom
from agent.brains.assembly import Parts, brain_of
from agent.settings import Settings
from tools.adapters import memory
from tools.adapters.clock import SystemClock
from tools.adapters.confinement.senses import (
    ConfinedProbe,
)
from tools.adapters.index_lock import IndexLock
from tools.adapters.text_embedder import E5Embedder
from tools.core.channels import parse_channels
from tools.core.conventions import parse_conventions
from tools.core.errors import Fixable
from tools.core.survey.service import Surveyor
from tools.registry import REGISTRY
from tools.spec import ToolSpec

PATIENCE = 120.0


@contextmanager
def open_app(
    settings: Settings,
    *,
    attach_note: Callable[[str], None] = lambda _text: None,
    brain: BrainRoom | None = None,
    purpose: str = "dalm",
    registry: tuple[ToolSpec, ...] = REGISTRY,
) -> Iterator[App]:
    """Lend the application over the library in `settings.home`, which this process then owns.

    `attach_note` hears who else uses the library while it is waited for; `brain` is one that
    several libraries share; `registry` holds the tools that exist. Raises Fixable for a folder
    that cannot be used, or that another process keeps.
    """
    memory.keep_flat()
    _prepare(settings.home)
    with ExitStack() as held:
        lock = IndexLock(settings.home, purpose)
        lock.acquire(PATIENCE, attach_note)
        held.callback(lock.release)
        house = House(settings, brain or brain_room(settings))
        held.callback(house.close)
        yield app(house, registry)


def brain_room(settings: Settings) -> BrainRoom:
    """Give the place where the chosen brain is built when it is first needed."""
    memory.keep_flat()
    if settings.brain_kind == "none":
        return BrainRoom(None)
    channels = parse_channels(text(settings.home, "channels.toml"))
    parts = Parts(
        settings=settings,
        # The brain's probes were tuned with this model, whatever search uses.
        embedder=E5Embedder(settings.threads),
        engine=partial(llama, settings),
        channels=channels,
        clock=SystemClock(),
        memory=memory.available,
    )
    return BrainRoom(partial(brain_of, parts), settings.brain_patience)


def surveyor(settings: Settings) -> Surveyor:
    """Give what looks at files before they are taken in; no library is opened for it."""
    own = text(settings.home, "conventions.toml")
    return Surveyor(
        probe=ConfinedProbe(reading_room()),
        conventions=parse_conventions(own),
        conventions_text=(DEFAULTS / "conventions.toml").read_text(encoding="utf-8"),
    )


def _prepare(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Fixable(f"The data folder {home} cannot be made: {error.strerror}.") from error
