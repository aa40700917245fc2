"""The crew's phone: sent, set off, there, done; also where the network is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import open_waiting, signed_in, take_call
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
SLOW_LINE = """() => {
  const quick = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await quick(...asked);
    if (!String(asked[0]).includes("/crew/now/")) return answer;
    await new Promise((later) => setTimeout(later, 2000));
    setTimeout(() => document.body.setAttribute("data-answered", ""), 200);
    return answer;
  };
}"""
"""What is new on the page comes two seconds late."""


def crew(open_page: OpenPage, language: str = "zh") -> Page:
    """The officer's phone, on duty with a unit that is free."""
    page = signed_in(open_page, "officer", "/crew/", view="phone", language=language)
    page.wait_for_selector(".live[data-state=on]")
    if page.locator(".crew-units").count():
        page.locator(".crew-unit:has(.badge[data-tone=good])").first.click()
    page.wait_for_selector(".crew-head")
    if page.locator(".crew-task").count():  # another test's dispatcher has sent it meanwhile
        if page.locator("[data-send=arrive]").count():
            page.locator("[data-send=arrive] button").click()
        finish(page)
        expect(page.locator(".crew-task")).to_have_count(0)
        page.goto("/crew/")  # the page of a new state loads anew by itself; not under our look
        page.wait_for_selector(".crew-head")
    return page


def send(open_page: OpenPage, phone: Page) -> None:
    """A dispatcher sends this phone's unit to a new incident."""
    take_call(open_page)
    unit = phone.locator("#crew").get_attribute("data-unit")
    desk = signed_in(open_page, "dispatcher", "/console/")
    desk.wait_for_selector(".live[data-state=on]")
    open_waiting(desk)
    desk.locator(f"#unit-{unit} button[form=assign]").click()
    desk.wait_for_selector("#detail .assigned li")


def finish(phone: Page) -> None:
    """Say how it ended."""
    phone.locator("[data-clear] summary").click()
    phone.locator("label[for=out-mediated]").click()
    phone.fill("#crew-words", "双方和解")
    phone.locator("[data-send=clear] button[data-kind=primary]").click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_standing_by_to_the_outcome(
    open_page: OpenPage, screenshot: Screenshot, language: str
) -> None:
    phone = crew(open_page, language)
    assert_accessible(phone)
    screenshot(phone, f"crew-free-{language}")
    send(open_page, phone)
    phone.wait_for_selector(".crew-task")
    assert_accessible(phone)
    screenshot(phone, f"crew-sent-{language}")
    phone.locator("[data-send=set_off] button").click()
    expect(phone.locator("[data-send=set_off]")).to_have_count(0)
    phone.locator("[data-send=arrive] button").click()
    phone.wait_for_selector("[data-clear]:not([hidden])")
    expect(phone.locator("[data-send=arrive]")).to_have_count(0)
    phone.locator("[data-clear] summary").click()
    assert_accessible(phone)
    screenshot(phone, f"crew-scene-{language}")
    phone.locator("[data-clear] summary").click()
    finish(phone)
    expect(phone.locator(".crew-done li")).not_to_have_count(0)
    expect(phone.locator(".crew-task")).to_have_count(0)


def test_without_a_network_nothing_is_lost(open_page: OpenPage) -> None:
    phone = crew(open_page)
    send(open_page, phone)
    phone.wait_for_selector(".crew-task")
    phone.context.set_offline(True)
    phone.locator("[data-send=set_off] button").click()
    expect(phone.locator("#crew-wait")).to_contain_text("已记在这台手机上")
    phone.locator("[data-send=arrive] button").click()
    finish(phone)
    expect(phone.locator("[data-clear]")).to_be_hidden()
    phone.context.set_offline(False)
    expect(phone.locator(".crew-task")).to_have_count(0, timeout=15_000)
    expect(phone.locator("#crew-wait")).to_be_hidden()


def test_what_could_not_be_asked_for_is_shown_once_the_line_is_back(open_page: OpenPage) -> None:
    """The phone hears of the task, and loses the line before it can ask which it is."""
    phone = crew(open_page)
    phone.route("**/crew/now/", lambda route: route.abort("internetdisconnected"))
    asked = "requestfailed", lambda request: "/crew/now/" in request.url
    with phone.expect_event(*asked, timeout=60_000):  # a call, a desk and a unit until then
        send(open_page, phone)
    expect(phone.locator(".crew-task")).to_have_count(0)
    phone.unroute("**/crew/now/")
    phone.context.set_offline(True)
    phone.context.set_offline(False)
    phone.wait_for_selector(".crew-task")


def test_an_answer_that_comes_late_takes_nothing_from_under_the_hands(open_page: OpenPage) -> None:
    """What the phone asked for comes when the outcome is chosen already: the choice stands."""
    phone = crew(open_page)
    send(open_page, phone)
    phone.wait_for_selector(".crew-task")
    phone.evaluate(SLOW_LINE)
    with phone.expect_request("**/crew/now/"):
        phone.locator("[data-send=arrive] button").click()
    phone.locator("[data-clear] summary").click()
    phone.locator("label[for=out-mediated]").click()
    phone.fill("#crew-words", "双方和解")
    phone.wait_for_selector("body[data-answered]")
    expect(phone.locator("#out-mediated")).to_be_checked()
    expect(phone.locator("#crew-words")).to_have_value("双方和解")
    phone.locator("[data-send=clear] button[data-kind=primary]").click()
    expect(phone.locator(".crew-task")).to_have_count(0)
