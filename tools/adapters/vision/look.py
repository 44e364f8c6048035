"""The vision models together, loaded when the first picture comes."""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tools.adapters.vision import faces, labels, objects
from tools.adapters.vision.faces import Faces
from tools.adapters.vision.labels import Labels
from tools.adapters.vision.likenesses import Likenesses
from tools.adapters.vision.objects import Objects
from tools.adapters.vision.sensitive import Sensitive
from tools.core.errors import Fixable
from tools.core.perception import Seen, Sighting
from tools.core.ports import ModelStore, Picture, Vectors

# Few, confident labels; what lies under the first bar is left to the class probabilities.
SURE = 0.3
SECOND = 0.15
LABELS = 3
CLASSES = 20
LEAST = 0.004


class VisionModels:
    """Implements ports.Vision; a missing model file is told by Fixable at the first picture."""

    def __init__(self, models: ModelStore, threads: int = 2) -> None:
        self._models = models
        self._threads = threads
        self._lock = threading.Lock()
        self._parts: tuple[Labels, Objects, Faces] | None = None
        self._sensitive: Sensitive | None = None

    @property
    def feature_space(self) -> str:
        """Name the model of the features and their number: the collection of such vectors."""
        return f"visual-{labels.NAME}-{labels.LENGTH}"

    @property
    def feature_length(self) -> int:
        """Give the number of features of a picture."""
        return labels.LENGTH

    @cached_property
    def ordinary_features(self) -> NDArray[np.float32]:
        """Give the mean of the unit rows of 833 photographs and cut-outs of many things."""
        with np.load(Path(__file__).with_name("ordinary.npz")) as kept:
            mean: NDArray[np.float32] = kept["mean"].astype(np.float32)
        return mean

    @property
    def likeness_names(self) -> tuple[str, ...]:
        """Name the drawings that likenesses are of, in the order of their indices."""
        return self._drawings.names

    @cached_property
    def _drawings(self) -> Likenesses:
        return Likenesses(self.ordinary_features)

    @property
    def label_names(self) -> tuple[str, ...]:
        """Name every class of the label model, in the order of its indices."""
        return self._loaded()[0].names

    def look(self, picture: Picture) -> Sighting:
        """Give labels, objects and faces."""
        seer, finder, watcher = self._loaded()
        image = _rgb(picture)
        probabilities, features = seer.read(image)
        alike = self._drawings.of(features)
        order = probabilities.argsort()[::-1][:CLASSES]
        classes = tuple(
            (int(k), round(float(probabilities[k]), 4)) for k in order if probabilities[k] >= LEAST
        )
        return Sighting(
            labels=self._sure(classes, seer.names),
            objects=finder.find(image),
            faces=watcher.find(image),
            class_probabilities=classes,
            models=(labels.NAME, objects.NAME, faces.NAME),
            features=features,
            sensitive=self._sensitivity(image),
            likenesses=tuple((index, round(cosine, 4)) for index, cosine in alike),
        )

    def features(self, pictures: Sequence[Picture]) -> Vectors:
        """Give only how pictures look, shape (n, 1280)."""
        seer = self._loaded()[0]
        found = [seer.read(_rgb(picture))[1] for picture in pictures]
        return np.stack(found) if found else np.zeros((0, labels.LENGTH), dtype=np.float32)

    def close(self) -> None:
        """Free the models; another picture loads them again."""
        with self._lock:
            self._parts = self._sensitive = None

    def _sensitivity(self, image: Image.Image) -> float | None:
        """Judge sensitive content, where the model for it is here."""
        with self._lock:
            if self._sensitive is None:
                try:
                    self._sensitive = Sensitive(self._models.path("sensitive"))
                except Fixable:
                    return None
            judge = self._sensitive
        return judge.score(image)

    def _sure(
        self, classes: tuple[tuple[int, float], ...], names: tuple[str, ...]
    ) -> tuple[Seen, ...]:
        if not classes or classes[0][1] < SURE:
            return ()
        return tuple(Seen(names[k], p) for k, p in classes[:LABELS] if p >= SECOND)

    def _loaded(self) -> tuple[Labels, Objects, Faces]:
        with self._lock:
            if self._parts is None:
                path = self._models.path
                self._parts = (
                    Labels(path("labels"), path("label-names"), self._threads),
                    Objects(path("objects"), path("objects-graph")),
                    Faces(path("faces")),
                )
            return self._parts


def _rgb(picture: Picture) -> Image.Image:
    assert isinstance(picture, Image.Image)
    if picture.mode == "RGB":
        return picture
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, (255, 255, 255))
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
