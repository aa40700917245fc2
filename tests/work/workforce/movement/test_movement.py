"""Vacancies that all can apply for, decisions with reasons, appeal; rotation by rules alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from gongzhi.analysis.rotation import Rules
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.movement import actions
from gongzhi.work.workforce.movement.actions import NewVacancy
from gongzhi.work.workforce.movement.models import Bid, ProposedMove, Vacancy
from gongzhi.work.workforce.officers.actions import NewPost, open_post, take_post
from gongzhi.work.workforce.officers.models import Holding, Post
from tests.work.participation.cast import SYSTEM, unit
from tests.work.workforce.appraisal.cast import account, by, leader, personnel

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
CLOSES, BEGINS = date(2026, 12, 10), date(2027, 1, 4)
AFTER = NOW + timedelta(days=12)
LONG_AGO = date(2019, 1, 1)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


def post(of: str = "station_lancheng", name: str = "巡逻", **more: object) -> Post:
    told = {"name_zh": name, "name_en": name, "line": "front", "places": 2} | more
    return open_post(SYSTEM, unit(of), NewPost(**told), on=LONG_AGO)  # type: ignore[arg-type]


def holds(name: str, where: Post, since: date = date(2024, 1, 1)) -> Holding:
    return take_post(SYSTEM, where, account(name, of=where.unit.code), since=since)


def vacancy(where: Post | None = None, **more: object) -> Vacancy:
    told = {"places": 1, "criteria": "两年以上巡逻经历", "closes_on": CLOSES, "begins_on": BEGINS}
    return actions.open_vacancy(
        personnel(),
        NewVacancy(where or post("station_luao"), **(told | more)),  # type: ignore[arg-type]
    )


def held_on(name: str, day: date) -> list[str]:
    rows = Holding.objects.filter(account__username=name, since__lte=day)
    return [str(one.post) for one in rows if one.until is None or one.until > day]


def test_from_the_vacancy_to_the_post_with_a_reason_for_each() -> None:
    holds("anna", post())
    open_ = vacancy(post("station_luao", "水上巡逻"))
    anna = actions.bid(by("anna"), open_, words="想去海岛")
    bo = actions.bid(by("bo"), open_, words="家在那里")
    with moment(AFTER):
        actions.decide_vacancy(
            leader(), open_, chosen={anna.pk: "经历合适"}, others={bo.pk: "再等一次"},
            why="按公布的条件选了一人",
        )  # fmt: skip
    assert held_on("anna", BEGINS) == ["水上巡逻"]
    assert held_on("anna", BEGINS - timedelta(days=1)) == ["巡逻"]
    assert Bid.objects.get(pk=bo.pk).reason == "再等一次"


def test_nobody_is_filled_in_overnight_and_nothing_without_criteria() -> None:
    with pytest.raises(Refused, match="五天"):
        vacancy(closes_on=date(2026, 12, 2))
    with pytest.raises(Refused, match="条件"):
        vacancy(criteria=" ")
    with pytest.raises(Refused, match="截止以后"):
        vacancy(begins_on=CLOSES)
    with pytest.raises(Refused, match="一共 2 个"):
        vacancy(places=3)


def test_one_vacancy_a_post_at_a_time() -> None:
    where = post()
    vacancy(where)
    with pytest.raises(Refused, match="已经在公布"):
        vacancy(where)


def test_who_lacks_a_skill_is_told_which() -> None:
    where = post("station_luao", "艇长", skills=("boat",))
    with pytest.raises(Refused, match="到岗那天要有效"):
        actions.bid(by("anna"), vacancy(where), words="")


def test_bids_after_the_last_day_twice_or_for_one_s_own_post_are_refused() -> None:
    where = post()
    holds("anna", where)
    open_ = vacancy(where)
    with pytest.raises(Refused, match="已经在这个岗位"):
        actions.bid(by("anna"), open_, words="")
    made = actions.bid(by("bo"), open_, words="")
    with pytest.raises(Refused, match="已经报名"):
        actions.bid(by("bo"), open_, words="")
    actions.take_back(by("bo"), made)
    actions.bid(by("bo"), open_, words="又想去了")
    with moment(AFTER), pytest.raises(Refused, match="截止"):
        actions.bid(by("carl"), open_, words="")


def test_a_decision_waits_for_the_last_day_and_has_a_reason_for_everybody() -> None:
    open_ = vacancy()
    made = actions.bid(by("anna"), open_, words="")
    with pytest.raises(Refused, match="没有截止"):
        actions.decide_vacancy(leader(), open_, chosen={made.pk: "好"}, others={}, why="好")
    with moment(AFTER):
        for reason, why in (("", "好"), ("好", "")):
            told = {made.pk: reason}
            with pytest.raises(Refused, match="理由都要写"):
                actions.decide_vacancy(leader(), open_, chosen=told, others={}, why=why)
        with pytest.raises(Refused, match="刷新"):
            actions.decide_vacancy(leader(), open_, chosen={}, others={}, why="没人")


def test_who_applied_doesn_t_decide() -> None:
    open_ = vacancy()
    boss = by("bureau_leader", "bureau_leader", of="bureau")
    made = actions.bid(boss, open_, words="我自己去")
    with moment(AFTER), pytest.raises(Refused, match="不参加决定"):
        actions.decide_vacancy(boss, open_, chosen={made.pk: "好"}, others={}, why="好")


def test_a_choice_that_can_t_be_carried_out_leaves_everything_as_it_was() -> None:
    """The post is full by then: nobody is chosen, nobody leaves their place."""
    home, full = post(), post("station_luao", "窗口", places=1)
    holds("anna", home)
    open_ = vacancy(full)
    made = actions.bid(by("anna"), open_, words="")
    take_post(SYSTEM, full, account("dora", of="station_luao"), since=date(2026, 12, 1))
    with moment(AFTER), pytest.raises(Refused):
        actions.decide_vacancy(leader(), open_, chosen={made.pk: "好"}, others={}, why="好")
    assert held_on("anna", BEGINS) == ["巡逻"]
    assert Bid.objects.get(pk=made.pk).state == "made"


def decided() -> Bid:
    open_ = vacancy()
    anna, bo = actions.bid(by("anna"), open_, words=""), actions.bid(by("bo"), open_, words="")
    with moment(AFTER):
        actions.decide_vacancy(
            leader(), open_, chosen={anna.pk: "好"}, others={bo.pk: "经历不够"}, why="选了一人"
        )
    return Bid.objects.get(pk=bo.pk)


def test_an_appeal_is_made_once_and_answered_by_somebody_who_didn_t_decide() -> None:
    bo = decided()
    with moment(AFTER + timedelta(days=1)):
        actions.appeal(by("bo"), bo, words="我有三年经历")
        with pytest.raises(Refused, match="申诉一次"):
            actions.appeal(by("bo"), bo, words="再说")
        both = by("both", "personnel", "bureau_leader", of="bureau")
        Vacancy.objects.update(decided_by=both.source)
        with pytest.raises(Refused, match="作决定的人"):
            actions.answer_appeal(both, bo, upheld=True, answer="对")
        actions.answer_appeal(personnel(), bo, upheld=True, answer="核对了，下一个空缺先考虑您")
    assert Bid.objects.get(pk=bo.pk).upheld is True


def test_after_a_fortnight_and_by_others_there_is_no_appeal() -> None:
    bo = decided()
    with moment(AFTER), pytest.raises(Refused, match="没有这个报名"):
        actions.appeal(by("anna"), bo, words="替他说")
    with moment(AFTER + timedelta(days=15)), pytest.raises(Refused, match="两周内"):
        actions.appeal(by("bo"), bo, words="不服")


def test_two_who_are_due_change_places_on_one_day() -> None:
    first = post("station_lancheng", "证物", sensitive=True, places=1)
    second = post("station_luao", "窗口审批", sensitive=True, places=1)
    holds("anna", first, date(2020, 1, 1)), holds("bo", second, date(2020, 1, 1))
    made = actions.plan_rotation(personnel(), Rules())
    move = made.moves.get(account__username="anna")
    on = date(2027, 1, 1)
    chain = actions.agree_move(leader(), move, reason="满六年，按规定轮岗", on=on)
    assert {one.account.username for one in chain} == {"anna", "bo"}
    assert held_on("anna", on) == ["窗口审批"]
    assert held_on("bo", on) == ["证物"]
    assert set(ProposedMove.objects.values_list("state", flat=True)) == {"agreed"}


def test_a_rotation_moves_nobody_by_itself_and_a_decline_has_a_reason() -> None:
    holds("anna", post("station_lancheng", "证物", sensitive=True, places=1), date(2020, 1, 1))
    post("station_luao", "巡逻", places=1)
    made = actions.plan_rotation(personnel(), Rules())
    move = made.moves.get()
    assert held_on("anna", date(2027, 6, 1)) == ["证物"]
    with pytest.raises(Refused, match="理由"):
        actions.decline_move(leader(), move, reason="")
    with pytest.raises(Refused, match="以后的一天"):
        actions.agree_move(leader(), move, reason="到期", on=NOW.date())
    actions.decline_move(leader(), move, reason="明年退休，不动")
    with pytest.raises(Refused, match="已经定过"):
        actions.agree_move(leader(), move, reason="到期", on=date(2027, 1, 1))


@pytest.mark.parametrize(
    "rules", [Rules(0, 3, 0.2), Rules(5, 99, 0.2), Rules(5, 3, 0), Rules(5, 3, 0.9)]
)
def test_rules_that_make_no_sense_are_refused(rules: Rules) -> None:
    with pytest.raises(Refused):
        actions.plan_rotation(personnel(), rules)


def test_the_log_doesn_t_say_who_applied_in_vain() -> None:
    decided()
    told = Entry.objects.filter(kind__startswith="movement.").values_list("text", flat=True)
    assert told
    assert not [text for text in told if "account" in text or "经历" in text]


def inside(name: str, *roles: str, of: str = "station_lancheng") -> Client:
    client = Client()
    client.force_login(account(name, *roles, of=of))
    return client


def test_who_applied_is_shown_to_those_who_decide_after_the_last_day_only() -> None:
    open_ = vacancy()
    actions.bid(by("bo"), open_, words="家在那里")
    path = f"/movement/{open_.pk}/"
    office = inside("personnel", "personnel", of="bureau")
    boss = inside("bureau_leader", "bureau_leader", of="bureau")
    assert "家在那里" not in boss.get(path).content.decode()
    with moment(AFTER):
        assert "家在那里" in boss.get(path).content.decode()
        for client in (office, inside("anna")):
            page = client.get(path).content.decode()
            assert "家在那里" not in page
            assert "海bo" not in page


def test_the_pages_from_publishing_to_the_answer() -> None:
    where = post("station_luao")
    office, boss = (
        inside("personnel", "personnel", of="bureau"),
        inside("bureau_leader", "bureau_leader", of="bureau"),
    )
    sent = {"post": where.pk, "places": 1, "criteria": "会开船", "closes_on": CLOSES,
            "begins_on": BEGINS}  # fmt: skip
    page = office.post("/movement/new/", sent, follow=True).content.decode()
    assert "会开船" in page
    open_ = Vacancy.objects.get()
    bo = inside("bo")
    bo.post(f"/movement/{open_.pk}/bid/", {"words": "会开船"})
    key = Bid.objects.get().pk
    with moment(AFTER):
        boss.post(
            f"/movement/{open_.pk}/decide/", {f"reason-{key}": "没有证书", "why": "没有合适的"}
        )
        assert "没有证书" in bo.get(f"/movement/{open_.pk}/").content.decode()
        bo.post(f"/movement/bids/{key}/appeal/", {"words": "证书在办"})
        assert "等答复的申诉" in office.get("/movement/").content.decode()
        office.post(f"/movement/bids/{key}/answer/", {"upheld": "no", "answer": "办好再报"})
        assert "办好再报" in bo.get(f"/movement/{open_.pk}/").content.decode()


def test_rotation_is_seen_by_those_who_run_and_decide_it() -> None:
    assert inside("anna").get("/movement/rotation/").status_code == 404
    office = inside("personnel", "personnel", of="bureau")
    sent = {"sensitive_years": "5", "office_years": "3", "most_percent": "20"}
    page = office.post("/movement/rotation/", sent, follow=True).content.decode()
    assert "没有要换的" in page
