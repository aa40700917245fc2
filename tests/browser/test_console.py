"""The dispatch console in a real browser: by keyboard alone, live, without a barrier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MAP_SETTLED, OpenPage
from tests.browser.test_call_taker import at_the_desk, choose_place, taken
from tests.browser.waiting import quiet
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
SAID = {
    "zh": {"sent": "已派", "keys": "派出首选单位", "settled": "电话办结"},
    "en": {"sent": "Sent", "keys": "Send the first unit", "settled": "Settle by phone"},
}

NOTE_FRESH = """() => {
  const note = () => {
    if (document.querySelector("#queue .fresh")) document.body.setAttribute("data-was-fresh", "");
  };
  const all = { subtree: true, childList: true, attributeFilter: ["class"] };
  new MutationObserver(note).observe(document.body, all);
}"""
"""What is new stands out for some seconds, and a slow machine may look later."""


def signed_in(open_page: OpenPage, role: str, path: str, **more: str) -> Page:
    page = open_page(f"/sign-in/?next={path}", **more)
    page.click(f"button[name=demo][value={role}]")
    return page


def console(open_page: OpenPage, role: str = "dispatcher", **more: str) -> Page:
    page = signed_in(open_page, role, "/console/", **more)
    page.wait_for_selector(".live[data-state=on]")
    return page


def take_call(open_page: OpenPage) -> None:
    """A call-taker at another desk takes a call."""
    page = at_the_desk(open_page)
    page.keyboard.type("打架")
    page.keyboard.press("Enter")
    expect(page.locator("[name=q_ongoing]").first).to_be_focused()
    choose_place(page, "澜城码头")
    page.keyboard.type("夜宵摊旁边四五个人打起来了")
    taken(page)


def open_waiting(page: Page) -> None:
    """Walk down the queue by keyboard to an incident that waits, and open it."""
    key = page.locator("#queue .incident:has([data-tone=warn])").first.get_attribute(
        "data-incident"
    )
    # by its number from here on: the queue may be drawn in another order at any moment
    page.locator(f"#queue .incident[data-incident='{key}']").press("Enter")
    page.wait_for_selector(f"#detail[data-incident-id='{key}']")


@pytest.mark.parametrize("language", [pytest.param("zh", marks=pytest.mark.graphics), "en"])
def test_a_unit_is_sent_by_keyboard_alone(
    open_page: OpenPage, screenshot: Screenshot, language: str
) -> None:
    take_call(open_page)
    said, page = SAID[language], console(open_page, language=language)
    page.wait_for_selector(MAP_SETTLED)
    assert_accessible(page)
    screenshot(page, f"console-desktop-{language}")
    page.keyboard.press("j")
    expect(page.locator("#queue .incident").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#queue .incident").nth(1)).to_be_focused()
    open_waiting(page)
    page.wait_for_selector("[data-first-unit]")
    assert_accessible(page)
    screenshot(page, f"console-incident-desktop-{language}")
    page.keyboard.press("a")
    expect(page.locator("#detail .assigned li")).to_have_count(1)
    expect(page.locator("#detail h3").first).to_have_text(said["sent"])
    page.keyboard.press("n")
    expect(page.locator("#note-words")).to_be_focused()
    page.keyboard.type("报警人在门口等")
    page.keyboard.press("Enter")
    expect(page.locator("#detail .timeline")).to_contain_text("报警人在门口等")
    page.locator("#detail-panel").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text(said["keys"])


def test_what_one_desk_does_the_other_sees_within_a_second(open_page: OpenPage) -> None:
    """Or, where the machine is busy, in twice what the answer takes and half a second more."""
    take_call(open_page)
    mine, other = console(open_page), console(open_page, "commander", view="aside")
    open_waiting(mine)
    key = mine.locator("#detail").get_attribute("data-incident-id")
    took = []
    for level in (4, 1, 3):
        mine.locator(f"#detail .grades button[value='{level}']:not([disabled])").click()
        begun = perf_counter()
        mine.wait_for_selector(f"#detail .grades button[value='{level}'][disabled]")
        done = perf_counter() - begun
        other.wait_for_selector(f"#incident-{key}[data-priority='{level}']", state="attached")
        took.append((perf_counter() - begun, done))
    assert any(seen < max(1.0, 0.5 + 2 * done) for seen, done in took), took


def test_on_a_slow_line_every_part_of_the_page_catches_up(open_page: OpenPage) -> None:
    """Queue, units and detail are asked for at the same time; none is forgotten for the others."""
    take_call(open_page)
    mine, other = console(open_page), console(open_page, "commander")
    open_waiting(mine)
    key = mine.locator("#detail").get_attribute("data-incident-id")
    other.click(f"#incident-{key} a")
    mine.wait_for_selector("[data-first-unit]")
    mine.keyboard.press("a")
    expect(other.locator("#detail .assigned li")).to_have_count(1)
    quiet(other)  # all that followed from it has come
    slow = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    line = other.context.new_cdp_session(other)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", slow)
    mine.keyboard.press("a")
    expect(other.locator("#detail .assigned li")).to_have_count(2)


def test_what_happens_while_one_writes_is_shown_afterwards(open_page: OpenPage) -> None:
    take_call(open_page)
    mine, other = console(open_page), console(open_page, "commander")
    open_waiting(mine)
    key = mine.locator("#detail").get_attribute("data-incident-id")
    other.click(f"#incident-{key} a")
    other.wait_for_selector(f"#detail[data-incident-id='{key}'] [commandfor]")
    other.locator("#detail [commandfor]").first.click()
    other.wait_for_selector("#detail dialog[open]")
    mine.wait_for_selector("[data-first-unit]")
    mine.keyboard.press("a")
    expect(other.locator(f"#incident-{key} [data-tone=warn]")).to_have_count(0)
    quiet(other)
    expect(other.locator("#detail dialog[open]")).to_be_visible()
    other.keyboard.press("Escape")
    expect(other.locator("#detail .assigned li")).to_have_count(1)


def test_a_new_incident_is_there_at_once_and_said_aloud(open_page: OpenPage) -> None:
    desk = console(open_page)
    desk.evaluate(NOTE_FRESH)
    take_call(open_page)
    expect(desk.locator("#console-says")).not_to_be_empty()
    expect(desk.locator("body[data-was-fresh]")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_phone_one_part_at_a_time(
    open_page: OpenPage, screenshot: Screenshot, language: str
) -> None:
    page = console(open_page, view="phone", language=language)
    expect(page.locator(".console-queue")).to_be_visible()
    expect(page.locator(".console-detail")).to_be_hidden()
    assert_accessible(page)
    screenshot(page, f"console-phone-{language}")
    page.locator("#queue .incident").first.click()
    expect(page.locator(".console-detail")).to_be_visible()
    assert_accessible(page)
    screenshot(page, f"console-incident-phone-{language}")
    page.locator("[data-back]").click()
    expect(page.locator(".console-queue")).to_be_visible()
    page.locator("[data-panel-of=units]").click()
    expect(page.locator("#units")).to_be_visible()
    assert_accessible(page)
