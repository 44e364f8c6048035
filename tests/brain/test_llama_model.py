"""The real model file: the engine keeps the brain's contract, and its port stays closed."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from agent.brains.choosing import tool_probabilities
from agent.brains.engine import Engine
from prompts.examples import ORDER
from tools.adapters.llama import Llama
from tools.core.errors import Fixable

pytestmark = pytest.mark.brain
FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
SHORT = "Requests and tools:\nthanks a lot => reply\nshow me cats => search_assets\n"


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("states")


@pytest.fixture(scope="module")
def llama(models: Path, states: Path) -> Iterator[Llama]:
    engine = Llama(model=lambda: models / FILE, states=states, context=2048)
    yield engine
    engine.close()


def test_it_is_an_engine(llama: Llama):
    engine: Engine = llama
    assert engine.name == FILE.removesuffix(".gguf")
    assert not engine.busy


def test_the_first_token_tells_tools_apart(llama: Llama):
    assert llama.prefill(SHORT) > 10
    found = tool_probabilities(llama.next_token(f"{SHORT}search for mountains =>"))
    assert max(found, key=lambda tool: found[tool]) == "search_assets"
    assert set(found) <= set(ORDER)


def test_a_grammar_binds(llama: Llama):
    grammar = r'root ::= " {\"add\":[\"" [a-z]{1,12} "\"]}"'
    text = llama.complete(f"{SHORT}tag it with red => tag_assets", grammar, 24)
    assert text.startswith(' {"add":["')


def test_a_broken_grammar_is_reported_and_the_next_request_works(llama: Llama):
    with pytest.raises(Fixable):
        llama.complete(SHORT, "root ::= nonsense", 4)
    assert llama.next_token(SHORT)


def test_chat_comes_in_pieces(llama: Llama):
    pieces = list(llama.chat((("system", "Answer in one word."), ("user", "2 plus 2?")), 8))
    assert pieces
    assert "".join(pieces).strip()


def test_requests_of_several_threads_wait_for_each_other(llama: Llama):
    found: list[dict[str, float]] = []
    threads = [
        threading.Thread(target=lambda: found.append(llama.next_token(f"{SHORT}bye =>")))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert max(found[0], key=lambda token: found[0][token]) == max(
        found[2], key=lambda token: found[2][token]
    )


def test_a_state_is_kept_and_brought_back(llama: Llama, states: Path):
    llama.prefill(SHORT)
    before = llama.next_token(f"{SHORT}bye =>")
    llama.prefill(SHORT)
    llama.save("first")
    llama.save("second")
    assert [path.name for path in states.iterdir()] == ["second.kv"]
    llama.prefill("something else entirely")
    assert llama.restore("second")
    after = llama.next_token(f"{SHORT}bye =>")
    assert max(before, key=lambda t: before[t]) == max(after, key=lambda t: after[t])


def test_a_damaged_or_missing_state_is_no_error(llama: Llama, states: Path):
    (states / "bad.kv").write_bytes(b"nonsense")
    assert not llama.restore("bad")
    assert not (states / "bad.kv").exists()
    assert not llama.restore("never-saved")


@pytest.mark.parametrize("path", ["/slots", "/v1/models", "/props", "/v1/completions"])
def test_its_port_is_closed_to_others(llama: Llama, path: str):
    llama.load()
    address = urlsplit(llama._server.listening_address)
    assert address.hostname == "127.0.0.1"
    wire = http.client.HTTPConnection("127.0.0.1", address.port, timeout=10)
    method = "POST" if "completions" in path else "GET"
    wire.request(method, path, "{}", {"Origin": "http://evil.example"})
    response = wire.getresponse()
    response.read()
    wire.close()
    assert response.status == http.client.UNAUTHORIZED
    assert response.headers["Access-Control-Allow-Origin"] not in {"*", "http://evil.example"}


def test_a_missing_file_says_what_to_do(states: Path):
    def missing() -> Path:
        raise Fixable("The model 'chat-brain' is missing. Run 'dalm models fetch'.")

    with pytest.raises(Fixable, match="dalm models"):
        Llama(model=missing, states=states).load()


def test_a_file_that_is_no_model_says_what_to_do(states: Path, tmp_path: Path):
    (tmp_path / "x.gguf").write_bytes(b"not a model")
    with pytest.raises(Fixable, match="could not be loaded"):
        Llama(model=lambda: tmp_path / "x.gguf", states=states).load()
