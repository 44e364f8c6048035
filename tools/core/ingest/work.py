"""An ingest as a job: the walk is its plan, a few files are a step, a killed step runs again."""

import json
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from tools.core.assets import AssetId
from tools.core.errors import DomainError
from tools.core.indexing import EVERYONE, Indexing
from tools.core.ingest.grouping import grouped
from tools.core.ingest.intake import Intake
from tools.core.ingest.naming import shown_path
from tools.core.ingest.outcomes import FileOutcome, FileStatus, IngestOptions
from tools.core.ingest.walk import walk
from tools.core.people import Authority, Role, Viewer
from tools.core.records import Catalogue
from tools.core.rights.rules import ScopeKind
from tools.core.rights.service import Rights

KIND = "ingest"
# At the end of a batch a core waits for the last file; a stop waits for the end of the batch.
BATCH = 14
# Two look, and a third has the next file opened in a process of its own.
WORKERS = 3

Taken = Callable[[Sequence[AssetId], Authority], None]
"""Hears which assets were just taken in, once they can be found."""


def _nothing(_asset_ids: Sequence[AssetId], _authority: Authority) -> None:
    """Do nothing about what was taken in."""


class IngestWork:
    """Implements ports.Work for jobs of the kind `ingest`; `taken` hears of what is new."""

    def __init__(
        self, *, catalogue: Catalogue, intake: Intake, indexing: Indexing, rights: Rights
    ) -> None:
        self._catalogue = catalogue
        self._intake = intake
        self._indexing = indexing
        self._rights = rights
        self.taken: Taken = _nothing
        self._listeners: dict[str, queue.SimpleQueue[FileOutcome]] = {}

    def listen(self, run: str) -> "queue.SimpleQueue[FileOutcome]":
        """Open a queue that receives the outcomes of a run in this process."""
        return self._listeners.setdefault(run, queue.SimpleQueue())

    def close(self, run: str) -> None:
        """Stop listening to a run."""
        self._listeners.pop(run, None)

    def steps(self, payload: str) -> list[str]:
        """Walk the paths and split what is found into small batches."""
        order = json.loads(payload)
        found = [
            [str(one.found.path), one.found.status, one.found.reason, *map(str, one.companions)]
            for one in grouped(walk([Path(p) for p in order["paths"]]))
        ]
        shared = {name: order[name] for name in ("run", "options", "authority")}
        return [
            json.dumps(shared | {"files": found[start : start + BATCH]})
            for start in range(0, len(found), BATCH)
        ]

    def run(self, step: str) -> str:
        """Take in the files of a batch; rows are kept one by one, vectors together at the end."""
        order = json.loads(step)
        options, authority = read_order(order)
        listener = self._listeners.get(order["run"])
        outcomes = []
        for outcome in self._outcomes(order["files"], options, authority):
            outcomes.append(outcome)
            if listener and outcome.status is not FileStatus.ADDED:
                listener.put(outcome)
        added = [one for one in outcomes if one.status is FileStatus.ADDED]
        self._place(outcomes)
        note = self._own(outcomes, options, authority)
        self.taken([one.id for one in added if one.id], authority)
        for outcome in added:
            # Said last, so that whoever is told can find it.
            if listener:
                listener.put(outcome)
        return note or f"{len(outcomes)} files, {len(added)} added"

    def _outcomes(
        self, files: Sequence[Sequence[str]], options: IngestOptions, authority: Authority
    ) -> Iterator[FileOutcome]:
        passed = [one for one in files if one[1]]
        for name, status, reason in passed:
            yield FileOutcome(None, shown_path(Path(name)), FileStatus(status), reason)
        # Each is a file and what belongs to it.
        taken = [[Path(one[0]), *map(Path, one[3:])] for one in files if not one[1]]
        pool = ThreadPoolExecutor(WORKERS, "ingest")
        try:
            # The largest first, so that no core waits in the end for one that began late.
            order = sorted(range(len(taken)), key=lambda place: -_size(taken[place][0]))
            begun = {
                place: pool.submit(self._intake.take, taken[place], options, authority)
                for place in order
            }
            for place in range(len(taken)):
                yield from begun[place].result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _place(self, outcomes: Sequence[FileOutcome]) -> None:
        """Place what is new, and what a stopped run kept without placing it."""
        new = {one.id for one in outcomes if one.id and one.status is FileStatus.ADDED}
        with self._catalogue.reading() as records:
            known = [one.id for one in outcomes if one.id]
            assets = records.assets.many(list(dict.fromkeys(known)), EVERYONE)
        bare = set(self._indexing.without_vector([asset.key for asset in assets]))
        self._indexing.vectors([a.id for a in assets if a.id in new or a.key in bare])

    def _own(
        self, outcomes: Sequence[FileOutcome], options: IngestOptions, authority: Authority
    ) -> str:
        """Record whose work the assets are, those too that a killed run left without it."""
        if not options.own_work:
            return ""
        known = [one.id for one in outcomes if one.id and one.status is not FileStatus.SKIPPED]
        missing = self._without_record(known, authority)
        if missing:
            try:
                self._rights.own_work(missing, options.own_work, authority)
            except DomainError as refused:
                return f"Whose work they are was not recorded: {refused}"
        return ""

    def _without_record(self, asset_ids: Sequence[AssetId], authority: Authority) -> list[AssetId]:
        with self._catalogue.reading() as records:
            return [
                asset.id
                for asset in records.assets.many(list(dict.fromkeys(asset_ids)), authority.actor)
                if not any(
                    rule.scope[0] is ScopeKind.ASSET
                    for rule in records.rights.covering(asset, None)
                )
            ]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def write_order(
    run: str, paths: Sequence[Path], options: IngestOptions, authority: Authority
) -> str:
    """Write what a run has to do as the payload of its job."""
    actor = authority.actor
    return json.dumps(
        {
            "run": run,
            "paths": [str(path) for path in paths],
            "options": asdict(options),
            "authority": {
                "actor": asdict(actor) | {"roles": sorted(actor.roles)},
                "thread": authority.thread,
            },
        }
    )


def read_order(order: dict[str, dict[str, object]]) -> tuple[IngestOptions, Authority]:
    """Read options and authority out of a payload or a step."""
    options = dict(order["options"])
    audience = options.pop("audience")
    assert isinstance(audience, list)
    who = order["authority"]["actor"]
    assert isinstance(who, dict)
    viewer = Viewer(**who | {"roles": frozenset(Role(role) for role in who["roles"])})
    thread = order["authority"]["thread"]
    return (
        IngestOptions(**options, audience=tuple(audience)),  # type: ignore[arg-type]
        Authority(viewer, None if thread is None else str(thread)),
    )
