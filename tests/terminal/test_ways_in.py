"""How a command finds the library: in the server that runs, or by itself, or after a wait."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from agent.views import Fixable
from tests.fakes.app import OWNER
from tests.fakes.app_served import ServedApp, served
from tests.terminal.conftest import Terminal, TestWays
from ui.cli.house import logged
from ui.remote import announced, attach, new_token, running


@pytest.fixture
def home(ways: TestWays) -> Path:
    ways.placed.home.mkdir()
    return ways.placed.home


@pytest.fixture
def server(fake: ServedApp, home: Path) -> Iterator[str]:
    with served(fake, new_token(home)) as url, announced(home, url):
        yield url


def said(home: Path, pid: int, url: str) -> None:
    new_token(home)
    (home / "run" / "server.json").write_text(json.dumps({"pid": pid, "url": url}))


def dead_pid() -> int:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def test_the_token_is_for_the_owner_alone(home: Path) -> None:
    first = new_token(home)
    place = home / "run" / "token"
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert len(first) > 40
    assert new_token(home) != first


def test_a_command_goes_through_the_server_that_runs(
    terminal: Terminal, server: str, fake: ServedApp
) -> None:
    lines = terminal.lines("ask", "show me animals", "--json", "--as", "tom")
    assert lines[-1]["event"] == "finished"
    assert fake.talk.asked[0]["by"] == "tom"
    assert terminal.ways.opened == 0
    assert terminal.lines("search", "cat", "--json")[0]["id"] == "a1"


def test_a_bug_in_the_server_is_1_with_its_id(terminal: Terminal, server: str) -> None:
    result = terminal("search", "bug", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Something broke; the log has it under" in result.stderr


def test_nothing_runs(home: Path) -> None:
    assert running(home) is None
    assert attach(home) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": "x", "url": 1}', '{"pid": -1}'])
def test_a_broken_file_is_ignored(home: Path, text: str) -> None:
    new_token(home)
    (home / "run" / "server.json").write_text(text)
    assert attach(home) is None


def test_a_killed_server_is_ignored(terminal: Terminal, server: str, home: Path) -> None:
    said(home, dead_pid(), server)
    assert attach(home) is None
    assert terminal.lines("search", "cat", "--json")[0]["id"] == "a1"
    assert terminal.ways.opened == 1


def test_a_number_that_another_program_took_is_ignored(terminal: Terminal, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    said(home, os.getpid(), f"http://127.0.0.1:{port}")
    assert attach(home) is None
    assert terminal("search", "cat").exit_code == 0
    assert terminal.ways.opened == 1


def test_an_address_that_another_server_took_is_ignored(fake: ServedApp, home: Path) -> None:
    with served(fake, "another token") as url:
        said(home, os.getpid(), url)
        assert attach(home) is None


def test_a_process_that_is_not_the_one_is_ignored(fake: ServedApp, home: Path) -> None:
    with served(fake, new_token(home)) as url:
        token = (home / "run" / "token").read_text()
        said(home, os.getppid(), url)
        (home / "run" / "token").write_text(token)
        assert attach(home) is None


def test_a_taken_library_is_waited_for_and_said_once(terminal: Terminal) -> None:
    terminal.ways.taken = ["Waiting for 'dalm ingest' (process 7)."] * 3
    result = terminal("search", "cat", "--json")
    assert result.exit_code == 0
    assert result.stderr.count("process 7") == 1
    assert len(result.stdout.splitlines()) == 1
    assert len(terminal.slept) == 3
    assert terminal.ways.purpose == "dalm search"


def test_who_waits_goes_through_a_server_that_comes_up(
    terminal: Terminal, fake: ServedApp, home: Path
) -> None:
    terminal.ways.taken = ["Waiting for 'dalm serve'."] * 1000
    with served(fake, new_token(home)) as url:
        started: list[AbstractContextManager[None]] = []

        def sleep(_: float) -> None:
            if not started:
                started.append(announced(home, url))
                started[0].__enter__()

        terminal.slept = type("", (), {"append": staticmethod(sleep)})()  # type: ignore[assignment]
        assert terminal.lines("search", "cat", "--json")[0]["id"] == "a1"
        started[0].__exit__(None, None, None)
    assert terminal.ways.opened == 0


def test_serving_elsewhere_is_refused(terminal: Terminal) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
        result = terminal("serve", "--host", host)
        assert result.exit_code == 1
        assert "sign-in" in result.stderr
    assert terminal.ways.opened == 0


def test_a_port_in_use_names_another(terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
        result = terminal("serve", "--port", str(port))
    assert result.exit_code == 1
    assert f"--port {port + 1}" in result.stderr
    assert terminal.ways.opened == 0


def test_a_second_server_is_told_of_the_first(terminal: Terminal, server: str) -> None:
    result = terminal("serve", "--port", server.rpartition(":")[2])
    assert result.exit_code == 1
    assert f"open {server}" in result.stderr


def test_a_second_server_on_another_port_does_not_wait(terminal: Terminal, server: str) -> None:
    result = terminal("serve")
    assert result.exit_code == 1
    assert f"being served already: open {server}" in result.stderr
    assert terminal.ways.opened == 0


SERVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.fakes.app_served import ServedApp, few_photos
from tests.terminal.conftest import Placed, TestWays
from ui.cli.house import House
from ui.main import dalm
home, photos = Path(sys.argv[2]), Path(sys.argv[3])
app = ServedApp(photos, latency=0.05)
dalm([sys.argv[4]], obj=House(TestWays(app, Placed(home))), prog_name="dalm")
"""


