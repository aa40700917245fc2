"""The throw-away PostgreSQL comes, serves an ordinary user's process, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.postgres.server import EXISTING, postgres_server

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture(autouse=True)
def no_existing_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EXISTING, raising=False)


@pytest.mark.parametrize(("durable", "fsync"), [(False, "off"), (True, "on")])
def test_it_serves_and_leaves_nothing(durable: bool, fsync: str) -> None:
    with postgres_server(durable=durable) as url:
        assert urlsplit(url).hostname == "127.0.0.1"
        # a client that stays connected, as this one, does not keep the server from ending
        client = psycopg.connect(url)
        shown = "SELECT current_setting('unix_socket_directories'), current_setting('fsync')"
        folder, found = client.execute(shown).fetchone() or ("", "")
        assert found == fsync
        pid = (Path(folder) / "cluster" / "postmaster.pid").read_text().split()[0]
        assert Path(f"/proc/{pid}").stat().st_uid != 0
    assert not Path(folder).exists()
    assert not Path(f"/proc/{pid}").exists()


def test_an_existing_server_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EXISTING, "postgresql://somebody@somewhere/empty")
    with postgres_server() as url:
        assert url == "postgresql://somebody@somewhere/empty"


def test_each_database_is_new(postgres_database: str) -> None:
    with psycopg.connect(postgres_database) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)
