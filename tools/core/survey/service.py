"""Surveying files and folders before they are taken in; nothing is written anywhere."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.core.assets import MediaType
from tools.core.conventions import Conventions
from tools.core.errors import Fixable
from tools.core.ingest.naming import shown_path
from tools.core.ingest.outcomes import FileStatus
from tools.core.ingest.walk import Found, walk
from tools.core.originals import hash_of
from tools.core.ports import Probe, Report
from tools.core.survey.findings import (
    Estimate,
    Format,
    MissingField,
    SameBytes,
    SourceRights,
    Survey,
    Unreadable,
)
from tools.core.survey.joining import Looked, followers
from tools.core.survey.names import judged
from tools.core.survey.proposals import conventions_file, taxonomy_file, terms

WORKERS = 2
# Seconds a file and bytes beside the original: pictures as `dalm bench ingest` measures them on two
# cores, everything else roughly.
SECONDS = {
    "image": 0.4,
    "video": 2.5,
    "document": 0.5,
    "audio": 0.05,
    "dataset": 0.2,
    "other": 0.02,
}
ADDED = {"image": 75_000, "video": 95_000, "document": 90_000, "dataset": 60_000}
LEAST_ADDED = 10_000
SAYS_WHOSE = ("copyright", "creator", "credit")


class Surveyor:
    """Looks at files with the probe of the ingest, and counts."""

    def __init__(self, *, probe: Probe, conventions: Conventions, conventions_text: str) -> None:
        self._probe = probe
        self._conventions = conventions
        self._conventions_text = conventions_text

    def survey(self, paths: Sequence[Path], report: Report = lambda *_: None) -> Survey:
        """Survey files and folders.

        Raises Fixable when there is nothing at a path.
        """
        found = self._found(paths)
        wanted = [(root, one.path) for root, one in found if one.status is None]
        looked: list[Looked] = []
        with ThreadPoolExecutor(WORKERS, "survey") as pool:
            for one in pool.map(self._look, wanted):
                looked.append(one)
                report(len(looked), len(wanted), one.path.name)
        refused = [one for _, one in found if one.status is FileStatus.FAILED]
        passed = sum(one.status is FileStatus.SKIPPED for _, one in found)
        return self._told(looked, refused, passed)

    def _found(self, paths: Sequence[Path]) -> list[tuple[Path, Found]]:
        found: list[tuple[Path, Found]] = []
        for path in paths:
            root = Path(os.path.abspath(path))  # noqa: PTH100  (keeps links)
            if not root.exists():
                raise Fixable(
                    f"There is nothing at {shown_path(root)}. Check it for typing errors."
                )
            found += [(root if root.is_dir() else root.parent, one) for one in walk([root])]
        return list({one.path: (root, one) for root, one in found}.values())

    def _look(self, wanted: tuple[Path, Path]) -> Looked:
        root, path = wanted
        size = 0
        try:
            size = path.stat().st_size
            return Looked(path, root, size, self._probe.identify(path))
        except (Fixable, OSError) as trouble:
            return Looked(path, root, size, None, " ".join(str(trouble).split()))

    def _told(self, looked: list[Looked], refused: Iterable[Found], passed: int) -> Survey:
        led = followers(looked)
        leading = [one for one in looked if one.path not in led]
        every = [one for one in looked if one.facts is not None]
        good = [one for one in leading if one.facts is not None]
        names = [(one.path.name, one.path.parent.name, _day(one)) for one in leading]
        fine, bad = judged(names, self._conventions)
        keywords = (
            word
            for one in good
            if one.facts
            for word in one.facts.embedded.get("keywords", "").splitlines()
        )
        proposed = terms((one.below for one in leading), keywords)
        troubles = [Unreadable(shown_path(o.path), o.trouble) for o in looked if o.facts is None]
        troubles += [Unreadable(shown_path(one.path), one.reason) for one in refused]
        stems = [one.path.stem for one in leading]
        return Survey(
            files=len(looked),
            assets=len(leading),
            bytes=sum(one.bytes for one in looked),
            formats=_formats(every),
            unreadable=tuple(troubles),
            passed_over=passed,
            good_names=fine,
            bad_names=bad,
            missing=self._missing(good),
            duplicates=_duplicates(every),
            rights=_rights(good),
            taxonomy=proposed,
            estimate=_estimate(good, every),
            taxonomy_file=taxonomy_file(proposed),
            conventions_file=conventions_file(stems, self._conventions_text),
        )

    def _missing(self, looked: Sequence[Looked]) -> tuple[MissingField, ...]:
        whole = Counter(_kind(one) for one in looked)
        lacking: Counter[tuple[str, str]] = Counter()
        for one in looked:
            kind = _kind(one)
            for field in self._conventions.required.get(MediaType(kind), ()):
                if one.facts and not one.facts.embedded.get(field):
                    lacking[kind, field] += 1
        return tuple(
            MissingField(kind, field, count, whole[kind])
            for (kind, field), count in lacking.most_common()
        )


def _formats(looked: Sequence[Looked]) -> tuple[Format, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    sizes: Counter[tuple[str, str]] = Counter()
    for one in looked:
        if one.facts:
            key = one.facts.media_type, one.facts.mime
            counts[key] += 1
            sizes[key] += one.bytes
    return tuple(Format(*key, count, sizes[key]) for key, count in counts.most_common())


def _duplicates(looked: Sequence[Looked]) -> tuple[SameBytes, ...]:
    """Find the same bytes; only files of the same size are read for it."""
    sizes: defaultdict[int, list[Path]] = defaultdict(list)
    for one in looked:
        sizes[one.bytes].append(one.path)
    same: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for size, paths in sizes.items():
        for path in paths if len(paths) > 1 else ():
            try:
                same[size, hash_of(path)].append(shown_path(path))
            except (OSError, Fixable):
                continue
    groups = [SameBytes(tuple(names), size) for (size, _), names in same.items() if len(names) > 1]
    return tuple(sorted(groups, key=lambda group: -group.bytes * (len(group.files) - 1)))


def _rights(looked: Sequence[Looked]) -> tuple[SourceRights, ...]:
    whole: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for one in looked:
        source = one.below.parts[0] if one.below.parts else "."
        whole[source] += 1
        if one.facts and not any(one.facts.embedded.get(field) for field in SAYS_WHOSE):
            unknown[source] += 1
    return tuple(SourceRights(source, whole[source], n) for source, n in unknown.most_common())


def _estimate(looked: Sequence[Looked], copied: Sequence[Looked]) -> Estimate:
    """Estimate by kind and number; small machines take longer."""
    kinds = Counter(_kind(one) for one in looked)
    seconds = sum(SECONDS[kind] * count for kind, count in kinds.items())
    added = sum(ADDED.get(kind, LEAST_ADDED) * count for kind, count in kinds.items())
    return Estimate(round(seconds) or 1, added, sum(one.bytes for one in copied))


def _kind(one: Looked) -> str:
    return one.facts.media_type if one.facts else MediaType.OTHER.value


def _day(one: Looked) -> str:
    return one.facts.embedded.get("captured_at", "")[:10] if one.facts else ""
