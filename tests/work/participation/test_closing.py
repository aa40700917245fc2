"""An answer shows what it says, or says honestly that it can't be done, or until when."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.files.photos import make_anew
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import (
    answer_request,
    judge_outcome,
    plan_request,
    start_request,
    take_up,
)
from gongzhi.work.participation.closing import Closing
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.plain_words import hints_for, says_nothing
from gongzhi.work.participation.selectors.alike import alike_answers
from gongzhi.work.participation.selectors.closed import ending_of
from tests.work.participation.cast import RESIDENT, answered, by, clerk, lamp, photo, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SHANGHAI = ZoneInfo("Asia/Shanghai")
WORDS = "线路老化，已经换了新灯头和三十米电缆，今晚七点亮灯。"
LOOKED = Closing(evidence="visit", note="11 月 20 日下午现场看过")


def begun(key: str = "k" * 24) -> Receipt:
    receipt = lamp(key)
    office = by("city_management")
    take_up(office, receipt.matter)
    start_request(office, receipt.matter)
    return receipt


def day(ahead: int) -> str:
    return (timezone.localdate(now()) + timedelta(days=ahead)).isoformat()


def test_a_lamp_is_not_called_done_without_anything_that_shows_it() -> None:
    matter = begun().matter
    office = by("city_management")
    with pytest.raises(Refused, match="要有依据"):
        answer_request(office, matter, WORDS)
    with pytest.raises(Refused, match="照片"):
        answer_request(office, matter, WORDS, closing=Closing(evidence="photo"))
    with pytest.raises(Refused):
        answer_request(office, matter, WORDS, closing=Closing(evidence="visit"))
    assert Matter.objects.get().step == "in_progress"
    answer_request(office, matter, WORDS, closing=LOOKED)
    ending = ending_of(matter)
    assert ending is not None
    assert (ending.outcome, ending.note) == ("done", LOOKED.note)


def test_a_photo_of_it_is_enough() -> None:
    matter = begun().matter
    sent = make_anew(photo())
    answer_request(
        by("city_management"), matter, WORDS, photos=[sent], closing=Closing(evidence="photo")
    )
    assert Matter.objects.get().step == "answered"


def test_what_can_not_be_done_needs_a_reason_and_no_evidence() -> None:
    matter = begun().matter
    with pytest.raises(Refused):
        answer_request(by("city_management"), matter, WORDS, closing=Closing("impossible"))
    said = Closing("impossible", because="private")
    answer_request(by("city_management"), matter, WORDS, closing=said)
    ending = ending_of(matter)
    assert ending is not None
    assert "小区" in ending.because
    told = Entry.objects.filter(kind="matters.step_taken").order_by("-seq").first()
    assert told is not None
    assert "outcome:impossible" in told.text


@pytest.mark.parametrize("words", [
    "您好，您反映的问题已转相关部门处理。",
    "您反映的问题已收悉，我局高度重视，将尽快处理，感谢您的支持与理解！",
    "已转交有关单位核实处理，请您耐心等待。",
])  # fmt: skip
def test_words_that_fit_any_matter_are_no_answer(words: str) -> None:
    assert says_nothing(words)
    matter = begun().matter
    with pytest.raises(Refused, match="等于没有答复"):
        answer_request(by("city_management"), matter, words, closing=LOOKED)


@pytest.mark.parametrize(
    "words", [WORDS, "灯已经换好了", "已转交电力公司，他们明天上午来换变压器。", "好了"]
)
def test_plain_answers_are_left_alone(words: str) -> None:
    assert not says_nothing(words)


def test_hints_name_what_is_not_plain() -> None:
    kinds = [one.kind for one in hints_for("我们将按程序妥善处置，联系王师傅 13805801234。")]
    assert kinds.count("jargon") == 2
    assert "private" in kinds
    assert [one.kind for one in hints_for("好了")] == ["short"]
    assert hints_for(WORDS) == []
    assert "long" in [one.kind for one in hints_for("灯" * 80 + "。")]


def test_a_promised_day_becomes_a_clock_that_ends_with_that_day() -> None:
    receipt = begun()
    plan_request(by("city_management"), receipt.matter, "年底前整条路换新灯。", promised=day(20))
    run = ClockRun.objects.get(clock="request_promise")
    assert run.due_at is not None
    assert timezone.localdate(run.due_at, SHANGHAI).isoformat() == day(20)
    first = ClockRun.objects.get(clock="request_answer")
    assert first.outcome == "met"
    with moment(now() + timedelta(days=30)):
        office = by("city_management")
        start_request(office, receipt.matter)
        answer_request(office, receipt.matter, WORDS, closing=LOOKED)
    run.refresh_from_db()
    assert run.outcome == "missed"


@pytest.mark.parametrize("promised", ["", "soon", "2020-01-01", "2999-01-01"])
def test_a_promise_is_a_day_that_is_to_come(promised: str) -> None:
    matter = begun().matter
    with pytest.raises(Refused):
        plan_request(by("city_management"), matter, "整条路换新灯。", promised=promised)
    assert not ClockRun.objects.filter(clock="request_promise").exists()


def test_a_promised_day_moves_once() -> None:
    office, matter = by("city_management"), begun().matter
    for ahead in (20, 40):
        plan_request(office, matter, "整条路换新灯。", promised=day(ahead))
        start_request(office, matter)
    with pytest.raises(Refused, match="改过一次"):
        plan_request(office, matter, "整条路换新灯。", promised=day(60))
    outcomes = ClockRun.objects.filter(clock="request_promise").order_by("pk")
    assert [one.outcome for one in outcomes] == ["lapsed", ""]


def test_who_does_not_want_to_wait_objects_to_the_plan() -> None:
    receipt = begun()
    plan_request(by("city_management"), receipt.matter, "整条路换新灯。", promised=day(20))
    judge_outcome(RESIDENT, receipt, solved=False, words="天天摔跤，等不了")
    assert Matter.objects.get().step == "reopened"
    assert ClockRun.objects.get(clock="request_promise").outcome == "lapsed"


def test_the_second_objection_goes_to_somebody_else() -> None:
    unit("hotline")
    receipt = answered(lamp())
    judge_outcome(RESIDENT, receipt, solved=False)
    assert Matter.objects.get().owner_unit == unit("city_management")
    office = by("city_management")
    start_request(office, receipt.matter)
    answer_request(office, receipt.matter, WORDS, closing=LOOKED)
    judge_outcome(RESIDENT, receipt, solved=False, words="还是不亮")
    matter = Matter.objects.get()
    assert (matter.step, matter.owner_unit) == ("reopened", unit("hotline"))
    told = [one.words for one in matter.messages.filter(kind="reply").order_by("pk")]
    assert WORDS in told
    assert matter.handovers.get().reason == "objected_again"


def test_the_same_answer_again_is_seen_and_noted_but_not_blocked() -> None:
    office = by("city_management")
    words = "接到反映后工作人员前往海平路现场，更换损坏的灯头 {} 个，恢复照明，今后按月巡查。"
    for number in range(3):
        matter = begun(f"{number:024d}").matter
        answer_request(office, matter, words.format(number + 1), closing=LOOKED)
    assert not Entry.objects.filter(kind="participation.answer_alike").exists()
    matter = begun("n" * 24).matter
    assert alike_answers(matter, words.format(9)).many == 3
    assert alike_answers(matter, WORDS).many == 0
    answer_request(office, matter, words.format(9), closing=LOOKED)
    assert Entry.objects.filter(kind="participation.answer_alike").count() == 1


def test_another_unit_s_answers_are_not_compared() -> None:
    words = "接到反映后工作人员前往海平路现场，更换损坏的灯头，恢复照明，今后按月巡查。"
    for number in range(4):
        answer_request(by("city_management"), begun(f"{number:024d}").matter, words, closing=LOOKED)
    other = lamp("n" * 24, unit=unit("housing")).matter
    assert alike_answers(other, words).many == 0


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(clerk("city_management"))
    return client


def test_the_page_takes_each_way_and_says_what_is_missing(desk: Client) -> None:
    matter = begun().matter
    at = f"/requests/{matter.pk}/answer/"
    page = desk.get(f"/requests/{matter.pk}/").content.decode()
    for shown in ("列入计划，到某日办好", "办不到，因为…", "现场查看"):
        assert shown in page
    wrong = desk.post(at, {"words": WORDS, "outcome": "done"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    given = {"words": "整条路换新灯。", "outcome": "planned", "promised": day(9)}
    assert desk.post(at, given).status_code == 302
    assert Matter.objects.get().step == "planned"


def test_hints_come_while_one_writes(desk: Client) -> None:
    matter = begun().matter
    at = f"/requests/{matter.pk}/answer/hints/"
    assert "居民看不出" in desk.post(at, {"words": "已妥善处置，灯恢复照明了"}).content.decode()
    assert "notice" not in desk.post(at, {"words": WORDS}).content.decode()
    other = lamp("o" * 24, unit=unit("housing")).matter
    assert desk.post(f"/requests/{other.pk}/answer/hints/", {"words": "好"}).status_code == 403


def test_the_resident_reads_how_it_ends(client: Client) -> None:
    receipt = begun()
    promised = date.fromisoformat(day(20))
    words = "年底前整条路换新灯，找老王 13805801234。"
    plan_request(by("city_management"), receipt.matter, words, promised=promised.isoformat())
    from gongzhi.work.participation.codes import code_for

    client.post("/follow/", {"code": code_for("k" * 24)})
    page = client.get("/follow/matter/").content.decode()
    assert "年底前整条路换新灯" in page
    assert "13805801234" not in page
    assert promised.isoformat() in page
