"""Assets, families, fields, collections and full text, alike on SQLite and PostgreSQL."""

import dataclasses

import pytest

from tests.storage.things import NOON, OWNER, add, later, new_asset, value, version, viewer
from tools.core.assets import AssetState, Field, MediaType, Orientation, Recipe, Source
from tools.core.people import Role
from tools.core.records import AssetFilter, Facet, KnownFile, SearchText

ALL = AssetFilter()


def test_an_asset_comes_back_as_it_was_added(catalogue):
    recipe = Recipe("reframe", '{"ratio":"9:16"}', "pillow 12")
    added = new_asset(
        "a1",
        title="Größe 一 \u202e",
        file={"path": "/photos/a 1.jpg", "blob": None, "duration": 1.5, "pages": 3,
              "parent_version": 2, "recipe": recipe},
        parent_id="a0",
        origin="reframe",
        supplier="agency",
        folder="/photos",
        audience=("jane", "role:legal"),
    )  # fmt: skip
    (asset,) = add(catalogue, added)
    assert asset.version == added.version
    assert asset.version.recipe == recipe
    for name in ("id", "title", "file_name", "owner", "parent_id", "origin", "audience", "folder"):
        assert getattr(asset, name) == getattr(added, name)
    assert (asset.state, asset.added_at, asset.orientation) == (
        AssetState.ACTIVE,
        NOON,
        Orientation.LANDSCAPE,
    )
    with catalogue.reading() as records:
        assert records.assets.get("a1", OWNER) == asset
        assert records.assets.by_keys([asset.key], OWNER) == [asset]
        assert records.assets.get("a2", OWNER) is None


def test_lists_keep_the_order_asked_and_leave_out_the_unknown(catalogue):
    assets = add(catalogue, *(new_asset(f"a{n}") for n in range(5)))
    keys = [asset.key for asset in assets]
    with catalogue.reading() as records:
        found = records.assets.many(["a3", "x", "a0", "a3"], OWNER)
        assert [asset.id for asset in found] == ["a3", "a0", "a3"]
        found = records.assets.by_keys([keys[4], 10**9, keys[1]], OWNER)
        assert [asset.id for asset in found] == ["a4", "a1"]
        assert records.assets.many([], OWNER) == []


def test_ids_may_be_any_number(catalogue):
    add(catalogue, *(new_asset(f"a{n}") for n in range(3)))
    many = tuple(f"a{n}" for n in range(70_000))
    with catalogue.reading() as records:
        assert len(records.assets.many(many, OWNER)) == 3
        assert records.assets.count(AssetFilter(ids=many), OWNER) == 3
        assert len(records.assets.by_keys(range(70_000), OWNER)) == 3
        assert records.fields.current(many) == []
        assert records.publications.live(many) == []
        assert records.threads.naming(many) == []


@pytest.fixture
def library(catalogue):
    """Give a catalogue of five assets that differ in every filtered way."""
    add(
        catalogue,
        new_asset("wide"),
        new_asset("tall", file={"width": 900, "height": 1600}),
        new_asset("flat", file={"width": 1000, "height": 1000}, parent_id="wide"),
        new_asset("clip", MediaType.VIDEO),
        new_asset("text", MediaType.DOCUMENT, file={"width": None, "height": None}),
    )
    with catalogue.writing() as records:
        records.fields.put([value("wide", "Äpfel"), value("tall", "ÄPFEL"), value("clip", "x")])
        records.fields.put([value("flat", "Äpfel", Field.LABEL)])
        records.collections.add("Spring", ["tall", "clip"], "jane", NOON)
        records.assets.set_state("text", AssetState.ARCHIVED, later(1))
    return catalogue


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (ALL, "clip flat tall wide"),
        (AssetFilter(media_type=MediaType.IMAGE), "flat tall wide"),
        (AssetFilter(orientation=Orientation.PORTRAIT), "tall"),
        (AssetFilter(orientation=Orientation.SQUARE), "flat"),
        (AssetFilter(tag="äpfel"), "tall wide"),
        (AssetFilter(tag="Äpfel", orientation=Orientation.LANDSCAPE), "wide"),
        (AssetFilter(tag="%"), ""),
        (AssetFilter(collection="spring"), "clip tall"),
        (AssetFilter(parent_id="wide"), "flat"),
        (AssetFilter(ids=("tall", "text", "nothing")), "tall"),
        (AssetFilter(ids=()), ""),
        (AssetFilter(states=(AssetState.ARCHIVED,)), "text"),
        (AssetFilter(states=(AssetState.ARCHIVED, AssetState.ACTIVE), tag="x"), "clip"),
    ],
)
def test_filters(library, criteria, expected):
    with library.reading() as records:
        found = records.assets.select(criteria, OWNER)
        assert sorted(asset.id for asset in found) == expected.split()
        assert records.assets.count(criteria, OWNER) == len(found)
        assert set(records.assets.keys(criteria, OWNER)) == {asset.key for asset in found}


