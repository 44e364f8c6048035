"""Parquet files, written by pyarrow 26 with several codecs, are read without any data frame."""

import random
from pathlib import Path

import pytest

from tools.adapters.documents.files import FileDocuments
from tools.adapters.documents.parquet.reading import PARQUET, read_parquet, sample_of
from tools.adapters.documents.parquet.unpacking import unpacked
from tools.adapters.probe.content import ContentProbe
from tools.core.datasets.schema import Schema
from tools.core.errors import Fixable

FILES = Path(__file__).with_name("parquet")
READ = ("snappy", "zstd_v2", "gzip_plain")


def schema(name: str) -> Schema:
    (found,) = FileDocuments().schemas(FILES / f"{name}.parquet", PARQUET)
    return found


@pytest.mark.parametrize("name", READ)
def test_columns_rows_and_licence_are_told(name: str) -> None:
    found = schema(name)
    assert found.rows == found.looked_at == (500 if name == "snappy" else 60)
    assert found.licence == "CC0 1.0"
    told = {column.name: column.description.partition(": ")[2] for column in found.columns}
    assert told["city"] == "text, 90% filled, such as Town 0, Town 1, Town 2"
    assert told["visits"] == f"whole number, 0 to {(found.rows - 1) * 3}"
    assert told["share"].startswith("number, 0 to ")
    assert told["since"].startswith("date, 2024-01-01 to 202")
    assert told["seen"].startswith("date, 2024-01-01T12:00:00 to ")
    assert told["price"].startswith("number, 0.00 to ")
    assert told["open"] == "yes or no, such as true, false"
    assert told["e-mail"] == "text, personal data (e-mail)"
    assert told["tags.list.element"] == "text"
    assert told["empty"] == "text, 0% filled"


def test_cells_stand_in_their_rows() -> None:
    read = read_parquet(FILES / "snappy.parquet")
    rows = sample_of(read, 500)
    assert rows[9][0] == ""
    assert rows[499][1:4] == ("note number 499 äöü", "1497", "62.375")
    assert rows[499][6:8] == ("4.99", "false")


def test_what_is_packed_otherwise_is_still_described() -> None:
    found = schema("delta_brotli")
    assert (found.rows, len(found.columns)) == (60, 11)
    assert found.columns[2].description == "visits: whole number"


def test_an_empty_table_has_columns() -> None:
    assert (schema("empty").rows, len(schema("empty").columns)) == (0, 11)


def test_it_is_a_dataset_with_a_text_and_a_page() -> None:
    path = FILES / "zstd_v2.parquet"
    facts = ContentProbe().identify(path)
    assert (facts.media_type, facts.mime) == ("dataset", PARQUET)
    (page,) = FileDocuments().read(path, PARQUET).pages
    assert page.startswith("Columns: city, note, visits")
    assert "Rows: 60" in page
    assert FileDocuments().preview(path, PARQUET) is not None


@pytest.mark.parametrize("name", READ)
def test_damage_is_one_clear_line_and_never_a_crash(name: str, tmp_path: Path) -> None:
    whole = (FILES / f"{name}.parquet").read_bytes()
    path, chance = tmp_path / "bad.parquet", random.Random(name)
    for content in (whole[:4], whole[:-1], whole[: len(whole) // 2], whole[:4] + whole[-8:]):
        path.write_bytes(content)
        with pytest.raises(Fixable, match="damaged or cut off"):
            read_parquet(path)
    for _ in range(25):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            broken[chance.randrange(4, len(broken) - 8)] = chance.randrange(256)
        path.write_bytes(broken)
        try:
            FileDocuments().schemas(path, PARQUET)
        except Fixable as told:
            assert "damaged or cut off" in str(told)  # noqa: PT017


def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.parquet"
    path.write_bytes(b"PAR1" + b"x" * 100 + b"\x10\0\0\0PARE")
    with pytest.raises(Fixable, match="encrypted"):
        read_parquet(path)


def test_a_page_is_never_larger_than_it_says() -> None:
    bomb = b"\x80\x80\x80\x10" + b"\xfe\x01\x00" * 10
    with pytest.raises(Fixable):
        unpacked(bomb, 1, 100)
    assert unpacked(b"", 1, 1 << 40) is None
