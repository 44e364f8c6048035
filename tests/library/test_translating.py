"""Glossary, memory and checks of translations."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.embedder import WordEmbedder
from tools.adapters.translation_memory import SentenceFile
from tools.core.errors import Fixable
from tools.core.repurposing.checks import losses
from tools.core.repurposing.glossary import parse_glossary
from tools.core.repurposing.passages import CHUNK, Engine, Passages
from tools.core.repurposing.straying import strayed

GLOSSARY = """
names = ["Trail 750"]
[terms.pt]
"product sheet" = "ficha técnica"
"lid" = "tampa"
[sentences.pt]
"Keep it cold." = "Conservar no frio."
"""


class Counting:
    """An engine that knows a few words and counts what it is asked."""

    def __init__(self, words: dict[str, str]) -> None:
        self.asked: list[str] = []
        self.broken_after = 10_000
        self._words = words

    def __call__(self, texts: Sequence[str]) -> list[str]:
        if len(self.asked) + len(texts) > self.broken_after:
            raise Fixable("The engine broke off.")
        self.asked += texts
        return [self._said(text) for text in texts]

    def _said(self, text: str) -> str:
        for one, other in self._words.items():
            text = text.replace(one, other)
        return text


def passages(engine: Counting, path: Path, glossary: str = "", told=lambda *_: None) -> Passages:
    asked = Engine("words 1", "en", "pt", engine)
    return Passages(asked, SentenceFile(path / "kept.db"), parse_glossary(glossary), told)


def test_a_sentence_is_translated_once_also_by_the_next_document(tmp_path) -> None:
    engine = Counting({"red": "vermelho"})
    first, again = passages(engine, tmp_path), passages(engine, tmp_path)
    assert first(["red", "red", "750"]) == ["vermelho", "vermelho", "750"]
    assert again(["red"]) == ["vermelho"]
    assert engine.asked == ["red"]
    other = SentenceFile(tmp_path / "kept.db")
    assert other.recall(["red"], "words 2", "en", "pt") == {}
    assert other.recall(["red"], "words 1", "en", "de") == {}
    other.forget()
    assert other.recall(["red"], "words 1", "en", "pt") == {}
    assert b"vermelho" not in (tmp_path / "kept.db").read_bytes()


def test_a_run_that_broke_off_goes_on_where_it_was(tmp_path) -> None:
    engine = Counting({})
    engine.broken_after = 2 * CHUNK
    texts = [f"sentence {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(3 * CHUNK)]
    heard: list[tuple[int, int]] = []
    with pytest.raises(Fixable, match="broke off"):
        passages(engine, tmp_path, told=lambda *said: heard.append(said))(texts)
    assert heard == [(CHUNK, 3 * CHUNK), (2 * CHUNK, 3 * CHUNK)]
    engine.broken_after = 10_000
    assert passages(engine, tmp_path)(texts) == texts
    assert engine.asked == texts


def test_the_glossary_is_put_where_the_engine_has_its_own_word(tmp_path) -> None:
    engine = Counting({"product sheet": "folha de produto", "Trail": "Trilha", "The": "A"})
    made = passages(engine, tmp_path, GLOSSARY)
    (said,) = made(["The product sheet of the Trail 750"])
    assert said == "A ficha técnica of the Trail 750"


def test_the_glossary_goes_into_the_source_where_no_word_stands(tmp_path) -> None:
    class Moody(Counting):
        def _said(self, text: str) -> str:
            return text.replace("shut the lid", "feche a cobertura").replace("lid", "pálpebra")

    (said,) = passages(Moody({}), tmp_path, GLOSSARY)(["shut the lid"])
    assert said == "shut the tampa"


def test_a_sentence_put_right_by_hand_wins(tmp_path) -> None:
    engine = Counting({})
    assert passages(engine, tmp_path, GLOSSARY)(["Keep it cold."]) == ["Conservar no frio."]
    assert engine.asked == []


def test_terms_are_whole_words_and_names_keep_their_case() -> None:
    glossary = parse_glossary(GLOSSARY)
    assert glossary.required("The Lid and the trail 750", "pt-BR") == {"lid": "tampa"}
    assert glossary.required("a solid lid", "de") == {}
    assert glossary.missing("Trail 750", "trilha 750", "de") == {"Trail 750": "Trail 750"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("names = 3", "names is not known"),
        ("word = 'x'", "word is not known"),
        ("[terms.pt]\nlid = 3", "terms.pt"),
        ("[terms.klingon]\nlid = 'x'", "No language"),
        ("names = [", "cannot be read"),
    ],
)
def test_a_wrong_glossary_says_where(text: str, says: str) -> None:
    with pytest.raises(Fixable, match=says):
        parse_glossary(text)


@pytest.mark.parametrize(
    ("source", "target", "what"),
    [
        ("It holds 2 kg", "Leva 2 mg", "a unit changed"),
        ("on 12 March 2026", "a 12 de maio de 2026", "a date changed"),
        ("© Nordvale Ltd", "Nordvale", "a legal line changed"),
        ("Dear {name}", "Caro {nome}", "a placeholder changed"),
        ("50 % off", "50 € de desconto", "a unit changed"),
    ],
)
def test_what_a_translation_must_keep_is_checked(source: str, target: str, what: str) -> None:
    assert [loss.what for loss in losses([source], [target])] == [what]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("on 12 March 2026", "am 12. März 2026"),
        ("March 3, 2026", "3 de março de 2026"),
        ("2 kg, 50% off", "2kg, 50 % de desconto"),
        ("You may take 3 of 5", "Pode levar 3 de 5"),
    ],
)
def test_what_is_only_written_otherwise_is_no_loss(source: str, target: str) -> None:
    assert losses([source], [target]) == []


def test_what_reads_otherwise_on_its_way_back_is_told() -> None:
    memory = {
        "The bottle keeps water cold": "A garrafa mantém a água fria",
        "The lid is made of dark wood": "O gato dorme",
    }
    way = {
        "A garrafa mantém a água fria": "The bottle keeps water cold",
        "O gato dorme": "Cats sleep all afternoon",
    }
    found = strayed(memory, lambda texts: [way[t] for t in texts], WordEmbedder())
    assert [loss.source for loss in found] == ["The lid is made of dark wood"]
    assert strayed(memory, lambda _: [], WordEmbedder()) == []
