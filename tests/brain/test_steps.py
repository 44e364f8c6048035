"""Requests that string several together: cut, carried out one by one, stopped where one fails."""

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.brains.local import LocalBrain, build_local_brain
from agent.brains.steps import split
from tests.brain.test_local_brain import CARDS, CHANNELS, EMPTY, ROWS, SHOWN, ScriptedEngine
from tests.fakes.embedder import WordEmbedder


@pytest.fixture(scope="module")
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture(scope="module")
def brain(tmp_path_factory, engine) -> LocalBrain:
    cache = tmp_path_factory.mktemp("cache")
    built = build_local_brain(
        embedder=WordEmbedder(), engine=engine, channels=CHANNELS, cache=cache, rows=ROWS
    )
    built.warm_up(lambda done, total, note: None)
    return built


@pytest.fixture
def think(brain, engine):
    """Let the model favour a tool as strongly as it can."""

    def about(tool: str, messages: list) -> AIMessage:
        engine.tokens = {" " + tool.split("_", maxsplit=1)[0]: -0.001, " the": -9.0}
        return brain.invoke(messages)

    return about


@pytest.mark.parametrize(
    ("request_", "steps"),
    [
        (
            "find the dogs, make them square and put them in the spring collection",
            ["find the dogs", "make them square", "put them in the spring collection"],
        ),
        (
            "Such die Hunde, mach sie quadratisch und leg sie in die Sammlung Frühling",
            ["Such die Hunde", "mach sie quadratisch", "leg sie in die Sammlung Frühling"],
        ),
        (
            "Hundebilder suchen, quadratisch zuschneiden und in die Sammlung Frühling legen",
            ["Hundebilder suchen", "quadratisch zuschneiden", "in die Sammlung Frühling legen"],
        ),
        (
            "trouve les chiens puis recadre-les en carré",
            ["trouve les chiens", "recadre-les en carré"],
        ),
        ("busca los perros y ponlos en primavera", ["busca los perros", "ponlos en primavera"]),
        (
            "encontra os cães, põe-nos na coleção mar",
            ["encontra os cães", "põe-nos na coleção mar"],
        ),
        ("trova i cani e mettili nella raccolta", ["trova i cani", "mettili nella raccolta"]),
        ("zoek de honden en maak ze vierkant", ["zoek de honden", "maak ze vierkant"]),
        (
            "犬を探して、正方形にして、春のコレクションに入れて",
            ["犬を探して", "正方形にして", "春のコレクションに入れて"],
        ),
        (
            "1. find the red car\n2. make an instagram story\n3. publish it",
            ["find the red car", "make an instagram story", "publish it"],
        ),
        (
            "can you find the dogs and make them square?",
            ["can you find the dogs", "make them square"],
        ),
        (
            'rename it to "find and delete it" and tag it with x',
            ['rename it to "find and delete it"', "tag it with x"],
        ),
    ],
)
def test_several_requests_are_cut(request_, steps):
    assert list(split(request_)) == steps


@pytest.mark.parametrize(
    "request_",
    [
        "find pictures of cats and dogs",
        "tag these with sun, sea and sand",
        "crop and resize it to 9:16",
        "may we crop it and post it on instagram?",
        "publish the poster and the brochure on the website",
        "delete the second and third one",
        "fotos de praia e ponte",
        "Bilder von Hunden und Katzen",
        "the licence runs until March and covers print",
        "summer sale poster, make it square",
        "",
        " and ",
        "and and and then, then",
        "，".join(["find cats"] * 40),
    ],
)
def test_a_single_request_stays_whole(request_):
    assert split(request_) == (request_,)


def turn(text: str, screen=SHOWN) -> HumanMessage:
    return HumanMessage(text, additional_kwargs={"screen": screen, "request": text})


def answered(said: AIMessage, outcome: str, *assets: str) -> ToolMessage:
    came = {"outcome": outcome, "assets": list(assets)}
    return ToolMessage("told", tool_call_id=said.tool_calls[0]["id"], additional_kwargs=came)


def called(said: AIMessage) -> tuple[str, dict]:
    assert len(said.tool_calls) == 1
    return said.tool_calls[0]["name"], said.tool_calls[0]["args"]


REQUEST = "find the dogs, tag them with summer and delete them"
DOGS = {**EMPTY, "results": CARDS[:2]}


