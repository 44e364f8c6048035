"""kill -9 in the middle of an ingest loses nothing, and running again goes on."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = Path(__file__).with_name("killed.py")
FILES = 35


def test_kill_and_run_again_continues(tmp_path: Path) -> None:
    album, home = tmp_path / "album", tmp_path / "home"
    album.mkdir()
    home.mkdir()
    for number in range(FILES):
        (album / f"note-{number:02}.txt").write_text(f"This is note number {number} of a folder.")
    command = [sys.executable, str(SCRIPT), str(home), str(album)]
    with subprocess.Popen([*command, "30"], stdout=subprocess.PIPE) as first:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not _count(home):
            time.sleep(0.1)
        first.send_signal(signal.SIGKILL)
    kept = _count(home)
    assert 0 < kept < FILES
    again = subprocess.run(
        [*command, "0"], capture_output=True, text=True, timeout=120, check=False
    )
    assert again.returncode == 0, again.stderr[-2000:]
    statuses, assets, vectors, _ = again.stdout.strip().splitlines()[-1].rsplit(" ", 3)
    assert "failed" not in statuses
    assert (int(assets), int(vectors)) == (FILES, FILES)
    assert _count(home) == FILES
    blobs = [path for path in (home / "blobs").rglob("*") if path.is_file()]
    assert len(blobs) == FILES


def _count(home: Path) -> int:
    path = home / "catalogue.db"
    if not path.is_file():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT count(*) FROM assets").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
