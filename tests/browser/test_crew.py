"""The crew's phone: sent, set off, there, done; also where the network is not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.phones import finish, on_duty
from tests.browser.test_console import open_waiting, signed_in, take_call
from tests.browser.waiting import quiet, until
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
LINE_BACK = "document.dispatchEvent(new CustomEvent('gz:live-state', {detail: {state: 'on'}}))"
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

LINE_COMES_AND_GOES = "() => { setInterval(() => dispatchEvent(new Event('online')), 500); }"

KEPT_ON_THE_WAY = """async (number) => {
  const kept = await caches.match("/crew/", { ignoreVary: true });
  const page = new DOMParser().parseFromString((await kept?.text()) ?? "", "text/html");
  const shows = page.querySelector(".crew-task .number")?.textContent.trim() === number;
  return shows && !page.querySelector("[data-send=set_off]");
}"""
"""The worker has kept the page as it is now."""


def send(open_page: OpenPage, phone: Page) -> None:
    """A dispatcher sends this phone's unit to a new incident."""
    take_call(open_page)
    unit = phone.locator("#crew").get_attribute("data-unit")
    desk = signed_in(open_page, "dispatcher", "/console/")
    desk.wait_for_selector(".live[data-state=on]")
    open_waiting(desk)
    desk.locator(f"#unit-{unit} button[form=assign]").click()
    desk.wait_for_selector("#detail .assigned li")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_standing_by_to_the_outcome(
    open_page: OpenPage, screenshot: Screenshot, language: str
) -> None:
    phone = on_duty(open_page, language)
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


def picture(number: int) -> dict[str, Any]:
    """A photo of the scene, another each time."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (number * 19 % 256, 90, 130)).save(out, "JPEG")
    return {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def note(phone: Page, words: str) -> None:
    phone.fill("#crew-note", words)
    phone.locator(".crew-note button").click()
    expect(phone.locator("#crew-note")).to_have_value("")


def waits(phone: Page, number: int) -> None:
    """So many reports wait on the phone."""
    expect(phone.locator("#crew-wait")).to_contain_text(str(number))


class Losing:
    """A line that loses every third answer: the server has the report, the phone doesn't know."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def __call__(self, route: Route) -> None:
        body = (route.request.post_data_buffer or b"").decode("latin-1")
        self.keys += re.findall(r'name="key"\r\n\r\n([\w-]+)', body)
        if len(self.keys) % 3:
            route.continue_()
        else:
            route.fetch()
            route.abort("connectionreset")


def test_an_hour_without_a_network_loses_none_and_doubles_none(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    """Thirty reports and a closed tab without a line; then a line that loses every third answer."""
    phone = on_duty(open_page)
    send(open_page, phone)
    phone.wait_for_selector(".crew-task")
    number = phone.locator(".crew-task .number").inner_text()
    phone.locator("[data-send=set_off] button").click()
    expect(phone.locator("[data-send=set_off]")).to_have_count(0)
    until(phone, KEPT_ON_THE_WAY, number)
    phone.context.set_offline(True)
    phone.locator("[data-send=arrive] button").click()
    expect(phone.locator("[data-at-scene]")).to_be_visible()
    for count in range(1, 15):
        note(phone, f"断网记录 {count} 号")
    waits(phone, 15)
    screenshot(phone, "crew-offline-zh")
    phone.close()
    phone = phone.context.new_page()
    phone.goto("/crew/")  # from the phone alone
    expect(phone.locator(".crew-task .number")).to_have_text(number)
    expect(phone.locator("[data-send=arrive]")).to_be_hidden()
    waits(phone, 15)
    for count in range(1, 15):
        phone.locator(".crew-photo input[type=file]").set_input_files([picture(count)])
        waits(phone, 15 + count)
    finish(phone)
    expect(phone.locator("[data-at-scene]")).to_be_hidden()
    waits(phone, 30)
    losing = Losing()
    phone.context.route("**/crew/report/", losing)
    phone.context.set_offline(False)
    phone.evaluate(LINE_COMES_AND_GOES)  # each try ends where an answer is lost
    expect(phone.locator("#crew-wait")).to_be_hidden(timeout=60_000)
    expect(phone.locator(".crew-task")).to_have_count(0)
    assert len(set(losing.keys)) == 30
    assert len(losing.keys) > 30  # some were sent twice
    path = f"/console/incidents/{number.rpartition('-')[2]}/"
    desk = signed_in(open_page, "dispatcher", path, view="aside")
    told = desk.locator("#detail")
    for count in range(1, 15):
        expect(told.get_by_text(f"断网记录 {count} 号", exact=True)).to_have_count(1)
    expect(told.locator(".timeline img")).to_have_count(14)
    expect(told.get_by_text("双方和解")).to_have_count(1)


def test_help_is_called_for_without_a_line_and_somebody_answers(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    phone = on_duty(open_page)
    unit = phone.locator(".crew-head h1").inner_text()
    phone.context.set_offline(True)
    button = phone.locator(".crew-sos-button")
    button.click()  # by accident: too short
    expect(phone.locator("#crew-called")).to_be_hidden()
    button.click(delay=2500)
    expect(phone.locator("#crew-called")).to_contain_text("会一直重发")
    expect(phone.locator("#crew-called a")).to_have_attribute("href", "tel:110")
    assert_accessible(phone)
    screenshot(phone, "crew-emergency-zh")
    desk = signed_in(open_page, "dispatcher", "/console/", view="aside")
    desk.wait_for_selector(".live[data-state=on]")
    phone.context.set_offline(False)
    expect(phone.locator("#crew-called")).to_contain_text("正在等指挥中心确认")
    alarm = desk.locator(".alarm", has_text=f"{unit} 紧急求助")
    expect(alarm).to_be_visible()
    expect(desk).to_have_title(re.compile(f"^⚠ {unit}"))
    assert_accessible(desk)
    screenshot(desk, "console-emergency-zh")
    alarm.locator(".alarm-take").click()
    expect(phone.locator("#crew-called")).to_contain_text("已经确认求助")
    expect(alarm.locator(".alarm-take")).to_have_count(0)
    alarm.locator("select").select_option("by_mistake")
    with desk.expect_response("**/console/alarms/"):
        desk.evaluate(LINE_BACK)
    quiet(desk)  # drawn anew meanwhile: what was chosen stays
    expect(alarm.locator("select")).to_have_value("by_mistake")
    alarm.get_by_role("button", name="解除").click()
    expect(alarm).to_have_count(0)
    expect(phone.locator("#crew-called")).to_be_hidden()


def test_what_could_not_be_asked_for_is_shown_once_the_line_is_back(open_page: OpenPage) -> None:
    """The phone hears of the task, and loses the line before it can ask which it is."""
    phone = on_duty(open_page)
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
    phone = on_duty(open_page)
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
