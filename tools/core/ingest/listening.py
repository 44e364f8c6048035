"""Listening to a recording window by window, so that its length costs time and no memory."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.core.assets import Field
from tools.core.errors import Fixable
from tools.core.ingest.grounds import Grounds, begun, grounded
from tools.core.ingest.notes import Note, waiting
from tools.core.perception import Heard, Spoken
from tools.core.ports import SoundPart, SoundReader, Speech

WINDOW = 300.0
LONGEST = 2 * 3600.0
# A line ends with its sentence, at a pause, at a comma when it is long enough to stand alone, or
# when it is as long as people read at a glance.
PAUSE, LONG_ENOUGH, LONGEST_LINE = 0.8, 40, 90
_BREATHS = (",", ";", ":", "，", "、")
_ENDS = (".", "?", "!", "…", "。", "？", "！")
# A language heard this surely is the one of the rest; short later windows are easily mistaken.
SURE = 0.8
TOO_LONG = f"Only the first {LONGEST / 3600:.0f} hours of its sound were listened to."
BROKEN_OFF = "Its sound is damaged further on and was listened to as far as it goes."


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said: lines in their order, the language as BCP 47 code ("" when nobody speaks).

    `sure` (of the words) and `language_sure` run from 0 to 1, `warning` says what was not listened
    to, `missing` why nothing was.
    """

    lines: tuple[Spoken, ...] = ()
    language: str = ""
    sure: float = 0.0
    warning: str = ""
    missing: str = ""
    language_sure: float = 0.0

    @property
    def text(self) -> str:
        """Give the lines, one under the other."""
        return "\n".join(line.text for line in self.lines)

    def notes(self, by: str) -> list[Note]:
        """Give what is kept of it; a recording that was listened to always has a transcript."""
        if self.missing:
            return [waiting(self.missing)]
        notes = [Note(Field.TRANSCRIPT, self.text, by, self.sure)]
        if self.warning:
            notes.append(Note(Field.WARNING, self.warning, "ingest"))
        if self.language:
            grounds = Grounds(Field.LANGUAGE, self.language, f"'{begun(self.text)}'")
            notes += grounded(grounds, by, self.language_sure)
        return notes


class Listening:
    """Writes down what is said in a recording, and when."""

    def __init__(self, *, sound: SoundReader, speech: Speech) -> None:
        self._sound = sound
        self._speech = speech

    @property
    def name(self) -> str:
        """Name the model and version that listens."""
        return self._speech.name

    @property
    def ready(self) -> bool:
        """Tell whether the model is there."""
        return self._speech.ready

    def transcript(self, path: Path) -> Transcript:
        """Write down what is said; nothing is where there is no sound.

        Raises Fixable when the sound cannot be decoded from its beginning.
        """
        first = self._sound.part(path, 0.0, WINDOW)
        so_far = _SoFar()
        try:
            self._listen(path, first, so_far)
        except Fixable as missing:
            return Transcript(missing=str(missing))
        return so_far.transcript()

    def _listen(self, path: Path, part: SoundPart, so_far: "_SoFar") -> None:
        while part.pcm:
            so_far.add(self._speech.hear(part.pcm, so_far.language), part)
            if part.last:
                return
            if so_far.passed >= LONGEST:
                so_far.warning = TOO_LONG
                return
            part = self._following(path, so_far)

    def _following(self, path: Path, so_far: "_SoFar") -> SoundPart:
        try:
            return self._sound.part(path, so_far.passed, WINDOW)
        except Fixable:
            so_far.warning = BROKEN_OFF
            return SoundPart(b"", last=True)


class _SoFar:
    """What was heard up to `passed` seconds."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.language = ""
        self.warning = ""
        self._words: list[Spoken] = []
        self._languages: Counter[str] = Counter()
        self._sure: defaultdict[str, float] = defaultdict(float)

    def add(self, heard: Heard, part: SoundPart) -> None:
        """Add the words of the part that begins there."""
        if heard.words and heard.language_sure >= SURE:
            self.language = self.language or heard.language
        kept, passed = _whole(heard.words, part.seconds, last=part.last)
        start = self.passed
        self._words += [Spoken(start + w.start, start + w.end, w.text, w.score) for w in kept]
        self._languages[heard.language] += len(kept)
        self._sure[heard.language] += len(kept) * heard.language_sure
        self.passed += passed

    def transcript(self) -> Transcript:
        """Give it line by line."""
        if not self._words:
            return Transcript(warning=self.warning)
        language = self._languages.most_common(1)[0][0]
        sure = sum(word.score for word in self._words) / len(self._words)
        spoken = tuple(lines(self._words))
        heard = round(self._sure[language] / len(self._words), 4)
        return Transcript(spoken, language, sure, self.warning, language_sure=heard)


def lines(words: Sequence[Spoken]) -> Iterator[Spoken]:
    """Join words to lines; a word brings the space before it along, where its script has any."""
    line: list[Spoken] = []
    for word in words:
        if line and _ended(line, word):
            yield _joined(line)
            line = []
        line.append(word)
    if line:
        yield _joined(line)


def _ended(line: Sequence[Spoken], following: Spoken) -> bool:
    last = line[-1]
    written, length = last.text.rstrip(), sum(len(word.text) for word in line)
    return (
        written.endswith(_ENDS)
        or following.start - last.end >= PAUSE
        or length >= LONGEST_LINE
        or (length >= LONG_ENOUGH and written.endswith(_BREATHS))
    )


def _joined(line: Sequence[Spoken]) -> Spoken:
    text = " ".join("".join(word.text for word in line).split())
    sure = sum(word.score for word in line) / len(line)
    return Spoken(round(line[0].start, 2), round(line[-1].end, 2), text, sure)


def _whole(
    words: Sequence[Spoken], seconds: float, *, last: bool
) -> tuple[Sequence[Spoken], float]:
    """Leave a line that the window may have cut off to the next, and say where that begins."""
    spoken = list(lines(words))
    if last or len(spoken) < 2 or spoken[-1].start < seconds / 2:
        return words, seconds
    cut = spoken[-1].start
    return [word for word in words if round(word.start, 2) < cut], cut
