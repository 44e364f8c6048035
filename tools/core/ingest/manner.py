"""How a text reads as a whole: its sentiment and its tone, with the sentences that decided."""

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from tools.core.assets import Field
from tools.core.ingest.grounds import AND, Grounds, begun, grounded
from tools.core.ingest.notes import Note
from tools.core.ports import Tones

NEUTRAL, PLAIN = "neutral", "plain"
# Sentences of one document that are looked at, spread over it.
MOST, LONGEST = 40, 300
SHORTEST, SHORTEST_EASTERN = 12, 5
QUOTED = 3
# From this share of its sentences on, what stands out is the manner of the whole.
MARKED = 0.5
_ENDS = re.compile(r"(?<=[.!?…])(?<!\b\w\.)\s+|(?<=[。！？])")
_PARAGRAPH = re.compile(r"\n\s*\n|\f|\n(?=\s*(?:[-*•#>|]|\d+[.)]\s))|(?<=[.!?…:。！？])\s*\n")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def manner(text: str, language: str, tones: Tones) -> list[Note]:
    """Note sentiment and tone of a text; nothing in a language that the model was not taught."""
    if language.partition("-")[0] not in tones.languages:
        return []
    chosen = _spread(list(sentences(text)))
    if not chosen:
        return []
    read = tones.read(chosen)
    notes = _whole(Field.SENTIMENT, NEUTRAL, chosen, [one.sentiment for one in read], tones.name)
    return notes + _whole(Field.TONE, PLAIN, chosen, [one.tone for one in read], tones.name)


def sentences(text: str) -> Iterator[str]:
    """Cut a text into sentences, also where lines were broken for the page."""
    for paragraph in _PARAGRAPH.split(text):
        whole = " ".join(paragraph.split()).lstrip("-*•#>| ")
        for sentence in _ENDS.split(whole):
            letters = sum(letter.isalpha() for letter in sentence)
            least = SHORTEST_EASTERN if _EASTERN.search(sentence) else SHORTEST
            if letters >= least:
                yield sentence.strip()[:LONGEST]


def _spread(every: Sequence[str]) -> list[str]:
    if len(every) <= MOST:
        return list(every)
    return [every[place * len(every) // MOST] for place in range(MOST)]


def _whole(
    field: Field, rest: str, texts: Sequence[str], each: Sequence[Mapping[str, float]], by: str
) -> list[Note]:
    """Note the value that stands out of the rest, or the rest itself where it has a meaning."""
    means = {name: fmean(one[name] for one in each) for name in each[0]}
    marked = {name: share for name, share in means.items() if name != rest}
    total = sum(marked.values())
    best = max(marked, key=lambda name: marked[name])
    sure = marked[best] / total * min(1.0, total / MARKED) if total else 0.0
    if rest == NEUTRAL and 1 - total > sure:
        best, sure = rest, 1 - total
    decided = sorted(range(len(texts)), key=lambda place: -each[place][best])[:QUOTED]
    why = AND.join(f"'{begun(texts[place])}' {each[place][best]:.2f}" for place in sorted(decided))
    return grounded(Grounds(field, best, why), by, round(sure, 4))
