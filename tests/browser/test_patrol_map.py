"""A commander moves stops on the map of a plan, by mouse and by finger; nothing needs either."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

pytestmark = pytest.mark.graphics
OWN_COUNTY = True  # crews that others left without an answer ring above the map and move it

PLANT = """
import json
from datetime import timedelta
from django.utils import timezone
from gongzhi.base.log.actions import now
from gongzhi.base.places.coordinates import metres_between
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.selectors.shifts import posts_of, shift_called
shift = shift_called(timezone.localdate() + timedelta(days=1))
Plan.objects.filter(begins_at=shift.begins).delete()
plan = Plan.objects.create(begins_at=shift.begins, ends_at=shift.ends, made_at=now())
units = list(ResponseUnit.objects.filter(kind="car", code__startswith="lancheng").order_by("code"))
post = posts_of(units)[units[0].pk]
crews = [
    PlanUnit.objects.create(
        plan=plan, unit=unit, begins_at=plan.begins_at, ends_at=plan.ends_at, post_lat=post.lat,
        post_lon=post.lon,
    )
    for unit in units[:2]
]
far, sorts = [], ("market", "school_gate", "hospital")
places = Node.objects.filter(town="lancheng", sort__in=sorts)
for node in places.order_by("pk"):
    if all(metres_between(node.point, one.point) > 500 for one in far):
        far.append(node)
late = timedelta(hours=2)
told = {}
for name, node, crew, hours, place, pinned in (
    ("moved", far[0], 0, 8, 0, False), ("other", far[1], 1, 8, 0, False),
    ("short", far[2], 0, 0, 1, False), ("pinned", far[3], 1, 0, 1, True),
):
    opens = plan.begins_at if hours else plan.begins_at + timedelta(hours=6)
    closes = opens + (timedelta(hours=hours) if hours else timedelta(minutes=12))
    stop = Stop.objects.create(
        plan=plan, node=node, crew=crews[crew], opens_at=opens, closes_at=closes, minutes=12,
        place=place, arrives_at=opens + (late if hours else timedelta()), pinned=pinned,
        leaves_at=opens + (late if hours else timedelta()) + timedelta(minutes=12),
    )
    told[name] = {"pk": stop.pk, "name": node.name_zh}
