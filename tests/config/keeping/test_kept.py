"""A real county is backed up while it is written to, restored, exported, imported and moved.

Nothing is lost: its rows, exported again from wherever they have come, are the same to the byte.
"""

from __future__ import annotations

import csv
import json
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongzhi.analysis.panel import engines
from tests import warm
from tests.county import GONGZHI, county_environment

pytestmark = pytest.mark.slow
WORDS = {"GONGZHI_PASSPHRASE": "correct horse battery"}
ERASE = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import erase_person
from gongzhi.base.people.models import Person
person = Person.objects.filter(erased_at=None).exclude(sealed=b"").earliest("pk")
erase_person(Actor.system("test"), person, reason="asked")
print(person.pk)
"""


def env(home: Path, url: str = "") -> dict[str, str]:
    return county_environment(home, url) | WORDS


def cli(home: Path, *command: str | Path, url: str = "") -> str:
    done = warm.run([*map(str, command), "--home", str(home)], env(home, url))
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def refused(home: Path, *command: str | Path, url: str = "") -> str:
    """What a command says that isn't done."""
    with pytest.raises(RuntimeError) as told:
        cli(home, *command, url=url)
    said = str(told.value)
    assert "Traceback" not in said, said
    return said


def head(home: Path) -> tuple[int, str]:
    """The last entry of a county's log, on SQLite."""
    with sqlite3.connect(home / "county.sqlite3") as county:
        last: tuple[int, str] = county.execute(
            "SELECT seq, hash FROM log_entry ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    return last


@pytest.fixture(scope="module")
def county(demo_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county with something in nearly every table."""
    home = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(demo_county, home)
    return home


@pytest.fixture(scope="module")
def exported(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its export, which no test may change."""
    to = tmp_path_factory.mktemp("exported") / "county"
    cli(county, "county", "export", to)
    return to


def rows_of(folder: Path) -> dict[str, bytes]:
    """Every table's rows as an export has them."""
    return {path.name: path.read_bytes() for path in (folder / "tables").iterdir()}


def stored(folder: Path) -> set[str]:
    """The names of the contents that lie there."""
    return {path.name for path in (folder / "files").glob("*/*")}


def test_a_running_county_is_backed_up_and_comes_back_without_what_was_erased_since(
    county: Path, tmp_path: Path
) -> None:
    backups, keys = tmp_path / "backups", tmp_path / "keys.json"
    before = head(county)
    with sqlite3.connect(county / "county.sqlite3", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")  # somebody writes while the backup is made
        writer.execute("UPDATE people_unit SET name_en = 'Half written' WHERE id = 1")
        said = cli(county, "backup", backups)
        writer.execute("ROLLBACK")
    assert f"entry {before[0]}, {before[1]}" in said
    cli(county, "keys", "save", keys)
    erased = warm.python(ERASE, env(county)).stdout.strip()
    cli(county, "backup", backups, "--erased-only")

    new = tmp_path / "restored"
    said = cli(new, "restore", backups, "--keys", keys)
    assert f"entry {before[0]}, {before[1]}" in said
    assert "1 rows had been erased since" in said
    with sqlite3.connect(new / "county.sqlite3") as restored:
        person = "SELECT length(sealed), erased_at IS NULL FROM people_person WHERE id = ?"
        assert restored.execute(person, [erased]).fetchone() == (0, 0)
        kept = restored.execute("SELECT hash FROM log_entry WHERE seq = ?", [before[0]])
        assert kept.fetchone() == (before[1],)
        assert not restored.execute("PRAGMA foreign_key_check").fetchall()
    assert "entries hold" in cli(new, "log", "verify")
    assert "0 broken, 0 contents" in cli(new, "files", "check")
    assert not list(new.glob(".*"))
    assert "isn't empty" in refused(new, "restore", backups)


def test_a_backup_that_is_damaged_or_another_county_s_leaves_nothing(
    county: Path, empty_home: Path, tmp_path: Path
) -> None:
    backups, keys, new = tmp_path / "backups", tmp_path / "keys.json", tmp_path / "new"
    cli(empty_home, "backup", backups)
    cli(empty_home, "keys", "save", keys)
    (backup,) = (path for path in backups.iterdir() if (path / "manifest.json").exists())
    whole = (backup / "database").read_bytes()
    (backup / "database").write_bytes(whole[:-1000] + bytes([whole[-1000] ^ 1]) + whole[-999:])
    assert "'database' is damaged" in refused(new, "restore", backups, "--keys", keys)
    assert not (new / ".arriving").exists()
    (backup / "database").write_bytes(whole)
    told = json.loads((backup / "manifest.json").read_text())
    told["head"]["seq"] = 7
    (backup / "manifest.json").write_text(json.dumps(told))
    assert "changed after it was signed" in refused(new, "restore", backups, "--keys", keys)
    cli(county, "keys", "save", tmp_path / "others.json")
    said = refused(new, "restore", backups, "--keys", tmp_path / "others.json")
    assert "of another county" in said
    assert "holds backups of another county" in refused(county, "backup", backups)
    assert not any(new.iterdir())


@pytest.mark.postgres
def test_a_county_goes_to_postgresql_and_out_again_with_nothing_lost(
    exported: Path, founded_postgres: str, tmp_path: Path
) -> None:
    new, again = tmp_path / "new", tmp_path / "again"
    said = cli(new, "county", "import", exported, url=founded_postgres)
    head_of = json.loads((exported / "manifest.json").read_text())["head"]
    assert f"entry {head_of['seq']}, {head_of['hash']}" in said
    cli(new, "county", "export", again, url=founded_postgres)
    assert rows_of(again) == rows_of(exported)
    manifests = [json.loads((one / "manifest.json").read_text()) for one in (exported, again)]
    assert manifests[0]["counters"] == manifests[1]["counters"], "no key is ever given twice"
    assert stored(new) == stored(exported)
    said = refused(tmp_path / "third", "county", "import", exported, url=founded_postgres)
    assert "There is a county in this database already" in said

    backups = tmp_path / "backups"
    cli(new, "backup", backups, url=founded_postgres)
    cli(new, "keys", "save", tmp_path / "keys.json", url=founded_postgres)
    embedded = tmp_path / "embedded"
    cli(embedded, "restore", backups, "--keys", tmp_path / "keys.json")
    assert head(embedded) == (head_of["seq"], head_of["hash"])


def test_an_export_says_what_everything_is_and_opens_no_seal(exported: Path) -> None:
    readme = (exported / "README.md").read_text("utf-8")
    tables = [path.stem for path in (exported / "tables").iterdir()]
    assert all(f"### `{table}`" in readme for table in tables)
    assert "会话" in readme
    person = json.loads((exported / "tables" / "people_person.jsonl").open().readline())
    assert set(person) == {"id", "sealed", "made_at", "erased_at"}
    assert not list(exported.rglob("personal-fields*"))
    subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=exported, check=True, capture_output=True
    )


def changed(text: str) -> str:
    return text.replace("Bureau", "Bureaux", 1)


def cut(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize(("how", "line"), [(changed, "line "), (cut, "missing from here")])
def test_a_damaged_line_is_named_and_nothing_arrives(
    exported: Path, tmp_path: Path, how: Callable[[str], str], line: str
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(exported, damaged)
    table = damaged / "tables" / "people_unit.jsonl"
    text = table.read_text("utf-8")
    number = next(n for n, one in enumerate(text.splitlines(), 1) if "Bureau" in one)
    table.write_text(how(text), "utf-8")
    said = refused(tmp_path / "new", "county", "import", damaged)
    assert "tables/people_unit.jsonl, line" in said
    assert line in said
    assert how is cut or f"line {number}:" in said
    assert not list((tmp_path / "new").glob("*"))


@pytest.mark.postgres
def test_an_embedded_county_moves_to_postgresql_also_when_it_is_stopped_on_the_way(
    county: Path, exported: Path, founded_postgres: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(county, home)
    move = ["database", "move", founded_postgres]
    with sqlite3.connect(home / "county.sqlite3") as somebody:
        somebody.execute("SELECT 1 FROM log_entry LIMIT 1").fetchall()
        assert "The county is running" in refused(home, *move)
    somebody.close()
    stopped_on_the_way(home, move, founded_postgres)
    assert (home / "county.sqlite3").exists()
    assert "on its way" in refused(home, "init", url=founded_postgres)

    said = cli(home, *move)
    last = head(county)
    assert f"entry {last[0]}, {last[1]}" in said
    assert "entries hold" in cli(home, "log", "verify", url=founded_postgres)
    kept = home / "county.moved.sqlite3"
    assert kept.stat().st_mode & 0o777 == 0o400
    assert not (home / "county.sqlite3").exists()
    assert "moved to PostgreSQL" in refused(home, "run", "--port", "1")
    before, after = tmp_path / "before", tmp_path / "after"
    cli(county, "county", "export", before)
    cli(home, "county", "export", after, url=founded_postgres)
    assert rows_of(after) == rows_of(before)


def test_a_second_county_s_lake_is_counted_with_the_first_s_by_either_engine(
    county: Path, exported: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    cli(second, "county", "import", exported)
    for home in (county, second):
        cli(home, "lake", "export")
    told = counted("duckdb", county, second, to=tmp_path)
    by_county = [[row[1:] for row in told[1:] if row[0] == name] for name in ("home", "second")]
    assert by_county[0] == by_county[1] != []
    if lacks := engines.spark_lacks():
        pytest.skip(lacks)
    assert counted("spark", county, second, to=tmp_path) == told


def counted(engine: str, *homes: Path, to: Path) -> list[list[str]]:
    """The sums of these counties by category, as a file has them."""
    file = to / f"{engine}.csv"
    asked = ["--by", "category", "--engine", engine, "--csv", file]
    done = warm.run(list(map(str, ["lake", "count", *homes, *asked])), env(homes[0]))
    assert done.returncode == 0, done.stdout + done.stderr
    with file.open(encoding="utf-8") as rows:
        return list(csv.reader(rows))


def stopped_on_the_way(home: Path, move: list[str], url: str) -> None:
    """Begin the move, and kill it once some rows are there."""
    import psycopg

    command = [GONGZHI, *move, "--home", str(home)]
    going = subprocess.Popen(command, env=env(home), stderr=subprocess.DEVNULL)
    give_up = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as looking:
        while going.poll() is None and time.monotonic() < give_up:
            if looking.execute("SELECT 1 FROM log_entry LIMIT 1").fetchone():
                break
            time.sleep(0.005)
    going.send_signal(signal.SIGKILL)
    going.wait()
    assert going.returncode == -signal.SIGKILL, "it was done before it could be stopped"
