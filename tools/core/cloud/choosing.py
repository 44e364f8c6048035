"""Which pictures may be sent to a service, and why the others may not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.core.assets import Asset, AssetId, Field, MediaType
from tools.core.ingest.evidence import faces_from_json
from tools.core.people import Viewer
from tools.core.records import AssetFilter, Catalogue, Records
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights
from tools.core.rights.uses import Outcome, Use

CHUNK = 200
# Of the terms of PLUS only these let others mine what a picture holds.
MINED = frozenset({"", "DMI-UNSPECIFIED", "DMI-ALLOWED"})
SMALLEST_SIDE = 80

MINING = "its data mining field prohibits it"
RESTRICTED = "only some people may see it"
FORBIDDEN = "its rights forbid it"
UNSEEN = "whoever granted this may not see it"
SENT = "it was looked at by this service already"
WAITED = "it left before and no answer came"
REFUSED = "the service could not read it"
SMALL = f"it is smaller than {SMALLEST_SIDE} pixels"


@dataclass(frozen=True, slots=True)
class Choice:
    """The pictures to send, how many of them show faces, and how many stay for which reason."""

    assets: tuple[Asset, ...]
    faces: int
    left: Counter[str] = field(default_factory=Counter)


class Choosing:
    """Chooses among the active pictures that a person sees; what stays, stays for one reason."""

    def __init__(self, *, catalogue: Catalogue, rights: Rights) -> None:
        self._catalogue = catalogue
        self._rights = rights

    def choose(
        self,
        service: str,
        viewer: Viewer,
        granters: Sequence[Viewer] = (),
        among: Sequence[AssetId] | None = None,
    ) -> Choice:
        """Choose among all pictures, or among some; `granters` must see what is sent as well."""
        ids = None if among is None else tuple(among)
        wanted = AssetFilter(MediaType.IMAGE, ids=ids)
        with self._catalogue.reading() as records:
            keys = records.assets.keys(wanted, viewer)
        chosen: list[Asset] = []
        left: Counter[str] = Counter()
        faces = 0
        for start in range(0, len(keys), CHUNK):
            with self._catalogue.reading() as records:
                assets = records.assets.by_keys(keys[start : start + CHUNK], viewer)
            for asset, why in self.judged(service, assets, viewer, granters):
                if why:
                    left[why] += 1
                else:
                    chosen.append(asset)
                    faces += self._shows_faces(asset)
        return Choice(tuple(chosen), faces, left)

    def judged(
        self, service: str, assets: Sequence[Asset], viewer: Viewer, granters: Sequence[Viewer]
    ) -> list[tuple[Asset, str]]:
        """Give each picture with the reason for which it stays, "" when it may be sent."""
        use = Use(Action.ENRICH, at=self._rights.now())
        verdicts = self._rights.judged(assets, use, viewer)
        found = []
        with self._catalogue.reading() as records:
            seen = [{one.id for one in records.assets.many([a.id for a in assets], granter)}
                    for granter in granters]  # fmt: skip
            for asset in assets:
                why = self._kept_back(records, service, asset)
                if not why and verdicts[asset.id].outcome is Outcome.DENIED:
                    why = FORBIDDEN
                if not why and any(asset.id not in ids for ids in seen):
                    why = UNSEEN
                found.append((asset, why))
        return found

    def _kept_back(self, records: Records, service: str, asset: Asset) -> str:
        known = records.cloud.sending(service, asset.version.sha256)
        states = {"done": SENT, "sending": WAITED, "refused": REFUSED}
        if known and known.state in states:
            return states[known.state]
        family = [asset, *records.assets.ancestors(asset.id)]
        if any(one.audience for one in family):
            return RESTRICTED
        values = records.fields.current([one.id for one in family])
        terms = [v.value for v in values if v.field is Field.DATA_MINING]
        if any(_code(term) not in MINED for term in terms):
            return MINING
        if min(asset.version.width or 0, asset.version.height or 0) < SMALLEST_SIDE:
            return SMALL
        return ""

    def _shows_faces(self, asset: Asset) -> bool:
        with self._catalogue.reading() as records:
            values = records.fields.current([asset.id])
        told = [value.value for value in values if value.field is Field.FACES]
        return bool(told) and bool(faces_from_json(told[-1]))


def _code(term: str) -> str:
    """Give the bare code of a term that may be written as an address."""
    return term.strip().rstrip("/").rpartition("/")[2].upper()