@contextmanager
def process(home: Path, photos: Path, command: str) -> Iterator[subprocess.Popen[str]]:
    """Run a server that ends with the test, also with one that fails."""
    root = str(Path(__file__).parent.parent.parent)
    words = [sys.executable, "-c", SERVER, root, str(home), str(photos), command]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True) as server:
        try:
            yield server
        except BaseException:
            server.kill()
            raise


def until_open(server: subprocess.Popen[str]) -> str:
    assert server.stdout
    for line in server.stdout:
        if line.startswith("Open "):
            return line.removeprefix("Open ").strip()
    pytest.fail(server.communicate()[1])


def test_demo_serves_until_it_is_told_to_stop(terminal: Terminal, home: Path, photos: Path) -> None:
    with process(home, photos, "demo") as server:
        url = until_open(server)
        assert running(home)
        assert terminal.lines("search", "cat", "--json")[0]["id"] == "a1"
        assert terminal.ways.opened == 0
        server.send_signal(signal.SIGTERM)
        assert server.stdout
        assert server.stderr
        out, err = server.stdout.read(), server.stderr.read()
    assert server.returncode == 0, err
    assert url.startswith("http://127.0.0.1:")
    assert "show me animals" in out
    assert "Traceback" not in err
    assert not (home / "run" / "server.json").exists()


def test_a_server_killed_at_once_leaves_nothing_that_hinders(
    terminal: Terminal, home: Path, photos: Path
) -> None:
    with process(home, photos, "serve") as server:
        until_open(server)
        server.kill()
        server.communicate()
    assert (home / "run" / "server.json").exists()
    assert terminal.lines("search", "cat", "--json")[0]["id"] == "a1"
    assert terminal.ways.opened == 1


def test_ctrl_c_ends_it_politely(home: Path, photos: Path) -> None:
    with process(home, photos, "serve") as server:
        until_open(server)
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "Traceback" not in err


def test_a_server_killed_in_the_middle_of_an_answer_is_said(home: Path, photos: Path) -> None:
    with process(home, photos, "serve") as server:
        until_open(server)
        lent = attach(home)
        assert lent
        with lent as app:
            answer = app.conversation.ask("slow", OWNER)
            assert next(answer).event == "started"
            server.kill()
            with pytest.raises(Fixable, match="went away before it had finished"):
                list(answer)
            with pytest.raises(Fixable, match=r"`dalm serve` (does not answer|went away)"):
                app.library.search("cat", OWNER)
        server.communicate()


def test_warnings_of_libraries_go_to_the_log_and_not_before_a_person(home: Path) -> None:
    program = (
        "import sys, warnings; from pathlib import Path; from ui.cli.house import logged\n"
        "with logged(Path(sys.argv[1])): warnings.warn('corrupt EXIF data')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(home / "log")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "corrupt EXIF data" in (home / "log" / "dalm.log").read_text()


def test_a_log_that_cannot_be_written_says_nothing_in_its_place(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "log").mkdir()
    (home / "log" / "dalm.log").symlink_to("/dev/full")
    with logged(home / "log"):
        logging.getLogger("dalm").error("something")
    assert capsys.readouterr().err == ""


def test_a_full_disk_is_said_to_be_one(
    terminal: Terminal, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.cli.house.FULL", 1 << 62)
    result = terminal("search", "bug")
    assert (result.exit_code, result.stderr) == (
        1,
        "The disk is full: free some space and do it again.\n",
    )
