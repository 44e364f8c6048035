"""What models were unsure of waits for a person, and what a person says is never overwritten."""

import pytest
from PIL import Image

from tests.curation.test_rejecting import ANA, everything, found, rejected, said, undo
from tests.library.world import World
from tools.core.assets import Field, Source
from tools.core.curation.proposals import Proposal
from tools.core.errors import Fixable
from tools.core.ingest.outcomes import IngestOptions
from tools.core.people import Authority
from tools.core.perception import Box, Seen, Sighting, TextRegion
from tools.core.search.answers import SearchRequest
from tools.core.search.counting import counted_noun


@pytest.fixture
def unsure(world: World) -> World:
    """Give a library of which every picture was seen unsurely."""
    plain = world.vision.look

    def look(picture: object) -> Sighting:
        seen = plain(picture)
        (index, p), (second, _) = seen.class_probabilities
        objects = (*seen.objects, Seen("cup", 0.4, Box(0.6, 0.2, 0.8, 0.6)), Seen("fork", 0.2))
        classes = ((index, p), (second, 0.2), (600, 0.1))
        return Sighting(seen.labels, objects, seen.faces, classes, ("labels 2", "objects 3"),
                        seen.features)  # fmt: skip

    world.vision.look = look
    for asset in world.all():
        path = world.folder / "shots" / asset.file_name
        upkeep = world.ingest._upkeep
        upkeep._keep(
            asset,
            upkeep._enrichment.describe(
                asset.id, path, upkeep._facts(asset, path), asset.file_name
            ),
        )
    return world


def waiting(world: World, name: str) -> list[Proposal]:
    every = world.reviewing.waiting(world.owner, 100)
    return [one for one in every if one.asset.file_name == f"{name}.png"]


def test_unsure_values_wait_with_model_and_evidence_and_are_not_said(unsure: World) -> None:
    cup, label = waiting(unsure, "red")
    assert (cup.field, cup.value, cup.by) == (Field.OBJECT, "cup", "objects 3")
    assert 0.3 <= cup.confidence < 0.5
    assert "60% to 80% across" in cup.why
    assert (label.value, label.confidence, label.by) == ("class 208", 0.2, "labels 2")
    assert label.why == "its second likeliest class, behind golden retriever 0.80"
    assert not {"cup", "class 208"} & said(unsure, "red")


def test_an_accepted_value_is_the_persons_and_stays(unsure: World) -> None:
    (cup, _) = waiting(unsure, "red")
    before = everything(unsure)
    receipt = unsure.reviewing.accept([cup.id], ANA)
    assert receipt.summary == "Accepted 'cup' on 'Red'."
    (value,) = [v for v in unsure.values(cup.asset, Field.OBJECT) if v.value == "cup"]
    assert (value.source, value.by, value.confidence) == (Source.PERSON, "ana", 1.0)
    assert cup.id not in {one.id for one in waiting(unsure, "red")}
    unsure.ingest.reindex(lambda *_: None)
    assert "cup" in said(unsure, "red")
    assert found(unsure, "cup") == {"Red"}
    with pytest.raises(Fixable, match="does not wait"):
        unsure.reviewing.accept([cup.id], ANA)
    undo(unsure, receipt)
    assert everything(unsure) == before


def test_a_rejected_proposal_does_not_wait_again_nor_on_look_alikes(unsure: World) -> None:
    cup, _ = waiting(unsure, "red")
    unsure.reviewing.reject([cup.id], ANA)
    assert [one.value for one in waiting(unsure, "red")] == ["class 208"]
    assert [one.value for one in waiting(unsure, "crimson")] == ["class 208"]
    assert [one.value for one in waiting(unsure, "blue")] != []
    assert rejected(unsure, "red") == [("cup", Source.PERSON)]
    assert said(unsure, "red") == {"golden retriever", "dog"}


def test_an_edited_value_stands_in_place_of_the_proposed(unsure: World) -> None:
    cup, label = waiting(unsure, "red")
    unsure.reviewing.accept([cup.id], ANA, "Tea  Bowl")
    assert "tea bowl" in said(unsure, "red")
    assert [one.value for one in waiting(unsure, "red")] == ["class 208"]
    with pytest.raises(Fixable, match="One proposal"):
        unsure.reviewing.accept([cup.id, label.id], ANA, "bowl")


