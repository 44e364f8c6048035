"""The local brain as a chat model, with the real bank, a scripted engine and no model file."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.brains import words
from agent.brains.choosing import tool_probabilities
from agent.brains.local import LocalBrain, build_local_brain
from agent.brains.prefix import ENOUGH, ROUNDS, Prefix
from prompts import examples
from tests.fakes.embedder import WordEmbedder
from tools.core import channels as core_channels
from tools.core.channels import parse_channels

CHANNELS = parse_channels(
    Path(core_channels.__file__).with_name("channels.toml").read_text(encoding="utf-8")
)
# A part of the bank is fitted in a fraction of the time.
ROWS = tuple(r for place, r in enumerate(examples.bank()) if place % 3 == 0 or r.tool == "reply")
CARDS = [
    {"id": "a-dog", "title": "Dog on the beach", "file": "IMG_1.jpg", "media_type": "image"},
    {"id": "a-cat", "title": "Tabby cat", "file": "IMG_2.jpg", "media_type": "image"},
    {"id": "a-doc", "title": "Product sheet", "file": "sheet.docx", "media_type": "document"},
]
MADE = [
    {
        "id": "a-sto",
        "title": "Tabby cat — instagram-story",
        "file": "cat-instagram-story.jpg",
        "media_type": "image",
    },
    {
        "id": "a-thu",
        "title": "Tabby cat — youtube-thumbnail",
        "file": "cat-youtube-thumbnail.jpg",
        "media_type": "image",
    },
]
SHOWN = {"results": CARDS, "made": [], "selection": [], "uploads": []}
AFTER = {"results": CARDS, "made": MADE, "selection": [], "uploads": []}
EMPTY = {"results": [], "made": [], "selection": [], "uploads": []}


class ScriptedEngine:
    """Says what a test tells it to, and remembers what it was asked and kept."""

    def __init__(self) -> None:
        self.tokens: dict[str, float] = {}
        self.arguments = "{}"
        self.answer: Sequence[str] = ()
        self.kept: set[str] = set()
        self.prefilled: list[int] = []
        self.asked: list[str] = []

    name = "scripted"
    busy = False

    def prefill(self, prompt: str) -> int:
        self.prefilled.append(len(prompt))
        return len(prompt) // 4

    def next_token(self, prompt: str) -> dict[str, float]:
        self.asked.append(prompt)
        return self.tokens

    def complete(self, prompt: str, grammar: str, limit: int) -> str:
        self.asked.append(prompt)
        return self.arguments

    def chat(self, messages: Sequence[tuple[str, str]], limit: int) -> Iterator[str]:
        self.asked.append(messages[-1][1])
        yield from self.answer

    def save(self, key: str) -> None:
        self.kept = {key}

    def restore(self, key: str) -> bool:
        return key in self.kept


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def cold(cache: Path) -> LocalBrain:
    """A brain without a model: probe and rules only."""
    return build_local_brain(
        embedder=WordEmbedder(), engine=None, channels=CHANNELS, cache=cache, rows=ROWS
    )


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def brain(cache: Path, cold: LocalBrain, engine: ScriptedEngine) -> LocalBrain:
    built = build_local_brain(
        embedder=WordEmbedder(), engine=engine, channels=CHANNELS, cache=cache, rows=ROWS
    )
    built.warm_up(lambda done, total, note: None)
    return built


def ask(brain: LocalBrain, text: str, screen=SHOWN, *before) -> AIMessage:
    kwargs = {"screen": screen, "request": text}
    return brain.invoke(
        [*before, HumanMessage(f"{text}\n\nOn the screen: ...", additional_kwargs=kwargs)]
    )


def told(brain: LocalBrain, engine: ScriptedEngine, tool: str, text: str, screen=SHOWN, *before):
    """Let the model favour a tool as strongly as it can."""
    word = " " + tool.split("_", maxsplit=1)[0]
    engine.tokens = {word: -0.001, " the": -9.0}
    answer = ask(brain, text, screen, *before)
    return (
        (answer.tool_calls[0]["name"], answer.tool_calls[0]["args"])
        if answer.tool_calls
        else answer.text or answer.additional_kwargs.get("question", {}).get("text", "")
    )


def earlier(tool: str, **arguments) -> list:
    call = {"name": tool, "args": arguments, "id": "1"}
    return [
        HumanMessage("x"),
        AIMessage("", tool_calls=[call]),
        ToolMessage("done", tool_call_id="1"),
    ]


@pytest.mark.parametrize(
    ("tool", "text", "screen", "arguments"),
    [
        ("search_assets", "show me animals", EMPTY, {"query": "animals"}),
        (
            "search_assets",
            "find documents with “clear space”",
            EMPTY,
            {"query": '"clear space" documents', "media_type": "document"},
        ),
        ("search_assets", "cherche « espace libre »", EMPTY, {"query": '"espace libre"'}),
        ("search_assets", 'show the folder "Spring"', EMPTY, {"query": 'folder "Spring'}),
        (
            "reframe_assets",
            "make the second one an instagram story and a youtube thumbnail",
            SHOWN,
            {"asset_ids": ["a-cat"], "targets": ["instagram-story", "youtube-thumbnail"]},
        ),
        (
            "check_rights",
            "may we use it on instagram in germany?",
            AFTER,
            {"asset_ids": ["a-sto", "a-thu"], "channel": "instagram", "territory": "DE"},
        ),
        (
            "tag_assets",
            "tag all of these with spring-campaign",
            SHOWN,
            {"asset_ids": ["a-dog", "a-cat", "a-doc"], "add": ["spring-campaign"]},
        ),
        ("undo", "undo that", SHOWN, {}),
        (
            "translate_asset",
            "translate the product sheet into Portuguese",
            SHOWN,
            {"asset_id": "a-doc", "language": "pt"},
        ),
        (
            "translate_asset",
            "translate the price list into Portuguese",
            SHOWN,
            {"query": "price list", "language": "pt"},
        ),
        (
            "translate_asset",
            "translate the product sheet into Portuguese",
            EMPTY,
            {"query": "product sheet", "language": "pt"},
        ),
        (
            "publish_assets",
            "publish the story to the website",
            AFTER,
            {"asset_ids": ["a-sto"], "channel": "website"},
        ),
        (
            "delete_assets",
            "delete the red one",
            SHOWN,
            {"asset_ids": ["a-dog", "a-cat", "a-doc"], "query": "red"},
        ),
    ],
)
def test_the_main_job(brain, engine, tool, text, screen, arguments):
    assert told(brain, engine, tool, text, screen) == (tool, arguments)


def test_what_is_missing_is_asked_in_the_persons_language(brain, engine):
    assert "Which asset" in told(brain, engine, "delete_assets", "delete it", EMPTY)
    assert "Welche" in told(brain, engine, "delete_assets", "bitte lösche das", EMPTY)
    assert "Where" in told(brain, engine, "publish_assets", "publish the second one")


@pytest.mark.parametrize(
    ("text", "screen", "asks"),
    [
        ("publish the story to the website", EMPTY, "Which asset"),
        ("publish the story to the website", SHOWN, "Which one"),
        ("publish the thumbnail to the website", EMPTY, "Which asset"),
        ("veröffentliche die Story auf der Website", EMPTY, "Welche Datei"),
        ("publie la story sur le site web", EMPTY, "quel fichier"),
        ("publica la historia en el sitio web", EMPTY, "qué archivo"),
        ("publica a história no site", EMPTY, "asset"),
        ("pubblica la storia sul sito", EMPTY, "Quale file"),
        ("publiceer het verhaal op de website", EMPTY, "Welk bestand"),
        ("ストーリーをウェブサイトに公開して", EMPTY, "どの素材"),
        ("delete the story", EMPTY, "Which asset"),
    ],
)
def test_a_story_that_is_not_there_is_asked_for_and_not_looked_up(
    brain, engine, text, screen, asks
):
    tool = "delete_assets" if "delete" in text else "publish_assets"
    assert asks in told(brain, engine, tool, text, screen)


def test_other_names_are_looked_up_as_before(brain, engine):
    called = told(brain, engine, "delete_assets", "delete the story poster", EMPTY)
    assert called[0] == "delete_assets"
    assert "poster" in called[1]["query"]


def test_it_among_several_is_asked_with_the_candidates(brain, engine):
    answer = told(brain, engine, "delete_assets", "delete it")
    assert "Dog on the beach" in answer
    assert "Tabby cat" in answer


def test_it_is_what_the_last_call_was_about(brain, engine):
    before = earlier("get_asset", asset_id="a-cat")
    assert told(brain, engine, "delete_assets", "delete it", SHOWN, *before) == (
        "delete_assets",
        {"asset_ids": ["a-cat"]},
    )


def test_an_answer_to_a_question_completes_the_request(brain, engine):
    engine.tokens = {" publish": -0.001}
    first = HumanMessage("publish the second one")
    question = ask(brain, first.text)
    assert told(brain, engine, "publish_assets", "on the website", SHOWN, first, question) == (
        "publish_assets",
        {"asset_ids": ["a-cat"], "channel": "website"},
    )


def test_a_following_request_repeats_the_last_tool(brain, engine):
    before = earlier("translate_asset", asset_id="a-doc", language="pt")
    assert told(brain, engine, "reply", "and into Spanish?", SHOWN, *before) == (
        "translate_asset",
        {"asset_id": "a-doc", "language": "es"},
    )


def test_a_gated_tool_is_not_guessed(brain, engine):
    engine.tokens = {" delete": -1.0, " search": -1.4, " reply": -1.4}
    answer = ask(brain, "colourless green ideas sleep")
    assert not any(call["name"] == "delete_assets" for call in answer.tool_calls)


@pytest.mark.parametrize(
    "text", ["what is the title of the second one", "wie lautet der Titel vom zweiten Bild"]
)
def test_a_question_never_writes(brain, engine, text):
    assert told(brain, engine, "describe_asset", text) == ("get_asset", {"asset_id": "a-cat"})


def test_greetings_need_no_model(cold):
    answer = ask(cold, "hello!", EMPTY)
    assert answer.tool_calls == []
    assert answer.text.startswith("Hello!")


def test_sentences_arrive_in_pieces(cold):
    kwargs = {"screen": EMPTY, "request": "hello!"}
    pieces = [p.text for p in cold.stream([HumanMessage("hello!", additional_kwargs=kwargs)])]
    assert len([piece for piece in pieces if piece]) > 3


def test_an_explanation_is_the_models_and_never_cut_in_a_sentence(brain, engine):
    engine.answer = ["CC BY lets you ", "share it. You must ", "name the"]
    assert told(brain, engine, "reply", "what does CC BY mean?", EMPTY).strip() == (
        "CC BY lets you share it."
    )


def test_after_a_tool_it_adds_nothing(brain):
    answer = brain.invoke(earlier("search_assets", query="dogs"))
    assert (answer.text, answer.tool_calls) == ("", [])


def test_arguments_the_bound_tool_does_not_take_are_left_out(brain, engine):
    schema = {
        "type": "function",
        "function": {
            "name": "search_assets",
            "description": "",
            "parameters": {"type": "object", "properties": {"query": {"type": "string"}}},
        },
    }
    engine.tokens = {" search": -0.001}
    message = HumanMessage("x", additional_kwargs={"screen": EMPTY, "request": "videos of dogs"})
    answer = brain.bind_tools([schema]).invoke([message])
    assert set(answer.tool_calls[0]["args"]) == {"query"}


def test_the_model_copies_tags_that_no_pattern_reads_and_invents_none(brain, engine):
    engine.arguments = json.dumps({"add": ["harbour", "boats"]})
    text = "the second picture is missing the words harbour and so on"
    assert told(brain, engine, "tag_assets", text)[1]["add"] == ["harbour"]


def test_a_broken_answer_of_the_model_becomes_a_question(brain, engine):
    engine.arguments = '{"add": ['
    assert "tag" in told(brain, engine, "tag_assets", "the second wants better ones")


def test_warming_reads_round_by_round_and_keeps_the_state(cache, cold):
    engine, seen = ScriptedEngine(), []
    built = build_local_brain(
        embedder=WordEmbedder(), engine=engine, channels=CHANNELS, cache=cache, rows=ROWS
    )
    built.warm_up(lambda done, total, note: seen.append(done), stop=lambda: ENOUGH in seen)
    assert built.decider.warm
    assert len(engine.kept) == 1
    assert len(engine.prefilled) == ENOUGH
    on = build_local_brain(
        embedder=WordEmbedder(), engine=engine, channels=CHANNELS, cache=cache, rows=ROWS
    )
    on.warm_up(lambda done, total, note: None)
    assert len(engine.prefilled) == ROUNDS
    assert engine.prefilled == sorted(set(engine.prefilled))
    assert len(engine.kept) == 1
    engine.prefilled.clear()
    again = build_local_brain(
        embedder=WordEmbedder(), engine=engine, channels=CHANNELS, cache=cache, rows=ROWS
    )
    again.warm_up(lambda done, total, note: None)
    assert engine.prefilled == []


def test_every_shorter_prefix_begins_the_longer_one():
    prefix = Prefix(ROWS)
    texts = [prefix.text(rounds) for rounds in range(prefix.rounds + 1)]
    assert all(long.startswith(short) for short, long in pairwise(texts))
    assert all(f"=> {tool}" in texts[1] for tool in examples.ORDER)
    assert len({prefix.key("a", 8), prefix.key("b", 8), prefix.key("a", 7)}) == 3


def test_names_that_share_a_token_share_its_mass():
    found = tool_probabilities({" re": -0.1, " delete": -3.0, " x": -1.0})
    assert found["delete_assets"] == pytest.approx(-3.0)
    assert found["reply"] == pytest.approx(found["reframe_assets"])


def test_the_probe_alone_knows_most_of_its_own_bank(cold):
    rows = ROWS[::9]
    right = sum(cold.chooser.choose(row.request).tool == row.tool for row in rows)
    assert right >= 0.75 * len(rows)


def test_the_probe_is_kept_without_pickle(cache, cold):
    assert len(list(cache.glob("probe-*.npz"))) == 1


def test_function_words_load_once():
    assert words.function_words() is words.function_words()