def test_pages_are_newest_first_and_do_not_overlap(library):
    with library.reading() as records:
        first = records.assets.select(ALL, OWNER, limit=2)
        second = records.assets.select(ALL, OWNER, limit=2, offset=2)
    assert [asset.id for asset in first + second] == ["clip", "flat", "tall", "wide"]


def test_facets_count_what_is_there(library):
    with library.writing() as records:
        records.fields.retire([value("clip", "x")], later(1))
    with library.reading() as records:
        facets = records.assets.facets(OWNER)
    assert facets == [
        Facet("collection", "Spring", 2),
        Facet("media_type", "image", 3),
        Facet("media_type", "video", 1),
        Facet("orientation", "landscape", 2),
        Facet("orientation", "portrait", 1),
        Facet("orientation", "square", 1),
        Facet("tag", "ÄPFEL", 1),
        Facet("tag", "Äpfel", 1),
    ]


AUDIENCES = {
    "everyone": (),
    "jane": ("jane",),
    "janet": ("janet",),
    "legal": ("role:legal",),
    "both": ("bob", "role:legal"),
    "percent": ("%",),
}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (viewer("jane"), "everyone jane"),
        (viewer("JANE"), "everyone"),
        (viewer("jan"), "everyone"),
        (viewer("bob", Role.VIEWER), "both everyone"),
        (viewer("sue", Role.LEGAL), "both everyone legal"),
        (viewer("role:legal"), "everyone"),
        (viewer("%"), "everyone percent"),
        (viewer("carl"), "both everyone jane janet legal percent"),
        (viewer("root", Role.ADMIN), "both everyone jane janet legal percent"),
        (OWNER, "both everyone jane janet legal percent"),
    ],
    ids=lambda given: getattr(given, "id", ""),
)
def test_every_read_knows_its_viewer(catalogue, who, sees):
    """Carl owns everything here; who may not see an asset cannot tell that it exists."""
    assets = add(
        catalogue,
        *(new_asset(name, audience=entry, owner="carl") for name, entry in AUDIENCES.items()),
    )
    with catalogue.writing() as records:
        records.fields.put([value(asset.id, f"tag-{asset.id}") for asset in assets])
        for asset in assets:
            records.collections.add(f"set-{asset.id}", [asset.id], "carl", NOON)
    expected = sees.split()
    hidden = sorted(set(AUDIENCES) - set(expected))
    with catalogue.reading() as records:
        read = records.assets
        assert sorted(a.id for a in read.select(ALL, who)) == expected
        assert sorted(a.id for a in read.many(list(AUDIENCES), who)) == expected
        assert sorted(a.id for a in read.by_keys([a.key for a in assets], who)) == expected
        assert len(read.keys(ALL, who)) == read.count(ALL, who) == len(expected)
        assert [name for name in AUDIENCES if read.get(name, who)] == [
            name for name in AUDIENCES if name in expected
        ]
        for name in hidden:
            narrow = AssetFilter(tag=f"tag-{name}", collection=f"set-{name}", ids=(name,))
            assert read.select(narrow, who) == []
            assert read.keys(narrow, who) == []
            assert read.count(narrow, who) == 0
        facets = read.facets(who)
        assert {f.value for f in facets if f.name == "tag"} == {f"tag-{n}" for n in expected}
        assert {f.value for f in facets if f.name == "collection"} == {f"set-{n}" for n in expected}
        assert [f.count for f in facets if f.name == "media_type"] == [len(expected)]


