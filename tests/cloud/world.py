"""A library with pictures, the fake service, and everything between a grant and a sent picture."""

import json
from pathlib import Path

from PIL import Image

from tests.fakes.cloud import FakeCloud
from tests.library.world import World
from tools.adapters.imaging.pillow import PillowImaging
from tools.core.approvals import Approvals
from tools.core.cloud.choosing import Choosing
from tools.core.cloud.sending import CloudWork
from tools.core.cloud.service import Clouds
from tools.core.cloud.standing import Standing
from tools.core.cloud.terms import parse_terms
from tools.core.directory import OWNER, Directory
from tools.core.ingest.suspecting import Suspecting
from tools.core.originals import Originals
from tools.core.people import Authority, Role, Viewer
from tools.core.policy import parse_policy

CORE = Path(__file__).parents[2] / "tools" / "core"
TERMS = (CORE / "cloud.toml").read_text()
ANA = Viewer("ana", "Ana", frozenset({Role.LIBRARIAN}))
CON = Viewer("con", "Con", frozenset({Role.CONTRIBUTOR}))
GREEN, RED = (0, 128, 0), (255, 0, 0)


class CloudWorld(World):
    """A world whose pictures may leave, to a service in memory, once somebody grants it."""

    def build(self, terms: str = TERMS, service: FakeCloud | None = None) -> None:
        """Build the services of the cloud, as a process that starts does."""
        self.service = service or FakeCloud()
        self.waits: list[float] = []
        self.owner, self.me = OWNER, Authority(OWNER, "t")
        services = {self.service.name: self.service}
        policy = parse_policy((CORE / "policy.toml").read_text())
        parts = {"catalogue": self.catalogue, "clock": self.clock}
        self.approvals = Approvals(policy=policy, **parts)
        self.standing = Standing(
            catalogue=self.catalogue,
            services=services,
            terms=parse_terms(terms),
            directory=Directory((ANA, CON)),
        )
        choosing = Choosing(catalogue=self.catalogue, rights=self.rights)
        work = CloudWork(
            services=services,
            standing=self.standing,
            choosing=choosing,
            originals=Originals(catalogue=self.catalogue, blobs=self.blobs),
            imaging=PillowImaging(),
            settling=self.rejecting,
            indexing=self.indexing,
            suspecting=Suspecting(),
            sleep=self.waits.append,
            **parts,
        )
        self.clouds = Clouds(
            services=services,
            standing=self.standing,
            choosing=choosing,
            work=work,
            approvals=self.approvals,
            policy=policy,
            jobs=self.jobs,
            **parts,
        )
        self.ingest.tell(self.clouds.taken)

    def picture(self, name: str, colour=GREEN, size=(400, 300), **saved) -> Path:
        """Draw a picture file; `saved` goes into it."""
        path = self.folder / name
        picture = Image.new("RGB", size, colour)
        picture.putpixel((size[0] - 1, 0), (len(name), sum(map(ord, name)) % 256, 7))
        picture.save(path, **saved)
        return path

    def granted(self, by: Viewer = OWNER, limit: str = "", *, ongoing: bool = False) -> str:
        """Ask, approve and carry out a grant; gives the approval."""
        asked = self.asked(limit, ongoing=ongoing)
        self.approvals.decide(asked, by, approved=True)
        self.clouds.grant("rekognition", Authority(OWNER, "t", asked), self.limit, ongoing=ongoing)
        return asked

    def asked(self, limit: str = "", *, ongoing: bool = False) -> str:
        """Ask for a grant; gives the approval that waits."""
        draft = self.clouds.plan("rekognition", OWNER, limit, ongoing=ongoing)
        self.limit = json.loads(draft.arguments)["limit"]
        return self.approvals.propose(draft, Authority(OWNER, "t")).id

    def run(self, *asset_ids: str, by: Viewer = OWNER):
        """Send what may be sent."""
        return self.clouds.run("rekognition", Authority(by, "t"), asset_ids or None)

    def audited(self, action: str) -> list[str]:
        """List the subjects of one kind of event."""
        with self.catalogue.reading() as records:
            return [row.subject for row in records.audit.rows() if row.action == action]
