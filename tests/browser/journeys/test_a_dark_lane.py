"""Journey 1, a dark lane: told without a line, disputed, decided, mended, objected to, solved, and
walked by patrols for as long as it was dark."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.journeys.test_a_lamp_is_out import come_back, object_to, solved_and_rated, take
from tests.browser.test_resident import answer, at_an_address, choose, code_of, picture, send
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

WORDS = "轮渡上写的：渔港巷的路灯全灭了，晚上看不清台阶。"
FIRST, SECOND = "换了三只灯泡，昨晚去看过。", "查到是线路受潮，整段换了新线，雨后也亮着。"
OBJECTION = "亮了一晚，下雨以后又灭了。"
NEIGHBOURS = 11
MEANWHILE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.config.demo.staff import Staff
from gongzhi.work.participation.actions import join_request, send_on
from gongzhi.work.participation.codes import code_for
from gongzhi.work.patrol.nodes.actions import Told, draw_node
told = Matter.objects.select_related("owner_unit").filter(narrative__words={WORDS!r})
lane = told.latest("pk")
keys = [f"a-neighbour-in-the-dark-lane-{{lane.pk}}-{{n:02d}}" for n in range({NEIGHBOURS})]
for key in keys:
    join_request(Actor.resident(), lane, words="我家也在这条巷子。", idempotency_key=key)
staff = Staff.of_county()
sides = [lane.owner_unit, staff.units["power_company"]]
for n in range(3):
    lane = send_on(staff.clerk_of(sides[n % 2]), lane, sides[(n + 1) % 2], reason="not_ours")
planner = Actor.account(Account.objects.get(username="planner"))
node = draw_node(planner, "hot_spot", lane.point, 0, Told(
    reason="dark", why="巷子没有灯，晚上八点到十二点走一走", name_zh="没有灯的渔港巷",
    until=timezone.localdate() + timedelta(days=20),
))
print(json.dumps({{"code": code_for(keys[0]), "node": node.pk}}))
"""
LIT_AGAIN = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.patrol.nodes.actions import end_node
from gongzhi.work.patrol.nodes.models import Node
planner = Actor.account(Account.objects.get(username="planner"))
end_node(planner, Node.objects.get(pk={node}), "settled")
"""


def test_a_dark_lane(
    open_page: OpenPage, county: RunningCounty, screenshot: Callable[[Page, str], Path]
) -> None:
    resident = told_on_a_ferry(open_page)
    code_of(resident)
    told = json.loads(county.python(MEANWHILE))
    patrol = staff_page(open_page, "planner", "/patrol/nodes/")
    expect(patrol.get_by_text("没有灯的渔港巷").first).to_be_visible()
    decided_by_the_catch_all(open_page, screenshot)
    desk = staff_page(open_page, "partner", f"/requests/?show=all&q={WORDS}")
    desk.click(".inbox-title a")
    take(desk)
    begin(desk)
    answer(desk, FIRST)
    neighbour = come_back(open_page, told["code"], "zh")
    expect(neighbour.get_by_text(FIRST).first).to_be_visible()
    object_to(neighbour, OBJECTION, picture((20, 22, 30)))
    desk.reload()
    happened = desk.locator(".timeline")
    expect(happened).to_contain_text(OBJECTION)
    expect(happened.locator("img").first).to_be_visible()
    screenshot(desk, "journey-lane-objected-zh")
    begin(desk)
    answer(desk, SECOND)
    resident.reload()
    expect(resident.get_by_text(SECOND).first).to_be_visible()
    solved_and_rated(resident)
    assert_accessible(resident)
    screenshot(resident, "journey-lane-solved-zh")
    county.python(LIT_AGAIN.format(**told))
    patrol.reload()
    expect(patrol.locator("h1")).to_be_visible()
    expect(patrol.get_by_text("没有灯的渔港巷")).to_have_count(0)
    assert "entries hold" in county.cli("log", "verify")


def told_on_a_ferry(open_page: OpenPage) -> Page:
    """Written without a line, sent when it is back: the receipt."""
    page = open_page("/report/", view="phone")
    choose(page)
    page.fill("#id_words", WORDS)
    at_an_address(page)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text("网络恢复后自动发送")).to_be_visible()
    page.context.set_offline(False)
    page.click(".toast a")
    return page


def decided_by_the_catch_all(open_page: OpenPage, screenshot: Callable[[Page, str], Path]) -> None:
    """The hotline reads what each says, while its clock runs, and names one."""
    hotline = staff_page(open_page, "hotline_clerk", "/requests/disputes/")
    card = hotline.locator("section.card", has_text=WORDS).first
    expect(card.locator(".joint-sides li")).to_have_count(3)
    expect(card.locator(".clock", has_text="定由谁办")).to_be_visible()
    assert_accessible(hotline)
    screenshot(hotline, "journey-lane-disputed-zh")
    card.locator("select[name=unit]").select_option("city_management")
    card.locator("[type=submit]").click()
    expect(hotline.locator("h1")).to_be_visible()


def staff_page(open_page: OpenPage, role: str, path: str) -> Page:
    page = open_page("/sign-in/")
    page.click(f"button[value={role}]")
    page.wait_for_selector(".staff")
    page.goto(path)
    return page


def begin(desk: Page) -> None:
    desk.click("form[action$='start/'] button")
    desk.wait_for_selector("[commandfor=answer]")
