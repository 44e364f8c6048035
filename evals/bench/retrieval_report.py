"""The report of how well words find pictures, as Markdown and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from evals.bench.ranking import (
    DEPTHS,
    Asked,
    answered,
    confidently_wrong,
    precision_shown,
    recall,
    recall_shown,
    reciprocal,
)
from evals.pictures.captioned import PictureSet
from evals.shares import Share

MOST_WRONG = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """A run: what was asked of which sets, and how long all of it took in seconds."""

    command: str
    date: str
    machine: str
    sets: tuple[PictureSet, ...]
    asked: tuple[Asked, ...]
    seconds: float


def markdown(finding: Finding) -> str:
    """Write a run as a report."""
    lines = [
        "# Words that find pictures",
        "",
        "Pictures lie in the library under names that say nothing; their captions are queries and",
        "are never indexed. A hit is right when its picture has the caption that was asked for, so",
        "a rose found for `a flower` counts as wrong: precision is a lower bound.",
        "",
        f"`{finding.command}`, {finding.date}, {finding.machine}, {finding.seconds:.0f} s.",
        "",
        "| set | what | pictures | from | licence |",
        "|---|---|---|---|---|",
        *(
            f"| {one.name} | {one.kind} | {len(one.pictures)} | {one.source} | {one.licence} |"
            for one in finding.sets
        ),
        "",
        "## Recall and mean reciprocal rank, with `--all`",
        "",
        "Stamps and photographs lie in one library, the samples in another.",
        "",
        "| set | language | queries | R@1 | R@5 | R@10 (95 %) | MRR (95 %) |",
        "|---|---|---|---|---|---|---|",
        *_recalls(finding.asked),
        "",
        "## What is shown without `--all`",
        "",
        "| set | language | R@10 | precision of the hits shown | right pictures shown | answered |",
        "|---|---|---|---|---|---|",
        *_cut_off(finding.asked),
        "",
        "`absent` holds queries for what no picture shows; `answered` should be 0 there.",
        "",
        "## Confidently wrong",
        "",
        "The surest wrong hit of a query in English, the surest first.",
        "",
        "| query | found | certainty | why |",
        "|---|---|---|---|",
        *_wrong(finding.asked),
    ]
    return "\n".join(lines) + "\n"


def document(finding: Finding) -> dict[str, object]:
    """Give a run as a JSON document: figures by set and language, and the rank of each query."""
    return {
        "kind": "retrieval",
        "date": finding.date,
        "machine": finding.machine,
        "groups": [
            {
                "set": group,
                "language": language,
                "queries": len(asked),
                **{f"recall@{depth}": asdict(recall(asked, depth)) for depth in DEPTHS},
                "reciprocal_rank": round(reciprocal(asked).value, 4),
                "shown_precision": asdict(precision_shown(asked)),
                "shown_recall": asdict(recall_shown(asked)),
                "answered": asdict(answered(asked)),
            }
            for group, language, asked in _groups(finding.asked)
        ],
        "ranks": [[one.group, one.language, one.query, one.rank] for one in finding.asked],
    }


def _groups(asked: Sequence[Asked]) -> Iterator[tuple[str, str, list[Asked]]]:
    keys = dict.fromkeys((one.group, one.language) for one in asked)
    for group, language in sorted(keys, key=lambda key: key[0]):
        yield group, language, [o for o in asked if (o.group, o.language) == (group, language)]


def _recalls(asked: Sequence[Asked]) -> Iterator[str]:
    for group, language, some in _groups(asked):
        if all(one.wanted for one in some):
            first, five, ten = (recall(some, depth) for depth in DEPTHS)
            figures = f"{_short(first)} | {_short(five)} | {_ranged(ten)} | {reciprocal(some)}"
            yield f"| {group} | {language} | {len(some)} | {figures} |"


def _cut_off(asked: Sequence[Asked]) -> Iterator[str]:
    for group, language, some in _groups(asked):
        wanted = any(one.wanted for one in some)
        found = _ranged(recall(some, DEPTHS[-1], weak=False)) if wanted else "-"
        right = f"{_ranged(precision_shown(some))} | {_ranged(recall_shown(some))}"
        figures = right if wanted else "- | -"
        yield f"| {group} | {language} | {found} | {figures} | {_ranged(answered(some))} |"


def _wrong(asked: Sequence[Asked]) -> Iterator[str]:
    english = [one for one in asked if one.language == "en"]
    for one, hit in confidently_wrong(english, MOST_WRONG):
        why = hit.why.replace("|", "/")
        yield f"| {one.query} | {hit.picture} | {hit.score:.2f} | {why} |"


def _short(share: Share) -> str:
    return f".{round(100 * share.right / share.of):02d}" if share.right < share.of else "1.0"


def _ranged(share: Share) -> str:
    if not share.of:
        return "-"
    low, high = share.interval
    return f"{share.right / share.of:.2f} ({low:.2f} to {high:.2f}, n {share.of})"
