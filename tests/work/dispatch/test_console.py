"""The dispatch console: what is open and who could go; the same cost for one and for many."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter, Narrative
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import cells_of
from gongzhi.base.places.coordinates import Bounds, Point
from gongzhi.base.places.models import County
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.dispatch.actions import (
    assign_unit,
    go_off_duty,
    move_incident,
    note_incident,
    report_on_scene,
)
from tests.markup import tight
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car, incident

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def who() -> Account:
    return account("dispatcher", body("command_centre", "department"))


@pytest.fixture
def desk(client: Client, who: Account) -> Client:
    client.force_login(who)
    return client


def text(client: Client, path: str, **more: object) -> str:
    answer = client.get(path, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def queries(client: Client, path: str) -> int:
    text(client, path, headers=HTMX)  # whatever is kept in memory for a while is kept now
    with CaptureQueriesContext(connection) as seen:
        text(client, path, headers=HTMX)
    return len(seen)


def busy_county(n: int) -> list[Matter]:
    """`n` incidents, each of two calls, with a unit, a note and a free unit beside it."""
    made = []
    for k in range(n):
        call = receive_call(
            SYSTEM, NewCall("theft", "丢了东西", "海平路", HERE, caller={"phone": "1"})
        )
        receive_call(SYSTEM, NewCall("theft", "我也看到了", joins=call.matter))
        number = f"{k}_{Matter.objects.count()}"
        assign_unit(SYSTEM, call.matter, car(f"1{number}"))
        car(f"2{number}", skills=["boat"])
        note_incident(SYSTEM, call.matter, "在门口等")
        made.append(call.matter)
    return made


def test_the_queue_says_what_where_how_urgent_and_who_is_on_it(desk: Client) -> None:
    waiting, working = incident("robbery"), incident("lost_property", place="码头 3 号")
    assign_unit(SYSTEM, working, car("01"))
    page = text(desk, "/console/")
    assert page.index("抢劫、抢夺") < page.index("码头 3 号")  # the urgent one first
    for said in ("待派", "a 01", "海平路 12 号", f'id="incident-{waiting.pk}"'):
        assert said in page
    assert re.search(r"待派<b>1</b>.*处置中<b>1</b>", tight(page))


def test_an_incident_opens_with_what_its_next_step_needs(desk: Client) -> None:
    near, far = car("01"), car("02", "b", skills=["fraud"])
    matter = incident("fraud_online", words="接到自称客服的电话，已经转账")
    page = text(desk, f"/console/incidents/{matter.pk}/", headers=HTMX)
    for said in (
        "已经转账",
        matter.number,
        "出警方案",
        str(near),
        str(far),
        "反诈",
        "电话办结",
        "取消警情",
        "还没有派警",
    ):
        assert said in page
    assert "<html" not in page
    assert "<html" in text(desk, f"/console/incidents/{matter.pk}/")  # without scripts: a page


def test_one_press_sends_the_unit_and_the_answer_shows_it(desk: Client) -> None:
    unit, matter = car("01"), incident()
    answer = desk.post(f"/console/incidents/{matter.pk}/assign/", {"unit": unit.pk}, headers=HTMX)
    assert "已派出" in answer.content.decode()
    again = desk.post(
        f"/console/incidents/{incident().pk}/assign/", {"unit": unit.pk}, headers=HTMX
    )
    assert again.status_code == 409
    assert matter.number in again.content.decode()


@pytest.mark.parametrize("unit", ["", "nonsense", "9" * 40, "999999"])
def test_a_unit_that_is_none_is_refused_in_words(desk: Client, unit: str) -> None:
    answer = desk.post(f"/console/incidents/{incident().pk}/assign/", {"unit": unit}, headers=HTMX)
    assert answer.status_code == 404
    assert "没有找到这个出警单位" in answer.content.decode()


def test_the_desk_reports_for_a_crew_that_called_by_radio(desk: Client) -> None:
    unit, matter = car("01"), incident()
    assign_unit(SYSTEM, matter, unit)
    at = f"/console/incidents/{matter.pk}/"
    for what in ("set_off", "arrive"):
        assert desk.post(f"{at}progress/", {"unit": unit.pk, "what": what}).status_code == 302
    missing = desk.post(f"{at}progress/", {"unit": unit.pk, "what": "clear"}, headers=HTMX)
    assert missing.status_code == 400
    told = {"unit": unit.pk, "what": "clear", "disposition": "mediated"}
    desk.post(f"{at}progress/", told)
    assert desk.post(f"{at}step/closed/").status_code == 302
    matter.refresh_from_db()
    assert matter.step == "closed"


def test_settling_and_cancelling_ask_for_what_they_must_show(desk: Client) -> None:
    matter = incident()
    at = f"/console/incidents/{matter.pk}/step"
    refused = desk.post(f"{at}/settled/", {"settled_how": " "}, headers=HTMX)
    assert refused.status_code == 409
    assert "怎么解决的" in refused.content.decode()
    desk.post(f"{at}/settled/", {"settled_how": "告知了补办地点"})
    matter.refresh_from_db()
    assert matter.step == "settled"


def test_notes_priority_departments_and_hand_over(desk: Client) -> None:
    matter, fire = incident(), body("fire_rescue", "department")
    at = f"/console/incidents/{matter.pk}"
    assert (
        "门口有狗" in desk.post(f"{at}/note/", {"words": "门口有狗"}, headers=HTMX).content.decode()
    )
    desk.post(f"{at}/grade/", {"priority": "1"})
    desk.post(f"{at}/ask/", {"partner": fire.code})
    desk.post(f"{at}/give/", {"department": fire.code})
    matter.refresh_from_db()
    assert (matter.priority, matter.owner_unit) == (1, fire)
    assert desk.post(f"{at}/ask/", {"partner": "nobody"}).status_code == 400


def test_a_likely_duplicate_is_shown_and_merged_with_its_calls(desk: Client) -> None:
    first = receive_call(SYSTEM, NewCall("fight", "有人打架", "码头", HERE)).matter
    second = receive_call(SYSTEM, NewCall("fight", "码头有人打架", "码头", HERE)).matter
    page = text(desk, f"/console/incidents/{second.pk}/", headers=HTMX)
    assert "疑似重复" in page
    assert first.number in page
    answer = desk.post(f"/console/incidents/{second.pk}/join/", {"into": first.pk}, headers=HTMX)
    assert "2 通来电" in answer.content.decode()


def test_search_finds_by_number_kind_place_and_call_sign(desk: Client) -> None:
    wanted, other = (
        incident("robbery", place="灯塔路 5 号"),
        incident("lost_property", place="桥头"),
    )
    assign_unit(SYSTEM, wanted, car("01"))
    for q in (wanted.number, "抢劫", "robbery", "灯塔路", "a 01"):
        page = text(desk, f"/console/queue/?q={q}")
        assert f'id="incident-{wanted.pk}"' in page, q
        assert f'id="incident-{other.pk}"' not in page, q
    page = text(desk, "/console/?q=%E6%97%A0")
    for said in ("没有与“无”有关的警情", "现在只在“未结”里找", "在全部警情里找"):
        assert said in page
    page = text(desk, "/console/?show=all&q=%E6%97%A0")
    assert "清除搜索" in page
    assert "在全部警情里找" not in page  # one is there already


def test_mine_is_what_i_sent_or_my_unit_has(desk: Client, who: Account) -> None:
    ours = incident()
    theirs = Matter.objects.create(
        procedure="incident", version="2026-01", step="on_scene", stepped_at=timezone.now(),
        category="theft", priority=3, owner_unit=body("b"), opened_at=timezone.now(),
    )  # fmt: skip
    Narrative.objects.create(matter=theirs, words="…")
    page = text(desk, "/console/queue/?show=mine")
    assert f'id="incident-{ours.pk}"' in page
    assert f'id="incident-{theirs.pk}"' not in page


def test_the_map_shows_places_and_signs_and_no_person(desk: Client) -> None:
    matter, unit = incident(), car("01")
    assign_unit(SYSTEM, matter, unit)
    incidents = json.loads(text(desk, "/console/map/incidents/"))["results"]
    units = json.loads(text(desk, "/console/map/units/"))["results"]
    assert [(one["id"], one["priority"]) for one in incidents] == [(matter.pk, matter.priority)]
    assert units[0]["status"] == "enroute"
    assert set(incidents[0]) == {"id", "lat", "lon", "priority", "words", "place", "late"}
    cells = json.loads(text(desk, "/console/map/cells/"))["results"]
    assert [one["value"] for one in cells] == [1]
    assert set(cells[0]) == {"cell", "value"}


def test_a_unit_off_duty_is_not_on_the_map(desk: Client) -> None:
    go_off_duty(SYSTEM, car("01"))
    assert json.loads(text(desk, "/console/map/units/"))["results"] == []


def test_imported_records_are_seen_in_their_own_place_and_nobody_is_sent_there(
    desk: Client,
) -> None:
    county = imported()
    far = incident("theft", Point(39.1, -77.2), county=county)
    car("01")
    page = text(desk, "/console/?county=far")
    assert "正在看导入的资料：远处" in page
    assert 'data-bounds="-78.0,39.0,-77.0,40.0"' in page
    assert f'id="incident-{far.pk}"' in page
    assert f'id="incident-{far.pk}"' not in text(desk, "/console/?show=all")
    assert "派出" not in text(desk, f"/console/incidents/{far.pk}/", headers=HTMX)
    assert desk.get("/console/?county=nowhere").status_code == 404


def test_an_empty_county_says_so_kindly(desk: Client) -> None:
    page = text(desk, "/console/")
    for said in ("现在没有未结的警情", "还没有设立出警单位", "没有打开的警情"):
        assert said in page
    assert "看办结的" not in page  # there is none
    assert "选一件" not in page  # there is nothing to choose
    assert "还没有接到过警情" in text(desk, "/console/?show=all")


def test_an_empty_filter_says_where_the_others_are(desk: Client, who: Account) -> None:
    matter = incident()
    Matter.objects.filter(pk=matter.pk).update(owner_unit=body("b"))
    page = text(desk, "/console/?show=mine")
    assert "没有归您的未结警情" in page
    assert "看全部未结" in page
    move_incident(SYSTEM, matter, "settled", elements={"settled_how": "电话里说清了"})
    move_incident(SYSTEM, matter, "closed")
    assert "看办结的" in text(desk, "/console/")


def imported(code: str = "far") -> County:
    county = County(code=code, name_zh="远处", name_en="Far", time_zone="UTC")
    county.bounds = Bounds(39, -78, 40, -77)
    county.save()
    return county


def test_imported_requests_are_for_those_who_watch_over_requests(desk: Client) -> None:
    county = imported()
    assert "还没有导入成功的记录" in text(desk, "/console/?county=far")
    new = NewMatter(
        "resident_request", "lamp_out", body("far"), "Street light out", county=county,
        point=Point(39.1, -77.2), channel="import",
    )  # fmt: skip
    told = open_matter(SYSTEM, new)
    page = text(desk, "/console/?county=far")
    assert "这份资料是居民诉求" in page
    assert "Street light out" not in page
    assert f'id="incident-{told.pk}"' not in page
    assert desk.get(f"/console/incidents/{told.pk}/", headers=HTMX).status_code == 404
    desk.force_login(account("commander", body("command_centre", "department")))
    page = text(desk, "/console/?county=far")
    for said in (f'id="incident-{told.pk}"', "Street light out", "反映内容", "已收到"):
        assert said in page
    assert 'form="assign"' not in page
    assert "还没通知" not in page  # our departments have nothing to do with it
    results = json.loads(text(desk, "/console/map/incidents/?county=far"))["results"]
    assert [one["id"] for one in results] == [told.pk]


def test_beside_imported_records_no_unit_of_the_county_is_shown(desk: Client) -> None:
    far, unit = incident("theft", Point(39.1, -77.2), county=imported()), car("01")
    for path in ("/console/?county=far", f"/console/units/?county=far&incident={far.pk}"):
        page = text(desk, path)
        assert "这里不派本县警力" in page
        assert str(unit) not in page
    assert "空闲警力" not in text(desk, "/console/?county=far")
    assert "导入的资料里没有未结的" not in text(desk, "/console/?county=far&show=open")
    Matter.objects.filter(pk=far.pk).update(step="archived", closed_at=timezone.now())
    assert "导入的资料里没有未结的" in text(desk, "/console/?county=far&show=open")


def test_no_page_asks_more_of_the_database_for_many_than_for_one(desk: Client) -> None:
    one = busy_county(1)[0]
    paths = ["/console/", "/console/?show=all", f"/console/queue/?incident={one.pk}",
             f"/console/units/?incident={one.pk}", f"/console/incidents/{one.pk}/",
             "/console/map/incidents/", "/console/map/units/", "/console/map/cells/"]  # fmt: skip
    few = {path: queries(desk, path) for path in paths}
    busy_county(30)
    for k in range(30):
        assign_unit(SYSTEM, one, unit := car(f"3{k}"))
        report_on_scene(SYSTEM, unit)
        note_incident(SYSTEM, one, "又来一个")
    many = {path: queries(desk, path) for path in paths}
    assert {path: many[path] - few[path] for path in few if many[path] > few[path]} == {}


@pytest.mark.slow
def test_ten_thousand_incidents_are_drawn_within_a_second(desk: Client) -> None:
    owner, now = body("a"), timezone.now()
    h7, h9 = cells_of(HERE)
    made = Matter.objects.bulk_create(
        Matter(
            procedure="incident", version="2026-01", step="received" if k % 5 == 0 else "closed",
            stepped_at=now, category="theft", priority=1 + k % 4, owner_unit=owner,
            opened_at=now - timedelta(minutes=k), closed_at=None if k % 5 == 0 else now,
            lat=HERE.lat, lon=HERE.lon, h7=h7, h9=h9,
        )
        for k in range(10_000)
    )  # fmt: skip
    Narrative.objects.bulk_create(
        Narrative(matter=one, words="丢了东西", place="路") for one in made
    )
    text(desk, "/console/")
    begun = perf_counter()
    page = text(desk, "/console/")
    assert perf_counter() - begun < 1.0
    assert "更多请用搜索" in page
    assert page.count('class="incident"') == 100


def test_nobody_else_may_open_it(client: Client) -> None:
    assert client.get("/console/").status_code == 302
    client.force_login(account("analyst", body("a")))
    assert client.get("/console/").status_code == 403
    client.force_login(account("officer", body("a")))
    assert client.get("/console/").status_code == 403
