"""Nothing acknowledged is ever lost: a county under load is killed five times on each database.

SIGKILL, so nothing gets a chance to tidy up.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.config.residents import FOUND, Residents, assert_nothing_lost
from tests.county import RunningCounty

pytestmark = pytest.mark.slow

KILLS = 5
UNDER_LOAD = 0.4
"""Seconds from the first answer after a start to the next kill."""


def killed_under_load(county: RunningCounty, residents: Residents) -> None:
    """Start, let residents send, and kill while they do."""
    with residents.sending():
        county.start()
        assert residents.more(), county.log()
        time.sleep(UNDER_LOAD)
        county.kill()


def test_what_was_acknowledged_stands_and_what_was_sent_twice_is_one(
    empty_home: Path, founded_url: str
) -> None:
    county = RunningCounty(empty_home, database_url=founded_url)
    county.python(FOUND)
    residents = Residents(county.port)
    for _ in range(KILLS):
        killed_under_load(county, residents)
    assert_nothing_lost(county, residents)
