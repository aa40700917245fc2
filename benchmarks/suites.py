"""What the commercial suite costs beside the international one: the log, seals, signatures.

    .venv/bin/python benchmarks/suites.py [--json FILE]

Chains entries as `base/log/chain` does and seals fields as `base/people/sealing` does, without a
database, so that only the algorithms are measured; each is the best of five runs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from gongzhi.base.crypto.commercial import Commercial
from gongzhi.base.crypto.international import International
from gongzhi.base.crypto.suite import Suite

ENTRY = json.dumps(
    ["0" * 64, 1, "id", "2026-11-30T00:00:00", "account:1", "calls.call", "m:1", "x" * 200]
)
FIELDS = json.dumps({"name": "王小明", "phone": "13800138000"}).encode()
FILE = b"\0" * 65536


def works(suite: Suite) -> dict[str, tuple[int, Callable[[], object]]]:
    """What is measured: how often in a run, and once."""
    key, nonce = secrets.token_bytes(32), bytes(12)
    aead, signer = suite.aead(key), suite.signer(key)
    signed = signer.sign(b"x")
    sealed = aead.encrypt(nonce, FIELDS, b"b")
    return {
        "log entries hashed": (20_000, lambda: suite.digest(ENTRY.encode())),
        "fields sealed": (20_000, lambda: aead.encrypt(nonce, FIELDS, b"b")),
        "fields opened": (20_000, lambda: aead.decrypt(nonce, sealed, b"b")),
        "pieces of 64 KiB sealed": (200, lambda: aead.encrypt(nonce, FILE, b"b")),
        "keyed hashes": (20_000, lambda: suite.keyed(key, FIELDS)),
        "checkpoints signed": (20, lambda: signer.sign(b"x")),
        "checkpoints verified": (20, lambda: suite.is_signed(signer.public, signed, b"x")),
    }


def rate(times: int, work: Callable[[], object]) -> float:
    """So many a second, in the best of five runs."""
    best = float("inf")
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, time.perf_counter() - begun)
    return times / best


def main() -> None:
    """Print a table, and write JSON if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    to = parser.parse_args().json
    one, other = works(International()), works(Commercial())
    rows = [(name, rate(*one[name]), rate(*other[name])) for name in one]
    load, python = os.getloadavg()[0], platform.python_version()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {python}")
    print(f"{'a second':26}{'international':>15}{'commercial':>15}{'ratio':>8}")
    for name, its, ours in rows:
        print(f"{name:26}{its:15,.0f}{ours:15,.0f}{ours / its:8.3f}")
    if to:
        told = {name: {"international": its, "commercial": ours} for name, its, ours in rows}
        to.write_text(json.dumps({"load": load, "rates": told}, indent=1))


if __name__ == "__main__":
    main()
