"""Every test works in a folder of its own: that is where rejected rows are written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongzhi.base.catalogue.kinds.mapping import Mapping
from gongzhi.watch.exchange.imports.models import ImportRun
from gongzhi.watch.exchange.imports.run import import_file
from tests.watch.imports.files import mapping

Bring = Callable[..., ImportRun]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bring() -> Bring:
    """Import a file with the test's mapping, or with another one."""

    def run(path: Path, by: Mapping | None = None, **more: Any) -> ImportRun:
        return import_file(path, by or mapping(), lambda share, run: None, **more)

    return run
