"""The load generator: HTTP over connections that stay open, from a process of its own.

It reads one JSON order a line on stdin and answers each with one JSON line on stdout:

    {"port": …, "connections": 8, "seconds": 5.0, "rate": 0, "path": "/raw", …}

``rate`` 0 sends the next request as soon as the last was answered (what the server can do at
most). Otherwise so many requests a second are due at even times, whether the server keeps up or
not, and each one's latency counts from the moment it was due: a server that stalls can't hide it.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

BOUNDARY = "gongzhi-benchmark-boundary"

WARM = 0.5
"""Seconds at the start that are not counted."""


@dataclass
class Order:
    """What to send, how often, and where from."""

    port: int
    connections: int
    seconds: float
    path: str
    rate: float = 0.0
    form: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    key: str = ""
    expect: int = 200
    per_address: int = 0
    photo: str = ""
    """A file that goes along with each request; the form is multipart then, as a browser's is."""

    def __post_init__(self) -> None:
        self.picture = Path(self.photo).read_bytes() if self.photo else b""

    def request(self) -> tuple[bytes, str]:
        """One request and its idempotency key, which is new each time."""
        key = secrets.token_urlsafe(24)
        form = {**self.form, self.key: key} if self.key else self.form
        kind, body = self._multipart(form) if self.picture else _urlencoded(form)
        head = {
            "Host": f"127.0.0.1:{self.port}",
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **self.headers,
        }
        lines = [f"POST {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body, key

    def _multipart(self, form: dict[str, str]) -> tuple[str, bytes]:
        start = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
        fields = "".join(f'{start}{name}"\r\n\r\n{text}\r\n' for name, text in form.items())
        photo = f'{start}photos"; filename="lamp.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        end = f"\r\n--{BOUNDARY}--\r\n".encode()
        body = (fields + photo).encode() + self.picture + end
        return f"multipart/form-data; boundary={BOUNDARY}", body


def _urlencoded(form: dict[str, str]) -> tuple[str, bytes]:
    return "application/x-www-form-urlencoded", urlencode(form).encode()


@dataclass
class Result:
    """What came of it: latencies in seconds, and the keys that were acknowledged."""

    latencies: list[float] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0


class Connection:
    """One keep-alive connection. A new address after so many requests, as new residents have:
    the public's pages are throttled by address, in the benchmark as in life."""

    addresses = 0

    def __init__(self, order: Order) -> None:
        self.order, self.sent = order, 0
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def post(self) -> int:
        """Send one request; the status of its answer."""
        if self.writer is None or (
            self.order.per_address and self.sent % self.order.per_address == 0
        ):
            await self._connect()
        assert self.reader
        assert self.writer
        self.sent += 1
        self.writer.write(self.order.request()[0])
        head = await self.reader.readuntil(b"\r\n\r\n")
        await self._body(head)
        return int(head[9:12])

    async def _connect(self) -> None:
        self.close()
        Connection.addresses += 1
        n = Connection.addresses
        local = (f"127.{1 + n // 62500 % 250}.{n // 250 % 250}.{1 + n % 250}", 0)
        self.reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.order.port, local_addr=local
        )

    async def _body(self, head: bytes) -> None:
        assert self.reader
        lower = head.lower()
        if b"content-length:" in lower:
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
            await self.reader.readexactly(length)
        elif b"transfer-encoding: chunked" in lower:
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readline()

    def close(self) -> None:
        """Leave."""
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


async def run(order: Order) -> dict[str, Any]:
    """Carry out one order."""
    result = Result()
    begun = time.perf_counter() + 0.05
    due = iter(range(10**9))
    cpu = time.process_time()
    await asyncio.gather(
        *(_worker(Connection(order), order, begun, due, result) for _ in range(order.connections))
    )
    wall = time.perf_counter() - begun
    counted = sorted(result.latencies)
    return {
        "requests": len(counted),
        "acknowledged": result.acknowledged,
        "per_second": len(counted) / (order.seconds - WARM),
        "p50_ms": _quantile(counted, 0.5),
        "p99_ms": _quantile(counted, 0.99),
        "failures": result.failures,
        "generator_cpu": (time.process_time() - cpu) / wall,
    }


async def _worker(
    connection: Connection, order: Order, begun: float, due: Any, result: Result
) -> None:
    while True:
        at = begun + next(due) / order.rate if order.rate else max(time.perf_counter(), begun)
        if at >= begun + order.seconds:
            break
        if (wait := at - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        try:
            status = str(await connection.post())
        except (OSError, asyncio.IncompleteReadError) as broken:
            status = type(broken).__name__
            connection.close()
        if status != str(order.expect):
            result.failures[status] = result.failures.get(status, 0) + 1
            continue
        result.acknowledged += 1
        if at >= begun + WARM:
            result.latencies.append(time.perf_counter() - at)
    connection.close()


def _quantile(counted: list[float], share: float) -> float | None:
    if not counted:
        return None
    return round(counted[min(len(counted) - 1, int(len(counted) * share))] * 1000, 2)


def main() -> None:
    """Orders in, results out, until stdin ends."""
    import uvloop

    for line in sys.stdin:
        answer = uvloop.run(run(Order(**json.loads(line))))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
