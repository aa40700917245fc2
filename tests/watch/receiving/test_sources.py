"""Each kind of source, with a real one at the other end."""

from __future__ import annotations

import gzip
import json
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from pytest_django import Settings

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.models import Area
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving.lines import queue
from gongzhi.watch.exchange.receiving.lines.folder import place_of
from gongzhi.watch.exchange.receiving.models import Batch, Line
from gongzhi.watch.exchange.receiving.running import backfill, run
from tests.brokers import nats_program, nats_server
from tests.watch.receiving.sources import (
    HEAD,
    drop,
    good,
    holds,
    lamps,
    mariadb,
    mariadb_program,
    other,
    put_in_queue,
    secret,
    served,
    sftp_server,
)

pytestmark = [pytest.mark.django_db]
ROWS = [{"id": f"R{n:03}", "many": n, "at": f"2026-11-{n % 28 + 1:02}T08:00:00+08:00"}
        for n in range(35)]  # fmt: skip


def test_files_as_people_make_them(town: Area, tmp_path: Path) -> None:
    """Chinese Windows' encoding, semicolons, gzip, Excel with real dates; one isn't finished."""
    source = lamps(source={"encoding": "gb18030", "files": "*"}, contract={"volume": {}})
    drop(source, "a.csv", *good(1, 5), code="gb18030")
    semicolons = [line.replace(",", ";") for line in good(6, 5)]
    drop(source, "b.csv", *semicolons, head=HEAD.replace(",", ";"), code="utf-8-sig")
    packed = "\n".join([HEAD, *good(11, 5)]).encode("gb18030")
    (place_of(source) / "c.csv.gz").write_bytes(gzip.compress(packed))
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))  # type: ignore[union-attr]
    book.active.append(["L-00016", "lancheng", "正常", 60, datetime(2026, 11, 20, 9, 30), "1"])  # type: ignore[union-attr]  # noqa: DTZ001
    book.save(place_of(source) / "d.xlsx")
    drop(source, "e.csv.part", *good(17, 5))
    drop(source, "~$d.xlsx", "x")
    assert sum(one.kept for one in run(source)) == 16
    assert {row["inspected_at"].isoformat() for row in holds(source)} == {
        "2026-11-20T01:30:00+00:00"
    }


@pytest.mark.parametrize(
    ("path", "paging"),
    [
        ("/items", {"way": "next", "at": "next"}),
        ("/items", {"way": "cursor", "at": "cursor", "sends": "cursor"}),
        ("/items", {"way": "offset", "sends": "offset", "size": 10}),
        ("/items", {"way": "page", "sends": "page", "size": 10}),
        ("/list", {"way": "link"}),
    ],
    ids=lambda one: one["way"] if isinstance(one, dict) else "",
)
def test_all_pages_are_read_however_the_next_is_told(path: str, paging: dict[str, object]) -> None:
    with served(ROWS) as pages:
        rows = "items" if path == "/items" else ""
        told = {"kind": "http", "address": pages.url + path, "rows": rows, "paging": paging}
        source = other("paged", told)
        (batch,) = run(source)
        assert (batch.kept, len(pages.asked)) == (35, 4)
        (again,) = run(source)
        assert (again.kept, again.known) == (0, 35)


def test_what_has_not_changed_is_not_sent_and_the_key_stands_in_no_file() -> None:
    secret("word", "s3cret")
    with served(ROWS) as pages:
        pages.token, pages.etag = "s3cret", '"v1"'
        told = {"kind": "http", "address": pages.url + "/items", "rows": "items",
                "paging": {"way": "next", "at": "next"}, "credentials": "word"}  # fmt: skip
        source = other("keyed", told)
        assert run(source)[0].kept == 35
        assert run(source) == []
        assert Line.objects.get().etag == '"v1"'
        pages.token, pages.etag = "another", ""
        for _turn in range(2):
            with pytest.raises(LineFailed, match="http_401"):
                run(source)
        pages.token = "s3cret"
        run(source)
    told_of = Entry.objects.filter(kind__contains="source_").order_by("seq")
    kinds = list(told_of.values_list("kind", flat=True))
    assert kinds == ["receiving.source_failing", "receiving.source_back"]  # told once each


def test_a_line_that_breaks_between_pages_goes_on_at_that_page() -> None:
    with served(ROWS) as pages:
        told = {"kind": "http", "address": pages.url + "/items", "rows": "items",
                "paging": {"way": "next", "at": "next"}}  # fmt: skip
        source = other("breaking", told)
        pages.breaks_at = 20
        with pytest.raises(LineFailed, match="http_500"):
            run(source)
        assert holds(source) == []
        pages.breaks_at, pages.asked = -1, []
        done = run(source)
        assert done[0].kept == 35
        assert "/items?offset=20" in pages.asked
        assert "/items?offset=10" not in pages.asked[:2]


