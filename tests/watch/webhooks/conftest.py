"""A partner's own system, that listens, and what the platform tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread

import pytest
from pytest_django import Settings

from gongzhi.base.log.readers import catch_up
from gongzhi.watch.exchange.webhooks.actions import open_hook
from gongzhi.watch.exchange.webhooks.models import Hook
from gongzhi.watch.exchange.webhooks.sending import due_hooks, send_to
from tests.work.linked.cast import SYSTEM, body


@dataclass
class System:
    """A partner's system. ``status``: what it answers; ``got``: headers and bodies that came."""

    url: str = ""
    status: int = 204
    location: str = ""
    refuses: bytes = b"\0"
    """Of a message that holds this it will not have anything (422)."""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def system(settings: Settings) -> Iterator[System]:
    """It listens on this machine, in a network that the county has named."""
    settings.INTRANET = (ip_network("127.0.0.0/8"),)
    partner = System()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = self.rfile.read(int(self.headers["Content-Length"]))
            partner.got.append(({k.lower(): v for k, v in self.headers.items()}, told))
            self.send_response(422 if partner.refuses in told else partner.status)
            if partner.location:
                self.send_header("Location", partner.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    partner.url = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield partner
    server.shutdown()
    server.server_close()


def hooked(system: System, form: str = "structured") -> tuple[Hook, str]:
    return open_hook(SYSTEM, body("ambulance_120", "department"), system.url + "/told", form)


def follow() -> None:
    """Let the reader read all that is new."""
    catch_up("webhooks.queue")


def send() -> int:
    follow()
    return sum(send_to(hook) for hook in due_hooks())


def again() -> Hook:
    return Hook.objects.get()
