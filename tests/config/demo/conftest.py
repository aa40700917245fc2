"""The demo county, drawn once for all tests of it."""

from __future__ import annotations

import pytest

from gongzhi.config.demo.geography.county import County, draw_county


@pytest.fixture(scope="session")
def drawn() -> County:
    """The county of the default seed."""
    return draw_county()
