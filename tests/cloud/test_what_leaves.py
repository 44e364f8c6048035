"""Which pictures leave, what of them does, and what the answers become."""

from collections.abc import Iterator
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from tests.cloud.world import ANA, CON, RED, CloudWorld
from tests.fakes.cloud import BY, SEEN
from tools.core.assets import Field, FieldValue, Source
from tools.core.directory import OWNER
from tools.core.people import Authority
from tools.core.perception import Remark
from tools.core.rights.actions import Action
from tools.core.rights.rules import Rule, RuleKind, RuleStatus, Scope, ScopeKind
from tools.core.search.answers import SearchRequest


@pytest.fixture
def world(tmp_path, clock) -> Iterator[CloudWorld]:
    world = CloudWorld(tmp_path, clock)
    world.build()
    yield world
    world.catalogue.close()


def put(world, asset, field, value, source=Source.FILE, by="XMP"):
    with world.catalogue.writing() as records:
        records.fields.put([FieldValue(asset.id, field, value, source, by, world.clock.now())])


def test_only_the_pixels_leave(world):
    exif = Image.Exif()
    exif[0x013B], exif[0x010E] = "Jane Secret", "at her home"
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}
    world.take(world.picture("jane-secret.jpg", size=(3000, 2000), exif=exif, comment=b"Secret"))
    assert b"Secret" in (world.folder / "jane-secret.jpg").read_bytes()
    world.granted()
    world.run()
    for jpeg, _ in world.service.sent:
        picture = Image.open(BytesIO(jpeg))
        assert (picture.format, picture.size) == ("JPEG", (1280, 853))
        assert not picture.getexif()
        assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                       "progressive", "progression"}  # fmt: skip
        assert b"Secret" not in jpeg
        assert b"secret" not in jpeg


@pytest.mark.parametrize(
    "term",
    [
        "DMI-PROHIBITED",
        "DMI-PROHIBITED-GENAIMLTRAINING",
        "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-SEECONSTRAINT",
        "ask me first",
    ],
)
def test_data_mining_that_is_prohibited_keeps_a_picture_here_with_what_is_made_of_it(world, term):
    world.take(world.picture("free.png"), world.picture("kept.png"), world.picture("part.png"))
    kept, part = world.named("kept.png"), world.named("part.png")
    put(world, kept, Field.DATA_MINING, term)
    with world.catalogue.writing() as records:
        descend(records, part.id, kept.id)
    world.granted()
    outcome = world.run()
    assert outcome.looked_at == 1
    assert outcome.left["its data mining field prohibits it"] == 2
    assert world.values(world.named("free.png"), Field.CLOUD)
    assert not world.values(kept, Field.CLOUD)


def descend(records, child, parent):
    """Make one asset a rendition of another."""
    records.assets._db.execute(
        sa.text("UPDATE assets SET parent_id = :parent WHERE id = :child"),
        {"parent": parent, "child": child},
    )


@pytest.mark.parametrize("term", ["DMI-ALLOWED", "http://ns.useplus.org/ldf/vocab/DMI-UNSPECIFIED"])
def test_data_mining_that_is_allowed_lets_a_picture_go(world, term):
    world.take(world.picture("one.png"))
    put(world, world.named("one.png"), Field.DATA_MINING, term)
    world.granted()
    assert world.run().looked_at == 1


def test_rights_that_forbid_it_keep_a_picture_here(world):
    world.take(world.picture("one.png"), world.picture("two.png"))
    rule = Rule(
        id="r1",
        scope=Scope(ScopeKind.ASSET, world.named("one.png").id),
        status=RuleStatus.CONFIRMED,
        kind=RuleKind.PROHIBITION,
        clause="no machine may look at it",
        recorded_by="ana",
        recorded_at=world.clock.now(),
        actions=(Action.MINE,),
    )
    with world.catalogue.writing() as records:
        records.rights.put(rule)
    world.granted()
    outcome = world.run()
    assert (outcome.looked_at, outcome.left["its rights forbid it"]) == (1, 1)


def test_what_only_some_may_see_stays_here(world):
    world.take(world.picture("one.png"))
    world.take(world.picture("two.png"), audience=(ANA.id,))
    world.granted()
    outcome = world.run()
    assert (outcome.looked_at, outcome.left["only some people may see it"]) == (1, 1)


def test_who_does_not_see_a_picture_hears_nothing_of_it(world):
    world.take(world.picture("one.png"))
    world.take(world.picture("two.png"), audience=(ANA.id,))
    world.granted()
    outcome = world.run(by=CON)
    assert (outcome.looked_at, sum(outcome.left.values())) == (1, 0)


