"""Models that answer by simple rules, so that every test can tell what they saw."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from PIL import Image

from tools.core.errors import Fixable
from tools.core.perception import Box, Heard, Manner, Seen, Sighting, Spoken, TextRegion, Tongue

SEEN = {
    (255, 0, 0): ("golden retriever", "dog", 207),
    (0, 0, 255): ("airship", "airplane", 405),
    (0, 128, 0): ("broccoli", "broccoli", 937),
}


NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class RuleVision:
    """Implements ports.Vision: the colour of the first pixel says what is in the picture."""

    def __init__(self) -> None:
        self.missing = False
        self.looks = 0
        self.sensitive: float | None = None
        names = ["tench", *(f"class {index}" for index in range(1, 1000))]
        for label, _, index in SEEN.values():
            names[index] = label
        self._names = tuple(names)

    feature_space = "rule-looks-6"
    feature_length = 6
    likeness_names: tuple[str, ...] = ()
    ordinary_features = np.full(6, 0.2, dtype=np.float32)

    def features(self, pictures: Sequence[Image.Image]) -> np.ndarray:
        """Colours of the left and the right half."""
        if self.missing:
            raise Fixable("The model 'labels' is missing. Fetch it with `dalm models fetch`.")
        halves = [one.convert("RGB").resize((2, 1), Image.Resampling.BOX) for one in pictures]
        found = [[*half.getpixel((0, 0)), *half.getpixel((1, 0))] for half in halves]
        return np.array(found, dtype=np.float32).reshape(len(found), 6) + 1.0

    @property
    def label_names(self) -> tuple[str, ...]:
        return self._names

    def look(self, picture: Image.Image) -> Sighting:
        if self.missing:
            raise Fixable("The model 'labels' is missing. Fetch it with `dalm models fetch`.")
        self.looks += 1
        pixel = picture.convert("RGB").getpixel((0, 0))
        near = min(
            SEEN, key=lambda colour: sum(abs(a - b) for a, b in zip(colour, pixel, strict=True))
        )
        label, thing, index = SEEN[near]
        box = Box(0.6, 0.2, 0.9, 0.9)
        faces = (Seen("face", 0.9, Box(0.65, 0.2, 0.75, 0.4)),) if thing == "dog" else ()
        return Sighting(
            (Seen(label, 0.8),),
            (Seen(thing, 0.9, box),),
            faces,
            ((index, 0.8), (index + 1, 0.1)),
            ("rules 1",),
            self.features([picture])[0],
            self.sensitive,
        )


class RuleReader:
    """Implements ports.TextReader: blue pictures say something."""

    name = "reader 1"

    def read(self, picture: Image.Image) -> tuple[TextRegion, ...]:
        red, _, blue = picture.convert("RGB").getpixel((0, 0))
        if blue < 200 or red > 60:
            return ()
        return (TextRegion("Summer Sale", 0.95, Box(0.1, 0.1, 0.4, 0.2)),)


class ToneSpeech:
    """Implements ports.Speech: every second of sound that is not silent says its own number."""

    name = "tones 1"

    def __init__(self) -> None:
        self.ready = True

    def hear(self, pcm: bytes, language: str = "") -> Heard:
        if not self.ready:
            raise Fixable("The model 'speech' is missing. Fetch it with `dalm models fetch`.")
        samples = np.frombuffer(pcm, np.int16)
        loud = [
            number
            for number, start in enumerate(range(0, len(samples), 16_000))
            if np.abs(samples[start : start + 16_000].astype(int)).max() > 500
        ]
        words = [
            word
            for number in loud
            for word in (
                Spoken(number, number + 0.4, " second", 0.9),
                Spoken(number + 0.4, number + 0.9, f" {NUMBERS[number % len(NUMBERS)]}.", 0.9),
            )
        ]
        return Heard(tuple(words), "en", 0.9)


class WordEmbedder:
    """Implements ports.TextEmbedder: texts are near when they share the beginnings of words."""

    name = "words-509"
    dimensions = 509

    def __init__(self) -> None:
        self.missing = False

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        if self.missing:
            raise Fixable("The model 'text' is missing. Fetch it with `dalm models fetch`.")
        return self._embed(texts)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.full((len(texts), self.dimensions), 0.05, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                place = hashlib.sha256(word[:5].encode()).digest()
                row[int.from_bytes(place[:4]) % self.dimensions] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class UpperTranslator:
    """Implements ports.Translator: English into Portuguese is upper case."""

    def name(self, source: str, target: str) -> str | None:
        return "upper 1" if (source, target) == ("en", "pt") else None

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        return [text.upper() for text in texts]

    def detect(self, text: str) -> str:
        letters = [letter for letter in text if letter.isalpha()]
        return "pt" if sum(letter.isupper() for letter in letters) * 2 > len(letters) else "en"

    def identify(self, text: str) -> Tongue:
        return Tongue(self.detect(text), 0.5 if "lorem" in text.lower() else 0.99, "upper 1")


class RuleTones:
    """Implements ports.Tones: "awful" is surely negative, "meh" perhaps, "hereby" is formal."""

    name = "tones 1"
    languages = frozenset({"en"})

    def read(self, sentences: Sequence[str]) -> list[Manner]:
        return [self._manner(sentence.lower()) for sentence in sentences]

    def _manner(self, text: str) -> Manner:
        bad = 0.9 if "awful" in text else 0.28 if "meh" in text else 0.05
        good = 0.18 if "meh" in text else 0.05
        formal = 0.9 if "hereby" in text else 0.02
        return Manner(
            {"negative": bad, "neutral": 1 - bad - good, "positive": good},
            {"formal": formal, "urgent": 0.01, "plain": 0.99 - formal},
        )


class LowerWriter:
    """Implements ports.Writer: any pair is lower case, and every digit is lost."""

    name = "lower 1"

    def __init__(self, *, available: bool = True) -> None:
        self.available = available

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        return [re.sub(r"\d", "", text.lower()) for text in texts]
