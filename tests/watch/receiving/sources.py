"""Real sources for tests: an HTTP server with pages, an SFTP server, a MariaDB; and connectors."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nats
from django.conf import settings

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.exchange.receiving.lines.folder import place_of
from gongzhi.watch.exchange.receiving.shelves import current, engine, loaded_files

HEAD = "灯杆编号,乡镇,状态,功率,检查时间,报修人电话"
GOOD = "L-{:05},lancheng,正常,60,2026/11/{:02} 09:30,13900000000"


def lamps(**changed: Any) -> Connector:
    """The shipped connector of street lamps, its folder in the test's home, nothing to wait for."""
    plain = catalogue().connectors["street_lamps"].model_dump(mode="json")
    plain["contract"] |= {"fresh": None, **changed.pop("contract", {})}
    plain["source"] |= {"settled": 0, "encoding": "utf-8", **changed.pop("source", {})}
    return Connector.model_validate(plain | changed)


def other(code: str, source: dict[str, Any], **changed: Any) -> Connector:
    """A small connector: an id, a number and a time."""
    word = {"zh": "字", "en": "word"}
    fields = [
        {"name": "id", "says": word},
        {"name": "many", "says": word, "type": "whole", "least": 0, "most": 100},
        {"name": "at", "says": word, "type": "time"},
    ]
    return Connector.model_validate({
        "code": code, "name": word, "about": word, "unit": "ocean", "source": source,
        "contract": {"key": ["id"], "version": "at", "fields": fields},
        "examples": [{"row": {"id": "1", "many": "1", "at": "2026-11-01"}}], **changed,
    })  # fmt: skip


def drop(
    connector: Connector, name: str, *rows: str, head: str = HEAD, code: str = "utf-8"
) -> Path:
    """A file in the folder of a department."""
    place = place_of(connector)
    place.mkdir(parents=True, exist_ok=True)
    path = place / name
    path.write_bytes("\n".join([head, *rows, ""]).encode(code))
    return path


def good(first: int, many: int, day: int = 20) -> list[str]:
    return [GOOD.format(n, day) for n in range(first, first + many)]


def holds(connector: Connector) -> list[dict[str, Any]]:
    """What the county has of a source now, by key."""
    files = loaded_files(connector)
    if not files:
        return []
    with engine() as db:
        rows = db.execute(f"{current(connector, files)} ORDER BY {connector.contract.key[0]}")
        names = [one[0] for one in rows.description or []]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def secret(name: str, text: str) -> None:
    folder = settings.HOME.keys
    folder.mkdir(exist_ok=True)
    (folder / f"source-{name}").write_text(text, "utf-8")


@dataclass
class Pages:
    """An HTTP server with so many rows, in pages of ten, told in every way of paging."""

    rows: list[dict[str, Any]]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    token: str = ""
    breaks_at: int = -1
    """The row from which on it answers 500."""
    etag: str = ""


@contextmanager
def served(rows: list[dict[str, Any]]) -> Iterator[Pages]:
    pages = Pages(rows)

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages.asked.append(self.path)
            asked = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
            at = int(asked.get("offset", 0)) or (int(asked.get("page", 1)) - 1) * 10
            at = int(asked.get("cursor", at))
            if pages.token and self.headers.get("Authorization") != f"Bearer {pages.token}":
                return self.answer(401, {})
            if pages.etag and self.headers.get("If-None-Match") == pages.etag:
                return self.answer(304, None)
            if 0 <= pages.breaks_at <= at:
                return self.answer(500, {})
            some, on = pages.rows[at : at + 10], at + 10 < len(pages.rows)
            path = urlsplit(self.path).path
            following = f"{pages.url}{path}?offset={at + 10}"
            whole: Any = {"items": some, "next": following if on else None,
                          "cursor": str(at + 10) if on else ""}  # fmt: skip
            whole = some if path in {"/list", "/v2/requests.json"} else whole
            return self.answer(200, whole, f'<{following}>; rel="next"' if on else "")

        def answer(self, status: int, said: Any, link: str = "") -> None:
            body = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if link:
                self.send_header("Link", link)
            if pages.etag:
                self.send_header("ETag", pages.etag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    pages.url = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield pages
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def sftp_server(root: Path, user: str, word: str) -> Iterator[tuple[int, str]]:
    """asyncssh's own server over a folder; its port and its public key."""
    import asyncssh

    key = asyncssh.generate_private_key("ssh-ed25519")
    begun, over, found = Event(), asyncio.Event(), []
    loop = asyncio.new_event_loop()

    class Door(asyncssh.SSHServer):
        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (user, word)

    async def serve() -> None:
        def folder(channel: asyncssh.SSHServerChannel) -> asyncssh.SFTPServer:
            return asyncssh.SFTPServer(channel, chroot=str(root).encode())

        async with asyncssh.listen(
            "127.0.0.1", 0, server_factory=Door, server_host_keys=[key], sftp_factory=folder
        ) as server:
            found.append(server.get_port())
            begun.set()
            await over.wait()

    thread = Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert begun.wait(10)
    try:
        yield found[0], key.export_public_key().decode().strip().rsplit(" ", 0)[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)


def mariadb_program() -> str | None:
    """A MySQL-speaking server of this machine, if it has one."""
    found = [shutil.which(name) for name in ("mariadbd", "mysqld")]
    there = [Path(f"/usr/sbin/{name}") for name in ("mariadbd", "mysqld")]
    return next((str(one) for one in [*found, *there] if one and Path(one).exists()), None)


@contextmanager
def mariadb(folder: Path, script: str) -> Iterator[int]:
    """A server over a new folder in which `script` was run; its port."""
    program = mariadb_program()
    assert program
    from tests.postgres.server import _free_port

    port, start = _free_port(), folder / "start.sql"
    start.write_text(script, "utf-8")
    place = folder / "db"
    place.mkdir()
    shares = Path(program).resolve().parents[1] / "share" / "mysql"
    told = [program, "--no-defaults", f"--datadir={place}", f"--lc-messages-dir={shares}"]
    told += ["--user=root"] if os.geteuid() == 0 else []
    boot = ["create database mysql;", "use mysql;"]
    for name in ("mysql_system_tables", "mysql_system_tables_data"):
        found = next(shares.parent.rglob(f"*{name.replace('mysql_', '')}.sql"))
        boot.append(found.read_text("utf-8"))
    subprocess.run(
        [*told, "--bootstrap", "--skip-grant-tables"], input="\n".join(boot).encode(),
        check=True, capture_output=True,
    )  # fmt: skip
    log = (folder / "log").open("wb")
    running = subprocess.Popen(
        [*told, f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/s",
         f"--init-file={start}", "--skip-networking=0"],
        stdout=log, stderr=log,
    )  # fmt: skip
    try:
        yield _ready(port)
    finally:
        running.kill()
        running.wait()
        log.close()


def _ready(port: int) -> int:
    import pymysql

    until = time.monotonic() + 30
    while True:
        try:
            pymysql.connect(host="127.0.0.1", port=port, user="reader", password="x").close()
        except pymysql.err.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return port


def put_in_queue(server: str, stream: str, *messages: bytes) -> None:
    """What the other side's program sends to its JetStream."""

    async def put() -> None:
        client = await nats.connect(f"nats://{server}")
        answers = client.jetstream()
        await answers.add_stream(name=stream, subjects=[f"{stream.lower()}.>"])
        for one in messages:
            await answers.publish(f"{stream.lower()}.told", one)
        await client.close()

    asyncio.run(put())
