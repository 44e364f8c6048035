"""What people read of cloud services, line by line."""

from collections.abc import Callable, Sequence

from tools.core.cloud.outcomes import Forecast, Listed, RunOutcome

Words = Callable[[int], str]
"""Writes an amount of billionths."""


def listed_lines(listed: Sequence[Listed], words: Words) -> list[str]:
    """Tell how it stands with each service."""
    return [line for one in listed for line in _listed(one, words)]


def forecast_lines(forecast: Forecast, words: Words) -> tuple[str, ...]:
    """Say what would be agreed to, every line of which matters to whoever agrees."""
    statement, choice = forecast.statement, forecast.choice
    faces = f"; {choice.faces} of them show faces" if choice.faces else ""
    left = [f"{count} stay here: {why}." for why, count in choice.left.most_common()]
    later = (
        "What is taken in later is sent as well."
        if statement.ongoing
        else "What is taken in later is not sent by itself."
    )
    return (
        *statement.leaves(),
        f"Pictures now: {len(choice.assets)}{faces}.",
        *left,
        f"Cost: {words(statement.price)} a picture, {words(forecast.cost)} for these "
        f"({statement.priced}; the bill of the provider is what counts).",
        f"Limit: it stops before {words(statement.limit)} is passed.",
        later,
        "Stands until somebody revokes it, or until price, place, size or what is asked for "
        "change.",
    )


def outcome_lines(outcome: RunOutcome, words: Words) -> list[str]:
    """Tell what came of sending pictures."""
    count = "1 picture" if outcome.looked_at == 1 else f"{outcome.looked_at} pictures"
    money = f"{words(outcome.cost)} for this run"
    whole = f"{words(outcome.spent)} of {words(outcome.limit)} under this grant"
    left = [f"{count} stayed here: {why}." for why, count in outcome.left.most_common()]
    return [f"{outcome.title} looked at {count}: {money}, {whole}.", *left]


def _listed(one: Listed, words: Words) -> list[str]:
    place = f"{one.place.host}{f' ({one.place.region})' if one.place.region else ''}"
    library = "library installed" if one.place.installed else "library not installed"
    account = f"credentials {one.place.credentials or 'not found'}"
    looked = f"; {one.looked_at} pictures looked at" if one.looked_at else ""
    todo = [f"- first {one.place.missing}"] if one.place.missing else []
    first = f"{one.title} ({one.name}): {_switched(one, words)}{looked}"
    return [first, f"- {place}; {library}; {account}", *todo]


def _switched(one: Listed, words: Words) -> str:
    if one.grant is None:
        return "off, nothing leaves"
    if one.void:
        return f"off, the grant is void: {one.void}"
    names, statement = " and ".join(one.grant.by_names), one.grant.statement
    spent = f"{words(one.grant.spent)} of {words(statement.limit)} spent"
    later = ", also for what is taken in later" if statement.ongoing else ""
    return f"ON, granted by {names} on {one.grant.at:%Y-%m-%d}{later}; {spent}"
