"""Patrols in a browser: planned and published at the desk, walked by phone, without a line, too."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.phones import on_duty
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

PLANT = """
import json
from datetime import timedelta
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.dispatch.actions import recall_unit
from gongzhi.work.dispatch.models import ACTIVE, ResponseUnit
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
unit = ResponseUnit.objects.get(pk=%s)
Plan.objects.filter(units__unit=unit).update(state="withdrawn")  # of a test before
for on in unit.assignments.filter(ACTIVE).select_related("matter"):
    recall_unit(Actor.system("t"), on.matter, unit)
commander = Account.objects.get(username="commander")
at = now()
plan = Plan.objects.create(
    begins_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=5), state="published",
    made_at=at, published_at=at, published_by=commander,
)
crew = PlanUnit.objects.create(
    plan=plan, unit=unit, begins_at=plan.begins_at, ends_at=plan.ends_at, post_lat=28.87,
    post_lon=123.96,
)
names = []
for n, node in enumerate(Node.objects.filter(sort="pier").order_by("pk")[:3]):
    Stop.objects.create(
        plan=plan, node=node, opens_at=plan.begins_at, closes_at=plan.ends_at, minutes=12,
        crew=crew, place=n, arrives_at=at + timedelta(minutes=10 + 40 * n),
        leaves_at=at + timedelta(minutes=22 + 40 * n),
    )
    names.append(node.name_zh)
print(json.dumps({"plan": plan.pk, "names": names}))
"""
STATES = """
import json
from gongzhi.work.patrol.plans.models import Stop
print(json.dumps([one.state for one in Stop.objects.filter(plan=%s).order_by("place")]))
"""


@pytest.mark.parametrize(("view", "language"), [("desktop", "zh"), ("phone", "en")])
def test_a_plan_is_made_changed_by_keyboard_and_published(
    county: RunningCounty, open_page: OpenPage, view: str, language: str
) -> None:
    page = signed_in(open_page, "commander", "/patrol/", view=view, language=language)
    assert_accessible(page)
    page.locator(".patrol-make select").first.select_option("2")
    with page.expect_navigation():
        page.locator(".patrol-make button").first.click()
    page.wait_for_url(re.compile("see=proposal"))
    if view == "desktop":
        dragged_in_the_list(page)
    line = page.locator(".patrol-line", has=page.locator("[data-stop]")).first
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    assert line.locator("[data-stop]").first.is_visible()
    assert_accessible(page)
    line.locator("[data-stop][data-tone=planned] a").last.click()
    page.wait_for_selector("#stop-choices")
    assert_accessible(page)
    page.locator("button[name=then][value=out]").click()
    page.wait_for_url(re.compile("see=proposal"))
    page.locator(".patrol-deeds details summary").first.click()
    page.locator("input[name=why]").first.fill("夜里注意后巷")
    with page.expect_navigation():
        page.locator(".patrol-deeds form[action$='publish/'] button").click()
    assert "夜里注意后巷" in page.locator(".patrol-state").inner_text()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (page.viewport_size or {"width": 0})["width"]


def dragged_in_the_list(page: Page) -> None:
    """A stop is dropped on another unit's line: the page stays, and says what came of it."""
    page.evaluate("document.querySelectorAll('.toast').forEach((one) => one.remove())")
    page.evaluate("document.body.dataset.same = 'page'")
    lines = page.locator("details.patrol-line:has([data-stop][draggable])")
    lines.first.locator("summary").click()
    stop = lines.first.locator("[data-stop][draggable]").first
    key, unit = stop.get_attribute("data-stop"), lines.nth(1).get_attribute("data-unit")
    stop.drag_to(lines.nth(1).locator("summary"))
    said = page.locator("#toasts .toast").last
    expect(said).to_be_visible()
    if said.get_attribute("data-tone") == "good":  # else it can't make it, and says so
        there = page.locator(f"[data-unit-stops='{unit}'] [data-stop='{key}']")
        expect(there).to_have_count(1)
    assert page.evaluate("document.body.dataset.same") == "page"
    for opened in page.locator("details.patrol-line[open] > summary").all():
        opened.click()


def test_a_crew_walks_its_stops_and_loses_nothing_without_a_line(
    county: RunningCounty, open_page: OpenPage
) -> None:
    page = on_duty(open_page)
    unit = page.locator("#crew").get_attribute("data-unit")
    planted = json.loads(county.python(PLANT % unit))
    page.goto("/crew/")
    page.wait_for_selector(f"text={planted['names'][0]}")
    assert_accessible(page)
    page.locator("[data-send=patrol_there] button").first.click()
    page.wait_for_selector("[data-state=there]")
    page.context.set_offline(True)
    page.locator("[data-send=patrol_left] button").click()
    page.wait_for_selector("[data-told=left]")
    page.locator("[data-state=next] [data-send=patrol_there] button").click()
    page.wait_for_selector("[data-told=there]")
    assert json.loads(county.python(STATES % planted["plan"])) == ["there", "planned", "planned"]
    page.context.set_offline(False)
    page.wait_for_selector(f"[data-state=there] b:has-text('{planted['names'][1]}')")
    assert json.loads(county.python(STATES % planted["plan"])) == ["done", "there", "planned"]
    assert_accessible(page)
