"""Searches under hard filters: found in the catalogue, told to the person, explained when empty."""

from pathlib import Path

import pytest
from PIL import Image

from tests.library.world import World
from tools.core.assets import AssetId, AssetState, Field, FieldValue, Source
from tools.core.criteria import Between, Coloured, Known, Trait
from tools.core.errors import Fixable
from tools.core.ingest.outcomes import IngestOptions
from tools.core.people import Authority, Role, Viewer
from tools.core.publications import Publication
from tools.core.records import AssetFilter
from tools.core.search.answers import SearchAnswer, SearchRequest
from tools.core.search.filters.relaxing import Relaxation
from tools.core.search.filters.structured import By, Filter, Filters


@pytest.fixture
def full(world: World, album: Path) -> World:
    Image.new("RGB", (60, 40), (255, 0, 0)).save(album / "dated.jpg", exif=_exif("+09:00"))
    world.take(album)
    return world


def _exif(zone: str) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2024:01:01 00:30:00", 0x9011: zone})
    return exif


def find(world: World, query: str = "", **request: object) -> SearchAnswer:
    return world.search.find(SearchRequest(query, **request), world.owner)  # type: ignore[arg-type]


def names(answer: SearchAnswer) -> set[str]:
    return {hit.asset.file_name for hit in answer.hits}


def test_ingest_keeps_what_filters_need(full: World) -> None:
    with full.catalogue.reading() as records:
        for criterion, expected in (
            (Between(Trait.PEOPLE, 0, 0), {"blue sky.png", "green.png"}),
            (Between(Trait.PEOPLE, 1), {"red_dog.png", "dated.jpg"}),
            (Coloured(("red",), 0.9), {"red_dog.png", "dated.jpg"}),
            (Known(Trait.TAKEN), {"dated.jpg"}),
        ):
            found = records.assets.select(AssetFilter(where=criterion), full.owner)
            assert {asset.file_name for asset in found} == expected


def test_filters_are_read_out_of_the_query_and_told(full: World) -> None:
    answer = find(full, "images without people, mostly purple")
    assert names(answer) == {"blue sky.png"}
    assert answer.filters == ("no people", "colour: mostly purple", "type: image")
    assert names(find(full, "dogs, no people")) == set()
    assert names(find(full, "dogs, at least one person")) == {"red_dog.png", "dated.jpg"}


def test_what_filters_alone_find_is_there_because_of_them(full: World) -> None:
    (hit,) = find(full, "images taken in 2024 in landscape").hits
    assert "image" not in hit.why
    assert all(part in hit.why for part in ("2024", "landscape"))
    assert {hit.why for hit in find(full, "images").hits} == {"newest image"}


def test_a_date_is_compared_by_the_clock_of_its_place_or_as_a_moment(full: World) -> None:
    assert names(find(full, "photos taken in 2024")) == {"dated.jpg"}
    assert names(find(full, "photos taken on 2023-12-31 UTC")) == {"dated.jpg"}
    assert names(find(full, "photos taken on 2024-01-01 UTC")) == set()
    assert names(find(full, "photos not taken in 2024")) == {
        "red_dog.png", "blue sky.png", "green.png"}  # fmt: skip


def test_a_filter_that_is_named_is_left_out(full: World) -> None:
    asked = "images without people, mostly purple"
    answer = find(full, asked, without=("Colour: mostly purple", "no such filter"))
    assert names(answer) == {"blue sky.png", "green.png"}
    assert answer.filters == ("no people", "type: image")


def test_an_empty_answer_says_which_filter_emptied_it_and_what_would_help(full: World) -> None:
    answer = find(full, "dogs without people taken in 2024")
    assert answer.hits == ()
    assert answer.relaxations == (Relaxation(("no people",), 1),)
    assert "“no people” leaves nothing" in answer.note
    assert answer.note.endswith("Without “no people”: 1.")


def test_an_empty_answer_of_filters_alone_counts_too(full: World) -> None:
    answer = find(full, "videos without people")
    assert answer.relaxations == (Relaxation(("type: video",), 2),)


