"""Counts what chat models use, per person and day, and holds each person to a day's budget."""

import tomllib
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

from agent.events import Used
from agent.prices import Prices, amount
from agent.thinking import Remote
from agent.views import UsageView
from tools.core.directory import SYSTEM
from tools.core.errors import Fixable, Refused
from tools.core.people import Role, Viewer
from tools.core.ports import Clock
from tools.core.records import Catalogue
from tools.core.spending import NANOS, DayUse, Use, total

# What an answer may come to while nobody knows yet.
ANSWER = 500
HERE = "local"
WITHOUT = (
    "Until then everything can be done without the chat model: /search_assets query=dogs, "
    "/tag_assets, /publish_assets and the other tools, approve ID, /usage."
)

ASKER: ContextVar[Viewer] = ContextVar("asker", default=SYSTEM)
"""Who is charged for texts that a tool lets the model word."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a person may use a day: tokens, and money in billionths; None is without end."""

    tokens: int | None = None
    cost: int | None = None


class Budgets:
    """The budget of everybody, and those of some people."""

    def __init__(self, everybody: Budget, people: Mapping[str, Budget] | None = None) -> None:
        self._everybody = everybody
        self._people = people or {}

    def of(self, person: str) -> Budget:
        """Give a person's budget."""
        own = self._people.get(person, Budget())
        return Budget(
            self._everybody.tokens if own.tokens is None else own.tokens,
            self._everybody.cost if own.cost is None else own.cost,
        )


def read_budgets(everybody: Budget, users: str) -> Budgets:
    """Read `budget_tokens` and `budget_cost` of the people in the users file.

    Raises Fixable, naming the person, for what is no number.
    """
    people = {}
    for user in tomllib.loads(users).get("user", []):
        name = str(user.get("id"))
        tokens, cost = user.get("budget_tokens"), user.get("budget_cost")
        if tokens is not None and (type(tokens) is not int or tokens < 0):
            raise Fixable(f"users.toml: budget_tokens of {name} is no whole number.")
        money = None if cost is None else amount(cost, f"users.toml: budget_cost of {name}")
        people[name] = Budget(tokens, money)
    return Budgets(everybody, people)


