"""Cloud vision: listed, forecast, granted by a named person, run as a job, revoked."""

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tools.core.approvals import Approvals
from tools.core.assets import AssetId
from tools.core.audit import AuditEvent
from tools.core.cloud.choosing import WAITED, Choice, Choosing
from tools.core.cloud.grants import Grant
from tools.core.cloud.outcomes import Forecast, Listed, RunOutcome
from tools.core.cloud.sending import KIND, CloudWork, Order
from tools.core.cloud.standing import Standing
from tools.core.cloud.telling import forecast_lines
from tools.core.cloud.terms import asked_amount, rounded_up
from tools.core.done import Done, receipt_of
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft, canonical
from tools.core.policy import Policy
from tools.core.ports import Clock, CloudVision, Jobs
from tools.core.receipts import Inverse
from tools.core.records import Catalogue

TOOL = "grant_cloud"


class Clouds:
    """Switches services on for those who may, and sends nothing while nobody did."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        services: Mapping[str, CloudVision],
        standing: Standing,
        choosing: Choosing,
        work: CloudWork,
        approvals: Approvals,
        policy: Policy,
        jobs: Jobs,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._services = services
        self._standing = standing
        self._choosing = choosing
        self._approvals = approvals
        self._policy = policy
        self._jobs = jobs
        self._clock = clock
        jobs.register(KIND, work)

    def words(self, amount: int) -> str:
        """Write an amount of billionths."""
        return self._standing.words(amount)

    def listed(self) -> list[Listed]:
        """List the services and how it stands with each."""
        found = []
        for name, vision in self._services.items():
            with self._catalogue.reading() as records:
                grant = records.cloud.standing(name)
                counts = records.cloud.counts(name)
            void = self._standing.why_void(grant) if grant else ""
            done = counts.get("done", 0)
            found.append(Listed(name, vision.title, vision.standing(), grant, void, done))
        return found

    def forecast(
        self, service: str, viewer: Viewer, limit: str = "", *, ongoing: bool = False
    ) -> Forecast:
        """Say what a grant would mean today: what leaves, of how many pictures, at what cost.

        Raises Fixable for an unknown service, one without a price, and a limit that is no amount.
        """
        vision = self._known(service)
        choice = self._choosing.choose(vision.name, viewer)
        bare = self._standing.statement(vision.name, ongoing=ongoing)
        cost = bare.price * len(choice.assets)
        if ongoing and not limit:
            raise Fixable("For what is taken in later, name the most that may be spent: --limit 5")
        most = asked_amount(limit or rounded_up(cost), "limit")
        statement = self._standing.statement(vision.name, most, ongoing=ongoing)
        approvers = self._policy.approvers(Effect.OUTBOUND)
        return Forecast(statement, choice, cost, approvers)

    def plan(
        self, service: str, viewer: Viewer, limit: str = "", *, ongoing: bool = False
    ) -> Draft:
        """Say what granting would mean, for the approval of exactly that.

        Raises Fixable when the library or the credentials are missing, so that nobody agrees to
        what cannot happen.
        """
        forecast = self.forecast(service, viewer, limit, ongoing=ongoing)
        place = self._services[forecast.statement.service].standing()
        if place.missing:
            raise Fixable(f"{forecast.statement.title} cannot be used here yet: {place.missing}")
        return self._draft(forecast, limit or rounded_up(forecast.cost))

    def grant(
        self, service: str, authority: Authority, limit: str = "", *, ongoing: bool = False
    ) -> Done:
        """Spend the approval and let the service be used; a grant before it ends.

        Raises Refused when what was approved is not what would be granted.
        """
        forecast = self.forecast(service, authority.actor, limit, ongoing=ongoing)
        draft = self._draft(forecast, limit or rounded_up(forecast.cost))
        statement, now = forecast.statement, self._clock.now()
        with self._catalogue.writing() as records:
            plan = self._approvals.spend_on_terms(records, authority, draft)
            words = records.plans.decisions(plan.id)
            by, names = tuple(one.by for one in words), tuple(one.by_name for one in words)
            before = records.cloud.standing(statement.service)
            if before:
                records.cloud.revoke(before.id, by[0], f"replaced by {plan.id}", now)
            records.cloud.grant(Grant(plan.id, statement, by, names, now))
            summary = (
                f"{statement.title} may be sent pictures, up to {self.words(statement.limit)}."
            )
            receipt = receipt_of(
                TOOL, authority, summary, Inverse.NONE, {}, now, self._policy.undo_for
            )
            records.receipts.add(receipt)
            told = {"statement": statement.to_json(), "digest": statement.digest, "by": by}
            records.audit.append(
                AuditEvent(now, by[0], "cloud.granted", statement.service, json.dumps(told))
            )
        notes = [f"Send them: dalm cloud run {service}. End it: dalm cloud revoke {service}."]
        return Done(receipt, tuple(notes))

    def revoke(self, service: str, because: str, authority: Authority) -> Done:
        """End a grant at once, in the middle of a run too.

        Raises Fixable when none stands.
        """
        vision, now, actor = self._known(service), self._clock.now(), authority.actor
        with self._catalogue.writing() as records:
            grant = records.cloud.standing(vision.name)
            if grant is None or not records.cloud.revoke(grant.id, actor.id, because[:300], now):
                raise Fixable(f"{vision.title} is off already.")
            spent = f"{self.words(grant.spent)} were spent under it"
            summary = f"{vision.title} is off: nothing leaves any more. {spent}."
            receipt = receipt_of(
                "revoke_cloud", authority, summary, Inverse.NONE, {}, now, self._policy.undo_for
            )
            records.receipts.add(receipt)
            told = json.dumps({"grant": grant.id, "because": because[:300]}, ensure_ascii=False)
            records.audit.append(AuditEvent(now, actor.id, "cloud.revoked", vision.name, told))
        return Done(receipt)

    def stands(self, service: str) -> bool:
        """Tell whether a grant stands as it was agreed to; unknown services have none."""
        try:
            self._standing.valid(self._known(service).name)
        except (Fixable, Refused):
            return False
        return True

    def why_not(self, service: str) -> Draft:
        """Refuse a run without a grant, saying why."""
        self._standing.valid(self._known(service).name)
        raise Refused(f"{service}: the grant does not reach for this.")

    def run(
        self, service: str, authority: Authority, asset_ids: Sequence[str] | None = None
    ) -> RunOutcome:
        """Send what may be sent, and wait until that is over.

        Raises Refused without a grant that stands. What stops a run in the middle is told in the
        outcome; the next run goes on there.
        """
        vision = self._known(service)
        grant = self._standing.valid(vision.name)
        granters = self._standing.granters(grant)
        among = None if asset_ids is None else [AssetId(one) for one in asset_ids]
        choice = self._choosing.choose(vision.name, authority.actor, granters, among)
        stopped, run = "", secrets.token_hex(8)
        if choice.assets:
            status = self._jobs.wait(self._enqueue(run, vision.name, authority, choice))
            stopped = "" if status.state == "done" else (status.note or status.state)
        with self._catalogue.reading() as records:
            sent = records.cloud.of_run(run)
            now = next(one for one in records.cloud.granted() if one.id == grant.id)
        states = Counter(one.state for one in sent)
        left = choice.left + Counter({one.note: 1 for one in sent if one.state == "refused"})
        if states["sending"]:
            left[WAITED] += states["sending"]
        return RunOutcome(
            title=vision.title,
            looked_at=states["done"],
            left=left,
            # A picture that an earlier run began was paid for in part before.
            cost=now.spent - grant.spent,
            stopped=stopped,
            spent=now.spent,
            limit=now.statement.limit,
        )

    def taken(self, asset_ids: Sequence[AssetId], authority: Authority) -> None:
        """Send what was just taken in to every service whose grant says so; waits for nothing."""
        for name in self._services if asset_ids else ():
            # An ingest goes on, whatever became of a grant; `listed` says why it is void.
            with suppress(Fixable, Refused):
                grant = self._standing.valid(name)
                if grant.statement.ongoing:
                    granters = self._standing.granters(grant)
                    choice = self._choosing.choose(name, authority.actor, granters, asset_ids)
                    if choice.assets:
                        self._enqueue(secrets.token_hex(8), name, authority, choice)

    def _enqueue(self, run: str, service: str, authority: Authority, choice: Choice) -> str:
        order = Order(run, service, authority.actor.id, tuple(one.id for one in choice.assets))
        return self._jobs.enqueue(KIND, order.to_json(), run)

    def _known(self, service: str) -> CloudVision:
        if service not in self._services:
            known = ", ".join(self._services)
            raise Fixable(f"There is no service '{service[:40]}'. There are: {known}.")
        return self._services[service]

    def _draft(self, forecast: Forecast, limit: str) -> Draft:
        statement = forecast.statement
        arguments: dict[str, object] = {
            "service": statement.service,
            "limit": limit,
            "ongoing": statement.ongoing or None,
        }
        return Draft(
            tool=TOOL,
            arguments=canonical(arguments),
            effect=Effect.OUTBOUND,
            summary=f"Let {statement.title} look at pictures of this library",
            assets=(),
            target=f"{statement.host}, terms {statement.digest}",
            terms=forecast_lines(forecast, self.words),
        )
