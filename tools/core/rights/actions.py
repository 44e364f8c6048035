"""What people do with assets, in the words of rights records (ODRL 2.2 actions, narrowed to a library)."""

from enum import StrEnum


class Action(StrEnum):
    """A thing that a record may permit or forbid; those in EDITS change the work itself."""

    PUBLISH = "publish"
    SHARE = "share"
    PRINT = "print"
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
