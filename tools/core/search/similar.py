"""Finding what is like an example, and how it should differ."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tools.core.assets import Asset, AssetId, MediaType
from tools.core.errors import Fixable
from tools.core.ingest.stills import LONGEST_SIDE
from tools.core.joint.looking import JointSpaces, alike
from tools.core.library import Library
from tools.core.moments import moments_of
from tools.core.people import Viewer
from tools.core.perception import Box
from tools.core.ports import Imaging, Picture, TextEmbedder, VectorIndex, Vision
from tools.core.records import AssetFilter, Catalogue
from tools.core.rights.service import Rights
from tools.core.search.answers import Band, Hit, SearchAnswer, SearchRequest
from tools.core.search.bank import default_bank
from tools.core.search.example import Example, LikeRequest
from tools.core.search.geometry import Row, rows
from tools.core.search.judging import STRONG, WEAK, band, likeness
from tools.core.search.labels import LabelSpace
from tools.core.search.meaning import Match, Space
from tools.core.search.service import Search
from tools.core.search.visual import Alike, VisualSpace

CANDIDATES = 240
SURE_LACK = 0.02


@dataclass(frozen=True, slots=True)
class _Found:
    """How sure it is that an asset is wanted, 0 to 1, why, and which frame says so, if any."""

    score: float
    why: str
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    """Where is looked: keys that may be found, and those of videos among them."""

    keys: Sequence[int]
    videos: Sequence[int]


class Similar:
    """Compares looks in the visual space, and changes of them in the spaces of words."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        library: Library,
        search: Search,
        embedder: TextEmbedder,
        index: VectorIndex,
        labels: LabelSpace,
        visual: VisualSpace,
        vision: Vision,
        imaging: Imaging,
        rights: Rights,
        joint: JointSpaces | None = None,
    ) -> None:
        self._joint = joint
        self._catalogue = catalogue
        self._library = library
        self._search = search
        self._visual = visual
        self._vision = vision
        self._imaging = imaging
        self._rights = rights
        self._sentences = Space(index, lambda: rows(embedder.passages(default_bank().passages)))
        self._classes = Space(labels.index, labels.ordinary)

    def find(self, request: LikeRequest, viewer: Viewer) -> SearchAnswer:
        """Find what is like an example; hits below the cut-off are left out unless `weak`.

        Raises Fixable for an unknown or invisible asset, a file that is no picture, a part of
        something that has no picture, and when the model for it is missing.
        """
        asset = self._asset(request.example, viewer)
        name = asset.title if asset else request.example.name
        part = None if asset and request.example.box is None else self._part(request.example, asset)
        examples = self._examples(part, asset)
        field = self._field(request, asset, viewer)
        found = self._looking(examples, field, name, loosely=request.changed) if examples else {}
        key = asset.key if asset and part is None else None
        joint = alike(self._joint, key, [] if part is None else [part], field.keys)
        found = _surer(found, joint, name)
        if asset and request.example.box is None:
            compared = set(self._visual.keys()) if examples else set()
            found = {**self._reading(asset, field, compared), **found}
        if request.changed:
            found = self._changed(request, found, examples, field, viewer)
        return self._answer(request, found, name, viewer)

    def _asset(self, example: Example, viewer: Viewer) -> Asset | None:
        return self._library.asset(example.asset_id, viewer) if example.asset_id else None

    def _examples(self, part: Picture | None, asset: Asset | None) -> list[Row]:
        """Give the looks to compare with; those of an asset are known, unless it is a part."""
        if part is None:
            return self._visual.of(asset.key) if asset else []
        return [self._visual.centred(row) for row in rows(self._vision.features([part]))]

    def _part(self, example: Example, asset: Asset | None) -> Picture:
        """Cut what is to be compared out of a picture."""
        if asset is None:
            if example.file is None:
                raise Fixable("Like what? Name an asset or give a picture file.")
            picture = self._imaging.open(example.file, LONGEST_SIDE)
        elif asset.media_type is MediaType.IMAGE:
            with self._library.open_file(asset) as path:
                picture = self._imaging.open(path, LONGEST_SIDE)
        else:
            raise Fixable(f"'{asset.title}' is a {asset.media_type}; only a picture has parts.")
        return self._imaging.part(picture, example.box or Box(0, 0, 1, 1))

    def _field(self, request: LikeRequest, asset: Asset | None, viewer: Viewer) -> _Field:
        with self._catalogue.reading() as records:
            keys = records.assets.keys(AssetFilter(request.media_type), viewer)
            videos = records.assets.keys(AssetFilter(MediaType.VIDEO), viewer)
        own = asset.key if asset else None
        allowed = set(keys)
        return _Field(
            [key for key in keys if key != own],
            [key for key in videos if key != own and key in allowed],
        )

    def _looking(
        self, examples: Sequence[Row], field: _Field, name: str, *, loosely: bool
    ) -> dict[int, _Found]:
        near = self._visual.near(examples, field.keys, field.videos, CANDIDATES)
        return {key: _look(alike, name, loosely=loosely) for key, alike in near.items()}

    def _reading(self, asset: Asset, field: _Field, compared: set[int]) -> dict[int, _Found]:
        """Compare what assets say, but for those whose looks were compared."""
        said = self._sentences.like(asset.key, field.keys, CANDIDATES)
        seen = self._classes.like(asset.key, field.keys, CANDIDATES)
        why = f"reads like '{asset.title}'"
        return {
            key: _Found(likeness(said.get(key), seen.get(key)), why)
            for key in {*said, *seen} - compared
        }

    def _changed(
        self,
        request: LikeRequest,
        found: Mapping[int, _Found],
        examples: Sequence[Row],
        field: _Field,
        viewer: Viewer,
    ) -> dict[int, _Found]:
        """Weigh what is to be added and taken away, among the alike and the best of the added."""
        whole = dict(found)
        for text in request.plus:
            best = self._search.find(SearchRequest(text, limit=CANDIDATES), viewer).hits
            near = [hit.asset.key for hit in best if hit.asset.key in set(field.keys)]
            for example in examples:
                for one in self._visual.cosines(example, near):
                    whole.setdefault(one.key, _look(Alike(one.score), "it", loosely=True))
        with self._catalogue.reading() as records:
            among = {a.id: a.key for a in records.assets.by_keys(list(whole), viewer)}
        for text in request.plus:
            whole = _added(whole, self._judged(text, among, viewer))
        root = 1.0 / (1 + len(request.plus))
        whole = {key: replace(one, score=one.score**root) for key, one in whole.items()}
        for text in request.minus:
            whole = _taken(whole, self._judged(text, among, viewer), text)
        return whole

    def _judged(self, text: str, among: Mapping[AssetId, int], viewer: Viewer) -> dict[int, _Found]:
        """Say how sure it is that each of some assets shows or says a thing."""
        request = SearchRequest(text, among=tuple(among), limit=len(among), weak=True)
        hits = self._search.find(request, viewer).hits if among else ()
        return {hit.asset.key: _Found(hit.score, hit.why) for hit in hits}

    def _answer(
        self, request: LikeRequest, found: Mapping[int, _Found], name: str, viewer: Viewer
    ) -> SearchAnswer:
        order = sorted(found, key=lambda key: -found[key].score)
        with self._catalogue.reading() as records:
            assets = records.assets.by_keys(order[: CANDIDATES * 2], viewer)
        hits = [
            Hit(a, round(found[a.key].score, 4), sort, found[a.key].why)
            for a in assets
            if (sort := band(found[a.key].score) or (Band.WEAK if request.weak else None))
        ]
        strong = [hit for hit in hits if hit.band is Band.STRONG]
        shown = (hits if request.weak else strong)[: max(1, request.limit)]
        hidden = 0 if request.weak else len(hits) - len(strong)
        verdicts = self._rights.badges([hit.asset for hit in shown], viewer) if shown else {}
        moments = self._moments([hit.asset for hit in shown], found)
        badged = tuple(
            replace(hit, verdict=verdicts.get(hit.asset.id), seconds=moments.get(hit.asset.key))
            for hit in shown
        )
        return SearchAnswer(badged, hidden, "" if strong else _nothing(name, assets, found))

    def _moments(self, assets: Sequence[Asset], found: Mapping[int, _Found]) -> dict[int, float]:
        """Give the second of the frame of each video that looks most like the example."""
        videos = [asset for asset in assets if asset.media_type is MediaType.VIDEO]
        with self._catalogue.reading() as records:
            values = records.fields.current([asset.id for asset in videos])
        looks = {
            asset.key: moments_of([v for v in values if v.asset_id == asset.id]).looks
            for asset in videos
        }
        frames = {key: found[key].frame for key in looks}
        return {
            key: looks[key][frame]
            for key, frame in frames.items()
            if frame is not None and frame < len(looks[key])
        }


