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
