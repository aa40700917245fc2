"""Journey 8: a department joins within a day, and leaves when its agreement ends.

Its rows come in by a connector and bad ones are set aside; residents' requests come to its own
inbox and, by a webhook, to its system; it asks for another department's data, two people consent,
its program reads just the agreed fields; its source falls silent and somebody is told; the
agreement's day is over and the data stops.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from gongzhi.config.listening import PartnerSystem
from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty, copied, free_port

Screenshot = Callable[[Page, str], Path]
CONNECTOR = """
code = "house_repairs"
unit = "housing"
silent_after = "PT1H"

[name]
zh = "老旧房屋维修"
en = "Repairs of old houses"

[about]
zh = "住建局每天交一份在修的房屋：在哪个乡镇、修到哪一步。"
en = "Each day housing delivers the houses under repair: in which town, how far."

[source]
kind = "folder"
settled = 0

[contract]
key = ["repair"]

[[contract.fields]]
name = "repair"
column = "维修编号"
says = { zh = "维修编号", en = "Repair" }
pattern = 'W-\\d{4}'

[[contract.fields]]
name = "town"
column = "乡镇"
says = { zh = "乡镇", en = "Town" }
type = "code"
refers = "towns"

[[contract.fields]]
name = "state"
column = "进度"
says = { zh = "进度", en = "Progress" }
type = "code"
one_of = ["begun", "done"]
table = { "在修" = "begun", "修好" = "done" }

[[examples]]
row = { "维修编号" = "W-0001", "乡镇" = "lancheng", "进度" = "在修" }
reads = { state = "begun" }

[[examples]]
row = { "维修编号" = "1", "乡镇" = "lancheng", "进度" = "拆了" }
fails = ["repair:pattern", "state:choice"]
"""
JOINED = """
import json
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import change_roles
from gongzhi.base.people.models import Account
from gongzhi.watch.exchange.webhooks.actions import open_hook
by = Actor.system("t")
one = Account.objects.select_related("unit").get(username="data_contact")
change_roles(by, one, unit=one.unit, roles=["data_contact", "partner"])
_hook, secret = open_hook(by, one.unit, "http://127.0.0.1:{port}/")
print(json.dumps(secret))
"""
REPORTED = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.work.participation.actions import file_request
file_request(
    Actor.resident(), category="building_safety", words="老楼的外墙瓷砖往下掉，楼下天天有孩子过。",
    place="海平路 12 号", point=Point(28.87, 123.96), unit=Unit.objects.get(code="housing"),
    idempotency_key="a-request-of-the-day-on-which-housing-joined",
)
"""
A_DAY_LATER = """
from datetime import timedelta
from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.receiving.models import Line
early = now() - timedelta(days=1)
Line.objects.filter(connector="house_repairs").update(arrived_at=early, begun_at=early)
"""
MONTHS_LATER = """
from datetime import timedelta
from django.utils import timezone
from gongzhi.watch.exchange.agreements.models import Agreement
Agreement.objects.filter(pk={key}).update(until=timezone.localdate() - timedelta(days=1))
"""
WORDS = {
    "zh": {"purpose": "安排老旧房屋维修的先后，先修反映多的。", "begun": "生效", "over": "已到期"},
    "en": {"purpose": "Decide where old houses are mended first.", "begun": "In force",
           "over": "Expired"},
}  # fmt: skip


@pytest.fixture(scope="module")
def county(demo_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCounty]:
    """A fresh demo county in whose home the operator has written one more connector."""
    home = copied(demo_county, tmp_path_factory)
    own = home / "catalogue" / "connectors"
    own.mkdir(parents=True, exist_ok=True)
    (own / "house_repairs.toml").write_text(CONNECTOR, "utf-8")
    with RunningCounty(home, env={"GONGZHI_INTRANET": "127.0.0.0/8"}) as running:
        yield running


def test_a_department_joins_within_a_day_and_its_agreement_ends(
    open_page: OpenPage, county: RunningCounty, screenshot: Screenshot
) -> None:
    system = its_system(county)
    its_rows_come_in(open_page, county, screenshot)
    its_inbox_and_its_system_hear_of_a_request(open_page, county, system)
    key, secret = it_agrees_on_data(open_page, "zh", screenshot)
    rows = read(county, key, secret).json()["rows"]
    assert rows
    assert all(set(one) == {"category", "town"} for one in rows)
    its_source_falls_silent(open_page, county)
    it_ends(open_page, county, key, secret, "zh", screenshot)
    system.shutdown()
    assert "entries hold" in county.cli("log", "verify")


def test_the_same_agreement_in_english(
    open_page: OpenPage, county: RunningCounty, screenshot: Screenshot
) -> None:
    key, secret = it_agrees_on_data(open_page, "en", screenshot)
    assert read(county, key, secret).json()["rows"]
    it_ends(open_page, county, key, secret, "en", screenshot)


def its_system(county: RunningCounty) -> PartnerSystem:
    """The department's own system, listening, registered by the operator."""
    port = free_port()
    system = PartnerSystem(port, json.loads(county.python(JOINED.replace("{port}", str(port)))))
    Thread(target=system.serve_forever, daemon=True).start()
    return system