def test_when_no_filter_helps_alone_pairs_are_tried(full: World) -> None:
    answer = find(full, "tagged nothing, archived")
    assert answer.relaxations[0].without == ("tag: nothing", "status: archived")
    assert answer.relaxations[0].count == len(full.all())


def test_words_that_find_nothing_anyway_are_not_blamed_on_filters(full: World) -> None:
    answer = find(full, "xyzzy without people")
    assert "with or without the filters" in answer.note
    assert answer.relaxations == ()


def test_negated_words_exclude_what_surely_shows_them(full: World) -> None:
    assert names(find(full, "images without dogs")) == {"blue sky.png", "green.png"}
    assert "red_dog.png" in names(find(full, "images"))


def test_words_that_deny_something_still_find_what_says_so(full: World) -> None:
    sign = full.named("green.png")
    said = FieldValue(AssetId(sign.id), Field.TITLE, "Refill, not landfill", Source.PERSON, "jane",
                      full.clock.now())  # fmt: skip
    with full.catalogue.writing() as records:
        records.fields.put([said])
        full.indexing.words(records, [sign.id])
    full.indexing.vectors([sign.id])
    assert names(find(full, "refill not landfill")) == {"green.png"}
    assert names(find(full, "refill not landfill sign")) == {"green.png"}
    assert names(find(full, "images without landfill")) == {
        "red_dog.png", "dated.jpg", "blue sky.png"}  # fmt: skip


def test_filters_on_rights_ask_the_engine(full: World) -> None:
    dog, sky = full.named("red_dog.png"), full.named("blue sky.png")
    full.rights.licence(dog.id, "CC0-1.0", "Jane", "", Authority(full.owner))
    full.rights.licence(sky.id, "CC-BY-ND-4.0", "Jane", "", Authority(full.owner))
    assert names(find(full, "cleared")) == {"red_dog.png", "blue sky.png"}
    answer = find(full, "images cleared for Instagram in Brazil until March")
    assert names(answer) == {"red_dog.png", "blue sky.png"}
    assert answer.filters[0] == "cleared for instagram in Brazil until 2027-03-31"
    unknown = names(find(full, "images, rights unknown"))
    assert unknown == {"green.png", "dated.jpg"}
    assert names(find(full, "images not cleared")) == unknown


def test_never_used_and_used(full: World) -> None:
    dog = full.named("red_dog.png")
    with full.catalogue.writing() as records:
        now = full.clock.now()
        records.publications.put(Publication("k", dog.id, 1, "website", "/x", "p1", now))
        records.publications.withdrawn("k", now)
    assert names(find(full, "images never used")) == {"blue sky.png", "green.png", "dated.jpg"}
    assert names(find(full, "used on the website")) == {"red_dog.png"}
    assert names(find(full, "published")) == set()


def test_what_is_archived_is_found_when_asked_for(full: World) -> None:
    dog = full.named("red_dog.png")
    with full.catalogue.writing() as records:
        records.assets.set_state(dog.id, AssetState.ARCHIVED, full.clock.now())
    assert "red_dog.png" not in names(find(full, "images"))
    assert names(find(full, "archived")) == {"red_dog.png"}
    assert names(find(full, "dogs that are archived")) == {"red_dog.png"}


def test_what_was_made_from_something(full: World) -> None:
    dog = full.named("red_dog.png")
    made = full.reframer.reframe([dog.id], ["1:1"], full.me).assets[0]
    assert [hit.asset.id for hit in find(full, f"derived from {dog.id}").hits] == [made.id]
    assert [hit.asset.id for hit in find(full, "derived from red_dog.png").hits] == [made.id]
    with pytest.raises(Fixable, match="No asset is called 'nothing'"):
        find(full, "derived from nothing")


IMAGES = Filter(By.TYPE, ("image",))


