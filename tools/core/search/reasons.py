"""Why an asset was found, in a few words for a person."""

from collections.abc import Sequence

from tools.core.assets import Asset, Field, FieldValue
from tools.core.search.judging import Support
from tools.core.search.query import Understood

MOST = 4
STANDS_OUT = 2.0
# From here on the picture alone makes a hit more likely than not.
FITS = 4.5


def reasons(
    asset: Asset,
    values: Sequence[FieldValue],
    asked: Understood,
    support: Support,
    alike: str = "",
) -> str:
    """Name the evidence, the most telling first; `alike` is a drawing that a picture looks like."""
    found = [*support.wording.reasons]
    if asked.kinds and support.kinds >= 0.3:
        names = dict.fromkeys(kinds[0].name for kinds in asked.kinds.values())
        found.append(f"shows {', '.join(names)} {support.kinds:.2f}")
    if support.joint and support.joint.deviations >= FITS:
        found.append(f"the picture fits the words {support.joint.cosine:.2f}")
    if not found or _by_meaning(support):
        found += [f"looks like a drawing of '{alike}'"] if alike and _by_looks(support) else []
        found += _seen(values)
    if not found:
        found.append("near in meaning" if _by_meaning(support) else f"{asset.media_type.value}")
    return "; ".join(list(dict.fromkeys(found))[:MOST])


def _by_meaning(support: Support) -> bool:
    matches = [match for match in (support.sentence, support.classes) if match]
    return any(match.deviations >= STANDS_OUT for match in matches)


def _by_looks(support: Support) -> bool:
    return support.classes is not None and support.classes.deviations >= STANDS_OUT


def _seen(values: Sequence[FieldValue]) -> list[str]:
    """Give the surest label and object with their scores, and the tags."""
    best: dict[Field, FieldValue] = {}
    for value in values:
        if value.field in {Field.LABEL, Field.OBJECT} and (
            value.field not in best or value.confidence > best[value.field].confidence
        ):
            best[value.field] = value
    return [f"{value.field.value} {value.value} {value.confidence:.2f}" for value in best.values()]
