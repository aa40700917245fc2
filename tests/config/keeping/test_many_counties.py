"""Many counties on one PostgreSQL, a schema and a role each: none sees another's rows."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest

from tests.county import RunningCounty, county_environment, gongzhi

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
OPEN = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
open_unit(Actor.system("test"), code="bureau", kind="bureau", name_zh="{name}", name_en="{name}")
"""
NAMES = "SELECT name_en FROM people_unit"


def tenant(url: str, name: str) -> str:
    """The URL of a county of its own in this database, as the manual says to make it."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {name} LOGIN")
        owner.execute(f"CREATE SCHEMA {name} AUTHORIZATION {name}")
        owner.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    parts = urlsplit(url)
    own = f"{name}@{parts.hostname}:{parts.port}"
    return urlunsplit(parts._replace(netloc=own, query=f"options={quote(f'-csearch_path={name}')}"))


def test_two_counties_in_one_database_do_not_see_each_other(
    postgres_database: str, empty_home: Path, tmp_path: Path
) -> None:
    homes = {"haibin": empty_home, "shanqian": tmp_path / "second"}
    urls = {name: tenant(postgres_database, name) for name in homes}
    try:
        gongzhi(homes["haibin"], "database", "move", urls["haibin"])
        env = county_environment(homes["shanqian"], urls["shanqian"])
        gongzhi(homes["shanqian"], "init", env=env)
        for name, home in homes.items():
            county = RunningCounty(home, database_url=urls[name])
            county.python(OPEN.format(name=name))
            assert "1 entries hold" in county.cli("log", "verify")
        for name, other in (("haibin", "shanqian"), ("shanqian", "haibin")):
            with psycopg.connect(urls[name], autocommit=True) as own:
                assert own.execute(NAMES).fetchall() == [(name,)]
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    own.execute(NAMES.replace("people_unit", f"{other}.people_unit"))
    finally:
        with psycopg.connect(postgres_database, autocommit=True) as owner:
            for name in homes:
                owner.execute(f"DROP OWNED BY {name} CASCADE")
                owner.execute(f"DROP ROLE {name}")