def _look(alike: Alike, name: str, *, loosely: bool) -> _Found:
    frame = "a frame of it " if alike.frame else ""
    why = f"{frame}looks like '{name}' {max(0.0, alike.cosine):.2f}"
    return _Found(alike.loose_certainty if loosely else alike.certainty, why, alike.frame)


def _surer(found: Mapping[int, _Found], joint: Mapping[int, Match], name: str) -> dict[int, _Found]:
    """Take what the picture model says instead where it is surer."""
    whole = dict(found)
    for key, match in joint.items():
        score = likeness(match, None)
        if score > (whole[key].score if key in whole else WEAK):
            whole[key] = _Found(score, f"pictures what '{name}' does {match.cosine:.2f}")
    return whole


def _added(found: Mapping[int, _Found], judged: Mapping[int, _Found]) -> dict[int, _Found]:
    lacking = _Found(SURE_LACK, "")
    return {
        key: replace(
            one,
            score=one.score * (more := judged.get(key, lacking)).score,
            why=_both(one.why, more.why),
        )
        for key, one in found.items()
    }


def _taken(
    found: Mapping[int, _Found], judged: Mapping[int, _Found], text: str
) -> dict[int, _Found]:
    """Drop what surely has the thing, and trust less what may have it."""
    lacking = _Found(0.0, "")
    return {
        key: replace(one, score=one.score * (1.0 - has), why=_both(one.why, f"no {text}"))
        for key, one in found.items()
        if (has := judged.get(key, lacking).score) < STRONG
    }


def _both(one: str, other: str) -> str:
    return f"{one}; {other}" if other else one


def _nothing(name: str, assets: Sequence[Asset], found: Mapping[int, _Found]) -> str:
    """Say that nothing is close, and what comes nearest."""
    if not assets or math.isclose(found[assets[0].key].score, 0.0, abs_tol=WEAK / 4):
        return f"Nothing is like '{name}'."
    nearest = assets[0]
    return f"Nothing is close to '{name}'; '{nearest.title}' comes nearest."
