"""What is derived of WordNet for search, on a WordNet of a few meanings."""

from pathlib import Path

import pytest

from evals.derive_sights import WordNet, akin, glosses, read_wordnet

DATA = """  1 licence
00000100 05 n 02 ruminant 0 cud-chewer 0 000 | hoofed mammals that chew again; many
00000200 05 n 02 deer 0 cervid 0 001 @ 00000100 n 0000 | a ruminant with antlers
00000300 05 n 02 wapiti 0 American_elk 0 001 @ 00000200 n 0000 | large deer; of North America
00000400 18 n 01 poacher 0 000 | someone who hunts
00000500 05 n 01 crane 0 000 | a wading bird
00000600 06 n 01 crane 0 000 | lifts heavy things
00000700 05 n 01 bug 0 001 @ 00000500 n 0000 | an insect
"""
INDEX = """  1 licence
american_elk n 1 1 @ 1 0 00000300
cervid n 1 1 @ 1 0 00000200
crane n 2 1 @ 2 0 00000600 00000500
deer n 1 1 @ 1 1 00000200
poacher n 1 0 1 0 00000400
ruminant n 1 0 1 0 00000100
wapiti n 1 1 @ 1 0 00000300
"""


@pytest.fixture
def wordnet(tmp_path: Path) -> WordNet:
    (tmp_path / "data.noun").write_text(DATA, encoding="utf-8")
    (tmp_path / "index.noun").write_text(INDEX, encoding="utf-8")
    return read_wordnet(tmp_path)


def test_nouns_lead_to_the_nearest_wider_noun_that_is_shown(wordnet: WordNet) -> None:
    found = akin(wordnet, {"ruminant": 12, "crane": 2})
    assert found == {"ruminant": ["american elk", "cervid", "deer", "wapiti"]}


def test_what_is_too_wide_or_no_thing_leads_nowhere(wordnet: WordNet) -> None:
    assert akin(wordnet, {"ruminant": 61}) == {}


def test_a_gloss_is_that_of_the_meaning_with_the_same_names(wordnet: WordNet) -> None:
    classes = ["wapiti, American elk", "no such thing"]
    assert glosses(wordnet, classes) == ["large deer", ""]
