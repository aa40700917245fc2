"""No test goes by the ways or the calls of another one's county, or throws dice."""

from __future__ import annotations

import pytest

from gongzhi.work.dispatch.selectors.ground import forget_ground
from gongzhi.work.patrol.plans import solving, ways


@pytest.fixture(autouse=True)
def nothing_left_over() -> None:
    ways.forget_ways()
    forget_ground()


@pytest.fixture(autouse=True)
def no_day_differs_for_its_own_sake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "VARIETY", 0.0)