def test_a_new_version_is_the_current_one(catalogue):
    add(catalogue, new_asset("a1"))
    second = version("a1", 2, width=500, height=900)
    with catalogue.writing() as records:
        records.assets.add_version(second)
    with catalogue.reading() as records:
        asset = records.assets.get("a1", OWNER)
        assert (asset.version, asset.orientation) == (second, Orientation.PORTRAIT)
        assert [v.number for v in records.assets.versions("a1")] == [1, 2]
        assert records.assets.with_hash(version("a1").sha256) is None
        assert records.assets.with_hash(second.sha256).id == "a1"
        assert records.assets.holding(version("a1").sha256) == ["a1"]


def test_a_trashed_asset_is_not_found_by_its_bytes(catalogue):
    add(catalogue, new_asset("a1"))
    with catalogue.writing() as records:
        records.assets.set_state("a1", AssetState.TRASHED, later(1))
        assert records.assets.with_hash(version("a1").sha256) is None
        assert records.assets.holding(version("a1").sha256) == ["a1"]


def test_a_moved_file_is_found_at_its_new_place(catalogue):
    add(catalogue, new_asset("a1", file={"blob": None, "path": "/old/a1.jpg"}))
    with catalogue.writing() as records:
        records.assets.relocate("a1", 1, "/new/b.jpg", "b.jpg")
        moved = records.assets.get("a1", OWNER)
        assert (moved.version.path, moved.file_name) == ("/new/b.jpg", "b.jpg")


def test_families(catalogue):
    add(
        catalogue,
        new_asset("root"),
        new_asset("child", parent_id="root"),
        new_asset("grandchild", parent_id="child"),
        new_asset("other", parent_id="root"),
        new_asset("a", parent_id="b"),
        new_asset("b", parent_id="a"),
    )
    with catalogue.reading() as records:
        assert [a.id for a in records.assets.ancestors("grandchild")] == ["child", "root"]
        assert sorted(a.id for a in records.assets.children("root")) == ["child", "other"]
        assert records.assets.ancestors("root") == []
        assert [a.id for a in records.assets.ancestors("a")] == ["b"]


def current(records, asset_id, field):
    return [v.value for v in records.fields.current([asset_id]) if v.field is field]


def test_a_person_outranks_a_file_and_a_file_a_model(catalogue):
    add(catalogue, new_asset("a1"))
    by_model = value("a1", "guess", Field.CREATOR, Source.MODEL, "model 1", sure=0.4)
    by_file = value("a1", "exif", Field.CREATOR, Source.FILE, "EXIF", later(1))
    by_person = value("a1", "Jane", Field.CREATOR, at=later(2))
    with catalogue.writing() as records:
        for given, stands in (
            (by_model, "guess"),
            (by_file, "exif"),
            (by_model, "exif"),
            (by_person, "Jane"),
            (by_file, "Jane"),
            (dataclasses.replace(by_person, value="J. Doe", at=later(3)), "J. Doe"),
        ):
            records.fields.put([given])
            assert current(records, "a1", Field.CREATOR) == [stands]
        history = records.fields.history("a1", Field.CREATOR)
    assert [v.value for v in history] == ["guess", "exif", "Jane", "J. Doe"]
    assert history[0] == by_model


