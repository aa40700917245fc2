"""What every test stands on: a county's home of its own, the settings, a PostgreSQL if asked for.

The variables are set here, at import, before Django reads its settings: no test ever sees the
county of the person who runs it.
"""

from __future__ import annotations

import atexit
import fcntl
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import django
import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker, Settings
from xdist.remote import Producer

from gongzhi.base.access.sessions import DEMO, WAY
from tests.county import READY_HOME, copied, county_environment, gongzhi
from tests.postgres.server import postgres_server
from tests.turns import Turns, costly_first

if django_settings.configured:  # by an exported DJANGO_SETTINGS_MODULE, for somebody's own county
    pytest.exit("unset DJANGO_SETTINGS_MODULE: the tests bring their own settings", returncode=2)
HOME = Path(tempfile.mkdtemp(prefix="gongzhi-test-home-"))
WORKER = "PYTEST_XDIST_WORKER"
DAYS = "3"  # of a demo county's history: enough of everything that the pages show
(HOME / "static").mkdir()
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["GONGZHI_HOME"] = str(HOME)
for inherited in ("GONGZHI_HTTPS", "GONGZHI_HOSTS", "GONGZHI_ORIGINS", "GONGZHI_TIME_ZONE"):
    os.environ.pop(inherited, None)
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]  # a worker of xdist would read it before its own home

_login = Client._login


def _pressed_in_the_demo(self: Client, user: Any, backend: Any = None) -> None:
    """`force_login` begins a session as a demo county's buttons do, which nothing asks again who
    sits there. One that doesn't say how it began is asked."""
    _login(self, user, backend)
    session = self.session
    session[WAY] = DEMO
    session.save()


Client._login = _pressed_in_the_demo  # type: ignore[method-assign]

# The same examples on every run of `make test`, so that a red build is red for everyone; more and
# different ones with HYPOTHESIS_PROFILE=search.
_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
for profile, more in {"steady": {"derandomize": True}, "search": {"max_examples": 2000}}.items():
    hypothesis_settings.register_profile(
        profile, deadline=None, suppress_health_check=_QUIET, **more
    )
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.hookimpl(trylast=True)  # once the browser's folder has marked its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if WORKER in os.environ:
        costly_first(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Turns | None:
    return Turns(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database: GONGZHI_TEST_DATABASE_URL, or a server for this session.

    Tests with it carry ``@pytest.mark.postgres`` and clean up what they make in it.
    """
    with postgres_server() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of a new, empty database, gone after the test."""
    with _database(postgres_url) as url:
        yield url


@contextmanager
def _database(server_url: str, like: str = "template1") -> Iterator[str]:
    """A database of its own on this server, begun as the one named `like` is."""
    import psycopg

    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        try:
            yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def founded_database(
    postgres_url: str, empty_county: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database in which the empty county was founded: begin others like it."""
    home = copied(empty_county, tmp_path_factory)
    with _database(postgres_url) as url:
        gongzhi(home, "init", env=county_environment(home, url))
        yield urlsplit(url).path.removeprefix("/")


either_database = pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)


@either_database
def database_url(request: pytest.FixtureRequest) -> str:
    """For tests that run a county of their own: once "" (its own SQLite), once PostgreSQL.

    >>> RunningCounty(home, database_url=database_url)
    """
    if request.param == "sqlite":
        return ""
    return str(request.getfixturevalue("postgres_database"))


@either_database
def founded_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same beside ``empty_home``: a database in which that county was founded already, which
    takes ten seconds on PostgreSQL and is copied in one."""
    if request.param == "sqlite":
        yield ""
        return
    yield request.getfixturevalue("founded_postgres")


@pytest.fixture
def founded_postgres(postgres_url: str, founded_database: str) -> Iterator[str]:
    """The URL of a database in which the empty county was founded, gone after the test."""
    with _database(postgres_url, founded_database) as url:
        yield url


@pytest.fixture(scope="session")
def demo_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demo county, made once for all workers: copy it before you change it."""
    if ready := os.environ.get(READY_HOME):
        return Path(ready)
    return _made_once(tmp_path_factory, "demo", "--no-serve", "--days", DAYS)


@pytest.fixture(scope="session")
def empty_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a county that was just founded, made once for all workers."""
    return _made_once(tmp_path_factory, "init")


@pytest.fixture
def empty_home(empty_county: Path, tmp_path: Path) -> Path:
    """The home of an empty county, for a test that starts processes on it."""
    return Path(shutil.copytree(empty_county, tmp_path / "home"))


def _made_once(tmp_path_factory: pytest.TempPathFactory, *command: str) -> Path:
    """What ``gongzhi <command>`` makes, by whichever worker asks first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if WORKER in os.environ else base
    made = shared / f"county-by-{command[0]}"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            gongzhi(made.with_suffix(".part"), *command)
            made.with_suffix(".part").rename(made)
    return made


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tables made from the models (``--no-migrations``: that models and migrations agree is a check
    of its own, and what starts a county migrates it), and what only migrations make: triggers that
    refuse changes, the index of words."""
    from django.db import connection

    from gongzhi.config.tables import beyond_models

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for statement in beyond_models(connection.vendor):
            editor.execute(statement)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hashing a password slowly is the hasher's virtue, and a test run's burden."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    """No test is refused for what another one tried."""
    from gongzhi.base.access.tries import forget_all

    forget_all()


@pytest.fixture(autouse=True)
def no_name_left_over() -> None:
    """What an earlier test called its county, no page knows; and none asks the database for it."""
    from gongzhi.base.places.own import remember

    remember("", "")


@pytest.fixture(autouse=True)
def nothing_is_looked_up_again_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process asks for every few seconds, a test asks for once: or a slow machine would
    count other questions than a quick one."""
    from gongzhi.base.places import areas
    from gongzhi.work.dispatch import conditions, pace

    for one in (areas, conditions, pace):
        monkeypatch.setattr(one, "LOOK_AGAIN", math.inf)
    areas.forget_areas()
    conditions.forget_conditions()
    pace.forget_pace()


@pytest.fixture(autouse=True)
def chinese() -> None:
    """No test reads the language that another one's visitor chose."""
    from django.utils.translation import activate

    activate("zh-hans")
