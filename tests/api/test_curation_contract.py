"""Curation does the same directly and through the API."""

from pathlib import Path

import pytest

from agent.app import App
from agent.views import Fixable
from tests.fakes.app import OWNER


def test_a_taxonomy_goes_through_the_api(app: App) -> None:
    with pytest.raises(Fixable, match="No taxonomy waits"):
        app.curation.taxonomy(OWNER)
    brought = app.curation.propose_taxonomy(Path("things.ttl"), OWNER)
    assert (brought.state, brought.file) == ("proposed", "things.ttl")
    assert app.curation.taxonomy(OWNER, proposed=True) == brought
    told: list[str] = []
    accepted = app.curation.accept_taxonomy(OWNER, lambda *said: told.append(str(said)))
    assert (accepted.state, len(told)) == ("accepted", 1)
    assert accepted.concepts == brought.concepts
    assert "犬" in app.curation.taxonomy_file(".ttl", OWNER)
    with pytest.raises(Fixable, match="docx"):
        app.curation.taxonomy_file(".docx", OWNER)
    assert app.curation.candidates(OWNER)[0].word == "broccoli"


def test_a_value_is_rejected_listed_and_revoked(app: App) -> None:
    done = app.curation.reject("a1", "dog", OWNER, "it is a fox “really”")
    assert done.text == "Rejected 'dog' on 'Cat'."
    (one,) = app.curation.rejections(OWNER)
    assert (one.asset, one.because, one.alike) == ("a1", "it is a fox “really”", ("a2",))
    with pytest.raises(Fixable, match="No machine says 'ba/d'"):
        app.curation.reject("a1", "ba/d", OWNER)
    assert app.curation.revoke("a1", "dog", OWNER).id == "receipt-10"
    assert app.curation.rejections(OWNER) == []
    with pytest.raises(Fixable, match="not rejected"):
        app.curation.revoke("a1", "dog", OWNER)


def test_what_waits_is_listed_and_decided(app: App) -> None:
    assert [one.value for one in app.curation.review(OWNER, 2)] == ["fox", "wolf"]
    done = app.curation.decide(["a1-1"], OWNER, accept=True, text="Füchse")
    assert done.text == "Accepted a1-1 Füchse"
    assert app.curation.decide(["a1-1", "a2-1"], OWNER, accept=False).text == "Rejected a1-1, a2-1"
    with pytest.raises(Fixable, match="Which ones"):
        app.curation.decide([], OWNER, accept=True)


def test_what_breaks_the_conventions_is_told(app: App) -> None:
    (one,) = app.curation.conformity(OWNER)
    assert one.missing == (("creator", "Ada"), ("copyright", ""))
    assert one.name == "cat.png"
