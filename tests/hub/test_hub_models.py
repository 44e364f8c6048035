"""The hub embedder on a real, tiny BERT that the test makes; needs torch and transformers."""

import json
import threading
from pathlib import Path

import numpy as np
import pytest

from tools.adapters.hub_models import HubEmbedder
from tools.core.errors import Fixable

pytestmark = pytest.mark.hub


def test_rows_are_unit_vectors_and_the_same_for_the_same_text(tiny):
    embedder = HubEmbedder(str(tiny))
    rows = embedder.passages(["two dog on the balcony", "a steel bottle", "two dog on the balcony"])
    assert rows.shape == (3, embedder.dimensions) == (3, 32)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert np.allclose(rows[2], rows[0], atol=1e-6)
    assert not np.allclose(rows[1], rows[0], atol=1e-3)


def test_a_text_has_the_same_vector_beside_longer_ones(tiny):
    """Padding must not be averaged in."""
    embedder = HubEmbedder(str(tiny))
    alone = embedder.passages(["a dog"])[0]
    beside = embedder.passages(["a dog", "the cat on the balcony : two bottle"])[0]
    assert np.allclose(alone, beside, atol=1e-5)


@pytest.mark.parametrize("count", [0, 1, 32, 33, 65])
def test_batches_of_any_size_keep_their_order(tiny, count):
    texts = [("a dog", "the cat", "steel bottle")[number % 3] for number in range(count)]
    embedder = HubEmbedder(str(tiny))
    rows = embedder.queries(texts)
    assert rows.shape == (count, 32)
    for number, row in enumerate(rows):
        assert np.allclose(row, rows[number % 3], atol=1e-5)


def test_what_is_no_text_and_what_is_too_long_is_embedded(tiny):
    embedder = HubEmbedder(str(tiny))
    long = "dog " * 200_000
    rows = embedder.passages(["", " \n", "\0", "half \ud83d", long, long + "cat"])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert np.allclose(rows[4], rows[5], atol=1e-5)


def test_the_model_sets_the_limit_when_its_tokenizer_knows_none(tiny):
    facts = json.loads((tiny / "tokenizer_config.json").read_text())
    del facts["model_max_length"]
    (tiny / "tokenizer_config.json").write_text(json.dumps(facts))
    assert HubEmbedder(str(tiny)).queries(["dog " * 100]).shape == (1, 32)


def test_queries_and_passages_differ_by_their_prefix(tiny):
    embedder = HubEmbedder(str(tiny), query_prefix="query : ", passage_prefix="passage : ")
    bare = HubEmbedder(str(tiny))
    assert np.allclose(embedder.queries(["a dog"]), bare.queries(["query : a dog"]), atol=1e-5)
    assert np.allclose(embedder.passages(["a dog"]), bare.queries(["passage : a dog"]), atol=1e-5)
    assert not np.allclose(embedder.queries(["a dog"]), embedder.passages(["a dog"]), atol=1e-4)


def test_prefixes_are_those_that_a_model_declares_or_its_family_has(tiny):
    bare = HubEmbedder(str(tiny), query_prefix="", passage_prefix="").queries(["query: a dog"])
    family = tiny.rename(tiny.with_name("multilingual-e5-tiny"))
    assert np.allclose(HubEmbedder(str(family)).queries(["a dog"]), bare, atol=1e-5)
    said = {"prompts": {"query": "steel : ", "document": "bottle : "}}
    (family / "config_sentence_transformers.json").write_text(json.dumps(said))
    plain = HubEmbedder(str(family), query_prefix="", passage_prefix="")
    declared = HubEmbedder(str(family))
    assert np.allclose(declared.queries(["cat"]), plain.queries(["steel : cat"]), atol=1e-5)
    assert np.allclose(declared.passages(["cat"]), plain.queries(["bottle : cat"]), atol=1e-5)


def pool(folder: Path, **way: object) -> HubEmbedder:
    (folder / "1_Pooling").mkdir(exist_ok=True)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(way))
    return HubEmbedder(str(folder))


def test_vectors_are_made_as_the_model_declares_or_not_at_all(tiny):
    mean = HubEmbedder(str(tiny)).queries(["a dog"])
    old_mean = pool(tiny, pooling_mode_mean_tokens=True, pooling_mode_cls_token=False)
    assert np.allclose(old_mean.queries(["a dog"]), mean, atol=1e-5)
    first = pool(tiny, pooling_mode_cls_token=True).queries(["a dog"])
    assert not np.allclose(first, mean, atol=1e-3)
    assert np.allclose(pool(tiny, pooling_mode="cls").queries(["a dog"]), first, atol=1e-5)
    with pytest.raises(Fixable, match="mean or the first token"):
        pool(tiny, pooling_mode_lasttoken=True).queries(["a dog"])
    with pytest.raises(Fixable, match="mean or the first token"):
        pool(tiny, pooling_mode_mean_tokens=True, pooling_mode_max_tokens=True).queries(["a dog"])


def test_a_model_with_a_further_layer_is_turned_away(tiny):
    steps = [{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]
    (tiny / "modules.json").write_text(json.dumps(steps))
    with pytest.raises(Fixable, match="choose a model"):
        HubEmbedder(str(tiny)).queries(["a dog"])


def test_the_name_tells_model_content_and_dimension(tiny):
    name = HubEmbedder(str(tiny)).name
    assert name.startswith("tiny-bert-")
    assert name.endswith("-32")
    assert str(tiny.parent) not in name
    assert HubEmbedder(str(tiny)).name == name
    weights = tiny / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert HubEmbedder(str(tiny)).name != name


def test_many_threads_may_ask_at_once(tiny):
    embedder = HubEmbedder(str(tiny))
    found: list[np.ndarray] = []
    asking = [
        threading.Thread(target=lambda: found.append(embedder.queries(["a dog"]))) for _ in range(6)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(found) == 6
    assert all(np.allclose(rows, found[0], atol=1e-6) for rows in found)


def said_by(embedder: HubEmbedder) -> str:
    with pytest.raises(Fixable) as caught:
        embedder.queries(["a dog"])
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_a_folder_without_a_model_says_what_to_do(tiny, tmp_path):
    assert "There is no folder" in said_by(HubEmbedder(str(tmp_path / "nothing")))
    assert "config.json" in said_by(HubEmbedder(str(tmp_path)))
    (tiny / "config.json").write_text("{}")
    assert "DALM_HUB_TEXT_MODEL" in said_by(HubEmbedder(str(tiny)))
    (tiny / "config.json").write_text("{")
    assert "DALM_HUB_TEXT_MODEL" in said_by(HubEmbedder(str(tiny)))


def test_damaged_or_absent_weights_say_what_to_do(tiny):
    weights = tiny / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    assert "cannot be used" in said_by(HubEmbedder(str(tiny)))
    weights.unlink()
    assert "cannot be used" in said_by(HubEmbedder(str(tiny)))


def test_code_that_comes_with_a_model_is_not_run(tiny):
    facts = json.loads((tiny / "config.json").read_text())
    facts["auto_map"] = {"AutoConfig": "own.OwnConfig", "AutoModel": "own.OwnModel"}
    facts["model_type"] = "own"
    (tiny / "config.json").write_text(json.dumps(facts))
    (tiny / "own.py").write_text("raise SystemExit('the code of a model was run')\n")
    assert "cannot be used" in said_by(HubEmbedder(str(tiny)))
