"""The mood of a scene by its light and colours, in measures; faces have no part in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from tools.core.assets import Field
from tools.core.ingest.grounds import Grounds, grounded
from tools.core.ingest.notes import Note
from tools.core.perception import Light, Space

BY = "light and colour 1 (CIE L*a*b*)"
# Cut-outs and drawings on white have no light of their own.
EMPTY = 0.5
# Below this a picture is grey rather than muted.
GREY = 2.0
_WORDS = {
    "brightness": "brightness {:.0f} of 100",
    "contrast": "contrast {:.0f}",
    "dark": "{:.0%} nearly black",
    "bright": "{:.0%} nearly white",
    "chroma": "colourfulness {:.0f}",
    "warmth": "yellow to blue {:+.0f}",
    "redness": "red to green {:+.0f}",
    "calm": "{:.0%} of its sides without edges",
}


@dataclass(frozen=True, slots=True)
class _Bar:
    """A measure that has to reach `bar`; at `full` nobody would doubt it."""

    measure: str
    bar: float
    full: float

    def reached(self, measured: dict[str, float]) -> float:
        """Give how far it is beyond the bar, 0 to 1, and below 0 where it falls short."""
        return min(1.0, (measured[self.measure] - self.bar) / (self.full - self.bar))


# By eye, from pictures of the samples and of scikit-learn; between the bars nothing is said.
MOODS: dict[str, tuple[_Bar, ...]] = {
    "bright": (_Bar("brightness", 68, 85), _Bar("dark", 0.03, 0)),
    "dark": (_Bar("brightness", 37, 20), _Bar("dark", 0.3, 0.6)),
    "warm": (_Bar("warmth", 18, 35), _Bar("redness", 2, 15)),
    "cool": (_Bar("warmth", -12, -30),),
    "vibrant": (_Bar("chroma", 34, 50),),
    "muted": (_Bar("chroma", 10, 4), _Bar("contrast", 32, 15)),
    "calm": (_Bar("calm", 0.8, 0.95), _Bar("contrast", 20, 8), _Bar("chroma", 30, 10)),
    "dramatic": (_Bar("contrast", 27, 36), _Bar("dark", 0.25, 0.5)),
}


def moods(light: Light, spaces: Sequence[Space]) -> list[Note]:
    """Note the moods of a picture that its light and colours show beyond doubt."""
    if light.empty >= EMPTY or light.chroma < GREY:
        return []
    measured = {
        "brightness": light.brightness,
        "contrast": light.contrast,
        "dark": light.dark,
        "bright": light.bright,
        "chroma": light.chroma,
        "warmth": light.warmth,
        "redness": light.redness,
        "calm": fmean(space.calm for space in spaces),
    }
    notes: list[Note] = []
    for mood, bars in MOODS.items():
        beyond = min(bar.reached(measured) for bar in bars)
        if beyond >= 0:
            why = ", ".join(_WORDS[bar.measure].format(measured[bar.measure]) for bar in bars)
            notes += grounded(Grounds(Field.MOOD, mood, why), BY, round(0.6 + 0.4 * beyond, 4))
    return notes
