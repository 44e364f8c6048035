"""A small library over a real catalogue, for tests of plans and what they do."""

import hashlib
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.clock import FixedClock
from tests.fakes.publisher import FakePublisher
from tools.adapters.catalogue import SqlCatalogue
from tools.core.approvals import Approvals
from tools.core.assets import Asset, AssetId, MediaType, Version
from tools.core.channels import parse_channels
from tools.core.deliveries import Deliveries
from tools.core.directory import OWNER
from tools.core.lifecycle import Lifecycle
from tools.core.people import Authority, Role, Viewer
from tools.core.policy import parse_policy
from tools.core.publishing import Publishing
from tools.core.records import NewAsset
from tools.core.rights.service import Rights

CORE = Path(__file__).parent.parent.parent / "tools" / "core"
ANA = Viewer("ana", "Ana", frozenset({Role.LIBRARIAN}))
PAT = Viewer("pat", "Pat", frozenset({Role.PUBLISHER}))
CON = Viewer("con", "Con", frozenset({Role.CONTRIBUTOR}))
VIC = Viewer("vic", "Vic", frozenset({Role.VIEWER}))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class FilesOnly:
    """Stands for the library where only the files of assets are read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open_file(self, asset: Asset, version: int | None = None):
        path = self._folder / f"{asset.id}-{version or asset.version.number}"
        path.write_bytes(asset.id.encode())
        yield path


class World:
    """Services on a fresh SQLite catalogue, a clock moved by hand and a channel in memory."""

    def __init__(self, folder: Path, policy: str | None = None) -> None:
        self.clock = FixedClock()
        self.catalogue = SqlCatalogue(f"sqlite:///{folder / 'catalogue.db'}")
        self.policy = parse_policy(policy or (CORE / "policy.toml").read_text())
        self.rights = Rights(catalogue=self.catalogue, clock=self.clock)
        self.publisher = FakePublisher()
        parts = {"catalogue": self.catalogue, "clock": self.clock}
        self.approvals = Approvals(policy=self.policy, **parts)
        self.deliveries = Deliveries(
            rights=self.rights,
            library=FilesOnly(folder),
            publishers={"website": self.publisher},
            **parts,
        )
        self.publishing = Publishing(
            approvals=self.approvals,
            policy=self.policy,
            rights=self.rights,
            channels=parse_channels((CORE / "channels.toml").read_text()),
            publishers={"website": self.publisher},
            deliveries=self.deliveries,
            **parts,
        )
        self.lifecycle = Lifecycle(
            approvals=self.approvals, policy=self.policy, rights=self.rights, **parts
        )

    def asset(self, name: str, *, cleared: bool = True, audience: Sequence[str] = ()) -> AssetId:
        """Add a picture; a cleared one is the owner's own work."""
        asset_id = AssetId(name)
        version = Version(
            asset_id, 1, _hash(name), len(name), "image/png", self.clock.now(), f"b/{name}"
        )
        with self.catalogue.writing() as records:
            records.assets.add(
                NewAsset(
                    asset_id,
                    MediaType.IMAGE,
                    f"{name}.png",
                    name.title(),
                    OWNER.id,
                    version,
                    audience=tuple(audience),
                )
            )
        if cleared:
            self.rights.own_work([asset_id], "Jane Doe", Authority(OWNER))
        return asset_id

    def new_version(self, asset_id: AssetId) -> None:
        """Put another file in the asset's place."""
        version = Version(
            asset_id, 2, "f" * 64, 11, "image/png", self.clock.now(), f"b/{asset_id}-2"
        )
        with self.catalogue.writing() as records:
            records.assets.add_version(version)

    def plan_publish(self, *names: AssetId, by: Viewer = OWNER) -> str:
        """Ask to publish to the website; gives the plan's id."""
        draft = self.publishing.plan(names, "website", None, by)
        return self.approvals.propose(draft, Authority(by, "t-1")).id

    def publish(self, plan: str, *names: AssetId, by: Viewer = OWNER):
        """Carry out what a plan allows."""
        return self.publishing.publish(names, "website", None, Authority(by, "t-1", plan))

    def close(self) -> None:
        """Let go of the database."""
        self.catalogue.close()
