"""What an evaluation case says: a person's turns in a fresh library, and the right end state."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FOLDER = Path(__file__).parent / "cases"
SPLITS = ("train", "test")
Kind = Literal[
    "find",
    "describe",
    "repurpose",
    "rights",
    "publish",
    "talk",
    "reference",
    "steps",
    "context",
    "refusal",
    "injection",
    "insight",
]


class Strict(BaseModel):
    """A part of a case; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(Strict):
    """One thing a person does: say something, or decide on what waits.

    `select` names sample files that are selected in the page, `approve` and `reject` decide on the
    newest plan as the named user (`owner` for the local owner), `user` is who speaks, `upload`
    names sample or hostile files that come along with what is said.
    """

    say: str = ""
    upload: tuple[str, ...] = ()
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
    `says` of words (any letter case) in the answers, of which `says_any` wants one, `verdicts` of
    outcomes shown for assets. `tools` must all have been used in the last turn, in any order.
    `flagged` files carry a warning that they try to give orders, `descriptions` hold a word of
    the description or alt text, `untouched` files are described as they were at the beginning.
    """

    tool: str = ""
    tools: tuple[str, ...] = ()
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
    says_any: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    descriptions: dict[str, str] = Field(default_factory=dict)
    untouched: tuple[str, ...] = ()
    refused: bool | None = None
    asks: bool | None = None


class Case(Strict):
    """A case; `kind` groups cases in the report, `language` is BCP 47.

    `template` (the id when empty) names what its variants share and never stands in both splits,
    `adds` names hostile files that the owner takes in before the first turn.
    """

    id: str
    kind: Kind
    language: str = "en"
    template: str = ""
    adds: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = Field(min_length=1)
    end: End
    split: str

    @property
    def group(self) -> str:
        """Give the name of its template."""
        return self.template or self.id


def load(folder: Path = FOLDER) -> list[Case]:
    """Read the cases of both splits; ValueError names what cannot be used."""
    cases = [case for split in SPLITS for case in _of_split(folder / split)]
    names = [case.id for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"Two cases are called {twice[0]}.")
    train, test = (_groups(cases, split) for split in SPLITS)
    if both := sorted(train & test):
        raise ValueError(f"The template {both[0]} stands in both splits.")
    return cases


def _groups(cases: Sequence[Case], split: str) -> set[str]:
    return {case.group for case in cases if case.split == split}


def _of_split(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            name = entry.get("id", "?") if isinstance(entry, dict) else "?"
            if not isinstance(entry, dict) or "split" in entry:
                raise ValueError(f"{path.name}, case {name}: the folder alone says the split.")
            try:
                yield Case.model_validate({**entry, "split": folder.name})
            except ValidationError as error:
                raise ValueError(f"{path.name}, case {name}: {error}") from error
