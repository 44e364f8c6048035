"""The English of rights statements: which words permit, forbid, owe, name or say nothing."""

import re

from tools.core.rights.actions import Action, Purpose


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


SPLIT = re.compile(
    r"[;\n]+|(?<=[^\s.])\.(?=\s+[A-Z]|\s*$)"
    r"|,?\s+(?:and|but)\s+(?=(?:no|not|never|without|must|may not|cannot|can't)\b)"
    r"|,\s*(?=(?:no|not|never|except|excluding|without|must|credit|may|cannot|can't|do not)\b)"
    r"|\s+(?=(?:except|excluding|without)\b)",
    re.IGNORECASE,
)
FORBIDS = _words(
    "no|not|never|without|cannot|can't|don't|doesn't|except|excluding|excluded|forbidden|prohibited"
    "|banned|refused|blocked|disallowed"
)
OUTSIDE = _words("outside(?: of)?|other than|beyond")
FULL_STOP = _words(
    r"(?:do not|don't|never|may not be|must not be|cannot be|can't be|not to be|not|no)\s+"
    r"(?:be\s+)?(?:use|used|any use|allowed|cleared)(?: at all| anywhere| any more)?"
    r"|blocked|forbidden"
)
PERMITS = _words(
    "licen[cs]ed?|may|allowed|permitted|permission|cleared|can|ok|okay|fine|granted|bought"
    "|usable|freely|free|use|used"
)
ANYTHING = _words(
    "any use|all uses?|any purpose|all purposes|everything|unrestricted|without restrictions?"
    "|no restrictions?|any way|anything|freely|ours|our own|own work"
)
UNLIMITED = _words(
    "no restrictions?|without restrictions?|no limits?|no credit (?:needed|required)"
)
CREDIT = re.compile(
    r"\b(?i:(?:must\s+|please\s+|with\s+(?:a\s+)?)?"
    r"(?:credit(?:ed)?(?:\s+line)?|courtesy|attribut(?:ion|ed?))\b"
    r"(?:\s+(?:must|should|has to)\s+(?:be|read))?(?:\s*:\s*|\s+(?:to|as|is|of|line)\s+|\s+)?)"
    r"(?P<name>[\"“'‘][^\"”'’]+[\"”'’]|©?\s*[A-Z][^,;.]*)?"
)
HOLDER = re.compile(
    r"(?:(?i:licen[cs]ed\s+(?:from|by)|bought\s+from|rights\s+(?:of|with|held by)|holder:?|from|by)"
    r"|©|\(c\)|copyright)\s+(?P<name>[A-Z][\w&'’.-]*(?:\s+(?:[A-Z&][\w&'’.-]*|de|van|von|da))*)"
)
DOCUMENT = re.compile(
    r"\b(?i:contract|agreement|invoice|licen[cs]e|document|release)\s+(?i:no\.?\s*|number\s*|#)?"
    r"(?P<name>[A-Za-z]*[-/]?\d[\w/-]*)(?:,?\s*(?:p\.|page)\s*(?P<page>\d{1,4}))?"
)
OPEN_LICENCE = re.compile(
    r"\bcc[\s-]?0(?:[\s-]1\.0)?\b|\bpublic[\s-]domain\b"
    r"|\bcc[\s-]by(?:[\s-](?:nc|nd|sa))*[\s-]\d\.\d\b",
    re.IGNORECASE,
)
ACTIONS = (
    (Action.MINE, _words(r"(?:text and )?data[ -]?mining|tdm|machine learning|ai")),
    (Action.TRAIN, _words(r"(?:ai )?train(?:ing)?(?: of)?(?: ai| models?)*")),
    (Action.AI_REFERENCE, _words(r"(?:as )?(?:an )?ai references?")),
    (Action.SHARE, _words("shar(?:e|ed|ing)|downloads?|downloaded|sen[dt]|sending")),
    (Action.PUBLISH, _words("publish(?:ed|ing)?|publication|go public|public use|post(?:ed|ing)?")),
    (Action.ARCHIVE, _words("archiv(?:e|ed|ing)|kept|keep(?:ing)?")),
)
EDIT_WORDS = (
    (
        Action.AI_EDIT,
        _words(
            r"(?:generative )?ai[ -](?:edit(?:s|ed|ing)?|alterations?|changes)"
            r"|generative(?: edits?| fill)?|ai"
        ),
    ),
    (Action.CROP, _words("crop(?:s|ped|ping)?|refram(?:e|ed|ing)")),
    (Action.TRANSLATE, _words("translat(?:e|ed|ing|ions?)")),
    (
        Action.COMPOSITE,
        _words("composit(?:e|es|ed|ing|ions?)|combin(?:e|ed|ing|ations?)|montages?|collages?"),
    ),
    (
        Action.EDIT,
        _words(
            "edit(?:s|ed|ing)?|modif(?:y|ied|ications?)|alter(?:ed|ing|ations?)?|retouch(?:ed|ing)?"
            "|chang(?:e|es|ed|ing)|derivatives?|adapt(?:ed|ing|ations?)?"
        ),
    ),
)
PURPOSES = (
    (Purpose.NON_COMMERCIAL, _words("non[ -]?commercial(?:ly)?|not for profit|nonprofit")),
    (Purpose.COMMERCIAL, _words("commercial(?:ly)?")),
    (Purpose.ADVERTISING, _words("advertising|advertis(?:e|ed)|promotional|promotion")),
    (Purpose.MERCHANDISE, _words("merchandis(?:e|ing)|resale")),
    (Purpose.EDITORIAL, _words("editorial(?:ly)?")),
    (Purpose.EDUCATION, _words("educational|education|teaching")),
    (Purpose.PERSONAL, _words("personal|private")),
    (Purpose.SENSITIVE, _words("sensitive|political|medical|adult")),
)
TOWARDS = re.compile(r"\b(?:on|for|in|at|within|inside|into|to|during)\s+(?:the\s+|any\s+)?$", re.I)
_NEUTRAL = """
up anything freely ours own needed required credit reserved
a all also an and any are as at be been being but by can cleared do does done everyone fine for
free from full granted has have holder if image images in is it its just licence licenced license
licensed may media must no not of ok okay on only or our out over perpetual perpetuity permission
permitted photo photos picture pictures please reserved rights shot so that the their them then
there these they this those to unlimited us usable usage use used uses using valid video videos
was we were will with within without work works you your allowed bought never except excluding
forbidden prohibited cannot term terms forever always should it's here asset assets file files
both either each other everything purpose purposes way restrictions restriction unrestricted
outside per
"""
NEUTRAL = frozenset(_NEUTRAL.split())
