"""Tags, collections, titles, search words and the language of a request."""

import pytest

from agent.brains.naming import TagChange, collection, described, tag_change, title
from agent.brains.things import blanked, excepted, named_thing
from agent.brains.words import content, language_of


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("tag all of these with spring-campaign", TagChange(("spring-campaign",))),
        ("can you tag it with dog, beach and sea please", TagChange(("dog", "beach", "sea"))),
        ("gib dem zweiten das Schlagwort Sommer", TagChange(("Sommer",))),
        ("ajoute le tag promo à l'affiche", TagChange(("promo",))),
        ("pon la etiqueta promo al cartel", TagChange(("promo",))),
        ("aggiungi i tag cane e mare alla prima", TagChange(("cane", "mare"))),
        ("adiciona as tags cão e mar à primeira", TagChange(("cão", "mar"))),
        ("label deze allemaal met campagne24", TagChange(("campagne24",))),
        ("2番目に「自転車」タグを付けて", TagChange(("自転車",))),
        ("remove the tag red from number 3", TagChange((), ("red",))),
        ("haal het trefwoord rood weg bij de derde", TagChange((), ("rood",))),
        ("犬の写真から「夏」タグを外して", TagChange((), ("夏",))),
        ("replace the tag draft by recipe", TagChange(("recipe",), ("draft",))),
        ("show me dogs", TagChange()),
    ],
)
def test_tags(text, change):
    assert tag_change(text) == change


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("put these in the spring collection", "spring"),
        ("leg das Video in die Sammlung Küche", "Küche"),
        ("mets l'affiche dans la collection Promos", "Promos"),
        ("これらを「春」コレクションに入れて", "春"),
        ("make a moodboard called Freedom from these", "Freedom"),
        ("show me dogs", None),
    ],
)
def test_collections(text, name):
    assert collection(text) == name


def test_titles():
    assert title("rename the dog photo to Rex at the sea") == "Rex at the sea"
    assert title('set the title to "Summer"') == "Summer"
    assert title("write an alt text for the second one") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("show me animals", "animals"),
        ("could you please find pictures of a red car?", "red car"),
        ("zeig mir Fotos von Hunden im Schnee", "Hunden im Schnee"),
        ("montre-moi des photos de neige", "neige"),
        ("busca fotos de la playa", "playa"),
        ("夏の海の写真を見せて", "夏の海"),
        ("dogs", "dogs"),
        ("show me", "show me"),
    ],
)
def test_search_words(text, words):
    assert content(text) == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("show me animals", "en"),
        ("zeig mir die Hunde", "de"),
        ("montre-moi les chiens", "fr"),
        ("muéstrame los perros por favor", "es"),
        ("mostra-me as fotos do cão", "pt"),
        ("mostrami le foto della montagna", "it"),
        ("laat me de honden zien", "nl"),
        ("犬を見せて", "ja"),
        ("xyz", "en"),
    ],
)
def test_language(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("translate the product sheet into |||||", "product sheet"),
        ("lösche das hundefoto", "hunde"),
        ("publish the story to the |||||||", "story"),
        ("delete it", ""),
        ("delete the picture", ""),
    ],
)
def test_the_words_that_name_an_asset(text, thing):
    assert named_thing(blanked(text, ())).name == thing


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("that's not a goat, it's a sheep. fix the tag", ("sheep",), ("goat",)),
        ("das ist kein Esel, das ist ein Pferd, Schlagwort korrigieren", ("Pferd",), ("Esel",)),
        ("これは桜じゃなくて梅だよ。タグ直して", ("梅",), ("桜",)),
        ("togli il tag estate e metti autunno", ("autunno",), ("estate",)),
        ("wrongly labelled as ferrari, should be porsche", ("porsche",), ("ferrari",)),
        ("statt „Motorrad“ lieber „Fahrrad“ als Schlagwort", ("Fahrrad",), ("Motorrad",)),
        ("ajoute recette et fait-maison à la vidéo", ("recette", "fait-maison"), ()),
        ("haal het trefwoord winter toch weg bij de eland", (), ("winter",)),
        ("all packshots need the tag ecommerce", ("ecommerce",), ()),
    ],
)
def test_tags_corrected_exchanged_and_strewn_with_small_words(text, add, remove):
    assert (tag_change(text).add, tag_change(text).remove) == (add, remove)


def test_several_fields_at_once():
    text = 'title "Retail 2026" and description "Price list, valid from January"'
    found = {"title": "Retail 2026", "description": "Price list, valid from January"}
    assert described(text) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("put the rocket and the astronaut in", "rocket; astronaut"),
        ("mete el martillo y la llave inglesa en", "martillo; llave inglesa"),
        ("prendi la foto del mulino", "mulino"),
        ("the dogs should go in, not the cat", "dogs"),
    ],
)
def test_lists_kinds_and_exceptions_in_what_is_named(text, name):
    assert named_thing(blanked(text, ())).name == name


def test_what_is_left_out_is_told_apart():
    assert excepted("all of them except the cat go in") == "except the cat"
    assert excepted("put both in, leave the original out") == "leave the original out"
    assert excepted("all of them go in") == ""
