"""The three maps by keyboard and without a map: the slider, the strip, the lists, the files."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible


def opened(open_page: OpenPage, role: str, query: str = "", **more: str) -> Page:
    page = signed_in(open_page, role, "/start/", **more)
    page.goto(f"/maps/{query}")
    page.wait_for_selector("[data-maps][data-ready]")
    return page


def test_keys_choose_hours_and_move_the_time_of_day(open_page: OpenPage) -> None:
    page = opened(open_page, "commander")
    assert_accessible(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".maps-clock")).to_have_text("每天 00:00–03:00")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".maps-clock")).to_have_text("每天 23:00–02:00")
    page.keyboard.press("0")
    expect(page.locator(".maps-clock")).to_have_text("全天")
    page.locator("[data-hour='0']").focus()
    page.keyboard.press("ArrowDown")
    with page.expect_response(re.compile(r"/maps/told/\?.*hours=1000000")):
        page.keyboard.press("Space")
    expect(page.locator("[data-picked]")).to_have_text("选了 1 个小时")
    expect(page).to_have_url(re.compile("hours=1000000"))
    page.get_by_role("button", name="全部时段").click()
    expect(page).not_to_have_url(re.compile("hours="))


def test_a_choice_asks_anew_and_the_address_says_it(open_page: OpenPage) -> None:
    page = opened(open_page, "analyst", view="phone", language="en")
    assert_accessible(page)
    with page.expect_response(re.compile("/maps/told/")):
        page.get_by_label("Cells").select_option("7")
    expect(page).to_have_url(re.compile("size=7"))
    moving = page.get_by_role("button", name="What is moving")
    expect(moving).to_be_enabled()  # the day's plans; no unit, which only who may replay sees
    expect(page.locator("[data-duty]")).to_have_count(0)
    page.get_by_role("button", name="What is fixed").click()
    expect(page.get_by_role("heading", name="What is fixed")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("button", name="What happened").click()
        page.get_by_role("button", name="CSV").click()
    assert file.value.suggested_filename.endswith(".csv")


@pytest.mark.graphics
def test_units_move_over_cells_at_a_moment(open_page: OpenPage) -> None:
    page = opened(open_page, "commander", view="aside")
    page.wait_for_selector("gz-map[data-ready]", timeout=60_000)
    page.get_by_role("button", name="在动的").click()
    expect(page.locator("[data-duty-words]")).to_have_text(re.compile(r"12:00 \d+ 个单位在岗"))
