"""Tags, collections, titles, search words and the language of a request."""

import pytest

from agent.brains.naming import TagChange, collection, tag_change, title
from agent.brains.things import blanked, named_thing
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
