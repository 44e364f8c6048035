"""Reframing pictures for slots, ratios and sizes."""

from collections.abc import Sequence

from tools.core.channels import Channels
from tools.core.ingest.service import Ingest
from tools.core.library import Library
from tools.core.people import Authority
from tools.core.ports import Clock, Imaging, Vision
from tools.core.records import Catalogue
from tools.core.repurposing.made import Made
from tools.core.rights.service import Rights


class Reframer:
    """Makes pictures fit other shapes with what matters inside."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        library: Library,
        ingest: Ingest,
        imaging: Imaging,
        vision: Vision,
        rights: Rights,
        channels: Channels,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue

    def reframe(
        self, asset_ids: Sequence[str], targets: Sequence[str], authority: Authority
    ) -> Made:
        """Make one picture per asset and target, such as `9:16`, `1080x1350` or a slot's name.

        What fails is told in the notes while the rest goes on. Raises Fixable when nothing can be
        made, Refused when rights forbid it.
        """
        raise NotImplementedError
