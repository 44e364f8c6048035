"""The policy file and the users file: what they say, and what is said of broken ones."""

from pathlib import Path

import pytest

from tools.core.directory import OWNER, Directory, parse_users
from tools.core.effects import Effect
from tools.core.errors import Fixable
from tools.core.people import Role, Viewer
from tools.core.policy import parse_policy

TEXT = (Path(__file__).parent.parent.parent / "tools/core/policy.toml").read_text()
ANA = Viewer("ana", "Ana", frozenset({Role.LIBRARIAN}))
PAT = Viewer("pat", "Pat", frozenset({Role.PUBLISHER}))
VIC = Viewer("vic", "Vic", frozenset({Role.VIEWER}))


def test_each_effect_has_its_approvers():
    policy = parse_policy(TEXT)
    assert policy.may_approve(PAT, Effect.PUBLISH, "ana")
    assert not policy.may_approve(ANA, Effect.PUBLISH, "ana")
    assert policy.may_approve(ANA, Effect.DESTRUCTIVE, "pat")
    assert not policy.may_approve(VIC, Effect.DESTRUCTIVE, "vic")
    assert policy.may_approve(OWNER, Effect.PUBLISH, OWNER.id)
    assert policy.entitled(VIC, Effect.READ)
    assert not policy.entitled(VIC, Effect.WRITE)


def test_four_eyes_binds_even_the_local_owner():
    policy = parse_policy(TEXT.replace("four_eyes = false", "four_eyes = true"))
    assert not policy.may_approve(OWNER, Effect.PUBLISH, OWNER.id)
    assert policy.may_approve(OWNER, Effect.PUBLISH, "pat")


def test_a_large_reversible_change_is_the_askers_to_confirm():
    policy = parse_policy(TEXT)
    assert policy.may_approve(VIC, Effect.WRITE, "vic")
    assert not policy.may_approve(OWNER, Effect.WRITE, "vic")


def test_another_text_is_another_version():
    assert parse_policy(TEXT).version != parse_policy(TEXT + "\n# changed\n").version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml [", "not valid TOML"),
        (TEXT.replace("[undo]", "[redo]"), "undo"),
        (TEXT.replace('["librarian"]', '["king"]'), "king"),
        (TEXT.replace("quorum = 1", "quorum = 0"), "quorum"),
        (TEXT.replace("quorum = 1", "quorum = 1.9"), "quorum"),
        (TEXT.replace("valid_hours = 72", "valid_hours = inf"), "inf"),
        (TEXT.replace("valid_hours = 72", "valid_hours = -5"), "-5"),
        (TEXT.replace("assets = 200", "assets = -1"), "-1"),
        (TEXT.replace("days = 30", "days = 1e12"), "1000000000000"),
        (TEXT.replace("four_eyes = false", 'four_eyes = "no"'), "four_eyes"),
        (TEXT + "\n[approve.publsh]\nquorum = 2\n", "publsh"),
    ],
)
def test_a_broken_policy_is_named(text, said):
    with pytest.raises(Fixable, match=said):
        parse_policy(text)


def test_people_come_from_the_users_file():
    users = parse_users('[[user]]\nid = "ana"\nname = "Ana"\nroles = ["legal"]\n')
    directory = Directory(users)
    assert directory.person("ana").has(Role.LEGAL)
    assert directory.acting_as("ana").acting_for == OWNER.id
    assert not directory.acting_as("ana").local_owner
    with pytest.raises(Fixable, match="ana"):
        directory.person("bob")


@pytest.mark.parametrize(
    "text",
    [
        "[[user]]\nid = 'x'\n",
        "[[user]]\nid = 'owner'\nroles = []",
        "[[user]]\nid='x'\nroles=['boss']",
        "[[user]]\nid='system'\nroles=['viewer']",
        "[[user]]\nid='Owner'\nroles=['viewer']",
        "[[user]]\nid='role:legal'\nroles=['viewer']",
        '[[user]]\nid="a\\u001b[2J"\nroles=["viewer"]',
        "[[user]]\nid='a'\nroles=['viewer']\n[[user]]\nid='a'\nroles=['admin']",
        "[[users]]\nid='a'\nroles=['viewer']",
        "user = 3",
    ],
)
def test_a_broken_users_file_is_named(text):
    with pytest.raises(Fixable, match=r"users\.toml"):
        parse_users(text)
