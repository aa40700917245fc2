"""The county's own server with one address more: ``POST /raw``, one bare INSERT a request.

Same process, same threads, same database and settings; the driver alone, without Django. What it
answers a second is the most that a request which writes could ever reach here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")

from gongzhi.base.log.turns import _turn
from gongzhi.config.asgi import Platform, pages
from gongzhi.config.serve import serve

TABLE = {
    "sqlite": "CREATE TABLE IF NOT EXISTS bench_raw (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "postgresql": "CREATE TABLE IF NOT EXISTS bench_raw"
    " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL)",
}
INSERT = {
    "sqlite": "INSERT INTO bench_raw (text) VALUES (?)",
    "postgresql": "INSERT INTO bench_raw (text) VALUES (%s)",
}


def raw(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Insert the body and answer; every other address is the platform's."""
    if environ["PATH_INFO"] != "/raw":
        return pages(environ, start_response)
    from django.db import connection

    body = environ["wsgi.input"].read().decode()
    connection.ensure_connection()  # this thread's own; autocommit: one statement, one commit
    with _turn if connection.vendor == "sqlite" else nullcontext():  # as the platform's writers do
        connection.connection.execute(INSERT[connection.vendor], (body,))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


if __name__ == "__main__":
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE[connection.vendor])
    connection.close()
    serve("127.0.0.1", int(sys.argv[1]), Platform(raw))
