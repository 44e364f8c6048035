"""What people do with assets, in the words of rights records (after ODRL 2.2)."""

from enum import StrEnum
from functools import lru_cache


class Action(StrEnum):
    """A thing that a record may permit or forbid; those in EDITS change the work itself.

    ADAPT is making a rendition, MINE is every kind of machine learning and data mining.
    """

    PUBLISH = "publish"
    SHARE = "share"
    ARCHIVE = "archive"
    ADAPT = "adapt"
    EDIT = "edit"
    CROP = "crop"
    TRANSLATE = "translate"
    COMPOSITE = "composite"
    AI_EDIT = "ai-edit"
    MINE = "mine"
    TRAIN = "train"
    AI_REFERENCE = "ai-reference"
    ENRICH = "enrich"


class Purpose(StrEnum):
    """What a use is for; `commercial` and `non-commercial` stand for the narrower ones too."""

    COMMERCIAL = "commercial"
    ADVERTISING = "advertising"
    MERCHANDISE = "merchandise"
    EDITORIAL = "editorial"
    NON_COMMERCIAL = "non-commercial"
    EDUCATION = "education"
    PERSONAL = "personal"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"


EDITS = frozenset({Action.EDIT, Action.CROP, Action.TRANSLATE, Action.COMPOSITE, Action.AI_EDIT})

# A permission reaches narrowly and a prohibition widely: in doubt the answer is no.
_PERMITS = {
    Action.PUBLISH: frozenset({Action.PUBLISH, Action.ADAPT, Action.ARCHIVE}),
    Action.SHARE: frozenset({Action.SHARE, Action.ADAPT, Action.ARCHIVE}),
    Action.ADAPT: frozenset(
        {Action.ADAPT, Action.EDIT, Action.CROP, Action.TRANSLATE, Action.COMPOSITE}
    ),
    Action.EDIT: frozenset({Action.EDIT, Action.CROP}),
    Action.MINE: frozenset({Action.MINE, Action.TRAIN, Action.AI_REFERENCE, Action.ENRICH}),
}
_FORBIDS = {
    Action.ADAPT: EDITS | {Action.ADAPT},
    Action.EDIT: EDITS,
    Action.MINE: _PERMITS[Action.MINE],
}
WORDS = {
    Action.PUBLISH: "publishing",
    Action.SHARE: "sharing",
    Action.ARCHIVE: "keeping",
    Action.ADAPT: "adapting",
    Action.EDIT: "editing",
    Action.CROP: "cropping",
    Action.TRANSLATE: "translating",
    Action.COMPOSITE: "combining",
    Action.AI_EDIT: "editing by AI",
    Action.MINE: "mining",
    Action.TRAIN: "training AI",
    Action.AI_REFERENCE: "using as an AI reference",
    Action.ENRICH: "analysing by outside services",
}


@lru_cache(maxsize=1024)
def permitted(actions: tuple[Action, ...]) -> frozenset[Action] | None:
    """Give what a permission of these actions reaches; None is everything."""
    return _union(actions, _PERMITS)


@lru_cache(maxsize=1024)
def forbidden(actions: tuple[Action, ...]) -> frozenset[Action] | None:
    """Give what a prohibition of these actions reaches; None is everything."""
    return _union(actions, _FORBIDS)


def _union(
    actions: tuple[Action, ...], reach: dict[Action, frozenset[Action]]
) -> frozenset[Action] | None:
    if not actions:
        return None
    return frozenset().union(*(reach.get(action, frozenset({action})) for action in actions))
