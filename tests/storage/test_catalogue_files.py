"""The database beneath the catalogue: schema, kills, other processes, what erasing leaves."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.storage.things import NOON, OWNER, add, emptied, new_asset, plan, receipt, value
from tools.adapters.catalogue import SqlCatalogue, schema, tables
from tools.core.assets import Field
from tools.core.audit import AuditEvent, verify
from tools.core.errors import Fixable
from tools.core.records import AssetFilter, KnownFile, SearchText

ROOT = Path(__file__).parent.parent.parent


def shape(engine):
    """Describe every table, column, key and index."""
    inspector = sa.inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)],
            inspector.get_pk_constraint(name),
            sorted(str(index) for index in inspector.get_indexes(name)),
            sorted(str(key) for key in inspector.get_foreign_keys(name)),
            sorted(str(unique) for unique in inspector.get_unique_constraints(name)),
        )
        for name in inspector.get_table_names()
    }


def test_a_new_database_is_what_the_migrations_make(catalogue_url):
    made = SqlCatalogue(catalogue_url)
    at_once = shape(made._engine)
    made.close()
    empty = emptied(catalogue_url)
    assert shape(empty._engine) == {}
    schema.migrate(empty._engine)
    assert shape(empty._engine) == at_once
    with empty._engine.connect() as connection:
        assert schema.version_of(connection) == schema.SCHEMA_VERSION
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not str(name).startswith("search_")},
        )
        left = compare_metadata(context, tables.metadata)
        assert [diff for diff in left if "search_" not in str(diff)] == []
    empty.close()


def test_a_new_catalogue_is_made_quickly_and_opened_more_quickly(tmp_path):
    began = time.perf_counter()
    for _ in range(2):
        SqlCatalogue(f"sqlite:///{tmp_path / 'new' / 'c.db'}").close()
    assert time.perf_counter() - began < 0.6


def test_a_database_of_a_newer_program_is_refused(catalogue_url):
    opened = SqlCatalogue(catalogue_url)
    with opened._engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(Fixable, match="newer version"):
        SqlCatalogue(catalogue_url)


OPEN_AND_WRITE = """
import sys
from tests.storage.things import NOON, new_asset
from tools.adapters.catalogue import SqlCatalogue
from tools.core.audit import AuditEvent
catalogue = SqlCatalogue(sys.argv[1])
for number in range(int(sys.argv[3])):
    with catalogue.writing() as records:
        asset = records.assets.add(new_asset(f"{sys.argv[2]}-{number}"))
        records.audit.append(AuditEvent(NOON, sys.argv[2], "add", asset.id, "{}"))
    if sys.argv[4] == "tell":
        print(number, flush=True)
