"""What thesauri and tables say is read as it stands, and hostile files cost a clear line."""

import csv
import io
from pathlib import Path

import pytest

from tests.taxonomy.conftest import ANIMALS
from tools.adapters.confinement.room import ReadingRoom
from tools.adapters.confinement.senses import ConfinedVocabularies
from tools.adapters.vocabulary.files import FileVocabularies
from tools.adapters.vocabulary.tables import read_csv, write_csv
from tools.core.errors import Fixable
from tools.core.survey.findings import Term
from tools.core.survey.proposals import taxonomy_file
from tools.core.taxonomy.checking import checked
from tools.core.taxonomy.concepts import Concept, Label, Taxonomy

FILES = FileVocabularies()
RDF_XML = """<?xml version="1.0"?>
{doctype}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:skos="{skos}">
  <skos:Concept rdf:about="https://example.org/dog">
    <skos:prefLabel xml:lang="en">Dog{more}</skos:prefLabel>
    <skos:prefLabel xml:lang="pt-BR">Cachorro</skos:prefLabel>
    <skos:altLabel xml:lang="en">hound</skos:altLabel>
    <skos:broader rdf:resource="https://example.org/animal"/>
  </skos:Concept>
  <skos:Concept rdf:about="https://example.org/animal">
    <skos:prefLabel xml:lang="en">Animal</skos:prefLabel>
  </skos:Concept>
</rdf:RDF>"""
SKOS = "http://www.w3.org/2004/02/skos/core#"
JSON_LD = """{"@context": %s, "@graph": [
  {"@id": "https://example.org/dog", "@type": "skos:Concept",
   "skos:prefLabel": [{"@language": "en", "@value": "Dog"}, {"@language": "de", "@value": "Hund"}],
   "skos:broader": {"@id": "https://example.org/animal"}},
  {"@id": "https://example.org/animal", "@type": "skos:Concept",
   "skos:prefLabel": {"@language": "en", "@value": "Animal"}}]}"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def taken(path: Path) -> Taxonomy:
    return checked(FILES.read(path))[0]


def named(taxonomy: Taxonomy, label: str) -> Concept:
    found = taxonomy.called(label)
    assert found is not None
    return found


def test_turtle_gives_labels_in_all_languages_and_both_directions_of_broader(animals: Path) -> None:
    taxonomy = taken(animals)
    assert len(taxonomy.concepts) == 6
    assert named(taxonomy, "HOUNDS") == named(taxonomy, "chien") == named(taxonomy, "犬")
    assert named(taxonomy, "aircraft").broader == ("https://example.org/things/vehicle",)
    within = {one.name("en") for one in taxonomy.within(named(taxonomy, "Lebewesen"))}
    assert within == {"Living beings", "Animal", "Pet", "Dog"}
    assert taxonomy.shown("hund", "fr") == "chien"
    assert taxonomy.shown("dog", "nl") == "Dog"
    assert taxonomy.shown("unheard of", "fr") == "unheard of"


def test_rdf_xml_is_read_with_the_entities_that_editors_write(tmp_path: Path) -> None:
    plain = write(tmp_path, "a.rdf", RDF_XML.format(doctype="", skos=SKOS, more=""))
    doctype = f'<!DOCTYPE rdf:RDF [<!ENTITY skos "{SKOS}">]>'
    entity = write(tmp_path, "b.rdf", RDF_XML.format(doctype=doctype, skos="&skos;", more=""))
    assert taken(plain) == taken(entity)
    dog = named(taken(plain), "dog")
    assert [(label.language, label.text) for label in dog.labels if label.preferred] == [
        ("en", "Dog"), ("pt-br", "Cachorro"),
    ]  # fmt: skip
    assert dog.name("pt") == "Cachorro"


def test_json_ld_is_read_with_its_own_context_only(tmp_path: Path) -> None:
    own = write(tmp_path, "own.jsonld", JSON_LD % f'{{"skos": "{SKOS}"}}')
    assert named(taken(own), "hund").broader == ("https://example.org/animal",)
    for context in (
        '"https://example.org/ctx"', '["ctx.jsonld"]', '{"@import": "file:///etc"}',
        '[["https://example.org/ctx"]]', '[[{"@import": "file:///etc"}]]',
        '{"near": {"@id": "x:y", "@context": [[["ctx.jsonld"]]]}}',
    ):  # fmt: skip
        with pytest.raises(Fixable, match="nothing is fetched"):
            FILES.read(write(tmp_path, "far.jsonld", JSON_LD % context))


def test_a_table_and_what_a_survey_proposes_are_read(tmp_path: Path) -> None:
    table = (
        "id;broader;prefLabel@en;altLabel@en;prefLabel@de\n"
        "a;;Animal;;Tier\n;Animal;Dog;hound | doggy;Hund\n\n"
    )
    taxonomy = taken(write(tmp_path, "t.csv", table))
    dog = named(taxonomy, "doggy")
    assert (dog.id, dog.broader) == ("urn:dalm:concept:dog", ("urn:dalm:concept:a",))
    terms = [Term("Harbour", "", 3, "folder"), Term("boat", "Harbour", 2, "keyword")]
    proposed = taken(write(tmp_path, "taxonomy.json", taxonomy_file(terms)))
    assert named(proposed, "boat").broader == (named(proposed, "harbour").id,)


@pytest.mark.parametrize("ending", [".ttl", ".rdf", ".jsonld", ".csv"])
def test_what_is_exported_is_read_back_identically(
    tmp_path: Path, animals: Path, ending: str
) -> None:
    taxonomy = taken(animals)
    again = taken(write(tmp_path, f"again{ending}", FILES.write(taxonomy, ending)))
    assert set(again.concepts) == set(taxonomy.concepts)
    with pytest.raises(Fixable, match="written as"):
        FILES.write(taxonomy, ".docx")


BOMB = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
PREFIX = f"@prefix skos: <{SKOS}> . @prefix : <https://example.org/> .\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("bomb.rdf", RDF_XML.format(doctype=BOMB, skos=SKOS, more="&c;"), "entities"),
        ("out.rdf", RDF_XML.format(doctype=OUTSIDE, skos=SKOS, more="&a;"), "entities"),
        ("cut.rdf", RDF_XML[:300].format(doctype="", skos=SKOS, more=""), "damaged"),
        ("bad.ttl", f'{PREFIX}:a skos:prefLabel "x"@en ;; ;\n:: .', "Line 3 is not Turtle"),
        ("deep.ttl", PREFIX + ":a skos:broader " + "[ skos:broader " * 9000, "nested|Turtle"),
        ("deep.jsonld", b"[" * 100_000, "nested|not JSON"),
        ("not.jsonld", "{", "not JSON"),
        ("big.ttl", b"#" * 50_000_000, "50 MB; 10 MB are the limit"),
        ("binary.csv", bytes(range(256)) * 9, "not text"),
        ("wide.csv", f"prefLabel@en\n{'x' * 200_000}\n", "cannot be read as a table"),
        ("other.csv", "name,colour\ndog,red\n", "no column with preferred labels"),
        ("twice.csv", "id,prefLabel@en\na,Dog\na,Cat\n", "Two concepts go by “a”"),
        ("other.json", '{"a": 1}', "not a taxonomy.json"),
        ("words.docx", "dog", "read from"),
    ],
)  # fmt: skip
def test_hostile_and_broken_files_cost_a_clear_line(
    tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    with pytest.raises(Fixable, match=says) as told:
        FILES.read(write(tmp_path, name, content))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (":a skos:prefLabel 'A'@en ; skos:broader :b . :b skos:prefLabel 'B'@en ; skos:broader :c ."
         " :c skos:prefLabel 'C'@en ; skos:broader :a .", "broader than themselves"),
        (":a skos:prefLabel 'A'@en ; skos:broader :a .", "/a → https://example.org/a"),
        (":a skos:prefLabel 'A'@en, 'Ah'@en .", "two preferred labels in “en”, “A” and “Ah”"),
        (":a a skos:Concept ; skos:altLabel 'A'@en .", "/a has no preferred label"),
        (":a skos:prefLabel '...'@en .", "no preferred label"),
        (f":a skos:prefLabel '{'x' * 300}'@en .", "more than 200 letters"),
        ("<x:a b> skos:prefLabel 'A'@en .", "x:a b is no URI"),
        ("", "no concepts"),
    ],
)  # fmt: skip
def test_what_breaks_skos_is_said_with_the_concept(tmp_path: Path, body: str, says: str) -> None:
    with pytest.raises(Fixable, match=says) as told:
        taken(write(tmp_path, "x.ttl", PREFIX + body))
    assert "\n" not in str(told.value)


def test_all_faults_are_told_at_once() -> None:
    bare = [Concept(f"urn:{n}", ()) for n in range(9)]
    with pytest.raises(Fixable, match=r"urn:0 has no.*urn:4 has no.*And 4 more"):
        checked(bare)


def test_what_leads_out_of_the_file_or_names_two_is_noted() -> None:
    some = [
        Concept("urn:bank", (Label("en", "Bank"),), ("urn:elsewhere",)),
        Concept("urn:shore", (Label("en", "bank"), Label("en", "shore", preferred=False))),
    ]
    taxonomy, notes = checked(some)
    assert taxonomy.concepts[0].broader == ()
    assert len(notes) == 2
    assert "1 broader" in notes[0]
    assert "“bank”" in notes[1]
    assert named(taxonomy, "bank").id == "urn:bank"


def test_a_diamond_is_no_circle() -> None:
    links = {"urn:a": ("urn:b", "urn:c"), "urn:b": ("urn:d",), "urn:c": ("urn:d",), "urn:d": ()}
    taxonomy, _ = checked(
        [Concept(name, (Label("en", name[4:]),), above) for name, above in links.items()]
    )
    assert len(taxonomy.within(taxonomy.by_id["urn:d"])) == 4


def test_files_are_parsed_in_the_reading_room(tmp_path: Path, animals: Path) -> None:
    room = ReadingRoom(readers=1)
    try:
        confined = ConfinedVocabularies(room)
        assert confined.read(animals) == FILES.read(animals)
        bomb = write(tmp_path, "bomb.rdf", RDF_XML.format(doctype=BOMB, skos=SKOS, more="&c;"))
        with pytest.raises(Fixable, match="entities"):
            confined.read(bomb)
        assert len(confined.read(animals)) == 6
    finally:
        room.close()


def test_a_table_keeps_labels_without_a_language() -> None:
    taxonomy = Taxonomy((Concept("urn:x", (Label("", "Xylophone"),)),))
    out = io.StringIO()
    write_csv(taxonomy, out)
    assert read_csv(out.getvalue().encode()) == taxonomy.concepts


def test_what_has_no_uri_or_no_language_that_could_be_written_is_met(tmp_path: Path) -> None:
    (nameless,) = taken(write(tmp_path, "x.ttl", PREFIX + "[] skos:prefLabel 'A'@en .")).concepts
    again = taken(write(tmp_path, "y.ttl", FILES.write(Taxonomy((nameless,)), ".ttl")))
    assert again.concepts == (nameless,)
    body = '{"concepts": [{"id": "a", "prefLabel": {"not a language": "Dog"}}]}'
    with pytest.raises(Fixable, match="“not a language”, which is no language tag"):
        taken(write(tmp_path, "x.json", body))


def test_a_table_gives_a_spreadsheet_no_formulas_and_loses_nothing() -> None:
    names = ('=HYPERLINK("http://x")', "+1 dog", "-2 dog", "@SUM dog", "'=dog", "'dog")
    taxonomy = Taxonomy(
        tuple(Concept(f"x:{n}", (Label("en", name),)) for n, name in enumerate(names))
    )
    out = io.StringIO()
    write_csv(taxonomy, out)
    cells = [row[-2] for row in list(csv.reader(io.StringIO(out.getvalue())))[1:]]
    assert not [cell for cell in cells if cell[0] in "=+-@"]
    assert read_csv(out.getvalue().encode()) == taxonomy.concepts


def test_turtle_with_a_byte_order_mark_and_windows_lines_is_read(tmp_path: Path) -> None:
    text = "\ufeff" + ANIMALS.replace("\n", "\r\n")
    assert len(taken(write(tmp_path, "bom.ttl", text)).concepts) == 6
