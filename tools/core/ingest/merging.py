"""Making one of what was seen in the frames of a video, and knowing when it was."""

from collections.abc import Iterable, Sequence
from typing import Any

from tools.core.perception import Seen, Sighting
from tools.core.ports import Frame
from tools.core.search.visual import Look


def looks_of(frames: Sequence[Frame], features: Sequence[Any]) -> tuple[Look, ...]:
    """Join frames and how they look; a picture is a frame at no time."""
    return tuple(
        Look(row, frame.seconds or None)
        for frame, row in zip(frames, features, strict=False)
        if row is not None
    )


def merged(sightings: Sequence[Sighting]) -> Sighting:
    """Make one sighting of a video's frames: the best of each name, the classes on average.

    Boxes are those of the first frame, the poster.
    """
    if len(sightings) == 1:
        return sightings[0]
    first = sightings[0]
    classes: dict[int, float] = {}
    for sighting in sightings:
        for index, probability in sighting.class_probabilities:
            classes[index] = classes.get(index, 0.0) + probability / len(sightings)
    best = sorted(classes.items(), key=lambda pair: -pair[1])[:20]
    alike: dict[int, float] = {}
    for index, near in (pair for sighting in sightings for pair in sighting.likenesses):
        alike[index] = max(near, alike.get(index, near))
    nearest = sorted(alike.items(), key=lambda pair: -pair[1])[: len(first.likenesses)]
    later = [seen for sighting in sightings[1:] for seen in sighting.objects]
    return Sighting(
        labels=surest(seen for sighting in sightings for seen in sighting.labels),
        objects=(*first.objects, *(Seen(seen.name, seen.score) for seen in surest(later))),
        faces=first.faces,
        class_probabilities=tuple(best),
        models=first.models,
        sensitive=max((s.sensitive for s in sightings if s.sensitive is not None), default=None),
        likenesses=tuple(nearest),
    )


def surest(seen: Iterable[Seen]) -> tuple[Seen, ...]:
    """Keep the surest of each name, surest first."""
    best: dict[str, Seen] = {}
    for one in seen:
        if one.name not in best or one.score > best[one.name].score:
            best[one.name] = one
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def when_seen(frames: Sequence[Frame], sightings: Sequence[Sighting]) -> dict[str, float]:
    """Give for each label and object the second of the frame in which it was surest."""
    best: dict[str, tuple[float, float]] = {}
    for frame, sighting in zip(frames, sightings, strict=False):
        for one in (*sighting.labels, *sighting.objects):
            if one.name not in best or one.score > best[one.name][0]:
                best[one.name] = (one.score, frame.seconds)
    return {name: seconds for name, (_, seconds) in best.items()}
