"""The planner's grid: a shift goes to another cell by mouse, by keyboard, by two taps; and the
hours, which say where the numbers come from."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

FIND = """
import json
from gongzhi.work.workforce.rosters.models import Roster
print(json.dumps(Roster.objects.latest("month").pk))
"""


@pytest.fixture
def grid(county: RunningCounty) -> str:
    """The address of the station's next month."""
    return f"/rosters/{json.loads(county.python(FIND))}/"


def pair(page: Page) -> tuple[Locator, Locator]:
    """A shift of the first person in sight, and a free day of the second, in the first days."""
    shift = page.locator(".ros-grid tbody tr:nth-child(5) a[data-shift]").first
    free = page.locator(".ros-grid tbody tr:nth-child(6) a[data-cell]:not([data-shift])").first
    return shift, free


def named(cell: Locator) -> str:
    return str(cell.get_attribute("data-cell"))


def expect_moved(page: Page, was: tuple[str, str], code: str) -> None:
    """The shift is where it was put, that cell has the focus, and the page stayed."""
    there = page.locator(f"[data-cell='{was[1]}']")
    expect(there).to_have_attribute("data-shift", code)
    left = page.locator(f"[data-cell='{was[0]}']")
    expect(left).not_to_have_attribute("data-shift", re.compile("."))
    expect(there).to_be_focused()
    expect(page).to_have_url(re.compile(r"/rosters/\d+/$"))


def test_by_mouse(open_page: OpenPage, grid: str) -> None:
    page = signed_in(open_page, "unit_leader", grid, view="desktop", language="zh")
    assert_accessible(page)
    shift, free = pair(page)
    was, code = (named(shift), named(free)), str(shift.get_attribute("data-shift"))
    for locator in (shift, free):
        locator.scroll_into_view_if_needed()
    start, end = shift.bounding_box(), free.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 8, steps=6)
    expect(free).to_have_attribute("data-over", "")
    expect(page.locator(".ros-ghost")).to_be_visible()
    page.mouse.up()
    expect_moved(page, was, code)
    expect(page.get_by_text("换好了")).to_be_visible()
    page.keyboard.press("Enter")  # a press without a drag opens the cell, as a link does
    expect(page.locator("#cell")).to_be_visible()


def test_by_keyboard(open_page: OpenPage, grid: str) -> None:
    page = signed_in(open_page, "unit_leader", grid, view="desktop", language="en")
    shift, _free = pair(page)
    code, was = str(shift.get_attribute("data-shift")), named(shift)
    shift.focus()
    page.keyboard.press("Space")
    said = page.locator("[data-roster-said]")
    expect(said).to_contain_text("Picked up")
    page.keyboard.press("Escape")
    expect(said).to_contain_text("Nothing moved")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    target = page.evaluate("document.activeElement.dataset.cell")
    assert target.split(".")[1] == was.split(".")[1]
    there = page.locator(f"[data-cell='{target}']").get_attribute("data-shift")
    page.keyboard.press("Space")
    expect(page.locator(f"[data-cell='{target}']")).to_have_attribute("data-shift", code)
    if there:  # what was there came back in exchange
        expect(page.locator(f"[data-cell='{was}']")).to_have_attribute("data-shift", there)
    expect(page.locator(f"[data-cell='{target}']")).to_be_focused()


def test_by_two_taps_on_a_phone(open_page: OpenPage, grid: str) -> None:
    page = signed_in(open_page, "unit_leader", grid, view="phone", language="zh")
    page.get_by_role("button", name="点着换").tap()
    shift, free = pair(page)
    was, code = (named(shift), named(free)), str(shift.get_attribute("data-shift"))
    shift.tap()
    expect(page.locator("[data-roster-said]")).to_contain_text("拿起了")
    free.tap()
    expect_moved(page, was, code)
    expect(page.get_by_role("button", name="点着换")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="点着换").tap()
    page.locator(f"[data-cell='{was[1]}']").tap()  # and now a tap opens again
    expect(page.locator("#cell")).to_be_visible()
    assert_accessible(page)
