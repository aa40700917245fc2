"""Not every time limit can be late: some say from when, how long before, or how long at least."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from gongzhi.base.calendar.periods import Period
from gongzhi.base.log.actions import action, moment, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.clocks import clocks_of, move_clocks
from gongzhi.base.matters.clocks.ahead import due_until, over_until
from gongzhi.base.matters.clocks.sweeping import Swept, sweep
from gongzhi.base.matters.events import TAKEN_ON
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.people.actions import open_unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.templatetags.ui import clock as chip
from gongzhi.config.clock_lists import due_lines
from tests.base.matters.test_clocks import SYSTEM, local

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGAN = local("2026-09-01 09:30")
DAY = timedelta(days=1)


@pytest.fixture
def matter() -> Matter:
    unit = open_unit(SYSTEM, code="desk", kind="station", name_zh="派出所", name_en="Station")
    with moment(BEGAN):
        opened = open_matter(SYSTEM, NewMatter("administrative_case", "theft", unit, "被盗"))
    ClockRun.objects.all().delete()  # of its first step: here one clock is looked at alone
    return opened


@action
def happens(by: Actor, matter: Matter, *triggers: str, **facts: object) -> None:
    """What moves clocks stands on the log."""
    record(TAKEN_ON, matter, account=1)
    move_clocks(matter, *triggers, facts=facts)


def does(at: datetime, matter: Matter, *triggers: str, **facts: object) -> None:
    with moment(at):
        happens(SYSTEM, matter, *triggers, **facts)


def run(clock: str) -> ClockRun:
    return ClockRun.objects.filter(clock=clock).latest("pk")


def said(matter: Matter) -> str:
    with translation.override("zh-hans"):
        return render_to_string("ui/parts/clock.html", chip(clocks_of(matter)[0], explain=False))


def kinds_told() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="matters.clock_").values_list("kind", flat=1))


def test_what_comes_too_early_is_refused_with_the_day_and_the_article(matter: Matter) -> None:
    """催告书送达满十日仍不履行的，才可以申请法院强制执行。"""
    does(BEGAN, matter, "begin:adm_047")
    assert run("adm_047").due_at is None
    assert str(run("adm_047").due.day) == "2026-09-15"
    with pytest.raises(Refused) as early:
        does(BEGAN + 13 * DAY, matter, "done:adm_047")
    assert early.value.status == 409
    assert "2026年9月15日" in str(early.value)
    assert "第五十四条" in str(early.value)
    assert run("adm_047").stopped_at is None
    does(BEGAN + 15 * DAY, matter, "done:adm_047")
    assert run("adm_047").outcome == "met"


def test_it_is_never_late_and_the_log_says_when_it_is_over(matter: Matter) -> None:
    does(BEGAN, matter, "begin:adm_047")
    assert sweep(BEGAN + 10 * DAY) == Swept(0, 0)
    assert sweep(BEGAN + 15 * DAY) == Swept(0, 1)
    assert sweep(BEGAN + 400 * DAY) == Swept(0, 0)
    assert kinds_told() == ["matters.clock_passed"]
    assert run("adm_047").missed_at is None


def test_the_page_says_from_when_and_not_that_it_is_due(matter: Matter) -> None:
    does(BEGAN, matter, "begin:adm_004")
    ClockRun.objects.update(opens_at=timezone.now() + DAY)
    assert "期满后可办" in said(matter)
    ClockRun.objects.update(opens_at=BEGAN)
    assert 'data-state="over"' in said(matter)
    assert "可以办理" in said(matter)


def test_the_list_of_what_is_due_keeps_it_apart(matter: Matter) -> None:
    does(BEGAN, matter, "begin:adm_047", "begin:adm_036")
    until = BEGAN + 60 * DAY
    assert [one.clock for one in due_until(until)] == ["adm_036"]
    assert [one.clock for one in over_until(until)] == ["adm_047"]


def test_what_is_to_be_kept_is_kept_when_the_matter_has_ended(matter: Matter) -> None:
    """视频图像保存不少于三十日。"""
    does(BEGAN, matter, "begin:prv_07", "begin:prv_08", "begin:adm_036")
    Matter.objects.filter(pk=matter.pk).update(closed_at=BEGAN + DAY)
    matter.refresh_from_db()
    does(BEGAN + DAY, matter, "step:closed")
    assert run("adm_036").outcome == "lapsed"
    with pytest.raises(Refused, match="保存到"):
        does(BEGAN + 29 * DAY, matter, "done:prv_07")
    sweep(BEGAN + 31 * DAY)
    assert kinds_told() == ["matters.clock_passed"] * 2
    does(BEGAN + 31 * DAY, matter, "done:prv_07", "done:prv_08")
    assert {run("prv_07").outcome, run("prv_08").outcome} == {"met"}


def test_a_notice_is_due_so_long_before_what_is_planned(matter: Matter) -> None:
    """听证的七日前通知：国庆前后的工作日往前数。"""
    with pytest.raises(Refused, match="定在什么时候"):
        does(BEGAN, matter, "begin:adm_032")
    does(BEGAN, matter, "begin:adm_032", planned_at=local("2026-10-15 09:00"))
    first = run("adm_032")
    assert str(first.due.day) == "2026-09-30"
    does(BEGAN + DAY, matter, "begin:adm_032", planned_at=local("2026-10-30 09:00"))
    first.refresh_from_db()
    assert first.outcome == "lapsed"
    assert str(run("adm_032").due.day) == "2026-10-21"
    sweep(local("2026-10-22 00:01"))
    assert run("adm_032").missed_at is not None


def test_a_notice_before_an_end_follows_that_end(matter: Matter) -> None:
    """侦查羁押期满的七日前提请延长。"""
    does(BEGAN, matter, "begin:crm_054", "begin:crm_058")
    assert str(run("crm_054").due.day) == "2026-11-01"
    assert str(run("crm_058").due.day) == "2026-10-25"
    does(BEGAN + 50 * DAY, matter, "done:crm_054")
    assert run("crm_058").outcome == "lapsed"


def test_the_command_lists_it_apart_and_never_as_late(matter: Matter) -> None:
    does(BEGAN, matter, "begin:adm_047", "begin:adm_036", "begin:prv_08")
    with moment(BEGAN + 60 * DAY):
        lines = list(due_lines(Period.parse("P7D")))
    apart = lines.index("over then, never late:")
    assert "late" in lines[apart - 1]
    assert [line.split("[")[1] for line in lines[apart + 1 : -1]] == ["wait, law]", "delete, law]"]
    assert lines[-1] == "1 due within P7D, 0 of custody"
