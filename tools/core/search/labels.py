"""The label model's classes as points in the text space."""

from tools.core.ports import TextEmbedder, VectorIndex, Vision


class LabelSpace:
    """Places pictures in the text space by the names of their classes (ConSE, Norouzi 2014)."""

    def __init__(self, *, embedder: TextEmbedder, vision: Vision, index: VectorIndex) -> None:
        self._embedder = embedder
