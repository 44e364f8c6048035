"""What things are called in eight languages: names in any form, and what shows them."""

import pytest

from tools.core.search.kinds import default_kinds
from tools.core.search.lexicon.concepts import LANGUAGES, Lexicon, default_rows, parse_rows
from tools.core.search.lexicon.inflection import dictionary_forms
from tools.core.search.lexicon.reading import read
from tools.core.search.lexicon.sights import default_sights, parse_sights
from tools.core.search.query import Understood, default_vocabulary, understand

ROWS = parse_rows(
    "bridge\tBrücke\tpont\tpuente\tponte\tponte\tbrug\t橋\n"
    "wood\tHolz\tbois\tmadera\tlegno\tmadeira\thout\t木材\n"
    "boat\tBoot\tbateau\tbarca\tbarca\tbarco\tboot\t船\n"
    "boot\tStiefel\tbotte\tbota\tstivale\tbota\tlaars\t長靴\n"
    "windmill\tWindmühle\tmoulin à vent\tmolino de viento\tmulino\tmoinho\twindmolen\t風車\n"
)
SMALL = Lexicon(ROWS, frozenset(("a", "de", "het", "die")))


def english(words: str, lexicon: Lexicon = SMALL) -> list[str]:
    return [name.concept.english[0] for name in lexicon.meant(words.split())]


def asked(query: str) -> Understood:
    return understand(query, default_vocabulary(), default_kinds())


@pytest.mark.parametrize(
    ("word", "language", "form"),
    [
        ("oiseaux", "fr", "oiseau"),
        ("chevaux", "fr", "cheval"),
        ("peces", "es", "pez"),
        ("farfalle", "it", "farfalla"),
        ("laghi", "it", "lago"),
        ("leoes", "pt", "leao"),
        ("animais", "pt", "animal"),
        ("hauser", "de", "haus"),
        ("hunde", "de", "hund"),
        ("bruggen", "nl", "brug"),
        ("bomen", "nl", "boom"),
        ("huizen", "nl", "huis"),
        ("berries", "en", "berry"),
        ("geese", "en", "goose"),
    ],
)
def test_plurals_lead_to_their_dictionary_form(word: str, language: str, form: str) -> None:
    assert form in list(dictionary_forms(word, language))


@pytest.mark.parametrize("word", ["brucke", "brucken", "pont", "ponts", "puentes", "bruggen", "橋"])
def test_a_name_is_found_in_any_language_and_number(word: str) -> None:
    assert set(english(word)) == {"bridge"}


def test_fillers_within_a_name_do_not_count() -> None:
    assert english("moulin vent") == ["windmill"]
    assert english("moulins vent") == ["windmill"]


def test_an_unknown_compound_is_what_its_head_is() -> None:
    assert english("holzbrucke") == ["wood bridge"]
    assert english("houtbrug") == ["wood bridge"]
    assert english("qwertzpunkt") == []


def test_a_name_that_is_another_thing_in_english_is_not_looked_for_in_texts() -> None:
    """A title with "boot" is no good answer to "boat", though a German may mean one by it."""
    (boat,) = {name.concept for name in SMALL.meant(["boat"])}
    assert ("boot",) not in boat.names
    assert ("barca",) in boat.names
    assert {name.concept.english[0] for name in SMALL.meant(["boot"])} == {"boat", "boot"}


def test_the_language_of_the_other_words_decides_what_a_word_means() -> None:
    sights = parse_sights("")
    assert read(["boot"], {}, SMALL, sights).nouns == {"boot": ("boot",)}
    assert read(["boot"], {"de": 2}, SMALL, sights).nouns == {"boot": ("boat",)}
    assert read(["boot", "brug"], {}, SMALL, sights).english == "boat bridge"


def test_english_stays_as_it_is_and_so_does_what_is_hardly_known() -> None:
    assert asked("two dogs on a balcony").reading.english == ""
    assert asked("xyzzy plugh frobnitz Brücke").reading.english == ""


@pytest.mark.parametrize(
    ("query", "in_english"),
    [
        ("Maßband", "measuring tape"),
        ("windmolen", "windmill"),
        ("foguete", "rocket"),
        ("ruscello", "stream"),
        ("tropische vis", "tropical fish"),
        ("l'oiseau rouge", "bird red"),
        ("panneaux solaires", "solar panel"),
        ("橋の画像を探しています", "bridge"),
        ("雪の中のヘラジカ", "snow moose"),
    ],
)
def test_queries_are_read_in_english(query: str, in_english: str) -> None:
    assert asked(query).reading.english == in_english


def test_japanese_words_are_not_torn_out_of_longer_ones() -> None:
    assert asked("日本").reading.english == ""
    assert asked("ネコバス").kinds == {}
    assert asked("橋の画像を探しています").terms == ("橋",)


def test_japanese_names_are_known_in_kana() -> None:
    assert asked("いるか").reading.english == "dolphin"
    assert asked("ウマの写真").reading.english == "horse"
    assert asked("ひこうき").reading.english == "airplane"


def test_short_kana_within_other_words_are_not_taken_for_names() -> None:
    """A squid (ika) is in neither of these words, which the lexicon does not know."""
    assert asked("あたたかいかぜ").reading.english == ""
    assert asked("たいいかん").reading.english == ""


def test_of_two_languages_the_first_of_the_list_is_taken_every_time() -> None:
    assert asked("hüte").reading.english == "hat"


def test_kinds_are_known_in_forms_that_they_do_not_list() -> None:
    assert {kind.name for kinds in asked("Vögeln").kinds.values() for kind in kinds} == {"bird"}


def test_nouns_are_shown_by_the_classes_below_them() -> None:
    sights = default_sights()
    hammer = sights.named("hammers")
    assert hammer is not None
    assert hammer.classes == ((587, 587),)
    assert sights.named("retriever") is not None
    assert sights.named("frobnitz") is None


def test_every_concept_has_a_name_in_every_language() -> None:
    rows = default_rows()
    assert len(rows) > 800
    for row in rows:
        assert len(row) == len(LANGUAGES), row
        assert all(names and all(name == name.strip() for name in names) for names in row), row


def test_what_nothing_shows_is_akin_to_what_is_shown() -> None:
    sights = parse_sights("ostrich\t9\t\nruminant\t345-355\tcow\n", "ruminant\twapiti/red deer\n")
    kind = sights.akin("wapitis")
    assert kind is not None
    assert kind.name == "ruminant"
    assert sights.akin("ostrich") is None


def test_a_query_for_what_nothing_shows_hints_at_its_kin() -> None:
    assert [kind.name for kind in asked("a rhea").reading.akin.values()] == []
    assert [kind.name for kind in asked("a wapiti").reading.akin.values()] == ["ruminant"]
    assert {kind.name for kind in asked("a guinea fowl").reading.akin.values()} == {"gallinacean"}
    # Words of another language are no English nouns, whatever they look like.
    assert not asked("zwei alte Boxen mit Kisten").reading.akin


def test_every_noun_leads_to_one_that_is_shown() -> None:
    sights = default_sights()
    assert set(sights.wider.values()) <= set(sights.every)
    assert not set(sights.wider) & set(sights.every)
