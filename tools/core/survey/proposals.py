"""Files that a survey proposes: a taxonomy out of folders and keywords, and conventions."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from tools.core.survey.findings import Term
from tools.core.survey.names import pattern_of, slug

MOST_TERMS = 200
_FEWEST = 2
# Folders that programs and cameras make say nothing of what is in them.
_NO_WORD = re.compile(
    r"(?i)(dcim|\d{3}[a-z_]{2,8}|[\d\W_]+|\w|new folder|neuer ordner|untitled.*|misc|temp|tmp|old|"
    r"backup|archive|photos?|pictures?|images?|bilder|fotos?|videos?|documents?|files?|export|"
    r"raw|jpe?g|png|final|originals?)"
)
_HIERARCHY = re.compile(r"[|/>]")


def terms(folders: Iterable[PurePath], keywords: Iterable[str]) -> tuple[Term, ...]:
    """Give the words that name several files, folders first, with what they are narrower than."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for folder in folders:
        above = ""
        for part in folder.parts:
            if not _NO_WORD.fullmatch(part):
                name = " ".join(re.split(r"[\s_]+", part)).strip()
                counted[name, above, "folder"] += 1
                above = name
    for keyword in keywords:
        above = ""
        for part in (word.strip() for word in _HIERARCHY.split(keyword)):
            if part:
                counted[part, above, "keyword"] += 1
                above = part
    found = [
        Term(name, above, count, origin)
        for (name, above, origin), count in counted.most_common()
        if count >= _FEWEST
    ]
    return tuple(_distinct(found))[:MOST_TERMS]


def taxonomy_file(proposed: Sequence[Term]) -> str:
    """Write terms as SKOS concepts in JSON."""
    concepts = [
        {
            "id": slug(term.name),
            "prefLabel": {"en": term.name},
            "broader": [slug(term.broader)] if term.broader else [],
            "files": term.files,
            "from": term.origin,
        }
        for term in proposed
    ]
    return json.dumps({"concepts": concepts}, ensure_ascii=False, indent=2) + "\n"


def conventions_file(stems: Sequence[str], default: str) -> str:
    """Write the default conventions with the pattern that most names follow already."""
    pattern, said = pattern_of(stems)
    line = f"# Seen in this folder: {said}.\npattern = '{pattern}'"
    return re.sub(r"(?m)^pattern = ''$", lambda _: line, default, count=1)


def _distinct(found: Iterable[Term]) -> Iterable[Term]:
    """Keep each word once, where it names most files."""
    seen: set[str] = set()
    for term in found:
        if slug(term.name) not in seen:
            seen.add(slug(term.name))
            yield term