"""


def run(url, name, count, tell="quiet"):
    words = [sys.executable, "-c", OPEN_AND_WRITE, url, name, str(count), tell]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def write(opened, name):
    for number in range(25):
        with opened.writing() as records:
            asset = records.assets.add(new_asset(f"{name}-{number}"))
            records.audit.append(AuditEvent(NOON, name, "add", asset.id, "{}"))


def read(opened, seen):
    while not seen or seen[-1][0] < 100:
        with opened.reading() as records:
            count = records.assets.count(AssetFilter(), OWNER)
            time.sleep(0.002)
            seen.append((count, len(records.audit.rows())))


def test_processes_and_threads_write_at_once(catalogue_url):
    processes = [run(catalogue_url, name, 25) for name in ("p1", "p2")]
    opened, seen = SqlCatalogue(catalogue_url), []
    threads = [threading.Thread(target=write, args=(opened, name)) for name in ("t1", "t2")]
    threads.append(threading.Thread(target=read, args=(opened, seen), daemon=True))
    for thread in threads:
        thread.start()
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    with opened.reading() as records:
        assert records.assets.count(AssetFilter(), OWNER) == 100
        rows = records.audit.rows()
    assert len(rows) == 100
    assert verify(rows).intact
    assert all(count == sealed for count, sealed in seen)
    opened.close()


def test_a_kill_in_a_transaction_leaves_whole_ones_only(catalogue_url):
    process = run(catalogue_url, "p", 100_000, "tell")
    for _ in range(20):
        told = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    told = max([told, *(int(line) for line in process.stdout.read().split("\n")[:-1])])
    process.wait()
    process.stdout.close()
    opened = SqlCatalogue(catalogue_url)
    with opened.reading() as records:
        assets = records.assets.count(AssetFilter(), OWNER)
        rows = records.audit.rows()
        found = records.assets.select(AssetFilter(), OWNER, limit=1)
    assert assets == len(rows)
    assert told + 1 <= assets <= told + 2
    assert verify(rows).intact
    assert found[0].version.asset_id == found[0].id
    add(opened, new_asset("after"))
    opened.close()


def test_a_writer_that_waits_too_long_says_so(tmp_path):
    url = f"sqlite:///{tmp_path / 'c.db'}"
    first, second = SqlCatalogue(url), SqlCatalogue(url, patience=0.1)
    with first.writing() as records:
        records.assets.add(new_asset("a1"))
        with second.reading() as reading:
            assert reading.assets.get("a1", OWNER) is None
        with pytest.raises(Fixable, match="Another program is writing"), second.writing():
            pass
    with second.writing() as records:
        assert records.assets.get("a1", OWNER) is not None
    first.close()
    second.close()


def test_a_reader_sees_one_state_to_its_end(catalogue):
    add(catalogue, new_asset("a1"))
    with catalogue.reading() as reading:
        assert reading.assets.count(AssetFilter(), OWNER) == 1
        add(catalogue, new_asset("a2"))
        assert reading.assets.count(AssetFilter(), OWNER) == 1
    with catalogue.reading() as reading:
        assert reading.assets.count(AssetFilter(), OWNER) == 2


@pytest.mark.parametrize(
    "catalogue_url", [pytest.param("postgres", marks=pytest.mark.services)], indirect=True
)
def test_a_reader_cannot_write_on_postgres(catalogue):
    with pytest.raises(sa.exc.InternalError, match="read-only"), catalogue.reading() as records:
        records.assets.add(new_asset("a1"))


def test_what_was_erased_is_in_no_file(tmp_path):
    catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'c.db'}")
    secret, other = "Zwetschgendatschi", "Kaiserschmarrn"
    assets = add(catalogue, new_asset("a1", title=secret, file_name=secret), new_asset("a2"))
    with catalogue.writing() as records:
        records.fields.put([value("a1", secret), value("a1", secret * 900, Field.TEXT)])
        records.text.put(assets[0].key, SearchText(secret, body=secret * 400, letters="x" + secret))
        records.text.put(assets[1].key, SearchText(title=other))
        records.plans.add(plan("p1", ("a1", secret)))
        records.receipts.add(receipt("r1", summary=secret))
        records.files.put(KnownFile(f"/p/{secret}", 1, 1, "h", "a1", "added"))
        records.audit.append(AuditEvent(NOON, "jane", "add", "a1", f'{{"title":"{secret}"}}'))
    with catalogue.reading() as records:
        assert records.text.find([secret], 1)
        assert records.text.holding(secret)
    assert holding(tmp_path, secret)
    with catalogue.writing() as records:
        records.plans.erase(["a1"])
        records.receipts.erase(["a1"])
        records.audit.erase_payloads(["a1"])
        records.assets.erase(["a1"])
    assert holding(tmp_path, secret) == []
    assert holding(tmp_path, other)
    with catalogue.reading() as records:
        assert [key for key, _ in records.text.find([other], 1)] == [assets[1].key]
        assert verify(records.audit.rows()).intact
    catalogue.close()


def holding(folder, text):
    forms = (text.encode(), text.lower().encode(), text.lower()[:9].encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def test_the_database_is_a_plain_sqlite_file(tmp_path):
    """A person can look into it with any tool."""
    catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'c.db'}")
    add(catalogue, new_asset("a1"))
    catalogue.close()
    with sqlite3.connect(tmp_path / "c.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT title FROM assets").fetchall() == [("A1",)]
    connection.close()


@pytest.mark.parametrize("catalogue_url", ["sqlite"], indirect=True, ids=["sqlite"])
def test_a_rare_tag_is_found_through_its_index(catalogue_url):
    opened = SqlCatalogue(catalogue_url)
    add(opened, *(new_asset(f"a{n}") for n in range(500)))
    with opened.writing() as records:
        records.fields.put([value(f"a{n}", f"tag{n % 100}") for n in range(500)])
    opened.close()
    opened = SqlCatalogue(catalogue_url)
    asked = []
    sa.event.listen(opened._engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    with opened.reading() as records:
        assert len(records.assets.keys(AssetFilter(tag="TAG7"), OWNER)) == 5
    with opened._engine.connect() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1][0]}", asked[-1][1])
        told = " ".join(str(step) for step in steps)
    assert "ix_field_values_field_folded" in told
    assert "ix_assets_state" not in told
    opened.close()


def test_a_full_disk_says_so_and_keeps_what_there_was(tmp_path):
    program = (
        "import sys; from tests.storage.things import NOON, OWNER, new_asset\n"
        "from tools.adapters.catalogue import SqlCatalogue; from tools.core.errors import Fixable\n"
        "catalogue = SqlCatalogue(f'sqlite:///{sys.argv[1]}/c.db'); count = 0\n"
        "try:\n"
        "    while True:\n"
        "        with catalogue.writing() as records:\n"
        "            records.assets.add(new_asset(f'a{count}', title='x' * 100_000))\n"
        "        count += 1\n"
        "except Fixable as error:\n"
        "    print(error)\n"
        "with catalogue.reading() as records:\n"
        "    print(len(records.assets.many([f'a{n}' for n in range(count + 5)], OWNER)) == count)"
    )
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=8m none "$1" && cd "$4" && exec "$2" -c "$3" "$1"'
    words = ["unshare", "-rm", "sh", "-c", mount, "sh", str(disk), sys.executable]
    try:
        trial = subprocess.run([*words, "True", str(ROOT)], check=False, capture_output=True)
    except FileNotFoundError:
        trial = None
    if trial is None or trial.returncode:
        pytest.skip("this machine lets nobody mount a small disk in a namespace of their own")
    done = subprocess.run(
        [*words, program, str(ROOT)], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.stdout == "The disk is full: free some space and do it again.\nTrue\n", done.stderr