def test_each_step_sees_what_the_one_before_found(brain, think):
    first = think("search_assets", [turn(REQUEST)])
    assert called(first)[0] == "search_assets"
    assert "1" in first.text
    assert "3" in first.text
    said = [turn(REQUEST, DOGS), first, answered(first, "done", "a-dog", "a-cat")]
    second = think("tag_assets", said)
    assert called(second) == ("tag_assets", {"asset_ids": ["a-dog", "a-cat"], "add": ["summer"]})
    said += [second, answered(second, "done")]
    third = think("delete_assets", said)
    assert called(third) == ("delete_assets", {"asset_ids": ["a-dog", "a-cat"]})
    said += [third, answered(third, "pending")]
    assert brain.invoke(said).text == ""
    assert brain.undone(said) == ""


def test_a_selection_does_not_outrank_what_was_just_found(think):
    chosen = {**SHOWN, "selection": ["a-doc"]}
    first = think("search_assets", [turn(REQUEST, chosen)])
    said = [
        turn(REQUEST, {**chosen, "results": CARDS[:1]}),
        first,
        answered(first, "done", "a-dog"),
    ]
    assert called(think("tag_assets", said))[1]["asset_ids"] == ["a-dog"]


@pytest.mark.parametrize("outcome", ["refused", "fixable", "unavailable", "error"])
def test_a_step_that_fails_is_the_last(brain, think, outcome):
    first = think("search_assets", [turn(REQUEST)])
    said = [turn(REQUEST), first, answered(first, outcome)]
    said.append(brain.invoke(said))
    assert not said[-1].tool_calls
    left = brain.undone(said)
    assert "tag them with summer" in left
    assert "delete them" in left


def test_what_was_on_the_screen_is_not_taken_for_what_was_not_found(brain, think):
    first = think("search_assets", [turn(REQUEST)])
    said = [turn(REQUEST), first, answered(first, "done")]
    said.append(brain.invoke(said))
    assert not said[-1].tool_calls
    assert "delete them" in brain.undone(said)


def test_an_answer_to_the_question_of_a_tool_goes_on_with_the_call_and_the_rest(brain, think):
    first = think("tag_assets", [turn("tag the animal with summer and then delete it")])
    assert called(first)[0] == "tag_assets"
    said = [turn("tag the animal with summer and then delete it"), first]
    said.append(answered(first, "question", "a-dog", "a-cat"))
    assert brain.undone(said) == ""
    second = think("get_asset", [*said, turn("the second one")])
    assert called(second) == ("tag_assets", {"asset_ids": ["a-cat"], "add": ["summer"]})
    said += [turn("the second one"), second, answered(second, "done")]
    assert called(think("delete_assets", said)) == ("delete_assets", {"asset_ids": ["a-cat"]})


def test_a_new_request_is_not_taken_for_an_answer(think):
    first = think("tag_assets", [turn("tag the animal with summer")])
    said = [turn("tag the animal with summer"), first, answered(first, "question", "a-dog")]
    assert called(think("search_assets", [*said, turn("show me cats")]))[0] == "search_assets"
    assert not think("reply", [*said, turn("thanks, never mind!")]).tool_calls


def test_it_is_the_best_hit_unless_that_could_do_harm(think):
    request = "find the dog, tag it with summer and delete it"
    first = think("search_assets", [turn(request)])
    found = [turn(request, DOGS), first, answered(first, "done", "a-dog", "a-cat")]
    assert called(think("tag_assets", found)) == (
        "tag_assets",
        {"asset_ids": ["a-dog"], "add": ["summer"]},
    )
    request = "find the dog and delete it"
    first = think("search_assets", [turn(request)])
    found = [turn(request, DOGS), first, answered(first, "done", "a-dog", "a-cat")]
    name, arguments = called(think("delete_assets", found))
    assert (name, arguments["asset_ids"]) == ("delete_assets", ["a-dog", "a-cat"])
    assert "dog" in arguments["query"]


def test_a_part_without_a_known_verb_is_a_step_after_then_when_it_means_something():
    text = "leg die beiden in die Sammlung Küche und dann ab ins Archiv damit"
    assert split(text) == (text,)
    assert split(text, lambda part: "Archiv" in part)[1] == "ab ins Archiv damit"


def test_what_a_list_of_steps_is_about_goes_with_the_first():
    text = "on the brand guideline: drop the tag logo, then put it in the collection Onboarding"
    assert split(text) == (
        "drop the tag logo on the brand guideline",
        "put it in the collection Onboarding",
    )


def test_two_questions_and_what_is_not_wanted():
    assert split("who shot it, and what could we tag it with?") == (
        "who shot it",
        "what could we tag it with",
    )
    assert len(split("may we use it in Germany, Austria and Switzerland?")) == 1
    assert len(split("archive the second one, don't delete it")) == 1
    assert split("can you find the pan and delete it? thx")[1] == "delete it"