def test_another_host_is_not_followed_and_an_inner_one_not_asked(settings: Settings) -> None:
    with served(ROWS) as pages:
        told = {"kind": "http", "address": pages.url + "/items", "rows": "items",
                "paging": {"way": "next", "at": "items"}}  # fmt: skip
        pages.rows = ROWS[:1]
        with pytest.raises(LineFailed):  # the "next" of this one leads elsewhere
            run(other("elsewhere", told | {"paging": {"way": "next", "at": "other"}, "rows": "no"}))
        settings.FETCH_PRIVATE = False
        with pytest.raises(LineFailed, match="private"):
            run(other("inner", told))
        settings.FETCH_PRIVATE = True
        settings.EXERCISE = True
        with pytest.raises(LineFailed, match="exercise"):
            run(other("inner", told))


def test_another_citys_open311_is_read() -> None:
    rows = [{"service_request_id": f"{n}", "service_code": "lamp", "status": "open",
             "requested_datetime": "2026-11-20T08:00:00Z", "description": "我叫张三",
             "updated_datetime": "2026-11-20T08:00:00Z"} for n in range(7)]  # fmt: skip
    from gongzhi.base.catalogue.kinds.connector import Connector
    from gongzhi.base.catalogue.load import catalogue

    plain = catalogue().connectors["neighbour_requests"].model_dump(mode="json")
    with served(rows) as pages:
        plain["source"]["address"] = pages.url + "/v2"
        source = Connector.model_validate(plain)
        assert run(source)[0].kept == 7
        assert "start_date=1970" in pages.asked[0]
        since = Line.objects.get().reached
        assert since
        run(source)
        assert f"start_date={since.year}" in pages.asked[-1]


def lite(path: Path, rows: int) -> Path:
    with sqlite3.connect(path) as line:
        line.execute("CREATE TABLE things (id TEXT, many INTEGER, at TEXT)")
        line.executemany(
            "INSERT INTO things VALUES (?, ?, ?)",
            [(f"R{n}", n % 90, f"2026-11-{n % 28 + 1:02} 08:00:00") for n in range(rows)],
        )
    return path


QUERY = "SELECT id, many, at FROM things WHERE at >= :since AND at < :until"


def test_an_sqlite_file_is_asked_for_what_is_new_and_never_written(tmp_path: Path) -> None:
    path = lite(tmp_path / "their.db", 280)
    told = {"kind": "database", "system": "sqlite", "database": str(path), "query": QUERY}
    source = other("lite", told)
    assert run(source)[0].kept == 280
    assert run(source) == []
    days = datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC)
    spans = backfill(source, *days, timedelta(days=1))
    assert [one.known for one in spans] == [10, 10]
    writes = told | {"query": "WITH x AS (SELECT 1) SELECT id FROM things"}
    assert run(other("lacks", writes))[0].reasons == ["columns:many", "columns:at"]
    with pytest.raises(LineFailed, match="bad_query"):
        run(other("wrong", told | {"query": "SELECT id FROM nothing"}))
    with pytest.raises(LineFailed, match="no_file"):
        run(other("away", told | {"database": "/nowhere/x.db"}))


@pytest.mark.postgres
def test_a_postgresql_is_asked(postgres_database: str) -> None:
    import psycopg

    parts = urlsplit(postgres_database)
    with psycopg.connect(postgres_database, autocommit=True) as line:
        line.execute("CREATE TABLE things (id TEXT, many INTEGER, at TIMESTAMPTZ)")
        line.execute(
            "INSERT INTO things SELECT 'R' || n, n % 90, "
            "'2026-11-01T00:00Z'::timestamptz + n * interval '1 hour' "
            "FROM generate_series(1, 300) n"
        )
        wipes = "CREATE FUNCTION wipe() RETURNS int AS 'DELETE FROM things; SELECT 1' LANGUAGE sql"
        line.execute(wipes)
    secret("pg", f"{parts.username}\n{parts.password or 'x'}")
    told = {"kind": "database", "system": "postgresql", "host": parts.hostname,
            "port": parts.port, "database": parts.path[1:], "query": QUERY,
            "credentials": "pg"}  # fmt: skip
    source = other("pg", told)
    assert run(source)[0].kept == 300
    with pytest.raises(LineFailed, match="bad_query"):  # a query that would write can't
        run(other("evil", told | {"query": "SELECT 'a' AS id, wipe() AS many, now() AS at"}))
    with psycopg.connect(postgres_database) as line:
        assert line.execute("SELECT count(*) FROM things").fetchone() == (300,)


@pytest.mark.skipif(mariadb_program() is None, reason="this machine has no MariaDB or MySQL")
def test_a_mysql_is_asked(tmp_path: Path) -> None:
    script = (
        "CREATE DATABASE theirs; CREATE TABLE theirs.things (id TEXT, many INT, at DATETIME);"
        "INSERT INTO theirs.things VALUES ('R1', 1, '2026-11-01 08:00:00');\n"
        "INSERT INTO theirs.things VALUES ('R2', 2, '2026-11-02 08:00:00');\n"
        "CREATE USER reader@'%' IDENTIFIED BY 'x';\nGRANT SELECT ON theirs.* TO reader@'%';\n"
    )
    secret("my", "reader\nx")
    with mariadb(tmp_path, script.replace(";", ";\n")) as port:
        told = {"kind": "database", "system": "mysql", "host": "127.0.0.1", "port": port,
                "database": "theirs", "query": QUERY, "credentials": "my"}  # fmt: skip
        assert run(other("my", told))[0].kept == 2
        secret("my", "reader\nwrong")
        with pytest.raises(LineFailed, match="not_signed_in"):
            run(other("my", told))
    with pytest.raises(LineFailed, match="no_answer"):
        run(other("my", told))


