"""Sending pictures as a job: one picture a step, the money counted before each call."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tools.core.assets import Asset, Field, FieldValue, Source
from tools.core.audit import AuditEvent
from tools.core.cloud.choosing import Choosing
from tools.core.cloud.grants import Sending
from tools.core.cloud.said import Said, following, remarks_of, written
from tools.core.cloud.standing import Standing
from tools.core.errors import Fixable
from tools.core.indexing import EVERYONE, Indexing
from tools.core.ingest.settling import Settling
from tools.core.ingest.suspecting import Suspecting, audit_flag, suspected
from tools.core.originals import Originals
from tools.core.people import Viewer
from tools.core.perception import FileFacts, Remark
from tools.core.ports import Busy, Clock, CloudVision, Imaging, Unanswered, Unusable
from tools.core.records import Catalogue, Records

KIND = "cloud"
TRIES = 5
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Order:
    """What a run sends, for whom; a step is an order for one asset."""

    run: str
    service: str
    person: str
    assets: tuple[str, ...]

    def to_json(self) -> str:
        """Write it as JSON."""
        return json.dumps([self.run, self.service, self.person, self.assets])

    @classmethod
    def from_json(cls, text: str) -> "Order":
        """Read what `to_json` wrote."""
        run, service, person, assets = json.loads(text)
        return cls(run, service, person, tuple(assets))


class CloudWork:
    """Implements ports.Work for jobs of the kind `cloud`.

    Before each call its price is set aside, if the grant stands as it was agreed to and its limit
    reaches for it; what was clearly not taken gives it back. A call that may have been taken is
    never made twice.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        services: Mapping[str, CloudVision],
        standing: Standing,
        choosing: Choosing,
        originals: Originals,
        imaging: Imaging,
        settling: Settling,
        indexing: Indexing,
        suspecting: Suspecting,
        clock: Clock,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._catalogue = catalogue
        self._services = services
        self._standing = standing
        self._choosing = choosing
        self._originals = originals
        self._imaging = imaging
        self._settling = settling
        self._indexing = indexing
        self._suspecting = suspecting
        self._clock = clock
        self._sleep = sleep

    def steps(self, payload: str) -> list[str]:
        """Split an order into one for each asset."""
        order = Order.from_json(payload)
        return [replace(order, assets=(one,)).to_json() for one in order.assets]

    def run(self, step: str) -> str:
        """Send one picture, if it still may be sent.

        Raises Fixable or Refused for what stands in the way of every picture.
        """
        order = Order.from_json(step)
        viewer = self._standing.person(order.person)
        with self._catalogue.reading() as records:
            found = records.assets.many(list(order.assets), viewer)
        for asset in found:
            grant = self._standing.valid(order.service)
            granters = self._standing.granters(grant)
            judged = self._choosing.judged(order.service, [asset], viewer, granters)
            if not judged[0][1]:
                return self._send(order, asset, viewer)
            return f"{asset.file_name} stays here: {judged[0][1]}"
        return "a picture is not there any more"

    def _send(self, order: Order, asset: Asset, viewer: Viewer) -> str:
        service = self._services[order.service]
        try:
            with self._originals.open(asset) as path:
                jpeg = self._imaging.bare(self._imaging.open(path, self._standing.side))
        except (Fixable, OSError) as error:
            return f"{asset.file_name} stays here: {error}"
        known = self._begun(order, asset)
        for features in service.calls:
            if not set(features) <= set(known.asked):
                known = self._call(service, features, jpeg, known, viewer)
                if known.state == "refused":
                    return f"{asset.file_name}: {known.note}"
        self._keep(service, asset, known)
        return f"{asset.file_name} was looked at by {service.title}"

    def _begun(self, order: Order, asset: Asset) -> Sending:
        with self._catalogue.reading() as records:
            known = records.cloud.sending(order.service, asset.version.sha256)
        fresh = Sending(
            order.service, asset.version.sha256, asset.id, "", order.run, "open", self._clock.now()
        )
        return replace(known, run=order.run, asset_id=asset.id) if known else fresh

    def _call(
        self,
        service: CloudVision,
        features: tuple[str, ...],
        jpeg: bytes,
        known: Sending,
        viewer: Viewer,
    ) -> Sending:
        """Make one call, waiting as long as the service asks for it a few times."""
        for attempt in range(1, TRIES + 1):
            known, price = self._set_aside(known, features, len(jpeg), viewer)
            try:
                remarks = service.look(jpeg, features)
            except Busy as busy:
                known = self._given_back(known, price)
                wait = busy.seconds if busy.seconds is not None else 2.0 ** (attempt - 1)
                if attempt == TRIES or wait > LONGEST_WAIT:
                    raise Fixable(f"{busy} Run it again later to go on.") from busy
                self._sleep(wait)
            except Unusable as bad:
                refused = replace(known, state="refused", note=str(bad)[:300])
                with self._catalogue.writing() as records:
                    records.cloud.keep(refused)
                return refused
            except Unanswered:
                raise
            except Fixable:
                self._given_back(known, price)
                raise
            else:
                return self._answered(known, features, remarks)
        raise AssertionError("the last attempt returns or raises")

    def _set_aside(
        self, known: Sending, features: tuple[str, ...], size: int, viewer: Viewer
    ) -> tuple[Sending, int]:
        """Check the grant and count the price, in one transaction, before anything leaves."""
        with self._catalogue.writing() as records:
            grant, price = self._standing.reaching(records, known.service, features)
            now = self._clock.now()
            leaving = replace(
                known, grant_id=grant.id, state="sending", cost=known.cost + price, at=now
            )
            records.cloud.keep(leaving)
            records.cloud.spend(grant.id, price)
            told = {
                "service": known.service,
                "host": grant.statement.host,
                "asked": list(features),
                "bytes": size,
                "price": self._standing.words(price),
                "grant": grant.id,
            }
            records.audit.append(
                AuditEvent(now, viewer.id, "asset.sent-out", known.asset_id, json.dumps(told))
            )
        return leaving, price

    def _given_back(self, known: Sending, price: int) -> Sending:
        back = replace(known, state="open", cost=known.cost - price)
        with self._catalogue.writing() as records:
            records.cloud.keep(back)
            records.cloud.spend(known.grant_id, -price)
            told = json.dumps({"service": known.service, "grant": known.grant_id})
            now = self._clock.now()
            records.audit.append(
                AuditEvent(now, EVERYONE.id, "asset.not-taken", known.asset_id, told)
            )
        return back

    def _answered(
        self, known: Sending, features: tuple[str, ...], remarks: Sequence[Remark]
    ) -> Sending:
        together = (*remarks_of(known.remarks), *remarks)
        answered = replace(
            known,
            state="open",
            asked=(*known.asked, *features),
            remarks=written(together),
        )
        with self._catalogue.writing() as records:
            records.cloud.keep(answered)
        return answered

    def _keep(self, service: CloudVision, asset: Asset, known: Sending) -> None:
        """Keep what was said as values of the asset, by what people rejected and the taxonomy."""
        sure = self._standing.sure(service.name)
        said = Said(service.name, service.title, sure, remarks_of(known.remarks))
        with self._catalogue.writing() as records:
            old = records.fields.current([asset.id])
            earlier = [v for v in old if v.field is Field.CLOUD and _is_of(v, service.name)]
            records.fields.retire(earlier, self._clock.now())
            values = self._values(records, asset, said, old)
            records.fields.put(values)
            flags = suspected(values)
            if flags and not suspected(old):
                audit_flag(records, asset.id, flags, EVERYONE.id, self._clock.now())
            records.cloud.keep(replace(known, state="done", remarks="[]"))
        self._indexing.reindex_one(asset.id)

    def _values(
        self, records: Records, asset: Asset, said: Said, old: Sequence[FieldValue]
    ) -> list[FieldValue]:
        now = self._clock.now()
        whole = FieldValue(asset.id, Field.CLOUD, said.to_json(), Source.MODEL, said.models, now)
        found = [whole, *following(asset.id, said, old, now)]
        read = "\n".join(one.text for one in said.remarks)
        facts = FileFacts(asset.media_type.value, asset.version.mime)
        flags = self._suspecting.values(asset.id, facts, "", now, ocr=read)
        there = {(v.field, v.value) for v in old}
        settled = self._settling.settled(records, asset.id, [*found, *flags], ())
        return [value for value in settled if (value.field, value.value) not in there]


def _is_of(value: FieldValue, service: str) -> bool:
    return Said.from_json(value.value).service == service
