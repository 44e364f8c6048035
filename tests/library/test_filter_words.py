"""Hard filters are read out of plain words in eight languages, and only hard filters are."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.core.criteria import Trait
from tools.core.errors import Fixable
from tools.core.search.filters.contradicting import contradiction
from tools.core.search.filters.reading import Reading, read_filters
from tools.core.search.query import LONGEST_QUERY, default_vocabulary

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
KNOWN = {
    Trait.TAG: {"spring", "spring campaign", "draft"},
    Trait.COLLECTION: {"spring 2027", "best of"},
    Trait.AUTHOR: {"jane doe", "ana"},
}


def names(trait: Trait, texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text.casefold() in KNOWN[trait]]


def read(query: str) -> Reading:
    return read_filters(query, NOW, default_vocabulary(), names)


def labels(query: str) -> list[str]:
    return [clause.label for clause in read(query).clauses]


@pytest.mark.parametrize(
    "query",
    [
        "photos without people",
        "images with no people",
        "beach, no people",
        "Bilder ohne Menschen",
        "Bilder, die keine Personen zeigen",
        "menschenleere Strände",
        "photos sans personnes",
        "fotos sin personas",
        "imágenes que no tienen personas",
        "fotos sem pessoas",
        "foto senza persone",
        "foto's zonder mensen",
        "人物なしの写真",
        "人がいない写真",
        "人が写っていない風景",
    ],
)
def test_no_people_in_every_language(query: str) -> None:
    assert labels(query) == ["no people"]


@pytest.mark.parametrize(
    "query",
    [
        "photos taken in 2024",
        "taken 2024",
        "photos from 2024",
        "photos 2024",
        "2024 aufgenommene Bilder",
        "Fotos aus dem Jahr 2024",
        "photos prises en 2024",
        "fotos tomadas en 2024",
        "fotos tiradas em 2024",
        "foto scattate nel 2024",
        "foto's genomen in 2024",
        "2024年に撮影した写真",
    ],
)
def test_a_year_taken_in_every_language(query: str) -> None:
    assert labels(query) == ["taken 2024"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("shot in May 2023", "taken May 2023"),
        ("im Mai 2023 aufgenommen", "taken May 2023"),
        ("taken on 3 May 2024", "taken 2024-05-03"),
        ("taken on May 3rd, 2024", "taken 2024-05-03"),
        ("am 3.5.2024 aufgenommen", "taken 2024-05-03"),
        ("tomadas el 3 de mayo de 2024", "taken 2024-05-03"),
        ("2024年5月3日に撮影", "taken 2024-05-03"),
        ("taken on 2024-05-03 UTC+9", "taken 2024-05-03 UTC+09:00"),
        ("taken before 2020", "taken before 2020-01-01"),
        ("taken since 3 May 2024", "taken since 2024-05-03"),
        ("taken after May 2024", "taken since 2024-06-01"),
        ("taken from 2020 on", "taken since 2020-01-01"),
        ("shot between March and May 2024", "taken from 2024-03-01 to 2024-05-31"),
        ("2020年から2022年までの写真", "taken from 2020-01-01 to 2022-12-31"),
        ("2024年5月以降の写真", "taken since 2024-05-01"),
        ("photos taken in March", "taken Mar 2026"),
        ("photos taken in December", "taken Dec 2025"),
        ("uploaded last week", "added from 2026-11-16 to 2026-11-22"),
        ("gestern hochgeladene Fotos", "added 2026-11-24"),
        ("added in the last 30 days", "added since 2026-10-26"),
        ("photos older than 2 years", "taken before 2024-11-25"),
        ("documents from 2024", "dated 2024"),
    ],
)
def test_dates(query: str, said: str) -> None:
    assert labels(query) == [said]


@pytest.mark.parametrize(
    "query",
    [
        "taken on 31 February 2024",
        "am 30.02.2024 aufgenommen",
        "taken on 2024-13-01",
        "2024年2月30日",
    ],
)
def test_dates_that_do_not_exist_are_refused_in_one_line(query: str) -> None:
    with pytest.raises(Fixable, match="There is no date") as refused:
        read(query)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mostly teal", "colour: mostly teal"),
        ("überwiegend blaue Bilder", "colour: mostly blue"),
        ("images principalement vertes", "colour: mostly green"),
        ("fotos principalmente azules", "colour: mostly blue"),
        ("prevalentemente rosso", "colour: mostly red"),
        ("voornamelijk groen", "colour: mostly green"),
        ("主に青い写真", "colour: mostly blue"),
        ("colour: red", "colour: red"),
        ("blue tones", "colour: blue"),
        ("videos longer than 30 seconds", "duration: over 30 s"),
        ("kürzer als 10 Sekunden", "duration: under 10 s"),
        ("30秒以上の動画", "duration: at least 30 s"),
        ("under a minute", "duration: under 1 min"),
        ("larger than 10 MB", "size: over 10 MB"),
        ("más de 2,5 MB", "size: over 2.5 MB"),
        ("at least 1920 pixels wide", "width: at least 1920 px"),
        ("over 12 megapixels", "pixels: over 12 megapixels"),
        ("more than 10 pages", "pages: over 10"),
        ("at least two people", "people: at least 2"),
        ("exactly 2 people", "people: 2"),
        ("2-4 people", "people: at least 2 and at most 4"),
        ("mindestens zwei Personen", "people: at least 2"),
        ("plus de 2 personnes", "people: over 2"),
        ("2人の写真", "people: 2"),
        ("tagged spring campaign", "tag: spring campaign"),
        ('tagged "old stuff"', "tag: old stuff"),
        ("tag:beach", "tag: beach"),
        ("#beach", "tag: beach"),
        ("mit dem Schlagwort Messe", "tag: messe"),
        ("タグが「夏」の画像", "tag: 夏"),
        ("untagged", "no tags"),
        ("not tagged draft", "not tag: draft"),
        ("in the collection Spring 2027", "collection: Spring 2027"),
        ("from the Best of collection", "collection: Best of"),
        ("was liegt in der Sammlung Messe?", "collection: Messe"),
        ("「夏」コレクションの中身", "collection: 夏"),
        ("photos by Jane Doe", "author: Jane Doe"),
        ("fotografiert von Ana", "author: Ana"),
        ("archived documents", "status: archived"),
        ("アーカイブ済みの文書", "status: archived"),
        ("documents in German", "language: de"),
        ("documents in German about prices", "language: de"),
        ("approved", "cleared"),
        ("approved images", "cleared"),
        ("published photos", "published"),
        ("auf Französisch", "language: fr"),
        ("images without alt text", "no alt text"),
        ("sin texto alternativo", "no alt text"),
        ("photos with copy space on the left", "free space: left"),
        ("landscape with free space right", "free space: right"),
        ("Bilder mit Platz für Text links", "free space: left"),
        ("photos avec espace libre à droite", "free space: right"),
        ("fotos con espacio para texto a la izquierda", "free space: left"),
        ("fotos com espaço livre à esquerda", "free space: left"),
        ("foto con spazio per il testo in alto", "free space: top"),
        ("foto's met ruimte voor tekst onder", "free space: bottom"),
        ("左に余白のある写真", "free space: left"),
        ("images with negative space", "with free space"),
        ("photos without free space", "no free space"),
        ("photos with sensitive content", "with sensitive content"),
        ("beach photos without nudity", "no sensitive content"),
        ("Bilder ohne Nacktheit", "no sensitive content"),
        ("images sans nudité", "no sensitive content"),
        ("fotos sin desnudos", "no sensitive content"),
        ("fotos sem nudez", "no sensitive content"),
        ("foto senza nudità", "no sensitive content"),
        ("foto's zonder naakt", "no sensitive content"),
        ("ヌードなしの写真", "no sensitive content"),
        ("documents with a negative tone", "sentiment: negative"),
        ("positive reviews", "sentiment: positive"),
        ("Dokumente mit negativem Ton", "sentiment: negative"),
        ("documents au ton négatif", "sentiment: negative"),
        ("documentos con tono negativo", "sentiment: negative"),
        ("documentos com tom positivo", "sentiment: positive"),
        ("documenti dal tono neutro", "sentiment: neutral"),
        ("documenten met een negatieve toon", "sentiment: negative"),
        ("否定的なトーンの文書", "sentiment: negative"),
        ("formal texts", "tone: formal"),
        ("letters that sound urgent", "tone: urgent"),
        ("förmliche Briefe", "tone: formal"),
        ("textes promotionnels", "tone: promotional"),
        ("textos formales", "tone: formal"),
        ("textos informais", "tone: informal"),
        ("testi informativi", "tone: informative"),
        ("dringende brieven", "tone: urgent"),
        ("フォーマルな文書", "tone: formal"),
        ("formal or urgent documents", "tone: formal or urgent"),
        ("documents that are not formal", "not tone: formal"),
        ("moody pictures", "mood: dark"),
        ("bright and airy", "mood: bright"),
        ("photos with a warm mood", "mood: warm"),
        ("vibrant images", "mood: vibrant"),
        ("pictures with muted colours", "mood: muted"),
        ("photos that are not dark", "not mood: dark"),
        ("düstere Bilder", "mood: dark"),
        ("Bilder mit ruhiger Stimmung", "mood: calm"),
        ("photos lumineuses", "mood: bright"),
        ("images aux couleurs vives", "mood: vibrant"),
        ("fotos luminosas", "mood: bright"),
        ("imágenes con colores vivos", "mood: vibrant"),
        ("fotos escuras", "mood: dark"),
        ("imagens com cores quentes", "mood: warm"),
        ("immagini drammatiche", "mood: dramatic"),
        ("foto con colori tenui", "mood: muted"),
        ("rustige foto's", "mood: calm"),
        ("kleurrijke beelden", "mood: vibrant"),
        ("暗い写真", "mood: dark"),
        ("鮮やかな色合いの画像", "mood: vibrant"),
        ("never used", "never used"),
        ("noch nie verwendet", "never used"),
        ("未使用の画像", "never used"),
        ("published on the website", "published on website"),
        ("originals only", "originals"),
        ("derived from a1234567890", "made from a1234567890"),
        ("cleared", "cleared"),
        ("cleared for Instagram in Brazil until March",
         "cleared for instagram in Brazil until 2027-03-31"),
        ("für Instagram in Brasilien freigegeben bis März",
         "cleared for instagram in Brazil until 2027-03-31"),
        ("ブラジルのインスタで3月まで使用可能な画像",
         "cleared for instagram in Brazil until 2027-03-31"),
        ("not cleared for Instagram", "not cleared for instagram"),
        ("rights unknown", "rights unknown"),
        ("not landscape", "not orientation: landscape"),
        ("no videos", "not type: video"),
        ("photos or videos", "type: image or video"),
        ("photos and videos", "type: image or video"),
        ("portrait or square", "orientation: portrait or square"),
        ("cars but not red", "not colour: red"),
        ("dogs without a leash", "without leash"),
        ("sky without clouds or birds", "without clouds and without birds"),
        ("no dogs", "without dogs"),
    ],
)  # fmt: skip
def test_conditions(query: str, said: str) -> None:
    assert labels(query) == [said]


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("formal texts", ""),
        ("formale Texte", ""),
        ("textes promotionnels", ""),
        ("formal letters", "letters"),
        ("documents with a negative tone about bicycles", "documents about bicycles"),
    ],
)
def test_only_a_word_for_any_text_goes_with_its_manner(query: str, rest: str) -> None:
    assert read(query).rest == rest


@pytest.mark.parametrize(
    "query",
    [
        "a formal dress",
        "casual clothes",
        "people in a formal setting",
        "neutral background",
        "informelles Treffen",
        "positive people",
        "urgent care clinic",
        "カジュアルな服",
        "dark chocolate",
        "bright room",
        "a calm lake",
        "warm clothes",
        "cold water",
        "colourful houses",
        "dunkles Bier",
        "cool photos",
        "dark hair in a photo",
        "photos of dark chocolate",
    ],
)
def test_what_is_pictured_is_no_manner_of_texts(query: str) -> None:
    assert labels(query) == []


@pytest.mark.parametrize(
    ("query", "rest", "said"),
    [
        ("dogs with no people, taken in 2024", "dogs", ["no people", "taken 2024"]),
        ("images without people or cars", "images", ["no people", "without cars"]),
        ("no people or text", "", ["no people", "no text in it"]),
        ("dogs without a leash on the beach", "dogs on the beach", ["without leash"]),
        ("tagged spring and not tagged draft", "", ["tag: spring", "not tag: draft"]),
        (
            "photos taken before 2020 or after 2023",
            "photos",
            ["taken before 2020-01-01 or taken since 2024-01-01"],
        ),
        ("files bigger than 2 MB but no videos", "files", ["size: over 2 MB", "not type: video"]),
        ("headshots from this year", "headshots", ["dated 2026"]),
    ],
)
def test_several_filters_and_what_is_left(query: str, rest: str, said: list[str]) -> None:
    assert read(query).rest == rest
    assert labels(query) == said


@pytest.mark.parametrize(
    "query",
    [
        "a red car",
        "teal banner",
        "people on a street",
        "portrait of an astronaut",
        "two dogs on a balcony",
        "30 percent off",
        "no smoking sign",
        "cão no parque",
        "gato no telhado",
        "noch mehr Hunde",
        "un barco en el mar",
        "rocks on Mars",
        "live music",
        "approved suppliers list",
        "usable space",
        "published books",
        "in English gardens",
        "brand guideline 2026",
        "camp under the stars",
        "wine and a drum in a living room",
        "may flowers",
        "1080x1350 banner",
        '"no people"',
        "bilderbuch ohnegleichen",
        "橋の画像",
    ],
)
def test_what_is_no_filter_is_left_to_the_search(query: str) -> None:
    assert labels(query) == []
    assert read(query).rest == query


LETTERS = st.text(st.characters(codec="utf-8"), max_size=80)
PIECES = st.sampled_from(
    ["no ", "without ", "people", "2024", "taken in ", "photos ", "or ", "and ", "mostly ", "teal ",
     "> 10 MB ", "tagged ", '"', "#", "(", "[a-z]*", "\\", "until March ", "cleared for ", "人",
     "なし", "31.02.", "in ", "not ", "\x00", "\u202e", "ß", "ﬁ", "から", "older than 3 years "]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(query=st.lists(LETTERS | PIECES, max_size=12).map("".join))
def test_any_text_is_read_or_refused_in_one_line(query: str) -> None:
    reading, refused = outcome(query[:LONGEST_QUERY])
    assert "\n" not in refused
    assert all(clause.label and "\n" not in clause.label for clause in reading.clauses)
    contradiction([clause.criterion for clause in reading.clauses])


def outcome(query: str) -> tuple[Reading, str]:
    try:
        return read(query), ""
    except Fixable as refused:
        return Reading("", ()), str(refused)


@pytest.mark.parametrize(
    "query",
    [
        "taken before 2020 and taken after 2022",
        "no people, at least 2 people",
        "tagged spring and not tagged spring",
        "untagged, tagged spring",
        "never used, published on the website",
        "archived but not archived",
        "longer than 2 minutes and under 30 seconds",
        "mostly teal, not colour: teal",
        "between 2 and 4 people, more than 5 people",
        "added since 2026 and added before 2025",
    ],
)
def test_filters_that_exclude_each_other_are_found(query: str) -> None:
    criteria = [clause.criterion for clause in read(query).clauses]
    assert len(contradiction(criteria)) == 2


@pytest.mark.parametrize(
    "query",
    [
        "tagged spring and not tagged draft",
        "taken after 2020 and before 2022",
        "photos or videos with no people, not landscape",
        "mostly teal and mostly red",
        "no people, taken in 2024, without alt text, never used",
        "taken before 2020 or after 2022, added since 2024",
    ],
)
def test_filters_that_can_be_met_are_let_through(query: str) -> None:
    assert contradiction([clause.criterion for clause in read(query).clauses]) == ()
