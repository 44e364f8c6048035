"""What tokens cost, read from TOML with date and source; no price is made up."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tools.core.errors import Fixable
from tools.core.spending import NANOS, Use

BESIDE = Path(__file__).with_name("prices.toml")
MILLION = 1_000_000
_DATED = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")


@dataclass(frozen=True, slots=True)
class Price:
    """Billionths of the currency for a token of a model at an endpoint; no `host`: at any."""

    model: str
    host: str
    input: Decimal
    cached: Decimal
    written: Decimal
    output: Decimal
    date: date | None
    source: str


class Prices:
    """The prices that are known, the team's own before those that come along."""

    def __init__(self, prices: Iterable[Price], currency: str = "USD") -> None:
        self._prices = tuple(prices)
        self.currency = currency

    def of(self, host: str, model: str) -> Price | None:
        """Find what a model costs at an endpoint, also under a name with a date behind it."""
        for name in (model, _DATED.sub("", model)):
            for price in self._prices:
                if price.model == name and price.host in {"", host}:
                    return price
        return None

    def priced(self, use: Use, host: str, model: str) -> Use:
        """Give a use with its cost, rounded up, or marked as one without a price."""
        price = self.of(host, model)
        if price is None:
            return replace(use, unpriced=use.calls)
        fresh = max(0, use.input - use.cached - use.written)
        cost = (
            fresh * price.input
            + use.cached * price.cached
            + use.written * price.written
            + use.output * price.output
        )
        return replace(use, cost=int(cost.to_integral_value(ROUND_UP)))

    def words(self, cost: int) -> str:
        """Write an amount."""
        return f"{Decimal(cost) / NANOS:.4f} {self.currency}"


def read_prices(own: str = "") -> Prices:
    """Read the prices that come along, and a team's own in front of them.

    Raises Fixable, naming the entry, for what cannot be used.
    """
    known = _document(BESIDE.read_text(encoding="utf-8"))
    team = _document(own)
    entries = [*team.pop("price", []), *known.pop("price", [])]
    currency = str(team.get("currency", known["currency"]))
    if currency != known["currency"]:
        # Amounts of two currencies must never be added.
        entries = entries[: len(_document(own).get("price", []))]
    return Prices([_price(entry) for entry in entries], currency)


def amount(value: object, what: str) -> int:
    """Read an amount of money in billionths; Fixable when it is none."""
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise Fixable(f"{what}: '{value}' is no amount.") from error
    if not found.is_finite() or found < 0:
        raise Fixable(f"{what}: '{value}' is no amount.")
    return int(found * NANOS)


def _document(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Fixable(f"prices.toml is not valid TOML: {error}.") from error


def _price(entry: Mapping[str, Any]) -> Price:
    model = str(entry.get("model", ""))
    if not model or not {"input", "output"} <= set(entry):
        raise Fixable("prices.toml: each [[price]] needs model, input and output.")
    costs = {
        name: Decimal(amount(entry.get(name, entry["input"]), f"prices.toml: {name} of {model}"))
        / MILLION
        for name in ("input", "cached", "written", "output")
    }
    day = entry.get("date")
    return Price(
        model=model,
        host=str(entry.get("host", "")),
        date=day if isinstance(day, date) else None,
        source=str(entry.get("source", "")),
        **costs,
    )
