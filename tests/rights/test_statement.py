"""Reading plain sentences about rights."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.core.rights.actions import Action
from tools.core.rights.rules import RuleKind
from tools.core.rights.statement import read_statement

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIELDS = ("actions", "channels", "territories", "purposes", "edits", "credit")
USUAL = "actions=publish share edits=edit"


def read(text):
    return read_statement(text, (), TODAY)


def shown(term):
    """Write a term on one line: + permission, - prohibition, ! duty, then what limits it."""
    parts = []
    for name in FIELDS:
        value = getattr(term, name)
        if value:
            parts.append(f"{name}={value if isinstance(value, str) else ' '.join(value)}")
    if term.starts:
        parts.append(f"from={term.starts:%Y-%m-%d}")
    if term.ends:
        parts.append(f"to={term.ends:%Y-%m-%d}")
    mark = {RuleKind.PERMISSION: "+", RuleKind.PROHIBITION: "-", RuleKind.DUTY: "!"}[term.kind]
    return " ".join([mark, *parts]).replace(USUAL, "usual")


def usual(limits):
    return f"+ actions=publish share {limits} edits=edit".replace("  ", " ")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "licensed from Jan until 31 December for web in the EU, no crops",
            [
                usual("channels=web territories=EU") + " from=2026-01-01 to=2026-12-31",
                "- edits=crop",
            ],
        ),
        (
            "Licensed from Getty Images for web and social media in Germany, Austria and "
            "Switzerland until 31.12.2027. Credit: Jane Doe / Getty",
            [
                usual("channels=web social territories=DE AT CH") + " to=2027-12-31",
                "! credit=Jane Doe / Getty",
            ],
        ),
        ("editorial use only", [usual("purposes=editorial")]),
        ("may not be used", ["-"]),
        ("Do not use on Instagram.", ["- channels=instagram"]),
        (
            "web in the EU and print in Germany for 2 years",
            [
                usual("channels=web territories=EU") + " from=2026-11-24 to=2028-11-23",
                usual("channels=print territories=DE") + " from=2026-11-24 to=2028-11-23",
            ],
        ),
        (
            "no AI training, no crops or translations",
            ["- actions=train", "- edits=crop translate"],
        ),
        ("no AI", ["- actions=mine", "- edits=ai-edit"]),
        ("not for commercial use", ["- purposes=commercial"]),
        ("only for internal use", [usual("channels=internal")]),
        (
            "CC BY 4.0 by Jane Doe",
            ["+ credit=Jane Doe, CC BY 4.0", "! edits=edit"],
        ),
        ("it is in the public domain", ["+"]),
        ("no restrictions", ["+"]),
        ("we can use it everywhere except in Japan", ["+ usual", "- territories=JP"]),
        ("no billboards, posters or crops", ["- channels=billboard poster", "- edits=crop"]),
        ("no crops on billboards", ["- channels=billboard edits=crop"]),
        (
            "no publication before 3 March 2027",
            ["- actions=publish to=2027-03-02"],
        ),
        ("no use after 31 December 2026", ["- from=2027-01-01"]),
        ("ok for social until May 2027", [usual("channels=social") + " to=2027-05-31"]),
        ("Licence expires 2027-06-30", ["+ usual to=2027-06-30"]),
        ("licensed for web, not outside the EU", [usual("channels=web territories=EU")]),
        (
            "web in Germany; print",
            [usual("channels=web territories=DE"), usual("channels=print territories=DE")],
        ),
        (
            "1 January 2027 to 31 March 2027 for web",
            [usual("channels=web") + " from=2027-01-01 to=2027-03-31"],
        ),
        (
            "billboards in France, May 2027 only",
            [usual("channels=billboard territories=FR") + " from=2027-05-01 to=2027-05-31"],
        ),
        ("we may use it", ["+ usual"]),
        ("all rights reserved", []),
        ("what a lovely picture", []),
        ("no idea", []),
    ],
)
def test_what_sentences_mean(text, terms):
    assert [shown(term) for term in read(text).terms] == terms


def test_the_whole_sentence_is_quoted_for_a_yes_and_its_part_for_a_no():
    text = "licensed for web in the EU, no crops"
    assert [term.clause for term in read(text).terms] == [text, "no crops"]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("licensed for web in the EU, no crops", ()),
        ("licensed for up to 5000 copies in print", ("5000 copies",)),
        ("for web, no squirrels", ("no squirrels",)),
        ("blah blah", ("blah blah",)),
    ],
)
def test_what_was_not_read_is_listed(text, unread):
    assert read(text).unread == unread


def test_people_and_papers_are_found():
    found = read("Contract C-2031, page 4: licensed from Getty Images from March for web")
    assert (found.holder, found.document, found.page) == ("Getty Images", "C-2031", 4)
    assert read("licensed from March until May for web").holder == ""
    assert read("© Studio Nord, any use").holder == "Studio Nord"


def test_what_a_sentence_does_not_name_is_not_given_away():
    (term,) = read("licensed for web").terms
    assert term.actions == (Action.PUBLISH, Action.SHARE)
    assert Action.AI_EDIT not in term.edits
    assert Action.TRANSLATE not in term.edits


_WORDS = """
no not never may licensed from until for in web print EU Germany crops 31 December 29 2027
February Feb credit Jane editorial only except , . ; AI training after before to
30.02.2027 year two
"""
WORDS = _WORDS.split()


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS)).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_the_same_twice_and_breaks_nothing(text):
    assert read(text) == read(text)


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_a_following_no_never_adds_a_permission(text):
    def permissions(of):
        return sum(term.kind is RuleKind.PERMISSION for term in read(of).terms)

    assert permissions(f"{text}; no crops") == permissions(text)
