"""What would be agreed to today for each service, and whether a grant still holds."""

from collections.abc import Mapping

from tools.core.cloud.grants import Grant
from tools.core.cloud.statement import Statement
from tools.core.cloud.terms import Bar, Terms
from tools.core.directory import Directory
from tools.core.errors import Fixable, Refused
from tools.core.people import Viewer
from tools.core.ports import CloudVision
from tools.core.records import Catalogue, Records


class Standing:
    """Compares what was agreed to with what holds today; a difference voids a grant."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        services: Mapping[str, CloudVision],
        terms: Terms,
        directory: Directory,
    ) -> None:
        self._catalogue = catalogue
        self._services = services
        self._terms = terms
        self._directory = directory

    @property
    def side(self) -> int:
        """Give the longer side of what leaves, in pixels."""
        return self._terms.side

    def words(self, amount: int) -> str:
        """Write an amount of billionths."""
        return self._terms.words(amount)

    def sure(self, service: str) -> Mapping[str, Bar]:
        """Give the bars of a service; Fixable when it has none."""
        if service not in self._terms.sure:
            raise Fixable(
                f"cloud.toml says not how sure {service} must be: enter [sure.{service}]."
            )
        return self._terms.sure[service]

    def person(self, name: str) -> Viewer:
        """Find somebody as they are today; Fixable when they are gone."""
        return self._directory.person(name)

    def granters(self, grant: Grant) -> list[Viewer]:
        """Give those who granted it as they are today; Fixable when one of them is gone."""
        return [self._directory.person(name) for name in grant.by]

    def statement(self, service: str, limit: int = 0, *, ongoing: bool = False) -> Statement:
        """Say what would be agreed to today.

        Raises Fixable when no price is known for where the pictures would go.
        """
        vision = self._services[service]
        place = vision.standing()
        features = tuple(one for call in vision.calls for one in call)
        known = self._terms.price(service, place.region)
        price = known.of(features) if known else None
        if known is None or price is None:
            where = f" in {place.region}" if place.region else ""
            raise Fixable(
                f"No price is known of {vision.title}{where} for {', '.join(features)}. Enter it, "
                "with date and source, into cloud.toml of the data folder."
            )
        return Statement(
            service=service,
            title=vision.title,
            host=place.host,
            region=place.region,
            features=features,
            side=self._terms.side,
            price=price,
            priced=f"list price entered {known.date}, {known.source}",
            currency=self._terms.currency,
            limit=limit,
            ongoing=ongoing,
        )

    def why_void(self, grant: Grant) -> str:
        """Say why a grant holds no more, "" while it does."""
        agreed = grant.statement
        try:
            today = self.statement(agreed.service, agreed.limit, ongoing=agreed.ongoing)
            self.granters(grant)
        except Fixable as gone:
            return str(gone)
        changed = agreed.changed(today)
        return f"{changed} changed since it was granted" if changed else ""

    def valid(self, service: str) -> Grant:
        """Give the grant under which a service may be used now.

        Raises Refused when there is none, or when what was agreed to holds no more.
        """
        with self._catalogue.reading() as records:
            return self._valid(records, service)

    def reaching(
        self, records: Records, service: str, features: tuple[str, ...]
    ) -> tuple[Grant, int]:
        """Give the grant and the price of a call that its limit still reaches for.

        Raises Refused for want of a grant, or when the limit is used up.
        """
        grant = self._valid(records, service)
        known = self._terms.price(service, grant.statement.region)
        price = known.of(features) if known else None
        assert price is not None
        if grant.spent + price > grant.statement.limit:
            raise Refused(
                f"The limit of {self.words(grant.statement.limit)} for {grant.statement.title} is "
                f"reached ({self.words(grant.spent)} spent). To go on, grant it anew: "
                f"dalm cloud grant {service} --limit AMOUNT"
            )
        return grant, price

    def _valid(self, records: Records, service: str) -> Grant:
        grant = records.cloud.standing(service)
        vision = self._services[service]
        anew = f"`dalm cloud grant {service}` asks for it"
        if grant is None:
            raise Refused(f"{vision.title} is off: nothing leaves. {anew}.")
        if why := self.why_void(grant):
            raise Refused(f"The grant of {vision.title} is void: {why}. {anew} anew.")
        return grant
