"""An office on the net: a real HTTP server with feeds, and messages to put into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.alerts.actions import keep_source
from gongzhi.watch.exchange.alerts.models import Source
from gongzhi.work.prevention.warnings.cap import Alert, Area, Block, alert_xml
from tests.work.prevention.warnings.hands import SYSTEM, county

RING = ((30.0, 122.0), (30.05, 122.0), (30.05, 122.1), (30.0, 122.1), (30.0, 122.0))
FAR = tuple((lat + 10, lon + 5) for lat, lon in RING)


def warned(identifier: str = "w-1", **changed: Any) -> Alert:
    """A weather office's warning of fog, in Chinese."""
    at = now().replace(microsecond=0)
    block: dict[str, Any] = {
        "event": "大雾", "categories": ("Met",), "urgency": "Immediate", "severity": "Moderate",
        "certainty": "Observed", "language": "zh-CN", "expires": at + timedelta(hours=6),
        "headline": "大雾黄色预警", "instruction": "减速慢行。",
        "areas": (Area("全县海域", (RING,)),),
    }  # fmt: skip
    whole = {"sender": "weather@province", "sent": at, "status": "Actual", "msg_type": "Alert"}
    for name, value in changed.items():
        (whole if name in Alert.__dataclass_fields__ else block)[name] = value
    blocks = () if whole.get("msg_type") == "Cancel" else (Block(**block),)
    return Alert(identifier=identifier, **{"blocks": blocks, **whole})  # type: ignore[arg-type]


def xml(identifier: str = "w-1", **changed: Any) -> bytes:
    return alert_xml(warned(identifier, **changed))


def after(alert: Alert, identifier: str, msg_type: str = "Update", **changed: Any) -> Alert:
    """A later message about it."""
    told = {"sent": alert.sent + timedelta(seconds=30), **changed}
    return warned(identifier, msg_type=msg_type, references=(alert.itself,), **told)


def source(address: str = "", *, trusted: bool = False) -> Source:
    county()
    return keep_source(
        SYSTEM, code="weather", name_zh="省气象台", name_en="Weather Office", address=address,
        trusted=trusted,
    )  # fmt: skip


@dataclass
class Office:
    """``pages``: path → (status, headers, body); ``asked``: what was asked for."""

    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, headers, body)
        return self.url + path

    def atom(self, *links: str, updated: datetime | None = None) -> str:
        """A feed of links to messages."""
        at = (updated or now()).isoformat(timespec="seconds")
        entries = "".join(
            f"<entry><id>{link}</id><updated>{at}</updated>"
            f'<link rel="alternate" type="text/html" href="/page"/>'
            f'<link rel="related" type="application/cap+xml" href="{link}"/></entry>'
            for link in links
        )
        feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{entries}</feed>'
        return self.put("/feed.xml", feed.encode())


@contextmanager
def opened() -> Iterator[Office]:
    """An office that answers until the end of the block."""
    office = Office()

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            office.asked.append((self.path, dict(self.headers)))
            status, headers, body = office.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    server.daemon_threads = True
    office.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
