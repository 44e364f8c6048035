"""`dalm chat`: a sitting at the terminal, typed line by line."""

import pytest

from tests.fakes.app_served import ServedApp
from tests.terminal.conftest import Terminal


def sitting(terminal: Terminal, *lines: str, code: int = 0) -> str:
    result = terminal("chat", given="\n".join(lines) + "\n")
    assert result.exit_code == code, result.output
    return result.stdout


def test_it_says_what_it_is_and_leaves(terminal: Terminal) -> None:
    out = sitting(terminal, "/quit", "show me animals")
    assert "This is an AI that works on behalf of Sam Rivera" in out
    assert "Found" not in out


def test_the_end_of_the_input_leaves(terminal: Terminal) -> None:
    assert "Found 7 assets" in sitting(terminal, "show me animals")


def test_one_conversation_until_a_new_one(terminal: Terminal, fake: ServedApp) -> None:
    sitting(terminal, "hello", "", "again", "/new", "fresh")
    assert sorted(len(rows) for _, rows in fake.talk.log.values()) == [3, 6]


def test_a_plan_is_decided_by_its_exact_words(terminal: Terminal, fake: ServedApp) -> None:
    out = sitting(terminal, "publish it", "/pending")
    plan = fake.plans.seen(fake.admin.person())[0].id
    assert out.count(f"approve {plan}") == 2
    assert out.count(f"reject {plan} because ...") == 2


def test_what_happens_at_other_doors_is_shown(terminal: Terminal, fake: ServedApp) -> None:
    asked = fake.talk.ask

    def asking(text, viewer, thread=None, selection=(), uploads=()):  # type: ignore[no-untyped-def]
        yield from asked(text, viewer, thread, selection, uploads)
        if text.startswith("publish"):
            plan = fake.plans.seen(viewer)[0].id
            list(fake.approvals.approve(plan, fake.admin.person("ines")))

    fake.talk.ask = asking  # type: ignore[method-assign]
    out = sitting(terminal, "publish it", "hello", "hello")
    assert out.count("Meanwhile:") == 0  # it came with the turn itself
    list(fake.conversation.ask("publish it", fake.admin.person(), "t-0001"))
    out = sitting(terminal, "/open 1", "hello")
    assert "Published" in out


def test_earlier_conversations(terminal: Terminal) -> None:
    sitting(terminal, "show me animals")
    out = sitting(terminal, "/threads", "/open 1", "/open 7", "/open x")
    assert "  1  show me animals" in out
    assert "› show me animals" in out
    assert "Found 7 assets" in out
    assert out.count("/open wants a number") == 2


def test_nothing_in_a_turn_ends_the_sitting(
    terminal: Terminal, fake: ServedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = fake.talk.ask

    def ask(text, viewer, thread=None, selection=(), uploads=()):  # type: ignore[no-untyped-def]
        if text == "stop me":
            raise KeyboardInterrupt
        if text == "bug":
            raise ValueError("secret")
        yield from asked(text, viewer, thread, selection, uploads)

    monkeypatch.setattr(fake.talk, "ask", ask)
    out = sitting(
        terminal,
        "stop me",
        "bug",
        "crash",
        "put everything public that is on hold",
        "show me animals",
    )
    assert "Stopped." in out
    assert "Something went wrong here. Error " in out
    assert "secret" not in out
    assert "Refused: Legal hold" in out
    assert "Found 7 assets" in out
    log = (terminal.ways.placed.home / "log" / "dalm.log").read_text("utf-8")
    assert "secret" in log


def test_a_stopped_turn_stays_in_its_conversation(
    terminal: Terminal, fake: ServedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = fake.talk.script._turns["slow|scan"]

    def stopped(*given):  # type: ignore[no-untyped-def]
        for number, event in enumerate(slow(*given)):
            if number == 3:
                raise KeyboardInterrupt
            yield event

    monkeypatch.setitem(fake.talk.script._turns, "slow|scan", stopped)
    out = sitting(terminal, "slow", "hello")
    assert "Stopped." in out
    assert "Meanwhile" not in out
    assert len(fake.talk.log) == 1


def test_tool_lines_and_help(terminal: Terminal, fake: ServedApp) -> None:
    out = sitting(terminal, "/help", "/undo")
    assert "approve ID" in out
    assert fake.talk.asked[0]["text"] == "/undo"


def test_a_thread_of_somebody_else(terminal: Terminal, fake: ServedApp) -> None:
    list(fake.talk.ask("mine", fake.admin.person("tom")))
    result = terminal("chat", "--thread", "t-0001", given="/quit\n")
    assert "no such conversation of yours" in result.stdout
