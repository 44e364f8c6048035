"""What is done to texts around the engines, without the engines."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from tools.adapters.ocr import RapidReader, _in_reading_order
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.translator import PairTranslator
from tools.core.errors import Fixable
from tools.core.perception import Box, TextRegion


class ShoutingEngine:
    """Translates by shouting, as the real engine one stripped, non-empty piece at a time."""

    def __init__(self):
        self.pieces = []

    def translate(self, text, direction):
        assert text.strip() == text
        assert text
        self.pieces.append(text)
        return text.upper()


@pytest.fixture
def engine():
    return ShoutingEngine()


@pytest.fixture
def translator(engine):
    translator = PairTranslator()
    translator._engine = engine
    return translator


def test_every_sentence_goes_to_the_engine_alone(translator, engine):
    text = "  Keeps cold. Fits every bike!\n\n\tIs it safe?  Yes.\n29.90\n"
    assert translator.translate([text, ""], "en", "pt") == [text.upper(), ""]
    assert engine.pieces == ["Keeps cold.", "Fits every bike!", "Is it safe?", "Yes."]


def test_a_shortened_word_does_not_end_a_sentence(translator, engine):
    translator.translate(["Dr. Smith paid approx. 29.90 for J. Doe. He left."], "en-GB", "pt-BR")
    assert engine.pieces == ["Dr. Smith paid approx. 29.90 for J. Doe.", "He left."]


def test_an_overlong_sentence_is_cut_and_nothing_of_it_is_lost(translator, engine):
    for text in ("a long list, " * 100, "word " * 200, "x" * 1000):
        assert translator.translate([text], "en", "pt") == [text.upper()]
    assert max(len(piece) for piece in engine.pieces) <= 300


def test_text_that_is_no_text_does_not_stop_the_engine(translator, engine):
    assert translator.translate(["caf\udce9\0bar"], "en", "pt") == ["CAF? BAR"]


def test_a_pair_that_is_not_served_is_told_before_anything_is_loaded():
    translator = PairTranslator()
    assert translator.name("pt-BR", "en-US")
    assert translator.name("en", "ja") is None
    with pytest.raises(Fixable, match="from en to ja"):
        translator.translate(["x"], "en", "ja")
    assert translator._engine is None


def test_the_embedder_is_given_only_what_it_can_read():
    class Engine:
        def query(self, texts):
            for text in texts:
                assert "\0" not in text
                assert text.encode("utf-8")
            return [[1.0] + [0.0] * 383] * len(texts)

    embedder = E5Embedder()
    embedder._model = Engine()
    texts = ["caf\udce9", "a\0b", "", "y" * 100_000] * 40
    assert embedder.queries(texts).shape == (160, 384)
    assert embedder.name.endswith(str(embedder.dimensions))


class FixedEngine:
    """Gives what the OCR engine would give for lines at these places, in pixels."""

    def __init__(self, *lines):
        self.txts = [text for text, _, _ in lines]
        self.scores = [score for _, score, _ in lines]
        self.boxes = [
            [(x, y), (x + 90, y), (x + 90, y + 20), (x, y + 20)] for _, _, (x, y) in lines
        ]

    def __call__(self, pixels):
        return self


def test_lines_come_with_how_sure_they_are_and_lone_signs_only_when_very_sure():
    engine = FixedEngine(
        ("SALE", 0.9, (0, 0)),
        ("maybe", 0.6, (0, 100)),
        ("noise", 0.4, (0, 150)),
        ("0", 0.8, (0, 200)),
        ("XL", 0.8, (300, 0)),
        ("7", 0.99, (390, 280)),
        ("  ", 0.99, (0, 50)),
    )
    reader = RapidReader(load=lambda: engine)
    regions = reader.read(Image.new("RGB", (400, 300)))
    assert [region.text for region in regions] == ["SALE", "XL", "maybe", "7"]
    assert [region.score for region in regions] == [0.9, 0.8, 0.6, 0.99]
    assert regions[3].box == Box(0.975, 0.9333, 1.0, 1.0)
    assert reader.read(Image.new("RGB", (300, 20))) == ()


def test_as_many_pictures_are_read_at_a_time_as_there_are_threads():
    both = threading.Barrier(2, timeout=30)

    class Waiting(FixedEngine):
        def __call__(self, pixels):
            both.wait()
            return self

    loaded = []

    def load():
        loaded.append(Waiting(("SALE", 0.9, (0, 0))))
        return loaded[-1]

    reader = RapidReader(threads=2, load=load)
    pictures = [Image.new("RGB", (400, 300))] * 4
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(reader.read, pictures))
    assert [region.text for regions in read for region in regions] == ["SALE"] * 4
    assert len(loaded) == 2
    reader.close()


def test_lines_that_slope_a_little_stay_lines():
    words = {"one": (0.1, 0.10), "two": (0.5, 0.12), "three": (0.0, 0.2), "four": (0.6, 0.19)}
    regions = [
        TextRegion(text, 1.0, Box(left, top, left + 0.3, top + 0.06))
        for text, (left, top) in reversed(words.items())
    ]
    assert [region.text for region in _in_reading_order(regions)] == list(words)
