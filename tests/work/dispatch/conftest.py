"""What is kept in memory about the county is read anew for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongzhi.work.dispatch.selectors.ground import forget_ground


@pytest.fixture(autouse=True)
def _another_county() -> Iterator[None]:
    forget_ground()
    yield
    forget_ground()
