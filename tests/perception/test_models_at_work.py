"""The real models on real pictures; needs the small model files."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from agent.bootstrap import vocabularies
from tools.adapters.fixed_texts import comes_along
from tools.adapters.model_store.manifest import read_manifest
from tools.adapters.model_store.store import ModelFolder
from tools.adapters.ocr import RapidReader
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.translator import PairTranslator
from tools.adapters.vision import VisionModels
from tools.core.errors import Fixable

pytestmark = [
    pytest.mark.perception,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def vision(models):
    return VisionModels(ModelFolder(models, read_manifest(), []))


def photo(samples: Path, name: str) -> Image.Image:
    with Image.open(samples / "photos" / name) as picture:
        return picture.convert("RGB")


def test_labels_objects_and_faces_are_seen_where_they_are(vision, samples):
    dogs = vision.look(photo(samples, "IMG_2078.jpg"))
    assert "dog" in {seen.name for seen in dogs.objects}
    astronaut = vision.look(photo(samples, "IMG_2127.png"))
    assert len(astronaut.faces) == 1
    face = astronaut.faces[0].box
    assert face is not None
    assert 0.2 < (face.left + face.right) / 2 < 0.7
    assert "person" in {seen.name for seen in astronaut.objects}
    cat = vision.look(photo(samples, "IMG_2015.png"))
    assert cat.faces == ()
    assert {index for index, _ in cat.class_probabilities[:3]} & {281, 282, 285}
    assert len(vision.label_names) == 1000
    assert cat.models


def test_drawings_that_a_picture_looks_like_are_named(vision, samples):
    drawn = Image.new("RGB", (300, 300), "white")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((20, 20, 280, 280), fill=(255, 205, 40))
    for left in (90, 175):
        pen.ellipse((left, 95, left + 35, 145), fill=(90, 50, 10))
    pen.arc((80, 110, 220, 235), 20, 160, fill=(90, 50, 10), width=14)
    alike = vision.look(drawn).likenesses
    assert len(alike) == 5
    assert list(alike) == sorted(alike, key=lambda pair: -pair[1])
    names = [vision.likeness_names[index] for index, _ in alike]
    assert sum("face" in name or "smil" in name for name in names) >= 3, names


def test_what_pictures_are_named_by_comes_along_embedded(vision):
    for texts in vocabularies(vision):
        assert comes_along(E5Embedder().name, texts)


def test_ordinary_pictures_are_not_held_for_sensitive(vision, samples):
    names = ("IMG_2078.jpg", "IMG_2127.png", "IMG_2015.png", "IMG_2001.jpg", "IMG_2071.jpg")
    scores = [vision.look(photo(samples, name)).sensitive for name in names]
    assert all(score is not None and 0 < score < 0.2 for score in scores)
    assert len(set(scores)) == len(scores)


def test_a_flat_or_tiny_picture_shows_nothing(vision):
    for picture in (Image.new("RGB", (8, 8)), Image.new("RGBA", (400, 300), (9, 90, 200, 0))):
        seen = vision.look(picture)
        assert seen.faces == ()
        assert seen.objects == ()


def test_a_missing_model_file_says_which_command_gets_it(tmp_path):
    vision = VisionModels(ModelFolder(tmp_path, read_manifest(), []))
    with pytest.raises(Fixable, match="dalm models fetch"):
        vision.look(Image.new("RGB", (64, 64)))


def test_text_is_read_in_reading_order():
    picture = Image.new("RGB", (900, 420), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(56)
    pen.text((40, 220), "HALF PRICE", font=font, fill="black")
    pen.text((40, 60), "SUMMER", font=font, fill="black")
    pen.text((480, 60), "SALE", font=font, fill="black")
    words = " ".join(region.text for region in RapidReader().read(picture))
    assert words.replace(" ", "") == "SUMMERSALEHALFPRICE"
    assert RapidReader().read(Image.new("RGB", (20, 20))) == ()


def test_near_texts_are_near_in_every_language():
    embedder = E5Embedder()
    queries = embedder.queries(["a dog on a balcony", "ein Hund auf einem Balkon", "tax return"])
    assert queries.shape == (3, embedder.dimensions)
    passage = embedder.passages(["two dogs look from a balcony"])[0]
    scores = queries @ passage
    assert scores[0] > scores[2]
    assert scores[1] > scores[2]
    assert embedder.queries([]).shape == (0, embedder.dimensions)
    assert embedder.queries(["", "\0", "x" * 100_000]).shape == (3, embedder.dimensions)


def test_english_and_portuguese_are_translated_and_nothing_else():
    translator = PairTranslator()
    (text,) = translator.translate(["  The bottle keeps drinks cold.\n\n29.90"], "en", "pt-BR")
    assert "garrafa" in text.lower()
    assert text.startswith("  ")
    assert text.endswith("\n\n29.90")
    assert translator.name("en", "de") is None
    with pytest.raises(Fixable, match="from en to de"):
        translator.translate(["x"], "en", "de")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bottle keeps drinks cold for a whole day", "en"),
        ("Die Flasche hält Getränke einen ganzen Tag kalt", "de"),
        ("A garrafa mantém as bebidas frias durante o dia todo", "pt"),
        ("La botella mantiene frías las bebidas todo el día", "es"),
        ("このボトルは飲み物を一日中冷たく保ちます", "ja"),
        ("ok", "en"),
    ],
)
def test_the_language_of_a_text_is_told(text, language):
    assert PairTranslator().detect(text) == language


def test_a_language_comes_with_how_sure_it_is_and_by_what():
    translator = PairTranslator()
    sure = translator.identify("Die Flasche hält Getränke einen ganzen Tag kalt")
    unsure = translator.identify("Artikel 4711 Farbe rot Gr. 38")
    assert sure.sure > 0.95 > 0.5 > unsure.sure
    assert sure.by.startswith("py3langid-")
    assert translator.identify("ok").language == ""
