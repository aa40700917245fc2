"""Counting tries holds across processes and threads, and forgets nobody too soon."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from gongzhi.base.access import tries
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.ui.errors import Refused

COUNT_MANY = """
import os, django
django.setup()
from gongzhi.base.access.tries import count
for _ in range(200):
    last = count("test", "somebody", 600)[0]
print(last)
"""


def test_several_processes_count_together(settings: Settings) -> None:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongzhi.config.settings"}
    started = [
        subprocess.Popen([sys.executable, "-c", COUNT_MANY], env=env, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    last = max(int(one.communicate()[0]) for one in started)
    assert last == 600
    assert tries.count("test", "somebody", 600)[0] == 601


def test_threads_count_together() -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: tries.count("test", "threads", 600)[0], range(400)))
    assert sorted(seen) == list(range(1, 401))


def test_the_window_ends_and_a_new_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tries.count("test", "x", 60) == (1, 60)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 30)
    number, left = tries.count("test", "x", 60)
    assert (number, 29 <= left <= 31) == (2, True)
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert tries.count("test", "x", 60)[0] == 1


def test_one_name_does_not_count_for_another() -> None:
    limit("a", "x", tries=1, seconds=60)
    limit("b", "x", tries=1, seconds=60)
    limit("a", "y", tries=1, seconds=60)
    with pytest.raises(Refused) as refused:
        limit("a", "x", tries=1, seconds=60)
    assert (refused.value.status, refused.value.retry_after) == (429, 60)


def test_what_is_over_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "SWEEP_EVERY", 1)
    tries.count("test", "old", -1)
    tries.count("test", "new", 60)
    left = tries._connection().execute("SELECT number FROM tries").fetchall()
    assert left == [(1,)]


def test_no_address_is_kept(settings: Settings) -> None:
    tries.count("test", "203.0.113.77", 60)
    stored = b"".join(path.read_bytes() for path in settings.HOME.root.glob("tries.sqlite3*"))
    assert b"203.0.113.77" not in stored


@pytest.mark.parametrize(
    ("proxy", "forwarded", "address"),
    [
        (None, "198.51.100.1", "192.0.2.9"),  # without a proxy anybody could write that header
        (("X", "https"), "198.51.100.1", "198.51.100.1"),
        (("X", "https"), "203.0.113.5, 198.51.100.1", "198.51.100.1"),
    ],
)
def test_only_a_proxy_of_ours_says_who_asks(
    settings: Settings, proxy: tuple[str, str] | None, forwarded: str, address: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = proxy
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.9", headers={"X-Forwarded-For": forwarded}
    )
    assert address_of(request) == address


def test_a_household_s_addresses_count_as_one() -> None:
    first, second, other = (
        address_of(RequestFactory().get("/", REMOTE_ADDR=one))
        for one in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )
    assert first == second != other
