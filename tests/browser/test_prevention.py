"""Prevention in a browser: a rise is judged and worked on by keyboard, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

PLANT = """
from datetime import date, timedelta
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import as_text, cell_of, cells_around
from gongzhi.work.prevention.problems.actions import keep_look
from gongzhi.work.prevention.problems.looking import Seen, harms
from gongzhi.work.prevention.problems.models import Look, Rise
last = now().date() - timedelta(days=1)
place = Matter.objects.filter(h9__isnull=False, county=None).first().point
cells = tuple(as_text(one) for one in cells_around(cell_of(place, 8)))
about = harms()[Rise.objects.count() % len(harms())]  # one that is not worked on here yet
seen = Seen(about, cells, last - timedelta(days=11), last, 9, 2.1, 1e-6)
day = date(2020, 1, 1) + timedelta(days=Look.objects.count())
keep_look(Actor.system("t"), day, [seen], categories=17, allowed=1e-4)
print(Rise.objects.latest("pk").pk)
"""


@pytest.mark.parametrize(("view", "language", "said"), [
    ("desktop", "zh", "平常约 2 起"), ("phone", "en", "usually about 2"),
])  # fmt: skip
def test_a_rise_is_judged_by_keyboard_and_worked_on(
    county: RunningCounty, open_page: OpenPage, view: str, language: str, said: str
) -> None:
    planted = county.python(PLANT).strip()
    page = signed_in(open_page, "analyst", "/problems/", view=view, language=language)
    rise = page.locator(f".problem-rise[aria-labelledby=rise-{planted}]")
    rise.wait_for()
    assert said in rise.inner_text()
    assert_accessible(page)
    rise.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("老街夜里砸车窗")
    rise.locator("select[name=unit]").select_option(index=1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/problems/\d+/$"))
    for _stage in range(2):
        page.locator("textarea[name=words]").fill("夜里一点到三点，路灯照不到的一段。")
        with page.expect_navigation():
            page.locator("button[name=then][value=advance]").click()
    assert page.locator(".step[aria-current=step]").count() == 1
    page.locator("#problem-interventions ~ details summary").click()
    page.locator("input[name=code][value=lighting]").check()
    page.locator("#problem-interventions ~ details select[name=unit]").select_option(index=1)
    page.locator("input[name=since]").fill("2026-01-01")
    page.locator("#problem-interventions ~ details [type=submit]").click()
    page.wait_for_selector(".problem-interventions li")
    assert_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (page.viewport_size or {"width": 0})["width"]
