"""Two things in one visit: booked on a phone from the guide, in the calendar, served at the counter
while the hall's screen says so; in both languages, and without a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.booking import FOR_NOW, STATION, book_with_a_card
from tests.browser.conftest import LANGUAGES, OpenPage
from tests.browser.phones import sign_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

OWN_COUNTY = True
Screenshot = Callable[[Page, str], Path]


def booked(page: Page, look: Callable[[Page], None]) -> None:
    """From the guide to the booking's own page."""
    page.locator("main a[href*='/appointments/times/']").click()
    look(page)
    page.locator(".visits-more a").click()
    book_with_a_card(page, look)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_things_in_one_visit(
    open_page: OpenPage, county: RunningCounty, screenshot: Screenshot, language: str
) -> None:
    page = open_page("/services/residence_permit/", view="phone", language=language)
    booked(page, assert_accessible)
    screenshot(page, f"booking-mine-{language}")
    code = page.locator("#code").inner_text()
    file = page.request.get("/appointments/mine/visit.ics")
    [entry] = Calendar.from_ical(file.body()).walk("VEVENT")
    assert (entry.decoded("dtend") - entry.decoded("dtstart")).seconds == 30 * 60

    counter = county.python(FOR_NOW).strip()
    desk = open_page(view="desktop", language=language)
    sign_in(desk, "counter_clerk", f"/counters/?counter={counter}")
    hall = open_page(f"/hall/{STATION}/", view="desktop", language=language)
    desk.fill("main [name=code]", code)
    desk.locator("form:has([name=code]) [type=submit]").click()
    expect(desk.locator(".toast").first).to_be_visible()
    assert_accessible(desk)
    page.reload()
    number = page.locator(".receipt .number").first.inner_text()
    expect(hall.locator(".hall-waiting")).to_contain_text(number)
    desk.locator("#call-next").click()
    expect(desk.locator(".counters-number")).to_have_text(number)
    screenshot(desk, f"counter-desk-{language}")
    expect(hall.locator(".hall-called li[data-last]")).to_contain_text(number)
    assert_accessible(hall)
    screenshot(hall, f"hall-{language}")
    desk.locator("form[action$='/served/'] [type=submit]").click()
    expect(desk.locator(".counters-number")).to_have_count(0)


def test_all_of_it_works_without_a_script(open_page: OpenPage, county_url: str) -> None:
    browser = open_page().context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=county_url, java_script_enabled=False, locale=LANGUAGES["zh"],
        viewport={"width": 390, "height": 844},
    )  # fmt: skip
    page = context.new_page()
    page.goto("/services/residence_permit/")
    booked(page, lambda _page: None)
    page.locator("a[href$='/mine/move/']").click()
    page.locator(".visits-times button").last.click()
    page.wait_for_url("**/appointments/mine/")
    page.locator("details:has(form[action$='/cancel/']) summary").click()
    page.locator("form[action$='/cancel/'] [type=submit]").click()
    expect(page.locator(".visits-head .badge")).to_have_text("取消了")
    page.goto(f"/hall/{STATION}/")
    assert page.locator("noscript meta[http-equiv=refresh]").count() or "refresh" in page.content()
    context.close()
