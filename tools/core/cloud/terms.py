"""What services cost and how sure they must be, read from one dated TOML text."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal, InvalidOperation
from typing import Any

from tools.core.errors import Fixable
from tools.core.spending import NANOS

KINDS = ("label", "object", "text", "moderation")
FEATURES = ("labels", "objects", "text", "moderation")
LEAST_SIDE, MOST_SIDE = 256, 4096


@dataclass(frozen=True, slots=True)
class Bar:
    """From `keep` on a value is kept, from `review` on a person is asked; both from 0 to 1."""

    keep: float
    review: float


@dataclass(frozen=True, slots=True)
class CloudPrice:
    """Billionths of the currency for a picture, by feature, with the day and the source."""

    service: str
    region: str
    features: Mapping[str, int]
    date: str
    source: str

    def of(self, features: tuple[str, ...]) -> int | None:
        """Give what a picture costs for some features, None when one of them has no price."""
        known = [self.features.get(one) for one in features]
        found = [one for one in known if one is not None]
        return sum(found) if len(found) == len(known) else None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of all services; `side` is the longer side of what leaves, in pixels."""

    currency: str
    side: int
    sure: Mapping[str, Mapping[str, Bar]]
    prices: tuple[CloudPrice, ...]

    def price(self, service: str, region: str) -> CloudPrice | None:
        """Find what a service costs in a region."""
        known = (one for one in self.prices if one.service == service)
        return next((one for one in known if one.region in {"", region}), None)

    def words(self, amount: int) -> str:
        """Write an amount of billionths."""
        return f"{Decimal(amount) / NANOS:.4f} {self.currency}"


def parse_terms(text: str) -> Terms:
    """Read the terms from TOML text.

    Raises Fixable, naming the place, for what is missing or cannot be used.
    """
    try:
        document = tomllib.loads(text, parse_float=Decimal)
        side = document["side"]
        if type(side) is not int or not LEAST_SIDE <= side <= MOST_SIDE:
            raise Fixable(f"cloud.toml: side is a whole number from {LEAST_SIDE} to {MOST_SIDE}.")
        return Terms(
            currency=str(document["currency"]),
            side=side,
            sure={
                name: {kind: _bar(bars[kind], f"{name} {kind}") for kind in KINDS}
                for name, bars in document["sure"].items()
            },
            prices=tuple(_price(entry) for entry in document.get("price", ())),
        )
    except tomllib.TOMLDecodeError as error:
        raise Fixable(f"cloud.toml is not valid TOML: {error}.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise Fixable(
            f"cloud.toml lacks or misspells an entry ({error}). See the one that comes along."
        ) from error


def asked_amount(text: str, what: str) -> int:
    """Read an amount of money a person names, in billionths; Fixable when it is none above 0."""
    try:
        found = Decimal(str(text))
    except InvalidOperation as error:
        raise Fixable(f"{what}: '{text[:40]}' is no amount. Write it as 5 or 2.50.") from error
    if not found.is_finite() or not 0 < found < 1_000_000:
        raise Fixable(f"{what}: '{text[:40]}' is no amount above 0. Write it as 5 or 2.50.")
    return int(found * NANOS)


def rounded_up(amount: int) -> str:
    """Write an amount of billionths as a plain number, rounded up to a hundredth, 0.01 at least."""
    money = (Decimal(amount) / NANOS).quantize(Decimal("0.01"), ROUND_UP)
    return str(max(money, Decimal("0.01")))


def _bar(entry: Mapping[str, Any], where: str) -> Bar:
    bar = Bar(float(entry["keep"]), float(entry["review"]))
    if not (0 <= bar.keep <= 1 and 0 <= bar.review <= 1):
        raise Fixable(f"cloud.toml: the bars of {where} run from 0 to 1.")
    return bar


def _price(entry: Mapping[str, Any]) -> CloudPrice:
    service, day = str(entry["service"]), entry.get("date")
    source = str(entry.get("source", ""))
    if not isinstance(day, date) or not source:
        raise Fixable(f"cloud.toml: the price of {service} needs a date and a source.")
    costs = {one: Decimal(str(entry[one])) for one in FEATURES if one in entry}
    if any(not cost.is_finite() or cost < 0 for cost in costs.values()):
        raise Fixable(f"cloud.toml: a price of {service} is no amount.")
    return CloudPrice(
        service=service,
        region=str(entry.get("region", "")),
        features={name: int(cost * NANOS / 1000) for name, cost in costs.items()},
        date=day.isoformat(),
        source=source,
    )
