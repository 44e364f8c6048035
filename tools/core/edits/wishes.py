"""What can be done to a picture, as one wish of a request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewGround:
    """Another background behind the subject.

    `kind` is transparent, colour, gradient or blur; `colours` are `#rrggbb`, one for a colour and
    two from top to bottom for a gradient.
    """

    kind: str
    colours: tuple[str, ...] = ()

    @property
    def step(self) -> str:
        """Name the recipe step, as the provenance table and rights know it."""
        return {"transparent": "edit-cutout", "blur": "edit-blur"}.get(self.kind, "edit-background")

    @property
    def name(self) -> str:
        """Name what is made, for titles."""
        plain = f"{self.kind} background {' to '.join(self.colours)}".strip()
        return "cut out" if self.kind == "transparent" else plain


@dataclass(frozen=True, slots=True)
class Graded:
    """Light and colour of the whole picture, as named steps in the order of GRADES."""

    steps: tuple[str, ...]

    @property
    def step(self) -> str:
        """Name the recipe step, as the provenance table and rights know it."""
        return "edit-grade"

    @property
    def name(self) -> str:
        """Name what is made, for titles."""
        return ", ".join(step.replace("_", " ") for step in self.steps)


@dataclass(frozen=True, slots=True)
class Recoloured:
    """One kind of object in another colour; `objects` are names the object model gives."""

    said: str
    objects: frozenset[str]
    colour: str

    @property
    def step(self) -> str:
        """Name the recipe step, as the provenance table and rights know it."""
        return "edit-recolour"

    @property
    def name(self) -> str:
        """Name what is made, for titles."""
        return f"{self.said} {self.colour}"


@dataclass(frozen=True, slots=True)
class Stamped:
    """A logo of the library laid on, at a corner or side such as `bottom right`."""

    query: str
    place: str

    @property
    def step(self) -> str:
        """Name the recipe step, as the provenance table and rights know it."""
        return "edit-composite"

    @property
    def name(self) -> str:
        """Name what is made, for titles."""
        return f"logo {self.place}"


@dataclass(frozen=True, slots=True)
class Widened:
    """More canvas at `sides`; `share` is of the picture's own size, `colour` "" fills by blur."""

    sides: tuple[str, ...]
    share: float
    colour: str = ""

    @property
    def step(self) -> str:
        """Name the recipe step, as the provenance table and rights know it."""
        return "edit-canvas"

    @property
    def name(self) -> str:
        """Name what is made, for titles."""
        return f"more canvas {' '.join(self.sides)} {self.colour}".strip()


@dataclass(frozen=True, slots=True)
class Enlarged:
    """More pixels by interpolation, `factor` times each way."""

    factor: float

    @property
    def step(self) -> str:
        """Name the recipe step, as the provenance table and rights know it."""
        return "edit-enlarge"

    @property
    def name(self) -> str:
        """Name what is made, for titles."""
        return f"{self.factor:g}x"


Wish = NewGround | Graded | Recoloured | Stamped | Widened | Enlarged
