"""Reading that a person wants copies in a folder: by rules alone, for no model may say where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.brains import slots
from agent.brains.features import cues
from agent.brains.lexicon import Span, fold, pattern
from agent.brains.references import Manner, refer
from agent.brains.screens import Screen
from agent.brains.steps import begins_with_action
from agent.brains.things import blanked, named_thing
from agent.brains.words import telling

MOST_WORDS = 30
_QUOTED = re.compile(r"[\"“„'`]((?:~/|/)[^\"”“'`\n]*|~)[\"”“'`]")
# A path that goes on with a sign nobody expects is none: cut there, it would name another folder.
_BARE = re.compile(
    r"(?<![\w./:~])((?:~/|/)(?:(?![ぁ-ゖ])[\w.\-/+@%])*+|~(?!\w))"
    r"(?=[\s|ぁ-ゖ、。]|[,;:!?)\]}]+(?:\s|$)|$)"
)
_BEGINS = re.compile(r"(?<![\w./:~])(?:/|~(?!\w))")
_INTO = re.compile(
    r"\b(?:in)?to\s+(?=\|)|\b(?:in|im|nach|unter|vers|dans|sur|a|en|para|em|naar|verso|su|under)\s+(?=\|)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:please|pls|can|could|would|will|you|now|ok|okay|bitte|kannst|könntest|können|könnten|sie|"
    r"du|mir|jetzt|s'il (?:te|vous) pla[iî]t|(?:peux|pourrais)[- ]tu|(?:pouvez|pourriez)[- ]vous|"
    r"por favor|puedes|podrías|puede|podría|pode|podes|poderia|podia|per favore|puoi|potresti|può|"
    r"graag|kun|kunt|kan|je|u|alsjeblieft|alstublieft|me)\b"
)
_AND = re.compile(
    r"(?:[,;、]|\b(?:and|und|et|y|e|en|then|dann|puis|luego|después|depois|poi)\b)\s+",
    re.IGNORECASE,
)
_KANA = re.compile(r"[ァ-ヶぁ-ん]")
_FOR = "for|für|pour|para|per|voor"


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What is to be copied where, as a person said it, or the key of what has to be asked first.

    `candidates` are the assets that the question is between.
    """

    arguments: Mapping[str, object] = field(default_factory=dict)
    ask: str = ""
    candidates: tuple[str, ...] = ()


def read_export(text: str, screen: Screen) -> ExportWish | None:
    """Read a request for copies in a folder; None for everything else."""
    if len(text.split()) > MOST_WORDS or cues()["asks"].match(fold(text).lstrip("¿ ")):
        return None
    folder = _folder(text)
    rest = _INTO.sub(_blank, _BARE.sub(_blank, _QUOTED.sub(_blank, text)))
    verb = _verb(fold(rest), named=folder is not None)
    parts = [rest[found.end() :] for found in _AND.finditer(rest)]
    if verb is None:
        later = any(_verb(fold(part), named=folder is not None) for part in parts)
        return ExportWish(ask="export_alone") if later else None
    if any(begins_with_action(part) for part in parts):
        return ExportWish(ask="export_alone")
    if folder is None:
        return ExportWish(ask="export_where")
    return _meant(rest, verb, folder, screen)


def _folder(text: str) -> str | None:
    """Give the one folder that a text names by its path; a folder with spaces stands in quotes."""
    found = [match[1] for match in _QUOTED.finditer(text)]
    unquoted = _QUOTED.sub(_blank, text)
    found += [match[1].rstrip(".") for match in _BARE.finditer(unquoted)]
    cut = _BEGINS.search(_BARE.sub(_blank, unquoted))
    return found[0] if len(found) == 1 and not cut else None


def _blank(found: re.Match[str]) -> str:
    return "|" * len(found.group())


def _verb(low: str, *, named: bool) -> Span | None:
    """Find the verb that asks for copies: in front, or at the end as some languages have it."""
    for key in ("copies", "keeps") if named else ("copies",):
        for match in pattern("exporting", key).finditer(low):
            before, after = low[: match.start()], low[match.end() :]
            first = not _POLITE.sub("", before).strip(" ,")
            ends = "|" in before or _KANA.search(match.group())
            last = ends and not telling(after.replace("|", " "))
            if first or last:
                return Span(key, match.start(), match.end())
    return None


def _meant(rest: str, verb: Span, folder: str, screen: Screen) -> ExportWish:
    channel = slots.channel_span(rest)
    # "The shop picture" names no channel; "for the shop" does.
    outside = channel and re.search(rf"\b(?:{_FOR})\b[^|]{{0,12}}$", fold(rest)[: channel.start])
    given: dict[str, object] = {"folder": folder}
    taken = [verb]
    if channel and outside:
        given["channel"] = channel.value
        taken.append(channel)
        if place := slots.market(rest):
            given["territory"] = place
    thing = named_thing(blanked(rest, taken))
    found = refer(blanked(rest, taken), screen, thing.name, also=thing.words)
    if found.manner is Manner.WORDS and thing.definite:
        among = {"asset_ids": list(found.ids)} if found.ids else {}
        return ExportWish({**given, **among, "query": found.query})
    ids = found.ids or tuple(card.id for card in screen.focus)
    if not ids:
        return ExportWish(ask="which_asset")
    if found.ambiguous and len(ids) > 1:
        return ExportWish(ask="which_one", candidates=ids)
    return ExportWish({**given, "asset_ids": list(ids)})