def test_decisions_are_audited_and_what_is_unknown_is_said(unsure: World) -> None:
    first, second = waiting(unsure, "red")
    unsure.reviewing.accept([first.id, second.id], ANA)
    with unsure.catalogue.reading() as records:
        (row,) = [row for row in records.audit.rows() if row.action == "value.accepted"]
    assert row.actor_name == "ana"
    with pytest.raises(Fixable, match="Which ones"):
        unsure.reviewing.reject([], ANA)
    with pytest.raises(Fixable, match="Search first"):
        unsure.reviewing.reject(["a9-123456"], ANA)


@pytest.fixture
def letters(world: World) -> World:
    """Give a library with a letter that is surely bad and formal, and one that is only so-so."""
    folder = world.folder / "letters"
    folder.mkdir()
    (folder / "sure.txt").write_text("We hereby tell you that this was an awful stay.\n" * 2)
    (folder / "meh.txt").write_text("The room was meh and the breakfast was meh as well.\n" * 2)
    list(world.ingest.ingest([folder], IngestOptions(), Authority(world.owner)))
    return world


def of(world: World, name: str, field: Field) -> list[str]:
    asset = next(one for one in world.all() if one.file_name == name)
    return [value.value for value in world.values(asset, field)]


def test_how_a_text_reads_is_said_with_sentences_or_waits(letters: World) -> None:
    assert of(letters, "sure.txt", Field.SENTIMENT) == ["negative"]
    assert of(letters, "sure.txt", Field.TONE) == ["formal"]
    assert of(letters, "meh.txt", Field.SENTIMENT) == []
    found = letters.search.find(SearchRequest("documents with a negative tone"), letters.owner)
    assert [hit.asset.file_name for hit in found.hits] == ["sure.txt"]
    (one,) = [p for p in letters.reviewing.waiting(letters.owner, 100) if "meh" in p.why]
    assert (one.field, one.value, one.by) == (Field.SENTIMENT, "negative", "tones 1")
    with pytest.raises(Fixable, match="Known: negative, neutral, positive"):
        letters.reviewing.accept([one.id], ANA, "sad")
    letters.reviewing.accept([one.id], ANA, "Neutral")
    assert of(letters, "meh.txt", Field.SENTIMENT) == ["neutral"]
    letters.ingest.reindex(lambda *_: None, anew=True)
    assert of(letters, "meh.txt", Field.SENTIMENT) == ["neutral"]
    assert [p for p in letters.reviewing.waiting(letters.owner, 100) if "meh" in p.why] == []


def test_a_rejected_manner_is_neither_said_nor_asked_again(letters: World) -> None:
    (one,) = [p for p in letters.reviewing.waiting(letters.owner, 100) if "meh" in p.why]
    letters.reviewing.reject([one.id], ANA)
    letters.ingest.reindex(lambda *_: None, anew=True)
    assert of(letters, "meh.txt", Field.SENTIMENT) == []
    assert [p for p in letters.reviewing.waiting(letters.owner, 100) if "meh" in p.why] == []


@pytest.fixture
def signs(world: World) -> World:
    """Give a library with a picture of which one line is read surely and three are not."""
    lines = (("Summer Sale", 0.95), ("unti1 Sunday", 0.7), ("2O % off", 0.6), ("~~", 0.7),
             ("noise", 0.4))  # fmt: skip
    box = Box(0.1, 0.5, 0.4, 0.6)
    world.reader.read = lambda _: tuple(TextRegion(text, sure, box) for text, sure in lines)
    Image.new("RGB", (80, 60), (250, 250, 20)).save(world.folder / "shots" / "sign.png")
    list(world.ingest.ingest([world.folder / "shots"], IngestOptions(), Authority(world.owner)))
    return world


