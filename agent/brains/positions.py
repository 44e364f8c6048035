"""Which places of a list a request names: "the second one", "1 and 3", "the last two", "2 to 4"."""

import re

from agent.brains import lexicon
from agent.brains.lexicon import LATIN

_NOISE = re.compile(
    r"\d+(?:\.\d+)?\s*[:x×/：]\s*\d+(?:\.\d+)?|\bcc[- ]?(?:by|0)\S*(?:\s\d\S*)?"
    r"|\bv(?:ersion)?\s?\d+|\d+[.,]\d+|\d{3,}|\d+\s?%|\d+\s?(?:px|dpi|mb|cm|kb)\b"
    r"|(?:pages?|seiten?|páginas?|pagin[aei]s?|pagina'?s|slides?|folien?|zeilen?|lines?)\s?\d+"
    r"|(?:この|その|これら|それら)\d+\s?(?:枚|個|つ|本|点)(?!目)"
    r"|\b(?:these|those|all|diese[nr]?|alle|ces|est[oa]s|quest[ei]|tutt[ei]|tod[oa]s|deze)\s\d+\b"
    r"|\d+\s?(?:ページ|行|lines?|lignes?|líneas?|linhas?|righe|regels?|zeilen)"
)
# An ordinal before one of these counts time or steps and not assets.
_TIMES = re.compile(
    r"\s*(?:week|month|quarter|year|half|time|woche|monat|quartal|jahr|mal|semaine|mois|"
    r"année|fois|trimestre|semana|mes|año|vez|mês|ano|settimana|anno|volta|maand|jaar|"
    r"keer|version|fassung|versión|versão|versione|versie|update|change|änderung|modification|cambio|alteração|modifica|wijziging|step|schritt)"
)

# "Who edited it last", "last printed": when something happened, and not where it stands.
_WHEN = re.compile(r"\s*(?:[?？!.]|$)|\s+\w+ed\b|に")
_ARTICLE = re.compile(
    r"(?<!\w)(?:the|de[rmn]?|die|das|l[aeo]s?|el|il|gli|i|os?|as?|het|number|nummer)\s+$|l'$"
)


def places(low: str) -> list[int]:
    """List the places that folded text names, from 1 on; -1 is the last."""
    text = _without_quantities(_NOISE.sub(lambda match: " " * len(match[0]), low))
    return _numbered(text) or _counted(text) or _between(text) or _single(text)


def _without_quantities(text: str) -> str:
    for unit in lexicon.spans("units", text):
        before = re.search(rf"[{LATIN}\d]+\s*-?\s*$", text[: unit.start])
        if before:
            text = text[: before.start()] + " " * (unit.end - before.start()) + text[unit.end :]
    return text


def _numbered(text: str) -> list[int]:
    """Read "number two" and "Nummer vier", the numbers spelled out."""
    number = lexicon.source("position", "spelled")
    return [
        int(span.value)
        for span in sorted(lexicon.spans("numbers", text), key=lambda span: span.start)
        if re.search(rf"(?:{number})\s+$", text[: span.start])
    ]


def _counted(text: str) -> list[int]:
    """Read "the first two", "die letzten 3" and "最初の3つ"."""
    first = rf"(?:{lexicon.source('ordinals', '1')}|top|最初の)"
    last = rf"(?:{lexicon.source('position', 'last')}|最後の)"
    digits = [
        lexicon.Span(match[0], match.start(), match.end())
        for match in re.finditer(r"(?<!\d)\d{1,2}(?!\d)", text)
    ]
    for number in (*lexicon.spans("numbers", text), *digits):
        count = int(number.value)
        before, after = text[: number.start], text[number.end :]
        if count < 2:
            continue
        if re.search(rf"{first}(?:\s+\S+)?\s*$", before) or re.match(rf"\s+{first}", after):
            return list(range(1, count + 1))
        if re.search(rf"{last}(?:\s+\S+)?\s*$", before) or re.match(rf"\s+{last}", after):
            return list(range(-count, 0))
    return []


def _between(text: str) -> list[int]:
    span = lexicon.source("position", "span")
    found = re.search(rf"(?<![\d/])(\d{{1,2}})\s*(?:{span})\s*(\d{{1,2}})(?!\d)", text)
    if found and int(found[1]) < int(found[2]):
        return list(range(int(found[1]), int(found[2]) + 1))
    return []


def _single(text: str) -> list[int]:
    found = [
        (span.start, int(span.value))
        for span in lexicon.spans("ordinals", text)
        if not _TIMES.match(text, span.end)
    ]
    found += [
        (match.start(), -1)
        for match in lexicon.pattern("position", "last").finditer(text)
        if not _TIMES.match(text, match.end()) and not _tells_when(text, match)
    ]
    found += [
        (match.start(), int(match[1]))
        for match in re.finditer(rf"(?<![{LATIN}\d/])#?(\d{{1,2}})(?![{LATIN}\d])", text)
        if int(match[1]) > 0
    ]
    # The leftmost is the first and the rightmost the last, in a row or a grid read as a page.
    found += [(match.start(), 1) for match in _side("left").finditer(text)]
    found += [(match.start(), -1) for match in _side("right").finditer(text)]
    return list(dict.fromkeys(place for _, place in sorted(found)))


def _side(name: str) -> re.Pattern[str]:
    return lexicon.pattern("position", name)


def _tells_when(text: str, last: re.Match[str]) -> bool:
    follows = _WHEN.match(text, last.end())
    return bool(follows) and not _ARTICLE.search(text[: last.start()])
