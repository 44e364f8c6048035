"""One contract for channels in a folder and in memory; then what only a folder can suffer."""

import dataclasses
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.publisher import FakePublisher
from tools.adapters.publishers import WebsiteFolder
from tools.adapters.publishers.public_name import public_name
from tools.core.errors import Fixable
from tools.core.ports import Delivery

ROOT = Path(__file__).parent.parent.parent
CONTENT = b"the picture"


def delivery(key="k1", content=CONTENT, **changes):
    facts = Delivery(
        key=key,
        asset_id="a1",
        version=2,
        sha256=hashlib.sha256(content).hexdigest(),
        file_name="IMG 1.JPG",
        mime="image/jpeg",
        title="A Frog, in the Grass!",
        alt_text="A green frog",
        credit="Jane Doe",
        approval="p1",
        published_at="2026-11-24T12:00:00+00:00",
    )
    return dataclasses.replace(facts, **changes)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.jpg"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


@pytest.fixture(params=["fake", "website"])
def channel(request, site):
    return FakePublisher() if request.param == "fake" else WebsiteFolder(site)


def test_a_delivery_is_found_by_its_key(channel, source):
    assert channel.find("k1") is None
    copy = channel.deliver(delivery(), source)
    assert copy.key == "k1"
    assert copy.location
    assert channel.find("k1") == copy
    assert channel.find("k2") is None


def test_delivering_again_changes_nothing(channel, source):
    first = channel.deliver(delivery(), source)
    source.write_bytes(b"something else")
    assert channel.deliver(delivery(title="Another title"), source) == first


def test_what_is_withdrawn_is_gone_and_can_be_delivered_again(channel, source):
    assert channel.withdraw("k1") is False
    copy = channel.deliver(delivery(), source)
    assert channel.withdraw("k1") is True
    assert channel.withdraw("k1") is False
    assert channel.find("k1") is None
    assert channel.deliver(delivery(), source) == copy


def test_two_deliveries_never_collide(channel, source):
    first = channel.deliver(delivery("k1"), source)
    second = channel.deliver(delivery("k2"), source)
    assert first.location != second.location
    assert channel.withdraw("k1")
    assert channel.find("k2") == second


def test_another_file_than_the_approved_one_is_not_published(channel, source):
    with pytest.raises(Fixable, match="changed after it was approved"):
        channel.deliver(delivery(content=b"what was approved"), source)
    with pytest.raises(Fixable, match="gone"):
        channel.deliver(delivery(), source.with_name("nothing"))
    assert channel.find("k1") is None


def manifest(site):
    return json.loads((site / "manifest.json").read_text())


def public_files(site):
    names = {path.name for path in site.iterdir()}
    assert not {name for name in names if name.startswith(".incoming")}
    return names - {".lock", "manifest.json"}


def test_the_manifest_tells_the_facts(site, source):
    channel = WebsiteFolder(site, "https://example.org/media/")
    copy = channel.deliver(delivery("k2"), source)
    channel.deliver(delivery("k1"), source)
    stored = manifest(site)
    assert stored["schema"] == 1
    assert [entry["key"] for entry in stored["assets"]] == ["k1", "k2"]
    entry = stored["assets"][1]
    assert entry == dataclasses.asdict(delivery("k2")) | {
        "file": entry["file"],
        "bytes": len(CONTENT),
    }
    assert copy.location == f"https://example.org/media/{entry['file']}"
    assert (site / entry["file"]).read_bytes() == CONTENT
    assert public_files(site) == {entry["file"] for entry in stored["assets"]}
    channel.withdraw("k1")
    assert public_files(site) == {entry["file"]}
    assert [entry["key"] for entry in manifest(site)["assets"]] == ["k2"]


@pytest.mark.parametrize(
    ("title", "file_name", "mime", "begins", "suffix"),
    [
        ("A Frog, in the Grass!", "IMG 1.JPG", "image/jpeg", "a-frog-in-the-grass-", ".jpg"),
        ("Größe über Straße", "x.PNG", "image/png", "grosse-uber-strasse-", ".png"),
        ("", "../../etc/passwd", "text/plain", "passwd-", ".txt"),
        ("../..", "..\\..\\boot.ini", "application/octet-stream", "boot-", ""),
        ("一只青蛙", "青蛙.webp", "image/webp", "asset-", ".webp"),
        ("evil\u202egpj.exe\n", "a\nb.exe", "image/jpeg", "evilgpj-exe-", ".jpg"),
        ("x" * 500, "y.tar.gz", "application/gzip", "x" * 60 + "-", ""),
        ("🐸", ".htaccess", "text/plain", "htaccess-", ".txt"),
        ("index", "shell.php", "image/png", "index-", ".png"),
        ("page", "page.html", "text/html", "page-", ""),
    ],
)
def test_public_names(title, file_name, mime, begins, suffix):
    name = public_name(title, file_name, mime, "k")
    assert name == begins + hashlib.sha256(b"k").hexdigest()[:12] + suffix


