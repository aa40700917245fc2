"""Journey 12: a resident sees who read their data and why, asks for a correction, then deletion;
the matter stays, the person is gone, the log verifies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.journeys.test_a_lamp_is_out import open_request, solved_and_rated, take
from tests.browser.test_console import signed_in
from tests.browser.test_resident import answer, at_an_address, choose, code_of, send
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

Screenshot = Callable[[Page, str], Path]
NAME, PHONE, NEW_PHONE = "海听潮", "13900007788", "13900001234"
WORDS = {
    "zh": "滨海新村北门第二盏灯不亮，请打我电话。",
    "en": "The second lamp at the north gate is out; please call me.",
}
SAID = {"zh": "已经照您说的办好了。", "en": "It is done as you asked."}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_resident_sees_who_looked_has_it_corrected_and_then_deleted(
    open_page: OpenPage, county: RunningCounty, screenshot: Screenshot, language: str
) -> None:
    resident = open_page("/report/", view="phone", language=language)
    code = reported(resident, language)
    desk = open_request(open_page, WORDS[language], language)
    take(desk)
    number = desk.locator("header .number").first.inner_text()
    look(desk)

    phone = opened(open_page, code, language)
    assert_accessible(phone)
    expect(phone.locator("[data-code=phone]")).to_have_count(0)
    prove(phone, PHONE[-4:])
    expect(phone.locator("[data-code=phone]")).to_have_text(PHONE)
    assert_accessible(phone)
    screenshot(phone, f"journey-own-data-{language}")
    phone.goto("/my-data/looks/")
    expect(phone.locator("#looks li")).to_have_count(1)
    assert_accessible(phone)
    screenshot(phone, f"journey-who-looked-{language}")
    with phone.expect_download() as copy:
        phone.goto("/my-data/")
        phone.locator("form[action$='/copy/'] [type=submit]").click()
    assert copy.value.suggested_filename == f"{number}.zip"

    ask(phone, "correct", new_phone=NEW_PHONE)
    screenshot(phone, f"journey-own-data-asked-{language}")
    steward = signed_in(open_page, "data_steward", "/personal/", language=language)
    grant(steward, phone, screenshot, language)
    phone.reload()
    expect(phone.locator("dd", has_text=SAID[language])).to_be_visible()
    phone.goto("/my-data/")
    expect(phone.locator("[data-code=phone]")).to_have_text(NEW_PHONE)

    desk.reload()
    desk.click("form[action$='start/'] button")
    answer(desk, SAID[language])
    resident.goto("/follow/matter/")
    solved_and_rated(resident)
    phone = opened(open_page, code, language)
    prove(phone, NEW_PHONE[-4:])
    ask(phone, "delete")
    steward.goto("/personal/")
    grant(steward, phone, screenshot, language)
    phone = opened(open_page, code, language)
    for gone in (WORDS[language], NAME, PHONE, NEW_PHONE):
        expect(phone.locator("main")).not_to_contain_text(gone)
    expect(phone.locator("main")).to_contain_text(number)
    desk.reload()
    expect(desk.locator("main")).not_to_contain_text(WORDS[language])
    assert "entries hold" in county.cli("log", "verify")


def reported(page: Page, language: str) -> str:
    """A lamp that is out, by somebody who leaves a name and a number; its code."""
    choose(page)
    page.fill("#id_words", WORDS[language])
    at_an_address(page)
    page.locator(".report-contact summary").click()
    page.fill("#id_name", NAME)
    page.fill("#id_phone", PHONE)
    send(page)
    return code_of(page)


def look(desk: Page) -> None:
    """The clerk has to reach whoever reported it, and says so."""
    here = desk.url
    desk.locator("a[href$='/contact/']").first.click()
    desk.locator(".contact select").select_option("handle")
    desk.locator(".contact button[type=submit]").click()
    expect(desk.locator(".contact dd").first).to_be_visible()
    desk.goto(here)


def opened(open_page: OpenPage, code: str, language: str) -> Page:
    """What is held under the code, on another phone, from the foot of the front page."""
    page = open_page("/", view="phone", language=language)
    page.locator("footer a[href='/my-data/']").click()
    page.fill("[name=code]", code)
    page.click("main [type=submit]")
    page.wait_for_selector("form[action$='/copy/']")
    return page


def prove(page: Page, ends: str) -> None:
    page.fill("[name=ends]", ends)
    page.locator("form:has([name=ends]) [type=submit]").click()
    expect(page.locator("[name=ends]")).to_have_count(0)


def ask(page: Page, asks: str, **new: str) -> None:
    page.goto(f"/my-data/ask/?asks={asks}")
    expect(page.locator(f"[name=asks][value={asks}]")).to_be_checked()
    for name, text in new.items():
        page.fill(f"[name={name}]", text)
    assert_accessible(page)
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/follow/matter/")
    expect(page.locator("#code")).to_be_visible()


def grant(steward: Page, phone: Page, screenshot: Screenshot, language: str) -> None:
    """The steward finds the request on the list, takes it up and does as it asks."""
    number = phone.locator(".follow-head .number").inner_text()
    assert_accessible(steward)
    steward.locator(".inbox-row", has_text=number).locator("a").click()
    steward.locator("#take-taken_up [type=submit]").click()
    expect(steward.locator("#take-taken_up")).to_have_count(0)
    steward.locator("[form=take-granted][name=identity]").select_option("number")
    steward.locator("[form=take-granted][name=answer]").fill(SAID[language])
    assert_accessible(steward)
    screenshot(steward, f"journey-own-data-desk-{language}")
    steward.locator("#take-granted [type=submit]").click()
    expect(steward.locator("#take-granted")).to_have_count(0)
