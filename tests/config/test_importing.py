"""``gongzhi import calls``, as one types it: the sums, the reasons, and a kill in the middle."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.county import GONGZHI, county_environment

LINE = re.compile(r"(\d+) read, (\d+) imported, (\d+) already known, (\d+) rejected")
TOML = """
code = "elsewhere"
name = { zh = "别处", en = "Elsewhere" }
procedure = "incident"
id = ["no"]
opened = "when"
words = ["what"]
times = { zone = "Asia/Shanghai", formats = ["%Y-%m-%d %H:%M"] }
category = { column = "what", otherwise = "help_public" }
steps = [{ code = "archived" }]
examples = [{ row = { no = "", when = "", what = "" }, rejected = "no_id" }]
"""


@pytest.fixture
def home(empty_home: Path) -> Path:
    return knowing_elsewhere(empty_home)


def knowing_elsewhere(home: Path) -> Path:
    folder = home / "catalogue" / "mappings"
    folder.mkdir(parents=True)
    (folder / "elsewhere.toml").write_text(TOML)
    return home


def calls(folder: Path, many: int) -> Path:
    """Of ten rows one has no time, and one repeats the one before."""
    path = folder / "calls.csv"
    lines = (
        f"{n - (n % 10 == 9)},{'' if n % 10 == 3 else '2026-03-01 08:00'},help\n"
        for n in range(many)
    )
    path.write_text("no,when,what\n" + "".join(lines))
    return path


def command(home: Path, path: Path, mapping: str = "elsewhere") -> list[str | Path]:
    return [GONGZHI, "import", "calls", path, "--mapping", mapping, "--home", home]


def run(home: Path, path: Path, mapping: str = "elsewhere") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(home, path, mapping),
        cwd=path.parent, env=county_environment(home) | {"LANG": "C.UTF-8"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def sums(output: str) -> tuple[int, ...]:
    line = LINE.fullmatch(output.splitlines()[-1])
    assert line, output
    read, *parts = map(int, line.groups())
    assert read == sum(parts)
    return (read, *parts)


def count(home: Path, table: str) -> int:
    [database] = home.glob("*.sqlite3")
    with sqlite3.connect(database) as held:
        return int(held.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.slow
def test_the_last_line_has_the_sums_and_the_second_import_adds_nothing(
    home: Path, tmp_path: Path
) -> None:
    path = calls(tmp_path, 70)
    first, second = run(home, path), run(home, path)
    assert first.returncode == second.returncode == 0, first.stderr
    read, imported, known, rejected = sums(first.stdout)
    assert read == 70
    assert (known, rejected) == (7, 7)
    assert sums(second.stdout) == (70, 0, imported + known, rejected)
    lines = (tmp_path / "calls.csv.rejected.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + rejected
    assert count(home, "matters_matter") == count(home, "calls_call") == imported


@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on_and_ends_with_the_same_sums(
    home: Path, tmp_path: Path
) -> None:
    path = calls(tmp_path, 3000)
    undisturbed = knowing_elsewhere(tmp_path / "other")
    whole = sums(run(undisturbed, path).stdout)
    rejected = (tmp_path / "calls.csv.rejected.csv").read_bytes()
    for _ in range(2):
        begun = subprocess.Popen(
            command(home, path), cwd=tmp_path, env=county_environment(home),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _wait_for_more(home)
        os.kill(begun.pid, signal.SIGKILL)
        assert begun.wait() == -signal.SIGKILL
    done = run(home, path)
    assert done.returncode == 0, done.stderr
    assert sums(done.stdout) == whole
    assert (tmp_path / "calls.csv.rejected.csv").read_bytes() == rejected
    assert count(home, "matters_matter") == whole[1]
    verified = subprocess.run(
        [GONGZHI, "log", "verify", "--home", home], env=county_environment(home), check=False
    )
    assert verified.returncode == 0


def _wait_for_more(home: Path) -> None:
    """Until a batch more is written than was at the beginning."""

    def written() -> int:
        try:
            return count(home, "matters_matter")
        except (ValueError, sqlite3.OperationalError):  # no database, or no table yet
            return 0

    before, give_up = written(), time.monotonic() + 60
    while written() <= before:
        assert time.monotonic() < give_up, "nothing was imported in a minute"
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "mapping", "said"),
    [
        ("calls.csv", "nowhere", "nowhere"),
        ("nothing.csv", "elsewhere", "nothing.csv"),
        ("wrong.csv", "elsewhere", "when, what"),
    ],
)
def test_what_can_not_begin_says_why_and_ends_with_2(
    home: Path, tmp_path: Path, file: str, mapping: str, said: str
) -> None:
    calls(tmp_path, 1)
    (tmp_path / "wrong.csv").write_text("no,other\n1,2\n")
    done = run(home, tmp_path / file, mapping)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout
