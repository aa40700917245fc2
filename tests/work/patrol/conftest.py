"""No test goes by the ways of another one's county."""

from __future__ import annotations

import pytest

from gongzhi.work.patrol.plans import ways


@pytest.fixture(autouse=True)
def no_ways_left_over() -> None:
    ways.forget_ways()