class Meter:
    """Counts in the catalogue; days begin at midnight of `zone`, or of this machine."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        clock: Clock,
        prices: Prices,
        budgets: Budgets,
        zone: tzinfo | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._prices = prices
        self._budgets = budgets
        self._zone = zone

    def hold(self, person: Viewer, remote: Remote, tokens: int) -> DayUse:
        """Set aside what a call may use, in one step with the check, so that many may ask at once.

        Raises Refused, saying what is left to do, when the day's budget does not reach for it.
        """
        guess = self._prices.priced(Use(1, tokens, ANSWER), remote.host, remote.model)
        budget = self._budgets.of(person.id)
        day = self._today()
        held = replace(guess, calls=0, unpriced=0)
        call = DayUse(day, person.id, remote.host, remote.model, Use(), held)
        if budget == Budget():
            return replace(call, held=Use())
        if budget.cost is not None and guess.unpriced:
            raise Refused(
                f"There is a budget in {self._prices.currency}, but no price is known of "
                f"{remote.model}. Enter it into prices.toml of the data folder. {WITHOUT}"
            )
        with self._catalogue.writing() as records:
            spent = _remote(records.usage.since(day, person.id))
            if budget.tokens is not None and spent.tokens + held.tokens > budget.tokens:
                raise Refused(self._over(f"{budget.tokens:,} tokens", f"{spent.tokens:,}"))
            if budget.cost is not None and spent.cost + held.cost > budget.cost:
                limit, gone = self._prices.words(budget.cost), self._prices.words(spent.cost)
                raise Refused(self._over(limit, gone))
            records.usage.add(call)
        return call

    def settle(self, call: DayUse, use: Use) -> Use:
        """Count what a call used, let go of what was held, and give the use with its cost."""
        priced = self._prices.priced(use, call.host, call.model)
        back = Use(input=-call.held.input, output=-call.held.output, cost=-call.held.cost)
        with self._catalogue.writing() as records:
            records.usage.add(replace(call, use=priced, held=back))
        return priced

    def count(self, person: Viewer, use: Use) -> None:
        """Count calls of a model of this machine, which cost nothing."""
        with self._catalogue.writing() as records:
            records.usage.add(DayUse(self._today(), person.id, "", HERE, use))

    def days(self, days: int, person: str | None = None) -> list[DayUse]:
        """List what was used in the last days, today's among them, by one person or by all."""
        with self._catalogue.reading() as records:
            return records.usage.since(self._today() - timedelta(days=days - 1), person)

    def views(self, viewer: Viewer, days: int, *, everybody: bool = False) -> list[UsageView]:
        """Show what was used; that of others only to an admin.

        Raises Refused for anybody else who asks for it.
        """
        if everybody and not (viewer.local_owner or viewer.has(Role.ADMIN)):
            raise Refused("What others used is for admins. Leave --everybody out for your own.")
        rows = self.days(days, None if everybody else viewer.id)
        return [self._view(row) for row in rows]

    def event(self, use: Use, model: str) -> Used:
        """Tell front doors what a turn used."""
        cost = None if use.unpriced else use.cost / NANOS
        return Used(
            model=model,
            calls=use.calls,
            input=use.input,
            output=use.output,
            cached=use.cached,
            cost=cost,
            currency=self._prices.currency,
            estimated=bool(use.unreported),
        )

    def money(self, use: Use) -> str:
        """Write what a use cost, as far as it is known."""
        if use.unpriced == use.calls:
            return "price not known"
        rest = f", and {use.unpriced} calls without a known price" if use.unpriced else ""
        return f"{self._prices.words(use.cost)}{rest}"

    def told(self, person: Viewer) -> str:
        """Answer `/usage`: today by model, what is left, and the last seven days."""
        week = self.days(7, person.id)
        today = [row for row in week if row.day == self._today()]
        lines = ["Today:", *(f"- {self._line(row)}" for row in today)]
        if not today:
            lines = ["The chat model has not been asked today."]
        lines += self._left(person, today)
        before = total(row.use for row in week if row.host)
        if before.calls:
            lines.append(f"Seven days: {_tokens(before)}, {self.money(before)}.")
        return "\n".join(lines) + "\n"

    def _view(self, row: DayUse) -> UsageView:
        use = row.use
        return UsageView(
            day=row.day.isoformat(),
            person=row.person,
            host=row.host,
            model=row.model,
            calls=use.calls,
            input=use.input,
            output=use.output,
            cached=use.cached,
            cost=None if use.unpriced else use.cost / NANOS,
            currency=self._prices.currency,
            estimated=use.unreported,
        )

    def _line(self, row: DayUse) -> str:
        calls = f"{row.use.calls} {'call' if row.use.calls == 1 else 'calls'}"
        if not row.host:
            return f"the model of this machine: {calls}, at no cost"
        return f"{row.model} at {row.host}: {calls}, {_tokens(row.use)}, {self.money(row.use)}"

    def _left(self, person: Viewer, today: Sequence[DayUse]) -> list[str]:
        budget = self._budgets.of(person.id)
        spent = _remote(today)
        lines = []
        if budget.tokens is not None:
            left = max(0, budget.tokens - spent.tokens)
            lines.append(f"Left until midnight: {left:,} of {budget.tokens:,} tokens.")
        if budget.cost is not None:
            left, whole = max(0, budget.cost - spent.cost), self._prices.words(budget.cost)
            lines.append(f"Left until midnight: {self._prices.words(left)} of {whole}.")
        return lines

    def _over(self, budget: str, spent: str) -> str:
        return (
            f"Your budget for today, {budget}, does not reach for another request "
            f"({spent} used). It begins anew at midnight. {WITHOUT}"
        )

    def _today(self) -> date:
        return self._clock.now().astimezone(self._zone).date()


def _remote(rows: Sequence[DayUse]) -> Use:
    """Count what is used and held at endpoints; a model of this machine is free."""
    return total(use for row in rows if row.host for use in (row.use, row.held))


def _tokens(use: Use) -> str:
    cached = f" ({use.cached:,} of them from the cache)" if use.cached else ""
    about = "about " if use.unreported else ""
    return f"{about}{use.input:,} tokens in{cached}, {use.output:,} out"
