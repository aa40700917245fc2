"""A command lane: opened for an incident, run on record, answered by those who are asked, and
closed only with what was learnt."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import catch_up
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import erase_incident
from gongzhi.work.command import actions
from gongzhi.work.command.figure import figure
from gongzhi.work.command.models import Lane, LogLine, PostHolder, RollAnswer
from gongzhi.work.command.selectors.drawing import drawn
from gongzhi.work.command.selectors.lanes import lane_of, roll_of
from gongzhi.work.command.selectors.report import report_of
from gongzhi.work.dispatch.actions import assign_unit, go_on_duty, move_incident
from tests.work.dispatch.county import SYSTEM, account, body, car, dispatcher, incident
from tests.work.linked.cast import answer, ask, fire_desk

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HTMX = {"HX-Request": "true"}


def lane(matter: Matter | None = None) -> Lane:
    return actions.open_lane(SYSTEM, matter or incident("fire"))


def officer(name: str = "zhou", station: str = "a") -> Account:
    return account("officer", body(station), name)


def test_a_lane_is_opened_once_for_an_incident_and_its_timeline_says_so() -> None:
    desk, matter = dispatcher(), incident("fire")
    made = actions.open_lane(desk, matter)
    assert timeline(matter)[0].title == f"由指挥专班 {made.number} 指挥"
    with pytest.raises(Refused, match="已经由指挥专班"):
        actions.open_lane(desk, matter)
    other = incident("fire")
    actions.join_incident(desk, made, other)
    with pytest.raises(Refused, match="已经由指挥专班"):
        actions.open_lane(desk, other)
    with pytest.raises(Refused):
        actions.open_lane(Actor.account(officer()), incident("fire"))


def test_no_word_of_it_is_on_the_log_or_in_the_clear() -> None:
    made, words = lane(), "三楼还有一名老人"
    actions.set_objective(SYSTEM, made, words)
    actions.log_words(SYSTEM, made, words)
    actions.ask_resource(SYSTEM, made, "shelter", words)
    assert not Entry.objects.filter(text__contains="老人").exists()
    with connection.cursor() as cursor:
        for table in ("objective", "logline", "resource"):
            column = "name" if table == "resource" else "words"
            cursor.execute(f"SELECT {column} FROM command_{table}")
            assert "老人" not in cursor.fetchone()[0]
    assert made.lines.get().words == words


def test_the_situation_log_is_only_added_to() -> None:
    made = lane()
    first = actions.log_words(dispatcher(), made, "风力五级")
    actions.log_words(SYSTEM, made, "更正：风力六级")
    assert [one.words for one in made.lines.order_by("pk")] == ["风力五级", "更正：风力六级"]
    assert first.author
    changing = [name for name in dir(actions) if "line" in name or "words" in name]
    assert changing == ["erase_words", "log_words"]


def test_a_post_has_one_holder_and_the_hand_over_is_on_record() -> None:
    made, zhou, wu = lane(), officer(), officer("wu")
    actions.give_post(SYSTEM, made, "liaison", account=zhou)
    actions.give_post(SYSTEM, made, "safety", account=zhou)
    first = made.holders.get(post="liaison")
    actions.give_post(SYSTEM, made, "liaison", account=wu)
    first.refresh_from_db()
    assert first.ended_at
    entry = Entry.objects.filter(kind="command.post_given").latest("seq")
    told = json.loads(entry.text)
    assert (told["giver"], told["account"], told["post"]) == (first.pk, wu.pk, "liaison")
    with pytest.raises(Refused, match="已经由"):
        actions.give_post(SYSTEM, made, "liaison", account=wu)
    with pytest.raises(Refused, match="请选岗位"):
        actions.give_post(SYSTEM, made, "king", account=wu)
    with pytest.raises(IntegrityError), transaction.atomic():
        PostHolder.objects.create(
            lane=made, post="liaison", account=zhou, taken_at=timezone.now()
        )  # fmt: skip
    unit = actions.give_post(SYSTEM, made, "logistics", unit=body("housing", "department"))
    assert unit.who == "housing所"


def asked(made: Lane) -> dict[str, RollAnswer]:
    view = roll_of(made)
    assert view
    return {row.name: RollAnswer.objects.get(pk=row.id) for row in view.rows}


def test_everybody_on_the_lane_is_asked_and_the_silent_are_seen() -> None:
    matter, zhou = incident("fire"), officer()
    made, unit = lane(matter), car("01")
    go_on_duty(Actor.account(zhou), unit)
    assign_unit(SYSTEM, matter, unit)
    actions.give_post(SYSTEM, made, "commander", account=account("commander", body("b")))
    request = ask(matter)
    answer(request, "accepted")
    ask(matter, "ambulance")
    actions.start_roll(SYSTEM, made, minutes=5)
    rows = asked(made)
    assert set(rows) == {"指挥长 · 海小某", "a 01", "119 消防救援"}
    actions.answer_roll(Actor.account(zhou), rows["a 01"], "here")
    actions.answer_roll(Actor.account(fire_desk()), rows["119 消防救援"], "trouble", words="缺水")
    with moment(timezone.now() + timedelta(minutes=6)):
        actions.end_roll(SYSTEM, made)
    view = roll_of(made)
    assert view
    assert (view.here, list(view.missing)) == (2, ["指挥长 · 海小某"])
    assert [row.said for row in view.rows] == ["没有应答", "在", "有情况"]
    assert view.rows[0].late
    ended = Entry.objects.get(kind="command.roll_ended")
    assert json.loads(ended.text)["missing"] == 1


def test_nobody_answers_for_others_but_who_runs_the_lane() -> None:
    made, zhou = lane(), officer()
    actions.give_post(SYSTEM, made, "safety", account=zhou)
    actions.start_roll(SYSTEM, made)
    (row,) = asked(made).values()
    with pytest.raises(Refused, match="没有点到您"):
        actions.answer_roll(Actor.account(officer("wu")), row, "here")
    with pytest.raises(Refused, match="有情况"):
        actions.answer_roll(SYSTEM, row, "maybe")
    actions.answer_roll(dispatcher(), row, "here")
    actions.answer_roll(Actor.account(zhou), row, "trouble", words="腿伤了")
    row.refresh_from_db()
    assert (row.said, row.words) == ("trouble", "腿伤了")
    actions.end_roll(SYSTEM, made)
    with pytest.raises(Refused, match="已经结束"):
        actions.answer_roll(SYSTEM, row, "here")


def test_a_new_round_ends_the_one_before_and_an_empty_lane_asks_nobody() -> None:
    made = lane()
    with pytest.raises(Refused, match="还没有岗位"):
        actions.start_roll(SYSTEM, made)
    actions.give_post(SYSTEM, made, "safety", account=officer())
    first = actions.start_roll(SYSTEM, made)
    actions.start_roll(SYSTEM, made)
    first.refresh_from_db()
    assert first.ended_at
    assert made.rolls.filter(ended_at=None).count() == 1


def test_resources_and_objectives_go_one_way() -> None:
    made = lane()
    shelter = actions.ask_resource(SYSTEM, made, "shelter", "澜城小学", number=1)
    actions.move_resource(SYSTEM, shelter, "there")
    actions.move_resource(SYSTEM, shelter, "released")
    with pytest.raises(Refused, match="不能再改"):
        actions.move_resource(SYSTEM, shelter, "there")
    objective = actions.set_objective(SYSTEM, made, "都救出来")
    actions.end_objective(SYSTEM, objective, "met")
    with pytest.raises(Refused, match="不能再改"):
        actions.end_objective(SYSTEM, objective, "dropped")
    with pytest.raises(Refused):
        actions.ask_resource(SYSTEM, made, "shelter", "x", number=0)


def test_it_closes_only_with_lessons_or_when_somebody_says_there_are_none() -> None:
    made = lane()
    with pytest.raises(Refused, match="改进事项"):
        actions.close_lane(SYSTEM, made)
    due = timezone.localdate() + timedelta(days=9)
    unit = body("housing", "department")
    lesson = actions.state_lesson(SYSTEM, made, "备好钥匙", unit=unit, due=due)
    with pytest.raises(Refused, match="早于今天"):
        actions.state_lesson(SYSTEM, made, "x", unit=unit, due=due - timedelta(days=99))
    closed = actions.close_lane(SYSTEM, made)
    assert (closed.open, closed.no_lessons) == (False, False)
    with pytest.raises(Refused, match="已经撤销"):
        actions.log_words(SYSTEM, made, "太晚了")
    actions.finish_lesson(SYSTEM, lesson)
    other = actions.close_lane(SYSTEM, lane(), no_lessons=True)
    assert other.no_lessons


def test_the_report_says_how_long_each_took_from_the_record_alone() -> None:
    matter = incident("fire")
    made = lane(matter)
    request = ask(matter)
    with moment(request.asked_at + timedelta(minutes=2)):
        answer(request, "accepted")
    with moment(request.asked_at + timedelta(minutes=11)):
        answer(request, "there")
    actions.log_words(SYSTEM, made, "到了")
    told = report_of(made.pk, request.asked_at + timedelta(minutes=30))
    (one,) = told.asked
    assert (one.name, one.answered, one.arrived, one.late) == (
        "119 消防救援", "2 分钟", "11 分钟", False,
    )  # fmt: skip
    drawing = drawn(told)
    bars = {bar.kind: bar for bar in drawing.strips[0].bars}
    assert set(bars) == {"waiting", "moving", "there"}
    assert bars["waiting"].x < bars["moving"].x < bars["there"].x
    ratio = bars["moving"].width / bars["waiting"].width
    assert ratio == pytest.approx(9 / 2, rel=0.02)


def test_with_the_incident_s_words_its_lane_s_are_erased() -> None:
    matter = incident("fire")
    made = lane(matter)
    actions.log_words(SYSTEM, made, "住户老欧阳在二楼")
    actions.set_objective(SYSTEM, made, "找到老欧阳")
    actions.close_lane(SYSTEM, made, no_lessons=True)
    move_incident(dispatcher(), matter, "cancelled", elements={"reason": "误报"})
    erase_incident(SYSTEM, matter, reason="asked")
    catch_up("command.erasing")
    assert LogLine.objects.get().words == ""
    assert made.objectives.get().words == ""


# --- pages ------------------------------------------------------------------------------------


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(dispatcher().source)
    return client


def test_a_lane_is_run_from_its_page(desk: Client) -> None:
    matter = incident("fire")
    opened = desk.post("/command/open/", {"incident": matter.number}, follow=True)
    made = Lane.objects.get()
    assert made.number in opened.content.decode()
    at = f"/command/{made.pk}/do"

    def does(what: str, **sent: str) -> str:
        return desk.post(f"{at}/{what}/", sent, headers=HTMX).content.decode()

    assert "先救人" in does("objective", words="先救人")
    assert "海小某" in does("post", post="liaison", who="account:desk")
    page = does("roll", minutes="3")
    assert "等应答" in page
    assert "指挥专班" in page
    assert "在" in does("answer", id=str(RollAnswer.objects.get().pk), said="here")
    assert "澜城小学" in does("resource", sort="shelter", name="澜城小学", number="1")
    assert "风大" in does("log", words="风大")
    refused = desk.post(f"{at}/close/", headers=HTMX)
    assert refused.status_code == 422
    due = f"{timezone.localdate() + timedelta(days=3)}"
    assert "备好钥匙" in does("lesson", words="备好钥匙", unit="command_centre", due=due)
    assert "已撤销" in does("close")
    assert desk.post(f"{at}/nothing/").status_code == 404
    report = desk.get(f"/command/{made.pk}/report/").content.decode()
    for said in (
        "处置总结",
        "先救人",
        "澜城小学" if "澜城小学" in report else "风大",
        "备好钥匙",
        "<svg",
    ):
        assert said in report


def test_the_report_comes_as_a_paper_to_sign(desk: Client) -> None:
    made = lane()
    actions.log_words(SYSTEM, made, "风大")
    answered = desk.get(f"/command/{made.pk}/report.pdf")
    if answered.status_code == 409:
        pytest.skip("no Chinese font here")
    assert answered["Content-Type"] == "application/pdf"
    assert answered.content.startswith(b"%PDF")


def test_the_paper_has_the_pages_drawing_with_what_is_said_escaped() -> None:
    made = lane()
    request = ask(made.incidents.get().matter)
    answer(request, "there")
    actions.log_words(SYSTEM, made, "风大")
    drawing = drawn(report_of(made.pk, now() + timedelta(minutes=30)))
    told = fromstring(figure(drawing, ["Noto Serif CJK SC"]))
    bars = sum(len(strip.bars) for strip in drawing.strips)
    assert bars
    assert len(told.findall("{*}rect")) == bars + 4, "each bar, and the key of four colours"
    assert len(told.findall("{*}circle")) == sum(len(strip.dots) for strip in drawing.strips)
    odd = replace(drawing, strips=[replace(drawing.strips[0], label="<b>&")])
    assert "<b>&" in [one.text for one in fromstring(figure(odd, [])).findall("{*}text")]


def test_the_crew_answers_on_its_own_page_and_so_does_the_partner() -> None:
    matter, zhou = incident("fire"), officer()
    made, unit = lane(matter), car("01")
    go_on_duty(Actor.account(zhou), unit)
    assign_unit(SYSTEM, matter, unit)
    answer(ask(matter), "accepted")
    actions.start_roll(SYSTEM, made)
    rows = asked(made)
    for who, path, name in (
        (zhou, "/crew/", "a 01"), (fire_desk(), "/linked/", "119 消防救援"),
    ):  # fmt: skip
        client, row = Client(), rows[name]
        client.force_login(who)
        assert f"指挥专班 {made} 点名" in client.get(path).content.decode()
        said = client.post(f"/command/roll/{row.pk}/", {"said": "here"}, headers=HTMX)
        assert "已应答：在" in said.content.decode()
        assert client.post(f"/command/roll/{row.pk}/", {"said": "here"}).status_code == 302
        other = next(one for one in rows.values() if one.pk != row.pk)
        assert client.post(f"/command/roll/{other.pk}/", {"said": "here"}).status_code == 403
    actions.end_roll(SYSTEM, made)
    client.force_login(zhou)
    assert "点名" not in client.get("/crew/").content.decode()


@pytest.mark.parametrize("role", ["officer", "partner_desk", "analyst", "admin"])
def test_who_may_not_see_a_lane(client: Client, role: str) -> None:
    made = lane()
    client.force_login(account(role, body("elsewhere")))
    for path in ("", f"{made.pk}/", f"{made.pk}/report/", f"{made.pk}/report.pdf"):
        assert client.get(f"/command/{path}").status_code == 403
    assert client.post(f"/command/{made.pk}/do/log/", {"words": "x"}).status_code == 403


def test_who_may_look_and_log_may_not_command(client: Client) -> None:
    made = lane()
    client.force_login(account("unit_leader", body("a")))
    page = client.get(f"/command/{made.pk}/").content.decode()
    assert "开始点名" not in page
    at = f"/command/{made.pk}/do"
    assert client.post(f"{at}/log/", {"words": "桥头已封"}).status_code == 302
    for what in ("objective", "post", "roll", "resource", "lesson", "close", "join"):
        sent = {"words": "x", "post": "safety", "who": "unit:a", "unit": "a", "due": "2030-01-01",
                "sort": "boat", "name": "x", "incident": "1"}  # fmt: skip
        assert client.post(f"{at}/{what}/", sent).status_code in (403, 422)
    assert made.objectives.count() == made.holders.count() == 0


def test_as_many_queries_for_a_busy_lane_as_for_a_small_one(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    def busier(made: Lane, n: int) -> None:
        for _one in range(n):
            matter = incident("fire")
            actions.join_incident(SYSTEM, made, matter)
            answer(ask(matter), "accepted", words="来")
            actions.log_words(SYSTEM, made, "字")
            actions.set_objective(SYSTEM, made, "字")
            actions.ask_resource(SYSTEM, made, "boat", "船")
        actions.start_roll(SYSTEM, made)

    made = lane()
    busier(made, 1)
    for path in (f"/command/{made.pk}/", f"/command/{made.pk}/report/", "/command/"):
        desk.get(path)
        with django_assert_max_num_queries(100) as few:
            desk.get(path)
        busier(made, 8)
        with django_assert_max_num_queries(len(few)):
            desk.get(path)
    assert lane_of(made.pk).number
