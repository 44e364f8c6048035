"""Deciding what a request wants: a tool with its arguments, or a sentence."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.brains.arguments import Earlier, Filled, Filler
from agent.brains.choosing import Choice, Chooser
from agent.brains.features import cues
from agent.brains.grammars import arguments_grammar
from agent.brains.intents import GATED, READS_INSTEAD
from agent.brains.lexicon import fold, pattern
from agent.brains.screens import Screen
from agent.brains.words import language_of
from prompts import library
from tools.core.errors import Fixable

SURE = 0.75
SURE_WITHOUT_MODEL = 0.6
LONGEST = 72
MOST_WORDS_FOLLOWING = 7


@dataclass(frozen=True, slots=True)
class Decision:
    """A call of a tool, or with no tool a sentence; `topic` is set when the model may word it."""

    tool: str | None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    sentence: str = ""
    topic: str = ""
    language: str = "en"
    chosen: str = ""
    probability: float = 1.0
    by_model: bool = True


class Decider:
    """Decides on single requests."""

    def __init__(self, *, chooser: Chooser, filler: Filler) -> None:
        self._chooser = chooser
        self._filler = filler

    @property
    def warm(self) -> bool:
        """Tell whether the model takes part."""
        return self._chooser.warm

    def decide(self, request: str, screen: Screen, earlier: Earlier | None = None) -> Decision:
        """Give what to do about a request in front of a screen."""
        language = language_of(request)
        if not request.strip():
            return Decision(None, sentence=_say("greeting", language), language=language)
        choice = self._chooser.choose(request)
        tool = choice.tool
        if earlier and _follows(request):
            tool = earlier.tool
        elif tool in READS_INSTEAD and cues()["asks"].match(fold(request).lstrip("¿ ")):
            tool = READS_INSTEAD[tool]
        elif tool in GATED and not _sure(choice):
            return self._spoken("unsure", choice, language)
        if tool == "reply":
            topic = self._chooser.topic(choice, request)
            return self._spoken(topic, choice, language, topic=topic)
        filled = self._filled(tool, request, screen, earlier)
        if filled.ask:
            return self._asked(filled, choice, language)
        return Decision(
            tool,
            filled.arguments,
            language=language,
            chosen=tool,
            probability=choice.probability,
            by_model=choice.by_model,
        )

    def _filled(self, tool: str, request: str, screen: Screen, earlier: Earlier | None) -> Filled:
        filled = self._filler.fill(
            tool, request, screen, earlier, self._copy if self._chooser.warm else None
        )
        inherits = earlier and earlier.tool == tool and _follows(request)
        if inherits and filled.ask not in {None, "which_asset", "which_one"}:
            assert earlier is not None
            kept = {k: v for k, v in earlier.arguments.items() if k not in _ASSETS}
            return self._filler.join(tool, request, screen, kept)
        return filled

    def _copy(self, tool: str, request: str, names: Sequence[str]) -> Mapping[str, Any]:
        text = self._chooser.continued(request, tool, arguments_grammar(tool, names), LONGEST)
        try:
            told = json.loads(text)
        except json.JSONDecodeError:
            return {}
        return told if isinstance(told, dict) else {}

    def _asked(self, filled: Filled, choice: Choice, language: str) -> Decision:
        assert filled.ask is not None
        names = ", ".join(f"“{card.title or card.file or card.id}”" for card in filled.candidates)
        asked = self._spoken(filled.ask, choice, language)
        return Decision(
            None,
            sentence=asked.sentence.replace("${candidates}", names),
            language=language,
            chosen=choice.tool,
            probability=choice.probability,
            by_model=choice.by_model,
        )

    def _spoken(self, key: str, choice: Choice, language: str, topic: str = "") -> Decision:
        sentence = _say(key, language)
        if key == "unsure" and not choice.by_model:
            sentence = f"{_say('loading', language)} {sentence}"
        return Decision(
            None,
            sentence=sentence,
            topic=topic,
            language=language,
            chosen=choice.tool,
            probability=choice.probability,
            by_model=choice.by_model,
        )


_ASKED_BACK = ("where", "targets", "language", "tags", "collection", "name", "which_asset")
_ASSETS = frozenset({"asset_id", "asset_ids", "query"})


def _say(key: str, language: str) -> str:
    try:
        return library.wording(language)[key]
    except KeyError as error:
        raise Fixable(f"There is no wording '{key}' in '{language}'.") from error


def is_question(text: str) -> bool:
    """Tell whether a sentence is one by which this brain asks for something missing."""
    return any(
        text.strip() == library.wording(language)[key]
        for language in library.languages()
        for key in _ASKED_BACK
    )


def _sure(choice: Choice) -> bool:
    return choice.probability >= (SURE if choice.by_model else SURE_WITHOUT_MODEL)


def _follows(request: str) -> bool:
    """Tell whether a request only makes sense after the one before: "and the third one?"."""
    low = fold(request).strip()
    words = re.findall(r"\w+", low)
    if pattern("following", "same").search(low):
        return len(words) <= MOST_WORDS_FOLLOWING
    return bool(pattern("following", "and").match(low)) and len(words) <= MOST_WORDS_FOLLOWING
