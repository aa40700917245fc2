"""Web, follow and worker as three processes on one PostgreSQL; each is killed, nothing is lost."""

from __future__ import annotations

import json
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.county import GONGZHI, RunningCounty, county_environment, gongzhi

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
PATIENCE = 90.0


class WebAlone(RunningCounty):
    """The pages, without anybody who follows the log."""

    def command(self) -> list[str | Path]:
        return [GONGZHI, "web", "--home", self.home, "--port", str(self.port)]

    def report(self, key: str) -> int:
        """Send what a resident sends; the status of the answer, 0 when there is none."""
        told = {"category": "lamp_out", "words": "灯不亮", "place": "路", "idempotency_key": key}
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        try:
            with opener.open(f"{self.url}/report/", timeout=10) as page:
                token = page.read().decode().split('name="csrfmiddlewaretoken" value="')[1]
            told["csrfmiddlewaretoken"] = token.split('"')[0]
            sent = urllib.parse.urlencode(told).encode()
            with opener.open(f"{self.url}/report/", data=sent, timeout=10) as answer:
                return int(answer.status)
        except (urllib.error.URLError, OSError):
            return 0

    def standing(self) -> dict[str, int]:
        """From the database itself: entries, how far the slowest reader is, jobs that ran."""
        code = (
            "import json\n"
            "from gongzhi.base.log import chain\n"
            "from gongzhi.base.log.models import Cursor, Job\n"
            "from gongzhi.work.participation.models import Receipt\n"
            "seqs = list(Cursor.objects.values_list('seq', flat=True))\n"
            "print(json.dumps({'head': chain.head()[0], 'slowest': min(seqs, default=0),"
            " 'receipts': Receipt.objects.count(),"
            " 'jobs': Job.objects.exclude(ended_at=None).exclude(name='log.readers').count()}))\n"
        )
        return dict(json.loads(self.python(code).splitlines()[-1]))


class Beside:
    """One of the other processes; its output goes into the same file."""

    def __init__(self, county: WebAlone, *command: str) -> None:
        self.county, self.command = county, command
        self.start()

    def start(self) -> None:
        with (self.county.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [GONGZHI, *self.command, "--home", self.county.home],
                env=self.county.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def end(self, how: int = signal.SIGKILL) -> None:
        self.process.send_signal(how)
        self.process.wait(20)


def until(holds: Callable[[], bool], county: WebAlone) -> None:
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, county.log()[-3000:]
        time.sleep(0.3)


def test_each_is_killed_and_started_again_and_nothing_is_lost(
    empty_home: Path, founded_postgres: str
) -> None:
    with WebAlone(empty_home, database_url=founded_postgres) as county:
        county.python(FOUND)
        follow, worker = Beside(county, "follow", "--readers-only"), Beside(county, "worker")
        try:
            assert county.report("a" * 24) == 200, county.log()[-3000:]
            until(lambda: caught_up(county.standing()), county)
            until(lambda: county.standing()["jobs"] > 0, county)

            follow.end(), worker.end()
            assert county.report("b" * 24) == 200  # pages take in without them
            behind = county.standing()
            assert behind["slowest"] < behind["head"]
            follow.start(), worker.start()
            until(lambda: caught_up(county.standing()), county)

            county.kill()
            assert county.report("c" * 24) == 0
            county.start()
            assert county.report("c" * 24) == 200
            assert county.standing()["receipts"] == 3
            until(lambda: caught_up(county.standing()), county)
        finally:
            follow.end(signal.SIGTERM), worker.end(signal.SIGTERM)
        assert follow.process.returncode == worker.process.returncode == 0
        assert "entries hold" in county.cli("log", "verify")


def caught_up(standing: dict[str, int]) -> bool:
    return standing["head"] > 0 and standing["slowest"] == standing["head"]


FOUND = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
for code, kind in (("bureau", "bureau"), ("city_management", "department")):
    open_unit(Actor.system("test"), code=code, kind=kind, name_zh=code, name_en=code)
"""


def test_nothing_starts_on_tables_that_are_not_there(
    tmp_path: Path, postgres_database: str
) -> None:
    env = county_environment(tmp_path, postgres_database)
    for command in (["web", "--port", "1"], ["follow"], ["worker"]):
        with pytest.raises(RuntimeError, match="gongzhi migrate"):
            gongzhi(tmp_path, *command, env=env)
    assert "up to date" in gongzhi(tmp_path, "migrate", env=env)
    assert "up to date" in gongzhi(tmp_path, "migrate", "--check", env=env)
