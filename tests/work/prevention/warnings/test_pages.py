"""Warnings as they are asked for: residents, programs, and those who write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment, now
from gongzhi.work.prevention.warnings import actions
from gongzhi.work.prevention.warnings.cap import read_alert
from gongzhi.work.prevention.warnings.models import Draft, Message, Warning
from gongzhi.work.prevention.warnings.selectors import forget_standing
from tests.markup import tight
from tests.work.dispatch.county import HERE, incident
from tests.work.prevention.warnings.hands import (
    WORDS,
    account,
    by,
    called_off,
    county,
    drafted,
    published,
    updated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget_standing()
    yield
    forget_standing()


def inside(name: str = "dispatcher") -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def page(client: Client, path: str, **more: Any) -> str:
    answer = client.get(path, **more)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


# --- residents ----------------------------------------------------------------------------------


def test_a_resident_reads_what_to_do_first_without_an_account_in_both_languages(
    client: Client,
) -> None:
    message = published()
    shown = page(client, "/warnings/")
    for words in ("黄色预警 · 道路封闭", WORDS["headline_zh"], WORDS["instruction_zh"], "读取于"):
        assert words in shown
    english = page(client, "/warnings/", headers={"accept-language": "en"})
    for words in ("Yellow warning · Road closed", WORDS["instruction_en"]):
        assert words in english
    assert WORDS["headline_zh"] not in english.replace("warning-shapes", "", 1).split("<gz-map")[0]
    assert WORDS["description_zh"] in page(client, f"/warnings/{message.warning.number}/")


def test_a_line_stands_on_residents_pages_while_a_warning_does(client: Client) -> None:
    county()
    assert "banner" not in page(client, "/")
    message = published()
    assert 'class="banner" data-level="Moderate"' in tight(page(client, "/"))
    assert WORDS["headline_zh"] in page(client, "/report/")
    assert "banner" not in page(client, "/warnings/")
    called_off(message.warning)
    assert "banner" not in page(client, "/")


def test_the_line_asks_the_database_once_for_many_pages(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    published()
    page(client, "/warnings/")
    from gongzhi.work.prevention.warnings.selectors import standing

    with django_assert_max_num_queries(0):
        standing()
    with django_assert_max_num_queries(2):  # what ended lately, the county's map
        page(client, "/warnings/")


def test_an_all_clear_is_shown_for_a_day(client: Client) -> None:
    called_off(published().warning)
    assert "已解除 · 道路封闭" in tight(page(client, "/warnings/"))
    with moment(now() + timedelta(hours=25)):
        forget_standing()
        assert "已解除" not in page(client, "/warnings/")


def test_no_draft_and_no_exercise_can_be_guessed(client: Client) -> None:
    draft = drafted()
    secret = published("gas_leak", exercise=True, severity="Extreme")
    number = secret.warning.number
    for path in (
        f"/warnings/{draft.warning.number}/", f"/warnings/{number}/", f"/warnings/{number}/poster/",
        f"/warnings/{secret.identifier}.cap.xml", "/warnings/YJ261128-999999999999/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for path in ("/warnings/", "/warnings/feed.xml", "/warnings/active.geojson", "/"):
        assert WORDS["headline_zh"] not in page(client, path), path


def test_a_poster_has_both_languages_and_a_plain_address(client: Client) -> None:
    shown = page(client, f"/warnings/{published().warning.number}/poster/")
    for words in (WORDS["instruction_zh"], WORDS["instruction_en"], "http://testserver/warnings/",
                  "黄色预警", "Yellow warning"):  # fmt: skip
        assert words in shown


def test_asking_without_end_is_refused(client: Client) -> None:
    county()
    answers = {client.get("/warnings/active.geojson").status_code for _ in range(241)}
    assert answers == {200, 429}


# --- programs -----------------------------------------------------------------------------------


def test_the_feed_leads_to_each_message(client: Client) -> None:
    first = published()
    feed = fromstring(page(client, "/warnings/feed.xml"))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    links = {link.get("type"): link.get("href", "") for link in entry.findall(f"{ATOM}link")}
    answer = client.get(links["application/cap+xml"].removeprefix("http://testserver"))
    assert answer["Content-Type"] == "application/cap+xml"
    assert read_alert(answer.content).identifier == first.identifier
    assert "道路封闭" in entry.findtext(f"{ATOM}title", "")
    english = fromstring(page(client, "/warnings/feed.xml?lang=en"))
    assert "Road closed" in english.findtext(f"{ATOM}entry/{ATOM}title", "")


def test_whoever_has_it_is_told_so_until_something_changes(client: Client) -> None:
    first = published()
    answer = client.get("/warnings/feed.xml")
    same = {"if-none-match": answer["ETag"]}
    assert client.get("/warnings/feed.xml", headers=same).status_code == 304
    since = {"if-modified-since": answer["Last-Modified"]}
    assert client.get("/warnings/feed.xml", headers=since).status_code == 304
    with moment(now() + timedelta(minutes=1)):
        updated(first.warning, headline_zh="延长")
        for headers in (same, since):
            assert client.get("/warnings/feed.xml", headers=headers).status_code == 200
    message = client.get(f"/warnings/{first.identifier}.cap.xml")
    same = {"if-none-match": message["ETag"]}
    again = client.get(f"/warnings/{first.identifier}.cap.xml", headers=same)
    assert again.status_code == 304


def test_a_map_of_others_gets_geojson(client: Client) -> None:
    first = published()
    found = client.get("/warnings/active.geojson").json()["features"]
    assert found[0]["properties"]["identifier"] == first.identifier
    assert found[0]["properties"]["closes"] == "road"
    assert found[0]["geometry"]["type"] == "Polygon"


# --- those who write ----------------------------------------------------------------------------


def written(**changed: Any) -> dict[str, Any]:
    """What the form sends."""
    return {
        **WORDS, "severity": "Severe", "urgency": "Immediate", "certainty": "Observed",
        "expires": (now() + timedelta(hours=3)).astimezone().strftime("%Y-%m-%dT%H:%M"),
        "areas": ["east"], **changed,
    }  # fmt: skip


def test_one_writes_another_publishes_from_page_to_page() -> None:
    county()
    one, other = inside(), inside("leader")
    assert "road_closed" in page(one, "/warnings/desk/new/")
    answer = one.post("/warnings/desk/new/", {"kind": "road_closed"})
    draft = Draft.objects.get()
    desk = f"/warnings/desk/{draft.warning_id}/"
    assert answer["Location"] == f"{desk}write/"
    assert "还差这些" in page(one, desk)
    assert "〔绕行路线〕" in page(one, f"{desk}write/")
    assert one.post(f"{desk}write/", written())["Location"] == desk
    assert "送第二个人审" in page(one, desk)
    one.post(f"{desk}submit/")
    assert f"{desk}publish/" in page(other, desk)
    held = Draft.objects.get()
    other.post(f"{desk}publish/", {"seen": held.seen})
    message = Message.objects.get()
    assert (message.writer, message.publisher) == (account("dispatcher"), account("leader"))
    shown = page(one, desk)
    assert "写更新" in shown
    one.post(f"{desk}cancel/")
    assert "恢复通行" in page(one, f"{desk}write/")


def test_it_begins_from_an_incident_with_its_place_and_the_kinds_that_fit() -> None:
    county()
    one = inside()
    asked = {"lat": "30.05", "lon": "122.15", "category": "gas_leak"}
    shown = page(one, "/warnings/desk/new/", query_params=asked)
    assert shown.index("燃气泄漏") < shown.index("风暴潮")
    one.post("/warnings/desk/new/", {**asked, "kind": "gas_leak"})
    assert Draft.objects.get().parts["circles"] == [[30.05, 122.15, 0.5]]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"km": "2"}, "请在地图上选圆心"),
        ({"km": "2", "lat": "0", "lon": "0"}, "没有定位成功"),
        ({"outline": "30,122\n30.1,122"}, "边界至少要三个点"),
        ({"km": "-1"}, "0.05"),
        ({"expires": "gestern"}, "有效的日期"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    changed: dict[str, str], words: str
) -> None:
    draft = drafted()
    answer = inside().post(f"/warnings/desk/{draft.warning_id}/write/", written(**changed))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert WORDS["instruction_zh"] in shown


def test_a_place_of_many_pieces_stays_whole_when_only_words_change() -> None:
    draft = drafted()
    path = f"/warnings/desk/{draft.warning_id}/write/"
    circle = {"lat": "30.05", "lon": "122.15", "km": "1.0", "areas": []}
    inside().post(path, written(**circle, headline_zh="另一句"))
    held = Draft.objects.get()
    assert held.headline_zh == "另一句"
    assert held.parts["circles"] == [[30.05, 122.15, 1.0]]


def test_the_desk_asks_as_much_for_many_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    one = inside()
    for _ in range(8):
        drafted()
        published()
        called_off(published().warning)
    with django_assert_max_num_queries(9):
        page(one, "/warnings/desk/")
    key = Warning.objects.filter(state="active").values_list("pk", flat=True)[0]
    with django_assert_max_num_queries(10):
        page(one, f"/warnings/desk/{key}/")


def test_who_may_not_write_sees_no_desk() -> None:
    county()
    assert inside("caller").get("/warnings/desk/").status_code == 403
    assert Client().get("/warnings/desk/").status_code == 302


def test_the_console_leads_there_from_an_incident_for_those_who_may() -> None:
    matter = incident("fire")
    path = f"/console/incidents/{matter.pk}/"
    shown = page(inside(), path)
    link = f"/warnings/desk/new/?lat={HERE.lat}&amp;lon={HERE.lon}&amp;category=fire"
    assert link in shown
    assert "/warnings/desk/new/" not in page(inside("caller"), path)


def test_a_hasty_one_waits_on_the_desk_for_a_second_person() -> None:
    draft = drafted("gas_leak", severity="Extreme")
    desk = f"/warnings/desk/{draft.warning_id}/"
    one, other = inside(), inside("leader")
    one.post(f"{desk}publish/", {"seen": draft.seen, "emergency": "lives_at_risk"})
    assert Message.objects.get().emergency
    assert "紧急发布，等第二个人确认" in page(other, "/warnings/desk/")
    assert f"{desk}endorse/" not in page(one, desk)
    other.post(f"{desk}endorse/")
    assert "等第二个人确认" not in page(other, "/warnings/desk/")


def test_a_second_person_sends_it_back() -> None:
    draft = actions.submit_draft(by(), drafted("gas_leak", severity="Severe"))
    desk = f"/warnings/desk/{draft.warning_id}/"
    inside("leader").post(f"{desk}back/")
    assert Draft.objects.get().state == "writing"
