"""What can go wrong with a machine while residents send: whoever follows the log dies, the
database dies, the disk is full, the clock jumps. Nothing acknowledged is lost, nothing doubled, and
once the cause is gone all goes on by itself. (The web server's death: `test_killed`; the broker's:
`tests/watch/publishing`.)
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.config.residents import FOUND, Residents, assert_nothing_lost, waited
from tests.county import GONGZHI, RunningCounty
from tests.postgres.server import make_cluster, running_cluster

pytestmark = pytest.mark.slow

KILLS = 2
TOLD = """
import json
from django.utils.timezone import now
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Unit
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook
print(json.dumps([
    Entry.objects.filter(kind="matters.matter_opened").count(),
    Delivery.objects.filter(kind="matters.matter_opened").count(),
]))
"""
HOOKED = """
from datetime import timedelta
from django.utils.timezone import now
from gongzhi.base.people.models import Unit
from gongzhi.watch.exchange.webhooks.models import Hook
Hook.objects.create(
    unit=Unit.objects.get(code="bureau"), address="https://127.0.0.1:9/", form="structured",
    sealed_secret=b"-", opened_at=now() - timedelta(days=1), disabled_at=now(),
)
"""
"""A system that is to be told of each request of the bureau; it is never reached."""
MISSED = """
import json
from django.db.models import Count
from gongzhi.base.log.models import Entry
missed = Entry.objects.filter(kind="matters.clock_missed").values("subject", "text")
twice = missed.annotate(n=Count("pk"))
print(json.dumps([one["text"] for one in twice if one["n"] > 1]))
"""
DISK = "size=200m"


class Served(RunningCounty):
    """The web alone: others follow the log."""

    def command(self) -> list[str | Path]:
        return [GONGZHI, "web", "--home", self.home, "--port", str(self.port)]


@contextmanager
def following(county: RunningCounty) -> Iterator[subprocess.Popen[bytes]]:
    """A process that follows the log of this county, ended with the block."""
    with (county.home / "follow.log").open("ab") as log:
        command = [str(GONGZHI), "follow", "--home", str(county.home), "--readers-only"]
        process = subprocess.Popen(command, env=county.env, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def told(county: RunningCounty) -> tuple[int, int]:
    """Requests in the log, and messages about them that a reader made."""
    in_log, made = json.loads(county.python(TOLD))
    return in_log, made


def test_whoever_follows_the_log_dies_and_each_entry_is_read_once(
    empty_home: Path, founded_url: str
) -> None:
    county = Served(empty_home, database_url=founded_url)
    county.python(FOUND)
    county.python(HOOKED)
    residents = Residents(county.port)
    with county, residents.sending():
        for _ in range(KILLS):
            with following(county) as follower:
                before = told(county)[1]
                assert waited(lambda now=before: told(county)[1] > now), county.log()  # type: ignore[misc]
                follower.send_signal(signal.SIGKILL)
                follower.wait()
            assert residents.more(5), "residents don't wait for readers"
    with county, following(county):
        assert waited(lambda: len(set(told(county))) == 1), told(county)
    assert_nothing_lost(county, residents)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that somebody else may look into: PostgreSQL doesn't run as root, and pytest's own
    folders are closed to all others."""
    with TemporaryDirectory(prefix="gongzhi-chaos-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def cluster(open_folder: Path) -> Path:
    """A PostgreSQL of one's own that keeps what it commits, not running."""
    root = open_folder / "pg"
    root.mkdir()
    make_cluster(root)
    return root


@pytest.mark.postgres
def test_the_database_dies_and_comes_back_and_the_county_goes_on(
    empty_home: Path, cluster: Path
) -> None:
    with running_cluster(cluster, {}) as url:
        county = RunningCounty(empty_home, database_url=url)
        county.cli("init")
        county.python(FOUND)
    port = int(url.rpartition(":")[2].partition("/")[0])
    residents = Residents(county.port)
    with running_cluster(cluster, {}, port) as again:
        assert again == url
        county.start()
    try:
        with residents.sending():
            for _ in range(KILLS):
                with running_cluster(cluster, {}, port):
                    assert residents.more(3), county.log()
                    killed = int((cluster / "cluster" / "postmaster.pid").read_text().split()[0])
                    os.kill(killed, signal.SIGKILL)
                    time.sleep(0.5)
                    assert not county.ready(), "a monitor is told"
            with running_cluster(cluster, {}, port):
                assert residents.more(20), county.log()
                assert waited(county.ready), county.log()
        with running_cluster(cluster, {}, port):
            assert_nothing_lost(county, residents)
            assert county.process is not None
            assert county.process.poll() is None, "it was never started anew"
            county.stop()
    finally:
        county.kill()


@pytest.fixture
def disk(open_folder: Path) -> Iterator[Path]:
    """A small disk; skips where none may be mounted."""
    at = open_folder / "disk"
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", DISK, "tmpfs", str(at)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only whoever may mount a small disk can fill one")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def filled(at: Path) -> Path:
    """A file that takes all that is left of this disk."""
    filler = at / "filler"
    with filler.open("wb") as file:
        try:
            while True:
                file.write(b"\0" * 65536)
                file.flush()
        except OSError:
            pass
    return filler


