"""What every test of past shifts stands on."""

from __future__ import annotations

import pytest

from gongzhi.watch.replay.selectors.shift import forget_shifts


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No other test's shift."""
    forget_shifts()
