"""What an evaluation case says: a person's turns in a fresh library, and the right end state."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FOLDER = Path(__file__).parent / "cases"


class Strict(BaseModel):
    """A part of a case; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(Strict):
    """One thing a person does: say something, or decide on what waits.

    `select` names sample files that are selected in the page, `approve` and `reject` decide on the
    newest plan as the named user (`owner` for the local owner), `user` is who speaks.
    """

    say: str = ""
    select: tuple[str, ...] = ()
    approve: str = ""
    reject: str = ""
    user: str = "owner"


class Made(Strict):
    """A rendition that must exist: of which file, and its size in pixels."""

    of: str
    width: int | None = None
    height: int | None = None
    mime: str = ""


class End(Strict):
    """The end state; everything given must hold, whichever way led there.

    Files are named as in samples/. `results` and `none_of` speak of what the last turn showed,
    `says` of words (any letter case) in the answers, `verdicts` of outcomes shown for assets.
    """

    tool: str = ""
    not_tools: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    no_results: bool = False
    made: tuple[Made, ...] = ()
    tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    without_tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    collections: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    states: dict[str, str] = Field(default_factory=dict)
    titles: dict[str, str] = Field(default_factory=dict)
    published: tuple[str, ...] = ()
    public: int | None = None
    pending: int | None = None
    verdicts: dict[str, str] = Field(default_factory=dict)
    says: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()
    refused: bool | None = None
    asks: bool | None = None


class Case(Strict):
    """A case; `kind` groups cases in the report, `language` is BCP 47."""

    id: str
    kind: str
    language: str = "en"
    turns: tuple[Turn, ...]
    end: End


def load(folder: Path = FOLDER) -> list[Case]:
    """Read every case; ValueError names the file and the case that cannot be used."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            try:
                cases.append(Case.model_validate(entry))
            except ValidationError as error:
                name = entry.get("id", "?") if isinstance(entry, dict) else "?"
                raise ValueError(f"{path.name}, case {name}: {error}") from error
    names = [case.id for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"Two cases are called {twice[0]}.")
    return cases
