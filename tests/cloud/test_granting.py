"""Nothing leaves without a named person's approval of these very terms; then within its limit."""

from collections.abc import Iterator

import pytest

from tests.cloud.world import ANA, CON, TERMS, CloudWorld
from tools.core.directory import OWNER
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority
from tools.core.ports import Busy, Unanswered, Unusable


@pytest.fixture
def world(tmp_path, clock) -> Iterator[CloudWorld]:
    world = CloudWorld(tmp_path, clock)
    world.build()
    world.take(world.picture("one.png"), world.picture("two.png"))
    yield world
    world.catalogue.close()


def test_nothing_leaves_before_somebody_grants_it(world):
    with pytest.raises(Refused, match="off: nothing leaves"):
        world.run()
    assert not world.service.sent
    assert not world.clouds.stands("rekognition")


def test_a_forecast_says_what_leaves_for_how_many_and_at_what_cost(world):
    forecast = world.clouds.forecast("rekognition", OWNER)
    draft = world.clouds.plan("rekognition", OWNER)
    assert forecast.cost == 2 * 3_000_000
    told = "\n".join(draft.terms)
    for part in (
        "vision.example (us-east-1)",
        "1280 pixels",
        "No metadata, file name",
        "labels, text, moderation",
        "Pictures now: 2.",
        "0.0030 USD a picture, 0.0060 USD for these",
        "entered 2026-11-25, https://",
        "before 0.0100 USD",
    ):
        assert part in told, part
    assert forecast.approvers == ("librarian", "admin")
    assert not world.service.sent


def test_a_grant_lets_pictures_out_and_is_audited(world):
    approval = world.granted(ANA)
    outcome = world.run()
    assert (outcome.looked_at, outcome.stopped, outcome.cost) == (2, "", 6_000_000)
    assert len(world.service.sent) == 2 * 3
    (listed,) = world.clouds.listed()
    assert listed.grant.id == approval
    assert listed.grant.by_names == ("Ana",)
    assert (listed.grant.spent, listed.looked_at, listed.void) == (6_000_000, 2, "")
    assert world.audited("cloud.granted") == ["rekognition"]
    assert len(world.audited("asset.sent-out")) == 6


def test_an_approval_is_of_these_very_terms(world):
    asked = world.asked("5")
    world.approvals.decide(asked, OWNER, approved=True)
    with pytest.raises(Refused, match="something else"):
        world.clouds.grant("rekognition", Authority(OWNER, "t", asked), "500")
    dearer = TERMS.replace("labels = 1.00", "labels = 2.00", 1)
    world.build(dearer, world.service)
    with pytest.raises(Refused, match="something else"):
        world.clouds.grant("rekognition", Authority(OWNER, "t", asked), "5")
    assert not world.clouds.stands("rekognition")


def test_who_may_not_approve_grants_nothing(world):
    asked = world.asked()
    with pytest.raises(Fixable):
        world.approvals.decide(asked, CON, approved=True)
    with pytest.raises(Refused, match="not approved"):
        world.clouds.grant("rekognition", Authority(OWNER, "t", asked), world.limit)
    with pytest.raises(Refused, match="none was given"):
        world.clouds.grant("rekognition", Authority(OWNER, "t"), world.limit)


def test_an_approval_grants_once(world):
    asked = world.granted()
    world.clouds.revoke("rekognition", "enough", Authority(OWNER))
    with pytest.raises(Refused, match="used already"):
        world.clouds.grant("rekognition", Authority(OWNER, "t", asked), world.limit)
    with pytest.raises(Refused, match="off"):
        world.run()
    assert world.audited("cloud.revoked") == ["rekognition"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("labels = 1.00", "labels = 1.01"), "the price"),
        (("side = 1280", "side = 2048"), "size of what leaves"),
        (("date = 2026-11-25", "date = 2026-12-01"), "price table"),
    ],
)
def test_other_terms_void_a_grant(world, change, told):
    world.granted()
    world.build(TERMS.replace(*change, 1), world.service)
    with pytest.raises(Refused, match=f"void: .*{told}"):
        world.run()
    (listed,) = world.clouds.listed()
    assert told in listed.void
    assert not world.service.sent


def test_another_host_voids_a_grant(world):
    world.granted()
    world.service.host = "elsewhere.example"
    with pytest.raises(Refused, match="where pictures go"):
        world.run()


def test_a_region_without_a_price_cannot_be_granted(world):
    world.service.region = "eu-central-1"
    with pytest.raises(Fixable, match="No price is known of Fake Vision in eu-central-1"):
        world.clouds.plan("rekognition", OWNER)


def test_what_cannot_be_used_here_is_not_granted(world):
    world.service.missing = "install its client library"
    with pytest.raises(Fixable, match="cannot be used here yet: install"):
        world.clouds.plan("rekognition", OWNER)


def test_the_limit_stops_before_it_is_passed_and_a_new_grant_goes_on(world):
    world.take(*[world.picture(f"more-{n}.png") for n in range(5)])
    world.granted(limit="0.0075")
    outcome = world.run()
    assert outcome.looked_at == 2
    assert "limit of 0.0075 USD" in outcome.stopped
    assert outcome.spent == 7_000_000
    assert len(world.service.sent) == 7
    world.granted(limit="1")
    outcome = world.run()
    assert (outcome.looked_at, outcome.cost) == (5, 14_000_000)
    assert len(world.service.sent) == 7 * 3, "a call was paid twice"


def test_revoking_stops_a_run_in_its_middle(world):
    world.granted()
    look = world.service.look

    def revoked(jpeg, features):
        world.service.look = look
        remarks = look(jpeg, features)
        world.clouds.revoke("rekognition", "", Authority(OWNER))
        return remarks

    world.service.look = revoked
    assert "off: nothing leaves" in world.run().stopped
    assert len(world.service.sent) == 1


def test_nothing_is_sent_twice(world):
    world.granted(limit="1")
    world.run()
    again = world.run()
    assert (again.looked_at, again.cost) == (0, 0)
    assert again.left["it was looked at by this service already"] == 2
    assert len(world.service.sent) == 6


def test_a_busy_service_is_waited_for_and_paid_once(world):
    world.granted()
    world.service.trouble = [Busy("busy", 7.0), Busy("busy"), None]
    outcome = world.run()
    assert world.waits == [7.0, 2.0]
    assert (outcome.looked_at, outcome.cost) == (2, 6_000_000)
    assert len(world.audited("asset.not-taken")) == 2


def test_one_that_stays_busy_stops_the_run_which_goes_on_later(world):
    world.granted()
    world.service.trouble = [None] + [Busy("Fake Vision is busy.")] * 5
    outcome = world.run()
    assert outcome.looked_at == 0
    assert outcome.stopped == "Fake Vision is busy. Run it again later to go on."
    assert outcome.spent == 1_000_000
    outcome = world.run()
    assert (outcome.looked_at, outcome.spent) == (2, 6_000_000)


def test_wrong_credentials_stop_the_run_and_cost_nothing(world):
    world.granted()
    world.service.trouble = [Fixable("Fake Vision refuses the credentials.")]
    outcome = world.run()
    assert outcome.stopped == "Fake Vision refuses the credentials."
    assert (outcome.looked_at, outcome.spent) == (0, 0)


def test_what_left_without_an_answer_is_paid_and_not_sent_again(world):
    world.granted()
    world.service.trouble = [Unanswered("Fake Vision gave no answer to a picture.")]
    outcome = world.run()
    assert "no answer" in outcome.stopped
    assert outcome.spent == 1_000_000
    outcome = world.run()
    assert outcome.looked_at == 1
    assert outcome.left["it left before and no answer came"] == 1
    assert len(world.service.sent) == 1 + 3


def test_a_picture_that_the_service_cannot_read_does_not_hold_up_the_rest(world):
    world.granted()
    world.service.trouble = [Unusable("Fake Vision cannot read it")]
    outcome = world.run()
    assert (outcome.looked_at, outcome.stopped) == (1, "")
    assert outcome.left["Fake Vision cannot read it"] == 1
    assert world.run().left["the service could not read it"] == 1


def test_what_is_taken_in_later_goes_only_where_the_grant_says_so(world):
    world.granted(limit="1")
    world.take(world.picture("later.png"))
    assert not world.service.sent
    with pytest.raises(Fixable, match="name the most"):
        world.clouds.forecast("rekognition", OWNER, ongoing=True)
    world.granted(limit="1", ongoing=True)
    world.take(world.picture("latest.png"))
    assert len(world.service.sent) == 3
    assert world.run().looked_at == 3


@pytest.mark.parametrize("limit", ["0", "-1", "nan", "much", "1e9"])
def test_a_limit_is_an_amount(world, limit):
    with pytest.raises(Fixable, match="no amount"):
        world.clouds.plan("rekognition", OWNER, limit)


def test_an_unknown_service_is_told_what_there_is(world):
    with pytest.raises(Fixable, match="There are: rekognition"):
        world.clouds.forecast("clarifai", OWNER)
