"""A breach is put down, and its clocks run; an assessment is reviewed by somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import ClockRun
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.retention.selectors import unassessed
from gongzhi.work.personal import actions
from gongzhi.work.personal.models import StewardFile
from gongzhi.work.personal.permissions import files_for
from tests.work.personal.hands import clerk, steward

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "一台笔记本电脑丢了，里面可能有导出的名单。"
WRITTEN = {
    "purpose": "只为办理，必要。", "harm": "泄露会被骚扰。", "measures": "加密、按岗位、留痕。"
}  # fmt: skip
STEPS = {
    "contained": {"kinds": "姓名电话，约 20 人，设备遗失", "remedy": "远程锁定，收回账号"},
    "reported": {"level": "minor", "authority": "县网信办，当天 16:00，电话和书面"},
    "people_told": {"how_told": "each", "said": "发生了什么、可能有什么危害、怎样防"},
    "closed": {"lesson": "笔记本电脑一律全盘加密，不许导出名单。"},
}


def reviewer() -> Account:
    return clerk("legal_affairs", "legal_reviewer")


def opened(sort: str = "breach", dataset: str = "contacts", **more: bool) -> StewardFile:
    return actions.open_file(
        Actor.account(steward()), sort, dataset=dataset, words=WORDS, **more
    )  # fmt: skip


def step(one: StewardFile, by: Account, code: str, **elements: str) -> None:
    actions.pass_file_step(Actor.account(by), one, code, elements=elements)


def running(one: StewardFile) -> set[str]:
    return set(
        ClockRun.objects.filter(matter=one.matter, stopped_at=None).values_list("clock", flat=True)
    )


def test_a_breach_runs_from_the_moment_it_is_put_down_until_people_are_told() -> None:
    one = opened()
    assert running(one) == {"prv_02", "breach_report"}
    with pytest.raises(Refused):
        step(one, steward(), "contained", kinds="姓名")  # what was done is missing
    for code in ("contained", "reported"):
        step(one, steward(), code, **STEPS[code])
    assert running(one) == {"prv_02"}
    step(one, steward(), "people_told", **STEPS["people_told"])
    assert running(one) == set()
    step(one, steward(), "closed", **STEPS["closed"])
    one.matter.refresh_from_db()
    assert one.matter.closed_at is not None


def test_nobody_else_knows_of_a_breach_and_a_drill_says_that_it_is_one() -> None:
    one = opened(drill=True)
    assert one.drill
    assert not files_for(clerk("city_management")).exists()
    with pytest.raises(Refused) as hidden:
        step(one, clerk("city_management"), "contained", **STEPS["contained"])
    assert hidden.value.status in (403, 404)


def test_an_assessment_is_approved_by_somebody_else_and_kept_three_years() -> None:
    one = opened("assessment", "complaints")
    assert "complaints" in {held.code for held in unassessed()}
    step(one, steward(), "written", **WRITTEN)
    with pytest.raises(Refused):
        step(one, steward(), "approved", opinion="自己通过")
    step(one, reviewer(), "needs_change", change="写明留多久")
    step(one, steward(), "written", **WRITTEN)
    step(one, reviewer(), "approved", opinion="同意")
    assert "complaints" not in {held.code for held in unassessed()}
    with pytest.raises(Refused):
        step(one, steward(), "retired")
    with moment(now() + timedelta(days=3 * 366)):
        step(one, steward(), "retired")


def test_both_have_their_pages() -> None:
    desk, other = Client(), Client()
    desk.force_login(steward())
    told = {"sort": "breach", "dataset": "contacts", "words": WORDS, "drill": "on"}
    made = desk.post("/personal/files/new/", told)
    here = made["Location"]
    assert WORDS in desk.get(here).content.decode()
    assert "演练" in desk.get("/personal/files/").content.decode()
    assert desk.post("/personal/files/new/", {"sort": "breach"}).status_code == 422
    assert desk.post(f"{here}step/contained/", STEPS["contained"]).status_code == 302
    other.force_login(clerk("city_management"))
    assert other.get(here).status_code == 403
    assert other.get("/personal/files/").status_code == 403
