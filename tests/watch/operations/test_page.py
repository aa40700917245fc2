"""The administrator sees how each part runs, and what to do about it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from gongzhi.base.log import jobs
from gongzhi.base.log.models import Job
from gongzhi.base.log.readers import catch_up, registered
from gongzhi.base.log.verify import checkpoint
from gongzhi.config.home import Home
from gongzhi.watch.operations import failures
from gongzhi.watch.operations.lines import JsonLine
from gongzhi.watch.operations.standing import BAD, GOOD, SOONISH, Part, standing
from tests.work.participation.cast import clerk, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Home:
    """A home of its own, so that nobody finds another test's backup."""
    keys = Path(settings.HOME.keys)
    settings.HOME = Home(tmp_path)
    keys.mkdir(exist_ok=True)
    (tmp_path / "keys").symlink_to(keys)
    return settings.HOME


def part(code: str) -> Part:
    return next(one for one in standing() if one.code == code)


def backed_up(home: Home, ago: timedelta, *, tried: bool = True) -> None:
    folder = home.root / "backup"
    folder.mkdir(exist_ok=True)
    at = (datetime.now(UTC) - ago).isoformat()
    home.kept.write_text(json.dumps({"at": at, "folder": str(folder), "seq": 7}))
    if tried:
        (folder / "tried.json").write_text(json.dumps({"at": at}))


def test_the_administrator_sees_it_in_both_languages_and_others_do_not(client: Client) -> None:
    client.force_login(clerk("city_management"))
    assert client.get(reverse("operations:now")).status_code == 403
    client.force_login(clerk("bureau", "admin"))
    page = client.get(reverse("operations:now")).content.decode()
    assert "没有进程在跟读" in page
    assert "没有做过备份" in page
    english = client.get(reverse("operations:parts"), headers={"Accept-Language": "en"})
    assert "Never backed up" in english.content.decode()


def test_readers_that_stand_still_come_first(home: Home) -> None:
    backed_up(home, timedelta(hours=2))
    lamp()
    assert part("readers").tone == BAD
    assert standing()[0].tone == BAD
    jobs.mark("log.readers", every=0)
    for name in registered():
        catch_up(name)
    checkpoint()
    assert part("readers").tone == GOOD


@pytest.mark.parametrize(
    ("hours", "tried", "tone"),
    [(2, True, GOOD), (2, False, SOONISH), (30, True, SOONISH), (80, True, BAD)],
)
def test_a_backup_is_good_once_it_is_of_today_and_was_tried(
    home: Home, hours: int, tried: bool, tone: str
) -> None:
    backed_up(home, timedelta(hours=hours), tried=tried)
    assert part("backup").tone == tone


def test_a_job_that_keeps_failing_is_named() -> None:
    at = datetime.now(UTC) + timedelta(hours=1)
    Job.objects.create(name="log.checkpoint", next_at=at, failures=3)
    found = part("jobs")
    assert found.tone == BAD
    assert "log.checkpoint" in found.more


def test_tables_that_wait_for_an_upgrade_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongzhi.watch.operations import selectors

    told = selectors.Migrations(["people.0099_more"], [])
    monkeypatch.setattr(selectors, "migrations", lambda: told)
    found = part("database")
    assert found.tone == BAD
    assert "people.0099_more" in found.more
    monkeypatch.setattr(selectors, "migrations", lambda: selectors.Migrations([], ["people.0099"]))
    assert part("database").tone == SOONISH


def test_an_answer_that_failed_is_found_by_its_number_and_says_nothing_of_what_was_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongzhi.work.participation.pages import following

    def broken(*_asked: object) -> None:
        raise RuntimeError("王小明 13800138000")

    client.raise_request_exception = False
    monkeypatch.setattr(following, "render", broken)
    answer = client.get("/follow/?phone=13800138000")
    assert answer.status_code == 500
    (noted,) = failures.latest()
    assert (noted.route, noted.request) == ("participation:follow", answer["X-Request-Id"])
    client.force_login(clerk("bureau", "admin"))
    page = client.get(reverse("operations:now")).content.decode()
    assert answer["X-Request-Id"] in page
    assert "13800138000" not in page


def test_a_line_of_the_log_has_the_code_s_words_and_where_it_broke_and_nobody_in_it() -> None:
    def broke(phone: str) -> None:
        raise ValueError(f"Key (phone)=({phone}) exists already")

    try:
        broke("13800138000")
    except ValueError as wrong:
        error = (type(wrong), wrong, wrong.__traceback__)
    record = logging.LogRecord(
        "gongzhi.x", logging.ERROR, __file__, 1, "reader %s at %s told %s of %d",
        ("notices.tell", "王小明", "13800138000", 7), error,
    )  # fmt: skip
    line = JsonLine().format(record)
    told = json.loads(line)
    assert told["said"] == "reader notices.tell at … told … of 7"
    assert told["error"] == "ValueError"
    assert told["where"][-1].endswith("broke")
    assert "13800138000" not in line
    assert "王小明" not in line


def test_words_come_as_they_are_read() -> None:
    with override("en"):
        assert part("backup").words == "Never backed up"