@pytest.mark.parametrize(
    ("filters", "expected", "labels"),
    [
        (
            (IMAGES, Filter(By.PEOPLE, max=0), Filter(By.COLOUR, ("purple",), 0.4)),
            "blue sky.png",
            ("type: image", "no people", "colour: mostly purple"),
        ),
        (
            (Filter(By.COLOUR, ("purple",), any="c"), Filter(By.COLOUR, ("green",), any="c")),
            "blue sky.png green.png",
            ("colour: purple or green",),
        ),
        (
            (IMAGES, Filter(By.SHOWS, ("dogs",), negate=True)),
            "blue sky.png green.png",
            ("type: image", "without dogs"),
        ),
        ((Filter(By.TAKEN, min="2024", max=2024),), "dated.jpg", ("taken 2024",)),
        ((Filter(By.TAKEN, ("2023-12-31 UTC",)),), "dated.jpg", ("taken 2023-12-31 UTC",)),
        (
            (Filter(By.TYPE, ("video",), any="x"), Filter(By.PEOPLE, min=1, any="x")),
            "dated.jpg red_dog.png",
            ("type: video or people: at least 1",),
        ),
        (
            (Filter(By.RIGHTS, ("website", "BR"), max="2027-03"),),
            "",
            ("cleared for website in Brazil until 2027-03-31",),
        ),
        (
            (IMAGES, Filter(By.USED, negate=True), Filter(By.ALT_TEXT, negate=True),
             Filter(By.TAKEN, negate=True)),
            "blue sky.png green.png red_dog.png",
            ("type: image", "never used", "no alt text", "no date taken"),
        ),
    ],
)  # fmt: skip
def test_filters_given_as_a_value_do_the_same(
    full: World, filters: Filters, expected: str, labels: tuple[str, ...]
) -> None:
    answer = find(full, filters=filters)
    found = " ".join(sorted(names(answer)))
    assert found == expected
    assert answer.filters == labels


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Filter(By.TAKEN, min="2024-02-31"), "There is no date"),
        (Filter(By.TAKEN, min="soon"), "is no date"),
        (Filter(By.COLOUR, ("glitter",)), "No colour 'glitter'"),
        (Filter(By.COLOUR), "needs values"),
        (Filter(By.TYPE, ("gif",)), "No type 'gif'"),
        (Filter(By.LANGUAGE, ("klingon",)), "No language"),
        (Filter(By.PEOPLE, min=3, max=1), "can never be met"),
        (Filter(By.PEOPLE, min="few"), "is no number"),
        (Filter(By.RIGHTS, ("Atlantis",)), "No territory"),
        (Filter(By.ALT_TEXT, ("x",)), "takes no values"),
    ],
)
def test_a_value_that_means_nothing_is_refused_in_one_line(
    full: World, condition: Filter, said: str
) -> None:
    with pytest.raises(Fixable, match=said) as refused:
        find(full, filters=(condition,))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("dogs taken on 31 February 2024", "There is no date '31 february 2024'"),
        ("taken before 2020 and taken after 2022", "exclude each other"),
        ("untagged, tagged spring", "“no tags” and “tag: spring” exclude each other"),
    ],
)
def test_filters_that_cannot_be_are_refused_in_one_line(full: World, query: str, said: str) -> None:
    with pytest.raises(Fixable, match=said) as refused:
        find(full, query)
    assert "\n" not in str(refused.value)


def test_long_empty_and_strange_queries_get_a_clear_line(full: World) -> None:
    assert "first 500 characters" in find(full, "dog " * 2500).note
    assert "no words in that" in find(full, ".*[(\\").note
    assert names(find(full, "\x00\x07do\u200bgs\x1b")) == names(find(full, "dogs"))
    assert len(find(full, "").hits) == len(full.all())


def test_filters_tell_nobody_of_what_they_may_not_see(world: World, album: Path) -> None:
    bob = Viewer("bob", "Bob", frozenset({Role.VIEWER}))
    secret = IngestOptions(audience=("ana",))
    list(world.ingest.ingest([album / "blue sky.png"], secret, world.me))
    sky = world.named("blue sky.png")
    with world.catalogue.writing() as records:
        records.collections.add("Top Secret", [sky.id], "jane", world.clock.now())
    for query in ("no people", "images in the Top Secret collection", "images, not archived"):
        answer = world.search.find(SearchRequest(query), bob)
        assert answer.hits == ()
        assert answer.relaxations == ()
    with pytest.raises(Fixable, match="No asset is called"):
        world.search.find(SearchRequest(f"derived from {sky.id}"), bob)
    assert names(world.search.find(SearchRequest("no people"), world.owner)) == {"blue sky.png"}