def test_many_tags_stand_side_by_side_and_one_title(catalogue):
    add(catalogue, new_asset("a1"), new_asset("a2"))
    with catalogue.writing() as records:
        records.fields.put([value("a1", "red"), value("a1", "blue"), value("a2", "red")])
        records.fields.put([value("a1", "red", source=Source.MODEL)])
        assert current(records, "a1", Field.TAG) == ["red", "blue"]
        records.fields.put(
            [value("a1", "One", Field.TITLE), value("a1", "Two", Field.TITLE), value("a2", "red")]
        )
        assert current(records, "a1", Field.TITLE) == ["Two"]
        assert current(records, "a2", Field.TAG) == ["red"]
        assert records.assets.get("a1", OWNER).title == "Two"
        assert records.assets.get("a2", OWNER).title == "A2"
        records.fields.retire([value("a1", "red")], later(5))
        assert current(records, "a1", Field.TAG) == ["blue"]
        assert [v.value for v in records.fields.history("a1", Field.TAG)] == ["red", "blue"]
        records.fields.put([value("a1", "red", at=later(6))])
        assert current(records, "a1", Field.TAG) == ["blue", "red"]
        records.fields.put([])


def test_collections_differ_by_more_than_case(catalogue):
    add(catalogue, new_asset("a1"), new_asset("a2"))
    with catalogue.writing() as records:
        assert records.collections.add("Frühling", ["a1"], "jane", NOON) == ["a1"]
        added = records.collections.add("FRÜHLING ", ["a1", "a2", "a2"], "jane", NOON)
        assert added == ["a2"]
        assert records.collections.of("a2") == ["Frühling"]
        records.collections.remove("frühling", ["a1", "a2"])
        assert records.collections.of("a1") == []
        assert not [f for f in records.assets.facets(OWNER) if f.name == "collection"]


@pytest.fixture
def words(catalogue):
    """Give a catalogue whose assets have words."""
    texts = {
        "title": SearchText(title="A running frog"),
        "tag": SearchText(tags="frogs, pond"),
        "body": SearchText(body="once upon a time there was a frog in a well " * 5),
        "coffee": SearchText(ocr="CAFÉ CRÈME 2,50"),
    }
    assets = add(catalogue, *(new_asset(name) for name in texts))
    keys = {asset.id: asset.key for asset in assets}
    with catalogue.writing() as records:
        for name, text in texts.items():
            records.text.put(keys[name], text)
    return catalogue, {key: name for name, key in keys.items()}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["frog"], {"title", "tag", "body"}),
        (["Frogs"], {"title", "tag", "body"}),
        (["run"], {"title"}),
        (["cafe"], {"coffee"}),
        (["café", "pond"], {"coffee", "tag"}),
        (["running frog"], {"title"}),
        (["frog running"], set()),
        (["unheard-of"], set()),
        ([], set()),
    ],
)
def test_full_text_finds_words_in_any_form(words, terms, expected):
    catalogue, names = words
    with catalogue.reading() as records:
        found = records.text.find(terms, 10)
    assert {names[key] for key, _ in found} == expected
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert all(score > 0 for _, score in found)


def test_what_people_say_weighs_more_than_a_body(words):
    catalogue, names = words
    with catalogue.reading() as records:
        found = [names[key] for key, _ in records.text.find(["frog"], 10)]
        assert found[-1] == "body"
        assert len(records.text.find(["frog"], 2)) == 2


def test_words_are_replaced_and_dropped(words):
    catalogue, names = words
    key = next(key for key, name in names.items() if name == "coffee")
    with catalogue.writing() as records:
        records.text.put(key, SearchText(title="tea"))
        assert records.text.find(["cafe"], 5) == []
        assert [found for found, _ in records.text.find(["tea"], 5)] == [key]
        records.text.drop([key, 10**6])
        records.text.drop([])
        assert records.text.find(["tea"], 5) == []


