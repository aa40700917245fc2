"""A partner's system in small: takes what the platform tells it, checks the signature, shows it.

For whoever builds such a system and wants to see what will come, and for the demo county.
"""

from __future__ import annotations

import hmac
import json
import time
from collections import deque
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.watch.exchange.webhooks.signing import signature

SHOWN = 50
"""Messages that are kept to be shown."""
LARGEST = 64 * 1024
STALE = 300
"""Seconds by which a message's time may be off, as the standard advises."""


class PartnerSystem(ThreadingHTTPServer):
    """It listens on this machine alone, and forgets all when it ends."""

    daemon_threads = True

    def __init__(self, port: int, secret: str, tell: Callable[[str], None] = lambda _line: None):
        super().__init__(("127.0.0.1", port), _Door)
        self.secret, self.tell = secret, tell
        self.got: deque[dict[str, Any]] = deque(maxlen=SHOWN)
        self.known: set[str] = set()

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """The status of the answer: 204 taken, 401 not signed by whom it should be."""
        name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        fresh = stamp.isdecimal() and abs(time.time() - int(stamp)) <= STALE
        signed = signature(self.secret, name, stamp, body).encode()
        given = headers.get("webhook-signature", "").encode("ascii", "replace")
        if not fresh or not any(hmac.compare_digest(signed, one) for one in given.split()):
            self.tell("refused: not signed with this secret, or too old")
            return 401
        again = name in self.known
        self.known.add(name)
        if not again:  # whoever sends may have to send twice
            self._keep(headers, body)
        return 204

    def _keep(self, headers: dict[str, str], body: bytes) -> None:
        told = json.loads(body)
        event = told if "specversion" in told else {
            **{k.removeprefix("ce-"): v for k, v in headers.items() if k.startswith("ce-")},
            "data": told,
        }  # fmt: skip
        self.got.appendleft(event)
        self.tell(json.dumps(event, ensure_ascii=False))

    def page(self) -> bytes:
        """What came lately, the latest on top."""
        rows = "".join(
            f"<tr><td>{escape(str(one.get('time', '')))}<td>{escape(str(one.get('type', '')))}"
            f"<td><code>{escape(json.dumps(one.get('data'), ensure_ascii=False))}</code>"
            for one in list(self.got)
        )
        title, heading, nothing = _("联动单位的系统"), _("收到的推送"), _("还没有")
        return (
            "<!doctype html><meta charset=utf-8><meta http-equiv=refresh content=5>"
            f"<title>{title}</title><h1>{heading}</h1>"
            f"<table border=1 cellpadding=6>{rows or '<tr><td>' + nothing}</table>"
        ).encode()


class _Door(BaseHTTPRequestHandler):
    server: PartnerSystem

    def _posted(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.send_error(413)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            status = self.server.take(headers, self.rfile.read(length))
        except ValueError:
            status = 422
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _looked_at(self) -> None:
        page = self.server.page()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_POST, do_GET = _posted, _looked_at  # noqa: N815  (the library's names)

    def log_message(self, *args: object) -> None:
        """What came is told elsewhere."""