def test_doubtful_lines_wait_and_join_what_was_read(signs: World) -> None:
    before = everything(signs)
    assert of(signs, "sign.png", Field.OCR) == ["Summer Sale"]
    found = [p for p in waiting(signs, "sign") if p.field is Field.OCR]
    assert [(p.value, p.confidence, p.by) for p in found] == [
        ("unti1 Sunday", 0.7, "reader 1"),
        ("2O % off", 0.6, "reader 1"),
    ]
    assert found[0].why == "read at 10% to 40% across and 50% to 60% down"
    receipt = signs.reviewing.accept([one.id for one in found], ANA)
    assert of(signs, "sign.png", Field.OCR) == ["Summer Sale\nunti1 Sunday\n2O % off"]
    assert [p for p in waiting(signs, "sign") if p.field is Field.OCR] == []
    undo(signs, receipt)
    assert everything(signs) == before
    signs.reviewing.accept([found[0].id], ANA, "until  Sunday")
    assert of(signs, "sign.png", Field.OCR) == ["Summer Sale\nuntil Sunday"]
    signs.reviewing.reject([found[1].id], ANA)
    signs.ingest.reindex(lambda *_: None, anew=True)
    assert of(signs, "sign.png", Field.OCR) == ["Summer Sale\nuntil Sunday"]
    assert [p for p in waiting(signs, "sign") if p.field is Field.OCR] == []


def test_an_unsure_language_waits(world: World) -> None:
    path = world.folder / "lorem.txt"
    path.write_text("Lorem ipsum dolor sit amet, consectetur elit. " * 3)
    list(world.ingest.ingest([path], IngestOptions(), Authority(world.owner)))
    assert of(world, "lorem.txt", Field.LANGUAGE) == []
    (one,) = [p for p in world.reviewing.waiting(world.owner, 100) if p.field is Field.LANGUAGE]
    assert (one.value, one.confidence, one.by) == ("en", 0.5, "upper 1")
    assert one.why.startswith("'Lorem ipsum")
    with pytest.raises(Fixable, match="No language 'klingonish'"):
        world.reviewing.accept([one.id], ANA, "klingonish")
    world.reviewing.accept([one.id], ANA, "Italian")
    assert of(world, "lorem.txt", Field.LANGUAGE) == ["it"]
    found = world.search.find(SearchRequest("documents in Italian"), world.owner)
    assert [hit.asset.file_name for hit in found.hits] == ["lorem.txt"]


def drafted(world: World, name: str) -> dict[Field, Proposal]:
    every = world.reviewing.waiting(world.owner, 100, drafts=True)
    return {one.field: one for one in every if one.asset.file_name == f"{name}.png"}


def test_alt_texts_and_captions_wait_as_drafts_until_a_person_keeps_them(world: World) -> None:
    before = world.library.report(world.owner).with_alt_text
    alt, caption = drafted(world, "red").values()
    assert (alt.field, caption.field) == (Field.ALT_TEXT, Field.DESCRIPTION)
    assert alt.value == "Image of dog and golden retriever, 1 face visible."
    assert caption.value == "Image of dog and golden retriever, 1 face visible, mostly red."
    assert alt.by.startswith("wording 1, rules 1")
    assert alt.why == "label golden retriever 0.80, object dog 0.90"
    assert not any(one.draft for one in waiting(world, "red"))
    assert [one.field for one in world.library.details(alt.asset.id, world.owner).drafts] == [
        Field.ALT_TEXT,
        Field.DESCRIPTION,
    ]
    hits = world.search.find(SearchRequest("images without alt text"), world.owner).hits
    assert "red.png" in {hit.asset.file_name for hit in hits}
    assert world.library.report(world.owner).with_alt_text == before
    world.reviewing.accept([alt.id], ANA, "A golden retriever on  red")
    assert of(world, "red.png", Field.ALT_TEXT) == ["A golden retriever on red"]
    assert world.library.report(world.owner).with_alt_text == before + 1
    assert list(drafted(world, "red")) == [Field.DESCRIPTION]
    assert rejected(world, "red") == []
    world.reviewing.reject([caption.id], ANA)
    assert drafted(world, "red") == {}


def test_a_draft_says_nothing_that_was_denied_and_counts_what_stands_apart(unsure: World) -> None:
    dog = drafted(unsure, "red")[Field.ALT_TEXT]
    unsure.rejecting.reject(dog.asset.id, "dog", "it is a fox", ANA)
    assert Field.ALT_TEXT not in drafted(unsure, "red")
    assert counted_noun("dog", 1) == "dog"
    assert counted_noun("person", 3) == "three people"
    assert counted_noun("bus", 12) == "12 buses"