@pytest.mark.parametrize(
    "term",
    ['"', '""" OR title:*', "frog*", "NEAR(a b)", "-", "title:frog", "a AND", "'; DROP TABLE x;--",
     "\x00", "frog\x00", "(", ")", "^frog", "%", "|", "&", "!", "<->", "\\", "", " ", "🐸", "a'b"],
)  # fmt: skip
def test_nothing_a_person_types_is_syntax(words, term):
    catalogue, _ = words
    with catalogue.reading() as records:
        records.text.find([term], 10)
        records.text.find([term, "frog"], 10)
        records.assets.select(AssetFilter(tag=term, collection=term), OWNER)
        records.assets.get(term, OWNER)
        records.assets.many([term], OWNER)
    with catalogue.writing() as records:
        records.fields.put([value("title", term), value("title", term, Field.TEXT)])
        records.collections.add(term, ["title"], "jane", NOON)


def test_erasing_leaves_no_row(catalogue):
    (asset, kept) = add(catalogue, new_asset("a1", title="Secret"), new_asset("a2", parent_id="a1"))
    with catalogue.writing() as records:
        records.fields.put([value("a1", "secret"), value("a2", "kept")])
        records.collections.add("set", ["a1", "a2"], "jane", NOON)
        records.files.put(KnownFile("/p/a1.jpg", 1, 2, "h", "a1", "added"))
        records.text.put(asset.key, SearchText(title="secret"))
        records.text.put(kept.key, SearchText(title="kept"))
        records.threads.own("t1", "jane", NOON)
        records.threads.shown("t1", ["a1", "a2"])
        records.assets.erase(["a1"])
        records.assets.erase([])
    with catalogue.reading() as records:
        assert records.assets.get("a1", OWNER) is None
        assert records.assets.versions("a1") == []
        assert records.fields.history("a1", Field.TAG) == []
        assert records.collections.of("a1") == []
        assert records.files.of("a1") == []
        assert records.text.find(["secret"], 5) == []
        assert records.threads.naming(["a1"]) == []
        assert records.assets.get("a2", OWNER) == kept
        assert records.assets.ancestors("a2") == []
        assert current(records, "a2", Field.TAG) == ["kept"]
        assert [key for key, _ in records.text.find(["kept"], 5)] == [kept.key]
    (again,) = add(catalogue, new_asset("a1"))
    assert again.key > kept.key


def test_letters_in_a_row_are_found_however_few(catalogue):
    assets = add(catalogue, *(new_asset(f"a{n}") for n in range(3)))
    with catalogue.writing() as records:
        for asset, said in zip(assets, ("abeachclubopens", "東京タワー", "x"), strict=True):
            records.text.put(asset.key, SearchText(letters=said))
        records.text.put(assets[2].key, SearchText(letters="beachclass"))
    with catalogue.reading() as records:
        keys = [asset.key for asset in assets]
        assert records.text.keys() == keys
        for letters, expected in (
            ("achcl", [0, 2]),
            ("beachclub", [0]),
            ("東", [1]),
            ("京タ", [1]),
            ("京タワ", [1]),
            ("x", []),
            ("xyz", []),
            ("", []),
        ):
            assert records.text.holding(letters) == [keys[n] for n in expected], letters
    with catalogue.writing() as records:
        records.text.drop([keys[0]])
        records.assets.erase(["a2"])
        assert records.text.holding("achcl") == []
        assert records.text.keys() == [keys[1]]


def test_one_field_is_listed_everywhere_and_files_by_what_was_said_of_them(catalogue):
    add(catalogue, new_asset("a1"), new_asset("a2"))
    with catalogue.writing() as records:
        records.fields.put([value("a1", "ff", Field.FINGERPRINT), value("a2", "tree")])
        records.fields.put([value("a2", "0a", Field.FINGERPRINT)])
        records.fields.retire([value("a1", "ff", Field.FINGERPRINT)], later(1))
        for name, status in (("/b", "duplicate"), ("/a", "duplicate"), ("/c", "added")):
            records.files.put(KnownFile(name, 1, 1, "h", "a1", status))
    with catalogue.reading() as records:
        found = records.fields.everywhere(Field.FINGERPRINT)
        assert [(one.asset_id, one.value) for one in found] == [("a2", "0a")]
        assert [one.path for one in records.files.in_status("duplicate")] == ["/a", "/b"]
