"""What every test of outside warnings stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongzhi.work.prevention.warnings.selectors import forget_standing
from tests.watch.alerts.offices import Office, opened


@pytest.fixture
def office(settings: object) -> Iterator[Office]:
    """An office on this very machine, which an operator has allowed."""
    settings.FETCH_PRIVATE = True  # type: ignore[attr-defined]
    with opened() as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget_standing()
    yield
    forget_standing()
