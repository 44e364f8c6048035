"""A library of captioned pictures under names that say nothing, kept from run to run."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from agent.app import App
from agent.bootstrap import open_app
from agent.brain_room import BrainRoom
from agent.settings import Settings
from evals.pictures.captioned import Captioned

Say = Callable[[str], None]
IDS = "ids.json"


@dataclass(frozen=True, slots=True)
class Shelf:
    """An open library, and the captioned picture of each asset id."""

    app: App
    pictures: dict[str, Captioned]


@contextmanager
def shelf(
    folder: Path, settings: Settings, pictures: Sequence[Captioned], say: Say, *, reindex: bool
) -> Iterator[Shelf]:
    """Lend the library of these pictures below a folder; they are taken in when it is new.

    `reindex` writes search text and vectors of a kept library anew, after a change in them.
    """
    home = folder / _digest(pictures)
    kept = (home / IDS).is_file()
    if not kept:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
    inner = settings.model_copy(update={"home": home, "models": settings.models_folder})
    with open_app(inner, brain=BrainRoom(None)) as app:
        if not kept:
            _take_in(app, home, pictures, say)
        elif reindex:
            app.library.reindex(app.admin.person(), lambda *_: None)
        ids = json.loads((home / IDS).read_text(encoding="utf-8"))
        yield Shelf(app, {one: pictures[number] for one, number in ids.items()})


def _take_in(app: App, home: Path, pictures: Sequence[Captioned], say: Say) -> None:
    named = home / "pictures"
    named.mkdir()
    numbers = {}
    for number, picture in enumerate(pictures):
        name = f"IMG_{number:04d}{picture.path.suffix}"
        shutil.copyfile(picture.path, named / name)
        numbers[name] = number
    ids: dict[str, int] = {}
    for done, outcome in enumerate(app.library.ingest([named], app.admin.person(), in_place=True)):
        if outcome.id is None:
            say(f"{outcome.file}: {outcome.status} {outcome.reason}")
            continue
        # Of pictures with the same bytes the first stands for all.
        ids.setdefault(outcome.id, numbers[Path(outcome.file).name])
        if done % 100 == 0:
            say(f"{done} of {len(pictures)} pictures taken in")
    (home / IDS).write_text(json.dumps(ids), encoding="utf-8")


def _digest(pictures: Sequence[Captioned]) -> str:
    found = hashlib.sha256()
    for picture in pictures:
        found.update(picture.path.read_bytes())
    return found.hexdigest()[:16]
