"""A county on PostgreSQL goes back to any moment, by the server's archive, as the manual says."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.county import RunningCounty
from tests.postgres.server import make_cluster, run_program, running_cluster

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
UNIT = """
from gongzhi.base.log import chain
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
open_unit(Actor.system("test"), code="{code}", kind="department", name_zh="某局", name_en="Some")
print(*chain.head())
"""
HEAD = """
from gongzhi.base.log import chain
from gongzhi.base.log.verify import verify
assert verify().holds
print(*chain.head())
"""


@pytest.fixture
def root() -> Iterator[Path]:
    """Where PostgreSQL's own user may go, too."""
    folder = Path(tempfile.mkdtemp(prefix="gongzhi-wal-"))
    make_cluster(folder)
    (folder / "wal").mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_log_ends_where_it_did_at_that_moment(root: Path, empty_home: Path) -> None:
    archive = {
        "wal_level": "replica", "archive_mode": "on", "fsync": "off",
        "archive_command": f"test ! -f {root}/wal/%f && cp %p {root}/wal/%f",
    }  # fmt: skip
    with running_cluster(root, archive) as url:
        county = RunningCounty(empty_home, database_url=url)
        county.cli("init")
        port = url.rpartition(":")[2].partition("/")[0]
        where = ["-h", "127.0.0.1", "-p", port, "-U", "gongzhi"]
        run_program(root, "pg_basebackup", *where, "-D", root / "base", "-c", "fast")
        wanted = county.python(UNIT.format(code="wanted"))
        moment = asked(url, "SELECT now()::text")
        after = county.python(UNIT.format(code="too_late"))
        asked(url, "SELECT pg_switch_wal()::text")
    assert wanted != after

    shutil.rmtree(root / "cluster")
    (root / "base").rename(root / "cluster")
    (root / "cluster" / "recovery.signal").touch()
    to = {
        "restore_command": f"cp {root}/wal/%f %p", "recovery_target_time": moment,
        "recovery_target_action": "promote", "hot_standby": "off",
    }  # fmt: skip
    with running_cluster(root, to) as url:
        assert RunningCounty(empty_home, database_url=url).python(HEAD) == wanted


def asked(url: str, question: str) -> str:
    """One value."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        (answer,) = server.execute(question).fetchone() or ("",)
        return str(answer)
