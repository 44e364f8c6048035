"""Grants of services elsewhere and what they were sent, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tools.core.assets import AssetId
from tools.core.cloud.grants import Grant, Sending
from tools.core.cloud.statement import Statement

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
STATEMENT = Statement(
    service="google",
    title="Google Cloud Vision",
    host="vision.example",
    region="",
    features=("labels", "text"),
    side=1280,
    price=3_000_000,
    priced="list price entered 2026-11-25, a page",
    currency="USD",
    limit=9_000_000_000_000,
    ongoing=True,
)
GRANT = Grant("plan-1", STATEMENT, ("ana", "bo"), ("Ana", "Bö"), NOW)
SENT = Sending("google", "a" * 64, AssetId("a1"), "plan-1", "run-1", "sending", NOW)


def test_the_newest_grant_that_nobody_revoked_stands(catalogue):
    with catalogue.writing() as records:
        assert records.cloud.standing("google") is None
        records.cloud.grant(GRANT)
        records.cloud.grant(replace(GRANT, id="plan-2"))
        assert records.cloud.standing("google").id == "plan-2"
        assert records.cloud.revoke("plan-2", "ana", "enough", NOW + timedelta(hours=1))
        assert not records.cloud.revoke("plan-2", "bo", "", NOW)
    with catalogue.reading() as records:
        assert records.cloud.standing("google") == GRANT
        assert records.cloud.standing("azure") is None
        revoked = records.cloud.granted()[0]
        assert (revoked.revoked_by, revoked.revoked_because) == ("ana", "enough")
        assert revoked.revoked_at == NOW + timedelta(hours=1)


def test_money_is_added_up_and_given_back(catalogue):
    with catalogue.writing() as records:
        records.cloud.grant(GRANT)
        records.cloud.spend("plan-1", 5_000_000_000_000)
        records.cloud.spend("plan-1", -1)
        assert records.cloud.standing("google").spent == 4_999_999_999_999


def test_a_file_is_known_once_for_each_service(catalogue):
    with catalogue.writing() as records:
        records.cloud.keep(SENT)
        records.cloud.keep(replace(SENT, state="done", asked=("labels",), cost=7, note="n"))
        records.cloud.keep(replace(SENT, service="azure", run="run-2"))
    with catalogue.reading() as records:
        known = records.cloud.sending("google", SENT.sha256)
        assert known == replace(SENT, state="done", asked=("labels",), cost=7, note="n")
        assert records.cloud.sending("google", "b" * 64) is None
        assert records.cloud.of_run("run-1") == [known]
        assert records.cloud.counts("google") == {"done": 1}
        assert records.cloud.counts("rekognition") == {}
