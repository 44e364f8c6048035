"""Text in pictures: RapidOCR with the PP-OCR models of its package, run by onnxruntime."""

import contextlib
import queue
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from tools.core.perception import Box, TextRegion
from tools.core.ports import Picture

NAME = "rapidocr-3.10.0"
# Whoever asks decides which lines are sure enough; below this they are noise.
LEAST = 0.5
LONGEST = 1280
SHORTEST = 24
LINE = 0.6
# Lines are looked for at this size: the engine's own choice, 736 pixels for the shorter side, costs
# 2.4 times the time and finds the same lines, down to letters 10 pixels high.
SEARCHED = 960
# A lone sign is more often a ring or a knot than a letter.
LONE_SURE = 0.95


class RapidReader:
    """Implements ports.TextReader; reads as many pictures at a time as there are threads.

    Each has an engine of one thread, made by `load` at first use: engines of two threads spin
    while they wait for each other, which takes the cores from the models beside them.
    """

    def __init__(self, threads: int = 2, load: Callable[[], Any] | None = None) -> None:
        self._load = load or _engine
        self._free: queue.LifoQueue[Any] = queue.LifoQueue()
        for _ in range(threads):
            self._free.put(None)

    @property
    def name(self) -> str:
        """Name the model and version."""
        return NAME

    def read(self, picture: Picture) -> tuple[TextRegion, ...]:
        """Give the lines of text found, in reading order."""
        assert isinstance(picture, Image.Image)
        small = picture.convert("RGB")
        small.thumbnail((LONGEST, LONGEST))
        width, height = small.size
        if min(width, height) < SHORTEST:
            return ()
        pixels = np.ascontiguousarray(np.asarray(small)[:, :, ::-1])
        engine = self._free.get()
        try:
            engine = engine or self._load()
            found = engine(pixels)
        finally:
            self._free.put(engine)
        if found.boxes is None or found.txts is None or found.scores is None:
            return ()
        rows = zip(found.txts, found.scores, found.boxes, strict=True)
        regions = [
            TextRegion(text.strip(), round(float(score), 3), _box(corners, width, height))
            for text, score, corners in rows
            if score >= (LEAST if len(text.strip()) > 1 else LONE_SURE) and text.strip()
        ]
        return tuple(_in_reading_order(regions))

    def close(self) -> None:
        """Free the models that are not at work; another picture loads them again."""
        idle = 0
        with contextlib.suppress(queue.Empty):
            while True:
                self._free.get_nowait()
                idle += 1
        for _ in range(idle):
            self._free.put(None)


def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - loads three models

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": SEARCHED,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _box(corners: Any, width: int, height: int) -> Box:
    across = [min(max(float(x) / width, 0.0), 1.0) for x, _ in corners]
    down = [min(max(float(y) / height, 0.0), 1.0) for _, y in corners]
    return Box(
        round(min(across), 4), round(min(down), 4), round(max(across), 4), round(max(down), 4)
    )


def _in_reading_order(regions: list[TextRegion]) -> list[TextRegion]:
    """Sort into lines from the top, and within a line from the left."""
    lines: list[list[TextRegion]] = []
    for region in sorted(regions, key=lambda r: (r.box.top + r.box.bottom) / 2):
        middle = (region.box.top + region.box.bottom) / 2
        last = lines[-1][-1].box if lines else None
        reach = LINE * (last.bottom - last.top) if last else 0.0
        if last and abs(middle - (last.top + last.bottom) / 2) <= reach:
            lines[-1].append(region)
        else:
            lines.append([region])
    return [region for line in lines for region in sorted(line, key=lambda r: r.box.left)]