def its_rows_come_in(open_page: OpenPage, county: RunningCounty, screenshot: Screenshot) -> None:
    """Good rows are taken over; a bad one is set aside, with what is wrong with it."""
    drop = county.home / "drop" / "house_repairs"
    drop.mkdir(parents=True, exist_ok=True)
    rows = [f"W-{n:04},lancheng,在修" for n in range(1, 21)]
    told = "\n".join(["维修编号,乡镇,进度", *rows, "W-0021,lancheng,拆了", ""])
    (drop / "repairs.csv").write_text(told, "utf-8")
    county.cli("exchange", "run", "house_repairs")
    page = signed_in(open_page, "data_contact", "zh")
    page.goto("/sources/house_repairs/")
    page.click(".table tbody a")
    expect(page.locator("main")).to_contain_text("拆了")
    assert_accessible(page)
    screenshot(page, "journey-joins-quarantine-zh")


def its_inbox_and_its_system_hear_of_a_request(
    open_page: OpenPage, county: RunningCounty, system: PartnerSystem
) -> None:
    county.python(REPORTED)
    page = signed_in(open_page, "data_contact", "zh")
    page.goto("/requests/?show=all")
    expect(page.locator("main")).to_contain_text("外墙瓷砖")
    give_up = time.monotonic() + 60
    while not system.got and time.monotonic() < give_up:
        time.sleep(0.2)
    assert system.got, "its system was told"
    assert "外墙瓷砖" not in json.dumps(list(system.got), ensure_ascii=False)


def it_agrees_on_data(
    open_page: OpenPage, language: str, screenshot: Screenshot
) -> tuple[int, str]:
    """Housing asks, the hotline and the steward consent, housing fetches its key."""
    page = signed_in(open_page, "data_contact", language)
    page.goto("/sharing/ask/requests/")
    expect(page.locator("[name=fields_wanted]:checked")).to_have_count(0)
    assert_accessible(page)
    page.click("main form [type=submit]")
    expect(page.locator("[data-invalid]").first).to_be_visible()
    for name in ("category", "town"):
        page.check(f"[name=fields_wanted][value={name}]")
    page.fill("#id_purpose", WORDS[language]["purpose"])
    page.fill("#id_basis", "《中华人民共和国数据安全法》第三十八条")
    page.fill("#id_until", (date.today() + timedelta(days=60)).isoformat())  # noqa: DTZ011
    page.click("main form [type=submit]")
    page.wait_for_url(re.compile(r"/sharing/\d+/$"))
    key = int(page.url.rstrip("/").rpartition("/")[2])
    for who in ("data_contact.hotline", "data_steward"):
        other = signed_in(open_page, who, language)
        other.goto("/sharing/")
        other.click(f"main a[href$='/sharing/{key}/']")
        other.fill("[name=reason]", "用途清楚，字段够少。")
        if who == "data_steward":
            assert_accessible(other)
            screenshot(other, f"journey-joins-steward-{language}")
        other.click("[name=verdict][value=yes]")
        expect(other.locator("[name=verdict]")).to_have_count(0)
    page.reload()
    expect(page.locator(".page-head")).to_contain_text(WORDS[language]["begun"])
    page.click("form[action$='/key/'] button")
    secret = page.locator(".key-once").inner_text()
    everybody = open_page("/about/data/agreements/", view="phone", language=language)
    expect(everybody.locator("main")).to_contain_text(WORDS[language]["purpose"])
    assert_accessible(everybody)
    screenshot(everybody, f"journey-joins-public-{language}")
    return key, secret


def its_source_falls_silent(open_page: OpenPage, county: RunningCounty) -> None:
    """After a day without a row the running county notices by itself and tells the unit."""
    county.python(A_DAY_LATER)
    page = signed_in(open_page, "data_contact", "zh")
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up:
        waiting = page.request.get("/waiting/").json()["waiting"]
        if any(one["key"] == "silent" for one in waiting):
            return
        time.sleep(1)
    raise AssertionError("nobody was told that the source is silent")


def it_ends(
    open_page: OpenPage, county: RunningCounty, key: int, secret: str, language: str,
    screenshot: Screenshot,
) -> None:  # fmt: skip
    county.python(MONTHS_LATER.replace("{key}", str(key)))
    answer = read(county, key, secret)
    assert (answer.status_code, answer.json()["code"]) == (403, "agreement_over")
    page = signed_in(open_page, "data_contact", language)
    page.goto(f"/sharing/{key}/")
    expect(page.locator(".page-head")).to_contain_text(WORDS[language]["over"])
    expect(page.locator(".share-picture .refused")).to_have_count(1)
    assert_accessible(page)
    screenshot(page, f"journey-joins-over-{language}")
    everybody = open_page("/about/data/agreements/", language=language)
    expect(everybody.locator(".share-list")).not_to_contain_text(WORDS[language]["purpose"])


def read(county: RunningCounty, key: int, secret: str) -> Any:
    return httpx.get(
        f"{county.url}/api/agreements/v1/{key}/rows", params={"limit": 20},
        headers={"Authorization": f"Bearer {secret}"}, timeout=30,
    )  # fmt: skip


def signed_in(open_page: OpenPage, who: str, language: str) -> Page:
    page = open_page("/sign-in/", language=language)
    page.click(f"button[value='{who}']")
    page.wait_for_selector(".staff")
    return page
