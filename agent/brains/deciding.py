"""Deciding what a request wants: a tool with its arguments, or a sentence."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.brains.arguments import Carried, Earlier, Filled, Filler
from agent.brains.choosing import Choice, Chooser
from agent.brains.features import cues
from agent.brains.grammars import arguments_grammar
from agent.brains.intents import GATED, READS_INSTEAD
from agent.brains.lexicon import fold, pattern
from agent.brains.screens import Screen
from agent.brains.standing import Asked
from agent.brains.steps import begins_with_action, drops_it, split
from agent.brains.words import language_of
from prompts import library
from tools.core.errors import Fixable

SURE = 0.85
SURE_WITHOUT_MODEL = 0.85
LONGEST = 72
MOST_WORDS_FOLLOWING = 7
MOST_WORDS_ANSWERING = 9
SURELY_TALK = 0.7
# Two of these in a row are one request in two clauses.
ONE_CALL = frozenset({"edit_image", "rewrite_text", "record_rights"})


@dataclass(frozen=True, slots=True)
class Decision:
    """A call of a tool, or with no tool a sentence; `topic` is set when the model may word it.

    `asked` names the question that the sentence puts, when it is one that can be answered.
    """

    tool: str | None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    sentence: str = ""
    topic: str = ""
    asked: str = ""
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

    def steps(self, request: str) -> tuple[str, ...]:
        """Cut a request that strings several together, as far as each part means something."""
        kept: list[str] = []
        tools: list[str] = []
        for part in split(request):
            tool, sure = self._chooser.probed(part)
            tool = tool if tool != "reply" or sure > SURELY_TALK else ""
            same = bool(tools) and tool == tools[-1] and tool in ONE_CALL
            if kept and (tool == "reply" or tools[-1] == "reply" or same):
                kept[-1] = f"{kept[-1]}, {part}"
                tools[-1] = tool if tools[-1] == "reply" else tools[-1]
            else:
                kept.append(part)
                tools.append(tool)
        return tuple(kept) if len(kept) > 1 else (request,)

    def decide(
        self,
        request: str,
        screen: Screen,
        earlier: Earlier | None = None,
        carried: Carried | None = None,
    ) -> Decision:
        """Give what to do about a request in front of a screen.

        `carried` is what the steps before left in hand, when the request is a later step.
        """
        language = language_of(request)
        if not request.strip():
            return Decision(None, sentence=_say("greeting", language), language=language)
        choice = self._chooser.choose(request)
        tool = choice.tool
        if earlier and not carried and _follows(request):
            tool = earlier.tool
        elif tool in READS_INSTEAD and cues()["asks"].match(fold(request).lstrip("¿ ")):
            tool = READS_INSTEAD[tool]
        elif tool in GATED and not _sure(choice):
            return self._spoken("unsure", choice, language)
        if tool == "reply":
            topic = self._chooser.topic(choice, request)
            return self._spoken(topic, choice, language, topic=topic)
        filled = self._filled(tool, request, screen, earlier, carried)
        if filled.ask:
            return self._asked(filled, choice, tool, language)
        return Decision(
            tool,
            filled.arguments,
            language=language,
            chosen=tool,
            probability=choice.probability,
            by_model=choice.by_model,
        )

    def answer(self, asked: Asked, said: str, screen: Screen) -> Decision | None:
        """Take what was said as the answer to an open question; None when it is a new request."""
        is_new = begins_with_action(said) or cues()["asks"].match(fold(said).lstrip("¿ "))
        if is_new or drops_it(said) or not 0 < len(said.split()) <= MOST_WORDS_ANSWERING:
            return None
        tool, sure = self._chooser.probed(said)
        if tool == "reply" and sure > SURELY_TALK:
            return None
        filled = self._completed(asked, said, screen)
        if filled is None or filled.ask:
            return None
        language = language_of(asked.step.text)
        return Decision(asked.tool, filled.arguments, language=language, chosen=asked.tool)

    def _completed(self, asked: Asked, said: str, screen: Screen) -> Filled | None:
        """Fill in a call with what was asked for; None when that was not said."""
        if not asked.key:
            given = {k: v for k, v in asked.arguments.items() if k not in _ASSETS}
            return self._filler.join(asked.tool, said, screen, given)
        pointed = asked.key in _ABOUT_ASSETS
        whole = asked.step.text if pointed else f"{asked.step.text} {said}"
        copy = self._copy if self._chooser.warm else None
        read = self._filler.read(asked.tool, whole, copy)
        if isinstance(read, str):
            return None
        return self._filler.join(asked.tool, said if pointed else asked.step.text, screen, read)

    def _filled(
        self,
        tool: str,
        request: str,
        screen: Screen,
        earlier: Earlier | None,
        carried: Carried | None,
    ) -> Filled:
        copy = self._copy if self._chooser.warm else None
        filled = self._filler.fill(tool, request, screen, earlier, copy, carried)
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

    def _asked(self, filled: Filled, choice: Choice, tool: str, language: str) -> Decision:
        assert filled.ask is not None
        names = ", ".join(f"“{card.title or card.file or card.id}”" for card in filled.candidates)
        asked = self._spoken(filled.ask, choice, language)
        return Decision(
            None,
            sentence=asked.sentence.replace("${candidates}", names),
            asked=filled.ask,
            language=language,
            chosen=tool,
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


_ABOUT_ASSETS = frozenset({"which_asset", "which_one"})
_ASSETS = frozenset({"asset_id", "asset_ids", "query"})


def _say(key: str, language: str) -> str:
    try:
        return library.wording(language)[key]
    except KeyError as error:
        raise Fixable(f"There is no wording '{key}' in '{language}'.") from error


def _sure(choice: Choice) -> bool:
    return choice.probability >= (SURE if choice.by_model else SURE_WITHOUT_MODEL)


def _follows(request: str) -> bool:
    """Tell whether a request only makes sense after the one before: "and the third one?"."""
    low = fold(request).strip()
    words = re.findall(r"\w+", low)
    if pattern("following", "same").search(low):
        return len(words) <= MOST_WORDS_FOLLOWING
    return bool(pattern("following", "and").match(low)) and len(words) <= MOST_WORDS_FOLLOWING
