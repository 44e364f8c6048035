"""Names and fields are measured against the conventions, with fixes; nothing is changed."""

from pathlib import Path

import pytest

from agent.bootstrap import DEFAULTS
from tests.curation.conftest import picture
from tests.library.world import World
from tools.core.assets import Field, FieldValue, Source
from tools.core.conformity import Conformity, Shortcoming
from tools.core.conventions import parse_conventions
from tools.core.errors import Fixable
from tools.core.people import Role, Viewer

DEFAULT = (DEFAULTS / "conventions.toml").read_text(encoding="utf-8")


def measured(world: World, text: str = DEFAULT) -> dict[str, Shortcoming]:
    conformity = Conformity(catalogue=world.catalogue, conventions=lambda: parse_conventions(text))
    return {one.asset.file_name: one for one in conformity.report(world.owner)}


def says(world: World, name: str, field: Field, text: str) -> None:
    asset = world.named(name)
    value = FieldValue(asset.id, field, text, Source.PERSON, "jane", world.clock.now())
    with world.catalogue.writing() as records:
        records.fields.put([value])


def test_names_and_missing_fields_come_with_a_fix(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "Harbour"
    folder.mkdir()
    names = ("IMG_0012", "pier-at-dawn", "gulls", "nets")
    world.take(*(picture(folder, name, (n, 9, 9)) for n, name in enumerate(names)))
    for name in names[1:]:
        assert measured(world)["IMG_0012.png"].missing[1].proposal == ""
        says(world, f"{name}.png", Field.CREATOR, "Jane Doe")
    found = measured(world)
    camera = found["IMG_0012.png"]
    assert camera.name == "harbour-img-0012.png"
    assert [(one.field, one.proposal) for one in camera.missing] == [
        ("title", ""), ("creator", "Jane Doe"), ("copyright", ""),
    ]  # fmt: skip
    assert camera.line().startswith("Its name keeps the number of a camera")
    assert "creator ('Jane Doe' stands on others of its folder)" in camera.line()
    assert [one.field for one in found["pier-at-dawn.png"].missing] == ["title", "copyright"]
    assert found["pier-at-dawn.png"].faults == ()
    assert (folder / "IMG_0012.png").exists()


def test_what_has_everything_is_not_listed(world: World) -> None:
    for field in (Field.TITLE, Field.CREATOR, Field.COPYRIGHT):
        says(world, "red.png", field, "Jane Doe")
    assert set(measured(world)) == {"crimson.png", "blue.png", "green.png"}
    assert set(measured(world, "[required]\nimage = []\n")) == set()


def test_conventions_that_cannot_be_read_are_said(world: World) -> None:
    conformity = Conformity(catalogue=world.catalogue, conventions=lambda: parse_conventions("="))
    with pytest.raises(Fixable, match="cannot be read"):
        conformity.of(world.named("red.png").id, Viewer("x", "X", frozenset({Role.ADMIN})))
