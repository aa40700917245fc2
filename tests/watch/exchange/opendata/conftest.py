"""An own home, and nothing remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongzhi.config.home import Home
from gongzhi.watch.maps.selectors.published import forget


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = Home(tmp_path)
    forget()
    return tmp_path