def test_files_of_an_sftp_server_are_fetched_once_each(tmp_path: Path) -> None:
    secret("ocean", "reader\nword")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b-20261101.csv").write_text("id,many,at\nR1,1,2026-11-01\n")
    (tmp_path / "out" / "b-20261102.csv").write_text("id,many,at\nR2,2,2026-11-02\n")
    (tmp_path / "out" / "notes.txt").write_text("x")
    with sftp_server(tmp_path, "reader", "word") as (port, key):
        told = {"kind": "sftp", "host": "127.0.0.1", "port": port, "folder": "out",
                "files": "b-*.csv", "host_key": key, "credentials": "ocean",
                "day_in_name": r"(\d{8})"}  # fmt: skip
        source = other("buoys", told)
        assert sum(one.kept for one in run(source)) == 2
        assert run(source) == []
        (tmp_path / "out" / "b-20261102.csv").write_text("id,many,at\nR2,22,2026-11-03\n")
        assert [one.kept for one in run(source)] == [1]
        days = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
        assert [one.known for one in backfill(source, *days, timedelta(days=1))] == [1]
        secret("ocean", "reader\nother")
        with pytest.raises(LineFailed, match="not_signed_in"):
            run(source)
        secret("ocean", "reader\nword")
        import asyncssh

        strange = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
        with pytest.raises(LineFailed, match="other_server"):
            run(other("buoys", told | {"host_key": strange}))
    assert Batch.objects.filter(connector="buoys").count() == 4


@pytest.mark.skipif(nats_program() is None, reason="the test extra has no NATS for this machine")
def test_messages_of_a_queue_are_confirmed_once_they_stand_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "COMES_AGAIN_AFTER", 1.0)
    monkeypatch.setattr(queue, "EMPTY_AFTER", 0.2)
    with nats_server(tmp_path) as broker:
        told = {"kind": "nats", "servers": [broker.server], "stream": "CUTS", "most": 30,
                "subject": "cuts.>", "consumer": "gongzhi", "tls": False}  # fmt: skip
        source = other("cuts", told)
        with pytest.raises(LineFailed, match="no_stream"):
            run(source)
        rows = [json.dumps(row).encode() for row in ROWS]
        mixed = [*rows[:20], b"no json", b"[]", *rows[20:31], b"[" + rows[31] + b"]"]
        put_in_queue(broker.server, "CUTS", *mixed)
        done = run(source)
        assert [(one.kept, one.quarantined) for one in done] == [(28, 1), (4, 0)]
        assert run(source) == []

        def cut(batch: Batch) -> None:
            raise KeyboardInterrupt  # the power fails while it is read

        put_in_queue(broker.server, "CUTS", rows[32], rows[0])
        with pytest.raises(KeyboardInterrupt):
            run(source, cut)
        time.sleep(1.1)
        Line.objects.update(held_until=None)
        again = run(source)
        assert [one.state for one in again] == [Batch.State.HELD, Batch.State.LOADED]
        assert (again[1].kept, again[1].known) == (1, 1)
        assert len(holds(source)) == 33
        broker.kill()
        with pytest.raises(LineFailed, match="no_answer"):
            run(source)


def test_calls_of_another_system_become_incidents_by_their_mapping(town: Area) -> None:
    from gongzhi.base.catalogue.kinds.connector import Connector
    from gongzhi.base.catalogue.load import catalogue

    mapping = catalogue().mappings["sffd"]
    example = mapping.examples[0]
    word = {"zh": "字", "en": "word"}
    key = mapping.id[0]
    fields = [
        {"name": f"c{n}", "column": column, "says": word, "required": column == key}
        for n, column in enumerate(mapping.columns)
    ]
    name = next(str(one["name"]) for one in fields if one["column"] == key)
    source = Connector.model_validate({
        "code": "calls", "name": word, "about": word, "unit": "bureau", "mapping": "sffd",
        "source": {"kind": "folder", "settled": 0},
        "contract": {"key": [name], "fields": fields}, "examples": [{"row": {}}],
    })  # fmt: skip
    import csv
    import io

    text = io.StringIO()
    writer = csv.DictWriter(text, mapping.columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerow(example.row)
    drop(source, "calls.csv", head=text.getvalue())
    (batch,) = run(source)
    assert (batch.kept, batch.reasons, batch.read) == (1, [], 1)
    assert Matter.objects.filter(county__code="sffd").count() == 1