@given(st.text(), st.text(), st.text(), st.text())
def test_public_names_are_plain_whatever_they_are_made_of(title, file_name, mime, key):
    name = public_name(title, file_name, mime, key)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name[0] not in "-."
    assert ".." not in name
    assert len(name) < 100


def test_a_crash_between_file_and_manifest_is_mended(site, source):
    channel = WebsiteFolder(site)
    kept = channel.deliver(delivery("k0"), source)
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tools.adapters.publishers import website\n"
        "from tests.storage.test_publisher import delivery\n"
        "kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "website.WebsiteFolder._write_manifest = kill\n"
        "website.WebsiteFolder(Path(sys.argv[1])).deliver(delivery(), Path(sys.argv[2]))"
    )
    words = [sys.executable, "-c", program, str(site), str(source)]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert len(list(site.glob("a-frog*"))) == 2
    assert channel.find("k1") is None
    assert channel.withdraw("nothing") is False
    assert public_files(site) == {Path(kept.location).name}
    copy = channel.deliver(delivery(), source)
    assert channel.find("k1") == copy
    assert len(public_files(site)) == 2


def test_a_crash_between_taking_down_and_manifest_is_mended(site, source):
    channel = WebsiteFolder(site)
    copy = channel.deliver(delivery(), source)
    Path(copy.location).unlink()
    assert channel.find("k1") is None
    assert channel.deliver(delivery(), source) == copy
    Path(copy.location).unlink()
    assert channel.withdraw("k1") is True
    assert manifest(site)["assets"] == []


def test_files_of_others_are_left_alone(site, source):
    site.mkdir()
    (site / "index.html").write_text("ours")
    channel = WebsiteFolder(site)
    channel.deliver(delivery(), source)
    channel.withdraw("k1")
    assert (site / "index.html").read_text() == "ours"
    (site / ".delivering").write_text("../outside")
    (site.parent / "outside").write_text("not ours")
    channel.deliver(delivery(), source)
    assert (site.parent / "outside").exists()


def test_links_are_refused(site, source, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    site.symlink_to(elsewhere)
    with pytest.raises(Fixable, match="is a link"):
        WebsiteFolder(site).deliver(delivery(), source)
    assert list(elsewhere.iterdir()) == []
    site.unlink()
    site.mkdir()
    (site / public_name(delivery().title, "IMG 1.JPG", "image/jpeg", "k1")).symlink_to(
        tmp_path / "victim"
    )
    with pytest.raises(Fixable, match="in the way"):
        WebsiteFolder(site).deliver(delivery(), source)
    assert not (tmp_path / "victim").exists()


@pytest.mark.parametrize("content", ["{", '{"schema": 99, "assets": []}', "[]"])
def test_a_manifest_that_is_not_ours_is_not_overwritten(site, source, content):
    site.mkdir()
    (site / "manifest.json").write_text(content)
    with pytest.raises(Fixable, match="restore it or remove it"):
        WebsiteFolder(site).deliver(delivery(), source)
    assert (site / "manifest.json").read_text() == content


def test_a_folder_that_cannot_be_written_says_so(tmp_path, source):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Fixable, match="check its permissions"):
        WebsiteFolder(tmp_path / "file" / "site").deliver(delivery(), source)
    assert WebsiteFolder(tmp_path / "never made").withdraw("k1") is False


def test_many_deliver_at_once(site, source):
    def deliver(number):
        WebsiteFolder(site).deliver(delivery(f"k{number % 6}"), source)

    threads = [threading.Thread(target=deliver, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    program = (
        "import sys; from pathlib import Path\n"
        "from tools.adapters.publishers import WebsiteFolder\n"
        "from tests.storage.test_publisher import delivery\n"
        "for number in range(4, 10):\n"
        "    WebsiteFolder(Path(sys.argv[1])).deliver(delivery(f'k{number}'), Path(sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", program, str(site), str(source)], cwd=ROOT, check=True)
    for thread in threads:
        thread.join()
    assert [entry["key"] for entry in manifest(site)["assets"]] == [f"k{n}" for n in range(10)]
    assert len(public_files(site)) == 10
    assert not os.path.lexists(site / ".delivering")
