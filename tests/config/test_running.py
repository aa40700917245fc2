"""``gongzhi run`` from outside: it gets ready, serves, and ends when asked, on either database."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.county import RunningCounty, gongzhi

pytestmark = pytest.mark.slow


def said(county: RunningCounty, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{county.url}{path}") as answer:
        return dict(json.load(answer))


def test_an_empty_county_is_served(tmp_path: Path, database_url: str) -> None:
    with RunningCounty(tmp_path, database_url=database_url) as county:
        ready = said(county, "/health/ready")
        assert ready["ready"] is True
        assert ready["catalogue"]["categories"] > 10
        assert said(county, "/health/live") == {"live": True}
        give_up = time.monotonic() + 5
        while not said(county, "/health/ready")["readers"]:
            assert time.monotonic() < give_up, "nobody follows the log"
            time.sleep(0.1)
    assert county.process is not None
    assert county.process.returncode in {0, -15}, county.log()


def test_what_was_killed_starts_again(empty_home: Path, founded_url: str) -> None:
    county = RunningCounty(empty_home, database_url=founded_url)
    with county:
        county.kill()
        county.start()
        assert county.ready()


def test_init_twice_changes_nothing(empty_home: Path) -> None:
    """The first time it was for all tests that begin with an empty county."""
    secret = (empty_home / "keys" / "secret-key").read_text()
    gongzhi(empty_home, "init")
    assert (empty_home / "keys" / "secret-key").read_text() == secret
    assert "0 entries" in gongzhi(empty_home, "log", "verify")


def test_a_broken_catalogue_is_named_and_nothing_starts(empty_home: Path) -> None:
    broken = empty_home / "catalogue" / "categories" / "noise.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("colour = 'red'\n")
    with pytest.raises(RuntimeError, match=r"noise\.toml"):
        gongzhi(empty_home, "run", "--port", "1")
