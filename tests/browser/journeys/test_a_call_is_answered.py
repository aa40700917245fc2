"""A call, the console of another desk, the crew's phone: each sees at once what the other did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.phones import finish, on_duty, sign_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

Screenshot = Callable[[Page, str], Path]
LIVE_SECONDS = 6.0
"""A second is the aim, and `test_console` holds two desks to it. Here two processors draw four
maps without a graphics card beside the server."""
SAID = {
    "zh": {
        "what": "打架",
        "where": "澜城码头",
        "words": "夜宵摊旁边两个人打起来了",
        "unit": "城关 02",
        "set_off": "赶赴现场",
        "arrive": "到场",
    },
    "en": {
        "what": "fight",
        "where": "Lancheng Pier",
        "words": "Two people are fighting by the food stalls",
        "unit": "Chengguan 02",
        "set_off": "En route",
        "arrive": "On scene",
    },
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_the_call_to_the_closed_incident(
    open_page: OpenPage, county: RunningCounty, screenshot: Screenshot, language: str
) -> None:
    said = SAID[language]
    desk = signed_in(open_page, "call_taker", "/calls/new/", language=language)
    crew = on_duty(
        open_page, language,
        unit=f".crew-unit:has-text('{said['unit']}')", place=where(desk, said["where"]),
    )  # fmt: skip
    unit = crew.locator(".crew-head h1").inner_text()
    tell_position(crew)
    console = signed_in(open_page, "dispatcher", "/console/", language=language)
    other = signed_in(open_page, "commander", "/console/", view="aside", language=language)
    for page in (console, other):
        page.wait_for_selector(".live[data-state=on]")

    key = take_call(desk, said)
    seen_within(other, f"#incident-{key}")
    console.click(f"#incident-{key} a")
    console.wait_for_selector(f"#detail[data-incident-id='{key}'] [data-first-unit]")
    key_of_unit = crew.locator("#crew").get_attribute("data-unit")
    console.locator(f"#unit-{key_of_unit} button[form=assign]").click()
    expect(console.locator("#detail .assigned")).to_contain_text(unit)

    crew.wait_for_selector(".crew-task")
    expect(crew.locator(".crew-task")).to_contain_text(said["words"])
    assert_accessible(crew)
    for deed in ("set_off", "arrive"):
        crew.click(f"[data-send={deed}] button")
        seen_within(other, f"#incident-{key} .incident-step:text-is('{said[deed]}')")
    finish(crew)
    expect(crew.locator(".crew-task")).to_have_count(0)
    console.click("form[action$='/step/closed/'] button")
    other.wait_for_selector(f"#incident-{key}", state="detached")

    console.goto(f"/console/incidents/{key}/")
    steps = console.locator("#detail .timeline .happening")
    assert steps.count() >= 6, console.locator("#detail .timeline").inner_text()
    expect(console.locator("#detail .timeline")).to_contain_text(unit)
    assert_accessible(console)
    screenshot(console, f"journey-call-closed-{language}")
    assert "entries hold" in county.cli("log", "verify")


def signed_in(open_page: OpenPage, role: str, path: str, **more: str) -> Page:
    page = open_page(**more)
    sign_in(page, role, path)
    return page


def where(page: Page, name: str) -> dict[str, float]:
    """What the gazetteer says of a place."""
    found = page.request.get("/places/search", params={"q": name}).json()["results"][0]
    return {"latitude": found["lat"], "longitude": found["lon"]}


def tell_position(crew: Page) -> None:
    """The phone says where it is; twice, for a place far from the last one is held to be doubtful
    until a second report agrees."""
    for _ in range(2):
        with crew.expect_response("**/crew/position/") as answered:
            crew.click("[data-tell-position]")
        assert answered.value.ok


def take_call(desk: Page, said: dict[str, str]) -> str:
    """By keyboard alone; the new incident's key."""
    expect(desk.locator("#id_what")).to_be_focused()
    desk.keyboard.type(said["what"])
    desk.keyboard.press("Enter")
    desk.keyboard.press("1")  # still going on
    desk.keyboard.press("F9")
    desk.keyboard.type(said["where"])
    desk.wait_for_selector("#id_place + .combobox-list [role=option]")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_words")).to_be_focused()
    desk.keyboard.type(said["words"])
    with desk.expect_navigation():
        desk.keyboard.press("Control+Enter")
    number = desk.locator(".call-taken .number").inner_text()
    return str(int(number.rpartition("-")[2]))


def seen_within(page: Page, selector: str) -> None:
    """Shown without a touch, soon after it was done."""
    begun = perf_counter()
    page.locator(selector).first.wait_for()
    took = perf_counter() - begun
    assert took < LIVE_SECONDS, f"{selector} after {took:.1f} s"