code = f"{timezone.localtime(shift.begins):%H%M}-{timezone.localtime(shift.ends):%H%M}"
print(json.dumps({
    "address": f"/patrol/?day={shift.day}&shift={code}&see=proposal", "stops": told,
    "crews": [[one.pk, one.unit.name_zh] for one in crews],
}))
"""
WHERE = """([stop]) => {
  const host = document.querySelector("gz-map"), box = host.getBoundingClientRect();
  const points = host.map.querySourceFeatures("patrol").filter((one) => "number" in one.properties);
  const one = points.find(({ properties }) => properties.stop === stop);
  const at = host.map.project(one.geometry.coordinates);
  return [box.x + at.x, box.y + at.y];
}"""
DRAWN = """() => {
  const { map } = document.querySelector("gz-map");
  if (!map?.getLayer("patrol-point") || map.isMoving()) return false;
  return map.queryRenderedFeatures({ layers: ["patrol-point"] }).length > 3;
}"""


def planted(county: RunningCounty) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(county.python(PLANT))
    return found


def crew_of(county: RunningCounty, stop: int) -> tuple[int, int]:
    """The unit in the plan, and the place in its order."""
    asked = f"print(list(Stop.objects.filter(pk={stop}).values_list('crew', 'place'))[0])"
    said = county.python(f"from gongzhi.work.patrol.plans.models import Stop\n{asked}")
    crew, place = said.strip().strip("()").split(",")
    return int(crew), int(place)


def opened(open_page: OpenPage, address: str, view: str) -> Page:
    page = signed_in(open_page, "commander", address, view=view)
    page.wait_for_selector(".patrol-told")
    page.locator("gz-map").scroll_into_view_if_needed()
    page.wait_for_function(DRAWN)
    return page


def place_of(page: Page, stop: int) -> tuple[float, float]:
    x, y = page.evaluate(WHERE, [stop])
    return x, y


def lift(page: Page, stop: int) -> None:
    """Press and pull, until it is lifted: an alarm that comes in above moves the map down."""
    for _ in range(12):
        page.wait_for_function(DRAWN)
        x, y = place_of(page, stop)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 9, y + 9, steps=2)
        if page.locator("gz-map[data-dragging]").count():
            return
        page.mouse.up()
    raise AssertionError("it can't be lifted")


def test_a_stop_is_dragged_to_another_unit_and_the_map_says_what_that_costs(
    county: RunningCounty, open_page: OpenPage
) -> None:
    told = planted(county)
    moved, other = told["stops"]["moved"], told["stops"]["other"]
    taker, name = told["crews"][1]
    page = opened(open_page, told["address"], "desktop")
    lift(page, moved["pk"])
    page.mouse.move(*place_of(page, other["pk"]), steps=8)
    words = page.locator(".patrol-told-words")
    expect(words).to_contain_text(moved["name"])
    expect(words).to_contain_text(name)
    expect(words).to_contain_text("分钟")
    page.mouse.up()
    listed = page.locator(f"[data-unit-stops='{taker}'] [data-stop='{moved['pk']}']")
    expect(listed).to_be_attached()
    assert crew_of(county, moved["pk"]) == (taker, 0), "before the stop on which it was dropped"
    assert crew_of(county, other["pk"]) == (taker, 1)
    assert_accessible(page)


def test_what_can_t_be_is_said_and_the_stop_goes_back(
    county: RunningCounty, open_page: OpenPage
) -> None:
    told = planted(county)
    short, pinned = told["stops"]["short"], told["stops"]["pinned"]
    page = opened(open_page, told["address"], "desktop")
    lift(page, short["pk"])
    page.mouse.move(*place_of(page, pinned["pk"]), steps=8)
    page.mouse.up()
    expect(page.locator(".patrol-told[data-bad]")).to_contain_text("放回原处")
    assert crew_of(county, short["pk"])[0] == told["crews"][0][0]
    lift(page, short["pk"])
    page.keyboard.press("Escape")
    page.mouse.up()
    assert crew_of(county, short["pk"])[0] == told["crews"][0][0]


def test_a_finger_drags_a_stop_and_a_tap_pins_it_or_takes_it_out(
    county: RunningCounty, open_page: OpenPage
) -> None:
    told = planted(county)
    moved, other = told["stops"]["moved"], told["stops"]["other"]
    taker, name = told["crews"][1]
    page = opened(open_page, told["address"], "phone")
    # what is told of other places lies over a phone's map for some seconds
    page.evaluate("document.getElementById('toasts').hidden = true")
    line = page.context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = place_of(page, other["pk"])
    (x, y), (to_x, to_y) = place_of(page, moved["pk"]), before
    touch("touchStart", x, y)
    for n in range(1, 9):
        touch("touchMove", x + (to_x - x) * n / 8, y + (to_y - y) * n / 8)
    expect(page.locator(".patrol-told-words")).to_contain_text(name)
    touch("touchEnd")
    listed = page.locator(f"[data-unit-stops='{taker}'] [data-stop='{moved['pk']}']")
    expect(listed).to_be_attached()
    assert crew_of(county, moved["pk"]) == (taker, 0)
    assert place_of(page, other["pk"]) == before, "the map stood still under the finger"
    page.touchscreen.tap(*place_of(page, other["pk"]))
    page.get_by_role("button", name="这次不去").click()
    expect(page.locator(".patrol-told-words")).to_contain_text("不去")
    expect(page.locator(f"#plan-lines [data-stop='{other['pk']}']")).to_have_count(0)
