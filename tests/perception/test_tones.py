"""How texts read is told in eight languages, with the sentences that decided, or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.library.models import RuleTones
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.tones.bank import BankTones, worked
from tools.core.assets import Field
from tools.core.ingest.grounds import Grounds
from tools.core.ingest.manner import manner, sentences
from tools.core.ports import Tones

HELD = worked(Path(__file__).parent / "held_sentences.tsv")


def _likeliest(of: Mapping[str, float]) -> str:
    return max(of, key=lambda name: of[name])


@pytest.fixture(scope="module")
def tones() -> BankTones:
    return BankTones(E5Embedder())


def test_sentences_that_were_not_learned_from_are_told(tones: BankTones) -> None:
    assert {one.language for one in HELD} == tones.languages
    assert not {one.text for one in HELD} & {one.text for one in worked()}
    read = tones.read([one.text for one in HELD])
    pairs = list(zip(HELD, read, strict=True))
    tone = [_likeliest(m.tone) == one.tone for one, m in pairs]
    felt = [_likeliest(m.sentiment) == one.sentiment for one, m in pairs if one.sentiment != "-"]
    assert (sum(tone), len(tone)) >= (67, 72)
    assert (sum(felt), len(felt)) >= (51, 56)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "It arrived two weeks late, the frame was scratched and one pedal was missing. "
               "I have called four times and nobody could help me. The man was rude and hung up.",
         {Field.SENTIMENT: "negative"}),
        ("de", "Was für ein wunderbarer Aufenthalt! Das Zimmer war hell und sauber, das Frühstück\n"
               "ausgezeichnet. Die Gastgeber waren unglaublich herzlich und hilfsbereit.",
         {Field.SENTIMENT: "positive"}),
        ("es", "El Licenciante concede al Licenciatario una licencia no exclusiva para reproducir "
               "las fotografías. El Licenciatario no podrá ceder los derechos a terceros sin "
               "autorización previa y por escrito del Licenciante.",
         {Field.SENTIMENT: "neutral", Field.TONE: "formal"}),
    ],
)  # fmt: skip
def test_a_text_is_told_with_model_and_sentences(
    tones: BankTones, language: str, text: str, said: dict[Field, str]
) -> None:
    notes = manner(text, language, tones)
    assert {n.field: n.value for n in notes if n.field in said} == said
    assert {n.by for n in notes} == {tones.name}
    assert tones.name.endswith("on multilingual-e5-small-q4-0.3-384")
    grounds = {g.field: g.why for g in (Grounds.from_json(n.value) for n in notes
                                        if n.field is Field.GROUNDS)}  # fmt: skip
    assert all(grounds[field].count("'") >= 2 for field in said)


@pytest.mark.parametrize("which", [RuleTones, lambda: BankTones(E5Embedder())])
def test_every_reader_of_tones_gives_probabilities(which: Callable[[], Tones]) -> None:
    tones = which()
    assert "en" in tones.languages
    assert tones.name
    assert tones.read([]) == []
    read = tones.read(["This was awful and we are sad.", "It has four parts."])
    assert len(read) == 2
    for one in read:
        assert set(one.sentiment) == {"negative", "neutral", "positive"}
        assert {"plain", "formal", "urgent"} <= set(one.tone)
        assert sum(one.sentiment.values()) == pytest.approx(1)
        assert sum(one.tone.values()) == pytest.approx(1)


def test_a_language_it_was_not_taught_has_no_manner(tones: BankTones) -> None:
    text = "Leveransen var sen och maten var kall. Vi är mycket besvikna."
    assert manner(text, "sv", tones) == []
    assert manner("1234 5678 9.", "en", tones) == []


def test_sentences_go_on_over_broken_lines_and_end_at_list_marks() -> None:
    text = (
        "The quick brown fox\njumps over the dog. It sleeps well.\n- a first point here\n- another"
    )
    assert list(sentences(text)) == [
        "The quick brown fox jumps over the dog.",
        "It sleeps well.",
        "a first point here",
    ]
    assert list(sentences("納品が遅れました。とても残念です。")) == [
        "納品が遅れました。",
        "とても残念です。",
    ]
