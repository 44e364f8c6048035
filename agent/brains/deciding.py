"""Deciding what a request wants: a tool with its arguments, or a sentence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.brains import naming
from agent.brains.arguments import Filled, Filler
from agent.brains.choosing import Choice, Chooser
from agent.brains.earlier import Carried, Earlier
from agent.brains.features import cues
from agent.brains.following import follows, given_tags, only_filters, that_collection
from agent.brains.grammars import arguments_grammar
from agent.brains.intents import GATED, READS_INSTEAD, UNGATED
from agent.brains.lexicon import fold, pattern
from agent.brains.screens import Screen
from agent.brains.standing import Asked
from agent.brains.steps import begins_with_action, drops_it, split
from agent.brains.words import language_of
from prompts import library
from tools.core.errors import Fixable

SURE = 0.85
LONGEST = 72
MOST_WORDS_ANSWERING = 9
NAMED_CANDIDATES = 4
SURELY_TALK = 0.7
SURELY_MEANT = 0.6
# Whoever asks to see a collection or a tag does not want to change it.
CHANGING = frozenset({"collect_assets", "tag_assets"})
# Two of these in a row are one request in two clauses.
ONE_CALL = frozenset(
    {"edit_image", "rewrite_text", "record_rights", "get_asset", "check_rights", "library_report"}
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A call of a tool, or with no tool a sentence; `topic` is set when the model may word it.

    `asked` names the question that the sentence puts, and `candidates` the assets it is between.
    """

    tool: str | None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    sentence: str = ""
    topic: str = ""
    asked: str = ""
    candidates: tuple[str, ...] = ()
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
        parts = split(request, self._means)
        if len(parts) == 1:
            return parts
        kept: list[str] = []
        tools: list[str] = []
        for part in parts:
            tool, sure = self._chooser.probed(part)
            tool = tool if tool != "reply" or sure > SURELY_TALK else ""
            same = bool(tools) and tool == tools[-1] and (tool in ONE_CALL or _nameless(tool, part))
            if kept and (tool == "reply" or tools[-1] == "reply" or same):
                kept[-1] = f"{kept[-1]}, {part}"
                tools[-1] = tool if tools[-1] == "reply" else tools[-1]
            else:
                kept.append(part)
                tools.append(tool)
        return tuple(kept) if len(kept) > 1 else (request,)

    def _means(self, part: str) -> bool:
        tool, sure = self._chooser.probed(part)
        return tool != "reply" and sure > SURELY_MEANT

    def decide(
        self,
        request: str,
        screen: Screen,
        earlier: Earlier | None = None,
        carried: Carried | None = None,
        *,
        language: str = "",
    ) -> Decision:
        """Give what to do about a request in front of a screen.

        `carried` is what the steps before left in hand, when the request is a later step;
        `language` that of the whole request, when this is a part of it.
        """
        language = language or language_of(request)
        if not request.strip():
            return Decision(None, sentence=_say("greeting", language), language=language)
        choice = self._chooser.choose(request)
        if earlier and not carried and follows(request):
            tool, earlier = earlier.tool, replace(earlier, again=True)
        elif (tool := _meant(choice, request)) in GATED and not _sure(choice):
            return replace(self._spoken("unsure", choice, language), asked="unsure")
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
        if asked.key == "unsure":
            return None
        is_new = begins_with_action(said) or cues()["asks"].match(fold(said).lstrip("¿ "))
        if is_new or drops_it(said) or not 0 < len(said.split()) <= MOST_WORDS_ANSWERING:
            return None
        tool, sure = self._chooser.probed(said)
        if tool == "reply" and sure > SURELY_TALK:
            return None
        filled = self._completed(asked, said, screen)
        if filled is None or filled.ask:
            return None
        language = asked.step.language or language_of(asked.step.text)
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
        if tool == "search_assets" and earlier and (name := that_collection(request, earlier)):
            return Filled({"query": "", "collection": name})
        again = bool(earlier and earlier.again)
        copy = self._copy if self._chooser.warm and not again else None
        filled = self._filler.fill(tool, request, screen, earlier, copy, carried)
        if filled.ask == "where" and earlier and earlier.arguments.get("channel"):
            # "Then put it up" after the question whether that may be.
            where = {"channel": earlier.arguments["channel"]}
            return self._filler.join(tool, request, screen, where, earlier, carried)
        if not (earlier and earlier.again and earlier.tool == tool):
            return filled
        if tool == "search_assets" and only_filters(request):
            read = self._filler.read(tool, request)
            assert not isinstance(read, str)
            return Filled({**earlier.arguments, **{k: v for k, v in read.items() if k != "query"}})
        if filled.ask in {None, "which_asset", "which_one"}:
            return filled
        kept = {k: v for k, v in earlier.arguments.items() if k not in _ASSETS}
        if tool == "tag_assets" and (names := given_tags(request)):
            kept = {"add": list(names)}
        return self._filler.join(tool, request, screen, kept, earlier)

    def _copy(self, tool: str, request: str, names: Sequence[str]) -> Mapping[str, Any]:
        text = self._chooser.continued(request, tool, arguments_grammar(tool, names), LONGEST)
        try:
            told = json.loads(text)
        except json.JSONDecodeError:
            return {}
        return told if isinstance(told, dict) else {}

    def _asked(self, filled: Filled, choice: Choice, tool: str, language: str) -> Decision:
        assert filled.ask is not None
        names = [f"“{card.title or card.file or card.id}”" for card in filled.candidates]
        listed = ", ".join(names[:NAMED_CANDIDATES]) + (" …" if names[NAMED_CANDIDATES:] else "")
        asked = self._spoken(filled.ask, choice, language)
        return Decision(
            None,
            sentence=asked.sentence.replace("${candidates}", listed),
            asked=filled.ask,
            candidates=tuple(card.id for card in filled.candidates),
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


def _nameless(tool: str, part: str) -> bool:
    """Tell whether a part goes on with the collection that was named before."""
    return tool == "collect_assets" and not naming.collection(part)


def _meant(choice: Choice, request: str) -> str:
    """Give the tool that is chosen, or what the form of the request makes of it."""
    tool, low = choice.tool, fold(request).lstrip("¿ ")
    if tool in READS_INSTEAD and cues()["asks"].match(low):
        return READS_INSTEAD[tool]
    if tool in CHANGING and pattern("following", "viewing").match(low):
        return "search_assets"
    if tool in UNGATED and pattern("following", "making").match(low):
        # To make a post is to make its picture; whoever wants it out says so.
        return UNGATED[tool]
    if choice.runner_up == UNGATED.get(tool) and not _sure(choice):
        return choice.runner_up
    return tool


def _sure(choice: Choice) -> bool:
    """Tell whether a gated tool may be prepared: likely, and no surprise to the probe."""
    return choice.agreed and choice.probability >= SURE
