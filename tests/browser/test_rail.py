"""The rail of somebody with many places: all within two presses, by thumb and by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty


def test_a_phone_shows_four_places_and_all_of_them_on_request(
    county: RunningCounty, open_page: OpenPage
) -> None:
    page = signed_in(open_page, "commander", "/appraisal/", view="phone")
    places = page.locator(".rail li:visible")
    assert places.count() == 3  # and the team's, where one is, as the fourth
    expect(page.locator(".rail-fold summary:visible")).to_have_text("队伍")
    page.locator(".rail-all summary").click()
    page.locator(".rail-fold summary", has_text="队伍").click()
    assert places.count() > 15
    assert_accessible(page)
    page.locator(".rail").get_by_role("link", name="我的班").click()
    page.wait_for_url("**/shifts/")
    page.locator(".rail-fold summary:visible").click()
    expect(page.locator(".rail [aria-current]")).to_have_text("我的班")
    assert_accessible(page)


def test_what_is_folded_opens_and_closes_by_keyboard(
    county: RunningCounty, open_page: OpenPage
) -> None:
    page = signed_in(open_page, "commander", "/appraisal/", language="en")
    fold = page.locator(".rail-fold", has_text="Team")
    shifts = fold.get_by_role("link", name="My shifts")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(shifts).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(shifts).to_be_hidden()
    expect(fold.locator("summary")).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("t")  # the three maps, folded away
    page.wait_for_url("**/maps/**")
