"""A resident reports a lamp that is out and follows it to the end, with an objection on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_resident import answer, at_an_address, choose, code_of, send
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

Screenshot = Callable[[Page, str], Path]
SAID = {
    "report": "The third lamp of Harbour Lane is out; the steps can't be seen at night.",
    "question": "Is it the one beside the cold store?",
    "reply": "Yes, just across from it.",
    "first": "The bulb has been replaced.",
    "objection": "It went out again the next day.",
    "second": "The wiring was damp; the whole run is new now.",
}


def test_a_lamp_is_reported_asked_about_answered_objected_to_and_mended(
    open_page: OpenPage, county: RunningCounty, screenshot: Screenshot
) -> None:
    """In English; the way in Chinese is `test_a_dark_lane`."""
    said, language = SAID, "en"
    resident = open_page("/report/", view="phone", language=language)
    choose(resident)
    resident.fill("#id_words", said["report"])
    at_an_address(resident)
    send(resident)
    code = code_of(resident)
    desk = open_request(open_page, said["report"], language)
    take(desk)
    ask(desk, said["question"])
    resident = come_back(open_page, code, language)  # another day, another phone
    expect(resident.get_by_text(said["question"]).first).to_be_visible()
    resident.fill("#reply", said["reply"])
    resident.click("form[action$='reply/'] [type=submit]")
    desk.reload()
    expect(desk.locator(".timeline")).to_contain_text(said["reply"])
    answer(desk, said["first"])
    resident.reload()
    object_to(resident, said["objection"])
    desk.reload()
    expect(desk.locator(".timeline")).to_contain_text(said["objection"])
    desk.click("form[action$='start/'] button")
    desk.wait_for_selector("[commandfor=answer]")
    answer(desk, said["second"])
    resident.reload()
    expect(resident.get_by_text(said["second"]).first).to_be_visible()
    solved_and_rated(resident)
    assert_accessible(resident)
    screenshot(resident, f"journey-lamp-resident-{language}")
    desk.reload()
    told = desk.locator(".timeline").inner_text()
    missing = [words for name, words in said.items() if name != "report" and words not in told]
    assert not missing, f"the timeline lacks {missing}"
    assert in_order(told, [said[one] for one in ("question", "reply", "first", "second")])
    screenshot(desk, f"journey-lamp-desk-{language}")
    assert "entries hold" in county.cli("log", "verify")


def come_back(open_page: OpenPage, code: str, language: str) -> Page:
    """The request, found by its code alone."""
    page = open_page("/follow/", view="phone", language=language)
    page.fill("[name=code]", code)
    page.click("main [type=submit]")
    page.wait_for_url("**/follow/matter/")
    return page


def open_request(open_page: OpenPage, words: str, language: str) -> Page:
    """The department's clerk finds it on top of the inbox's answers."""
    page = open_page("/sign-in/", language=language)
    page.click("button[value=partner]")
    page.wait_for_selector(".staff")
    page.goto(f"/requests/?show=all&q={words}")
    page.click(".inbox-title a")
    return page


def take(desk: Page) -> None:
    desk.click("form[action$='accept/'] button")
    desk.wait_for_selector("[commandfor=ask]")


def ask(desk: Page, words: str) -> None:
    desk.click("[commandfor=ask]")
    desk.fill("#ask-words", words)
    desk.click("#ask [type=submit]")
    expect(desk.locator(".timeline")).to_contain_text(words)


def object_to(resident: Page, words: str, photo: dict[str, Any] | None = None) -> None:
    """Not solved: it is taken up again."""
    resident.click(".follow-more:has(#objection) summary")
    resident.fill("#objection", words)
    if photo:
        resident.set_input_files("form:has(#objection) [name=photos]", [photo])
        resident.wait_for_selector(".photo img")
    resident.click("[name=solved][value=no]")
    expect(resident.locator("[name=solved]")).to_have_count(0)


def solved_and_rated(resident: Page) -> None:
    resident.click("[name=solved][value=yes]")
    resident.locator(".stars label").nth(4).click()
    resident.click("form[action$='rate/'] [type=submit]")
    expect(resident.locator(".stars input:checked")).to_have_value("5")


def in_order(told: str, words: list[str]) -> bool:
    """Whether they stand one after the other, from the first to the last or the other way."""
    places = [told.index(one) for one in words]
    return places in (sorted(places), sorted(places, reverse=True))