def test_the_disk_is_full_and_has_room_again(empty_county: Path, disk: Path) -> None:
    home = disk / "home"
    shutil.copytree(empty_county, home)
    _fill_and_free(RunningCounty(home), disk)


@pytest.mark.postgres
def test_the_database_s_disk_is_full_and_has_room_again(empty_home: Path, disk: Path) -> None:
    root = disk / "pg"
    root.mkdir()
    make_cluster(root)
    with running_cluster(root, {"max_wal_size": "32MB", "min_wal_size": "32MB"}) as url:
        county = RunningCounty(empty_home, database_url=url)
        county.cli("init")
        _fill_and_free(county, disk)


def _fill_and_free(county: RunningCounty, disk: Path) -> None:
    county.python(FOUND)
    residents = Residents(county.port)
    with county:
        with residents.sending():
            assert residents.more(5), county.log()
            filler = filled(disk)
            assert waited(lambda: residents.not_received > 10), "it says that it could not keep it"
            filler.unlink()
            assert residents.more(20), county.log()
        assert county.ready()
    assert_nothing_lost(county, residents)


@pytest.fixture
def turned(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A file that says by how much a process's clock is wrong, and the variables that make it
    heed that; skips where libfaketime isn't there."""
    program = shutil.which("faketime")
    if program is None:
        pytest.skip("faketime isn't there to turn a process's clock")
    said = subprocess.run([program, "-f", "+0", "env"], capture_output=True, text=True, check=True)
    preload = next(line for line in said.stdout.splitlines() if line.startswith("LD_PRELOAD="))
    clock = tmp_path / "clock"
    clock.write_text("+0")
    return clock, {
        "LD_PRELOAD": preload.partition("=")[2].replace("libfaketime.so", "libfaketimeMT.so"),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


@pytest.mark.long
def test_the_clock_jumps_and_jumps_back(
    empty_home: Path, founded_url: str, turned: tuple[Path, dict[str, str]]
) -> None:
    clock, heeding = turned
    county = RunningCounty(empty_home, database_url=founded_url)
    county.python(FOUND)
    county.python(HOOKED)
    county.env |= heeding
    residents = Residents(county.port)
    with county:
        with residents.sending():
            for wrong in ("+0", "+3d", "-2h", "+0"):
                clock.write_text(wrong)
                assert residents.more(10), (wrong, county.log())
        assert waited(lambda: len(set(told(county))) == 1), told(county)
        assert county.ready()
    assert_nothing_lost(county, residents)
    assert json.loads(county.python(MISSED)) == [], "a clock's miss was recorded twice"