def test_a_prohibition_that_comes_after_the_start_of_a_run_still_holds(world):
    world.take(world.picture("one.png"), world.picture("two.png"))
    world.granted()
    look = world.service.look
    second = world.clouds.forecast("rekognition", OWNER).choice.assets[1]

    def prohibiting(jpeg, features):
        put(world, second, Field.DATA_MINING, "DMI-PROHIBITED")
        return look(jpeg, features)

    world.service.look = prohibiting
    assert world.run().looked_at == 1
    assert not world.values(second, Field.CLOUD)


def test_too_small_ones_stay_here(world):
    world.take(world.picture("tiny.png", size=(60, 400)))
    world.granted()
    assert world.run().left["it is smaller than 80 pixels"] == 1


def test_answers_become_few_sure_values_with_model_version_and_confidence(world):
    world.take(world.picture("red.png", RED))
    asset = world.named("red.png")
    before = {value.value for value in world.values(asset, Field.LABEL)}
    world.granted()
    world.run()
    labels = {v.value: v for v in world.values(asset, Field.LABEL) if v.value not in before}
    assert set(labels) == {"meadow"}
    assert (labels["meadow"].by, labels["meadow"].confidence) == ("Fake Vision 1", 0.93)
    assert labels["meadow"].source is Source.MODEL
    assert world.first(asset, Field.OCR) == "Winter Sale"
    warnings = [v.value for v in world.values(asset, Field.WARNING)]
    assert "Fake Vision sees alcohol: look at it before it goes out." in warnings
    assert world.first(asset, Field.SENSITIVE) == "alcohol"
    found = world.search.find(SearchRequest("meadow"), OWNER)
    assert [hit.asset.id for hit in found.hits][:1] == [asset.id]


def test_what_it_is_unsure_of_waits_for_a_person(world):
    world.take(world.picture("green.png"))
    world.granted()
    world.run()
    waiting = {one.value: one for one in world.reviewing.waiting(OWNER, 50)}
    assert "cow" not in waiting
    assert waiting["fence"].by == "Fake Vision 1"
    assert "keeps from 0.90 on" in waiting["fence"].why
    world.reviewing.accept([waiting["fence"].id], world.me)
    (kept,) = [v for v in world.values(world.named("green.png"), Field.LABEL) if v.value == "fence"]
    assert kept.source is Source.PERSON


def test_what_a_person_rejected_does_not_come_back(world):
    world.take(world.picture("green.png"))
    asset = world.named("green.png")
    world.granted(limit="1")
    world.run()
    world.rejecting.reject(asset.id, "meadow", "it is a lawn", world.me)
    assert "meadow" not in [v.value for v in world.values(asset, Field.LABEL)]
    world.ingest.reindex(lambda *_: None, anew=True)
    assert "meadow" not in [v.value for v in world.values(asset, Field.LABEL)]


def test_what_goes_with_a_rejected_word_does_not_wait_either(world, monkeypatch):
    retriever = Remark("label", "Golden Retriever", 0.75, BY)
    monkeypatch.setitem(SEEN, "labels", (*SEEN["labels"], retriever))
    world.take(world.picture("green.png"))
    world.granted(limit="1")
    world.run()
    assert "golden retriever" in {one.value for one in world.reviewing.waiting(OWNER, 50)}
    world.rejecting.reject(world.named("green.png").id, "dog", "it is a fox", world.me)
    assert "golden retriever" not in {one.value for one in world.reviewing.waiting(OWNER, 50)}


def test_looking_anew_keeps_what_was_paid_for(world):
    world.take(world.picture("blue.png", (0, 0, 255)))
    asset = world.named("blue.png")
    world.granted()
    world.run()
    before = {(v.field, v.value, v.by) for v in world.library.fields(asset.id)}
    assert world.first(asset, Field.OCR) == "Summer Sale\nWinter Sale"
    world.ingest.reindex(lambda *_: None, anew=True)
    assert {(v.field, v.value, v.by) for v in world.library.fields(asset.id)} == before
    assert len(world.service.sent) == 3


def test_words_of_a_person_are_never_replaced(world):
    world.take(world.picture("green.png"))
    asset = world.named("green.png")
    put(world, asset, Field.OCR, "what Ana read", Source.PERSON, "ana")
    world.granted()
    world.run()
    assert world.first(asset, Field.OCR) == "what Ana read"


def test_forgetting_a_picture_leaves_no_trace_of_its_sending_but_the_money(world):
    world.take(world.picture("green.png"))
    asset = world.named("green.png")
    world.granted()
    world.run()
    world.ingest.forget([asset.id], Authority(world.owner))
    with world.catalogue.reading() as records:
        assert records.cloud.counts("rekognition") == {}
        assert records.cloud.standing("rekognition").spent == 3_000_000
