"""``gongzhi run`` from outside: it gets ready, serves, and ends when asked, on either database."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

from tests.county import RunningCounty, gongzhi

pytestmark = pytest.mark.slow


def test_an_empty_county_is_served(tmp_path: Path, database_url: str) -> None:
    with RunningCounty(tmp_path, database_url=database_url) as county:
        with urllib.request.urlopen(f"{county.url}/health/ready") as answer:
            ready = json.load(answer)
        assert ready["ready"] is True
        assert ready["catalogue"]["categories"] > 10
    assert county.process is not None
    assert county.process.returncode in {0, -15}, county.log()


def test_what_was_killed_starts_again(tmp_path: Path, database_url: str) -> None:
    county = RunningCounty(tmp_path, database_url=database_url)
    with county:
        county.kill()
        county.start()
        assert county.ready()


def test_init_twice_changes_nothing(tmp_path: Path) -> None:
    gongzhi(tmp_path, "init")
    secret = (tmp_path / "keys" / "secret-key").read_text()
    gongzhi(tmp_path, "init")
    assert (tmp_path / "keys" / "secret-key").read_text() == secret
    assert "0 entries" in gongzhi(tmp_path, "log", "verify")


def test_a_broken_catalogue_is_named_and_nothing_starts(tmp_path: Path) -> None:
    broken = tmp_path / "catalogue" / "categories" / "noise.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("colour = 'red'\n")
    with pytest.raises(RuntimeError, match=r"noise\.toml"):
        gongzhi(tmp_path, "run", "--port", "1")
