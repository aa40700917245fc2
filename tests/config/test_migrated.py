"""A new county's tables are made from the models at once. They are what the migrations make step by
step, on a county that grew: the same tables, columns, indexes and triggers, all migrations done."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.county import county_environment

pytestmark = pytest.mark.slow
OF_SQLITE = "sqlite_"


def shape(home: Path) -> set[tuple[str, ...]]:
    """Tables with their columns, indexes, triggers, and which migrations are done."""
    with sqlite3.connect(home / "county.sqlite3") as county:
        found = {
            (kind, name)
            for kind, name in county.execute("SELECT type, name FROM sqlite_master")
            if not name.startswith(OF_SQLITE)
        }
        tables = sorted(name for kind, name in found if kind == "table")
        columns = {
            (table, *(str(part) for part in row[1:]))
            for table in tables
            for row in county.execute(f'PRAGMA table_info("{table}")')
        }
        done = set(county.execute("SELECT app, name FROM django_migrations"))
    return found | columns | done


def test_a_new_county_is_as_one_that_was_migrated(empty_county: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    settings = {"DJANGO_SETTINGS_MODULE": "gongzhi.config.settings"}
    env = county_environment(tmp_path, "") | settings
    subprocess.run(command, env=env, check=True, capture_output=True)
    assert shape(empty_county) == shape(tmp_path)
