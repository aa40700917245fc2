"""Real servers on this machine: one for mail, one for messages over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """Takes mail; ``answers`` says what to answer to each recipient instead."""

    answers: dict[str, str] = field(default_factory=dict)
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    url: str = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        parsed: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos[0], parsed))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server for the time of a test."""
    mailbox = Mailbox()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        mailbox.url = f"smtp://127.0.0.1:{port}"
        yield mailbox
    finally:
        controller.stop()


@dataclass
class Gate:
    """Takes what is posted; ``status`` and ``answer`` are what it says."""

    status: int = 200
    answer: Any = field(default_factory=lambda: {"errcode": 0})
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    says: dict[str, list[Any]] = field(default_factory=dict)
    """Path (without what follows ``?``) → what it answers, one after the other; the last stays."""
    wait: Event | None = None
    """Answers nothing before this is set."""

    @property
    def bodies(self) -> list[Any]:
        """What was posted, as JSON."""
        return [json.loads(body) for _path, _headers, body in self.posts]


@contextmanager
def http_server() -> Iterator[Gate]:
    """An HTTP server for the time of a test."""
    gate = Gate()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            gate.posts.append((self.path, dict(self.headers), body))
            if gate.wait:
                gate.wait.wait(20)
            self.send_response(gate.status)
            self.end_headers()
            told = gate.says.get(self.path.partition("?")[0])
            answer = (told.pop(0) if len(told) > 1 else told[0]) if told else gate.answer
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    gate.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield gate
    finally:
        if gate.wait:
            gate.wait.set()
        server.shutdown()
