"""A caller who doesn't know where they are: the desk asks, the phone answers once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import MAP_SETTLED, OpenPage
from tests.browser.test_call_taker import at_the_desk
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
THERE = {"latitude": 28.87687, "longitude": 123.96262, "accuracy": 24.0}


def callers_phone(open_page: OpenPage, desk: Page, language: str) -> Page:
    """The caller's phone, at the link that the desk shows."""
    desk.keyboard.press("Alt+l")
    told = desk.locator(f".here-text[lang^={language}]").inner_text()
    found = re.search(r"http\S+/here/\w{10}/", told)
    assert found
    phone = open_page(view="phone", language=language)
    phone.context.set_geolocation(THERE)  # type: ignore[arg-type]
    phone.goto(found[0])
    return phone


def test_the_phone_sends_once_and_the_desk_decides(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    desk = at_the_desk(open_page)
    phone = callers_phone(open_page, desk, "zh")
    phone.context.grant_permissions(["geolocation"])
    assert_accessible(phone)
    screenshot(phone, "here-phone-zh")
    screenshot(desk, "here-desk-waits-zh")
    phone.click("[data-here-send]")
    expect(phone.locator("[data-here-says]")).to_contain_text("误差约 24 米")
    expect(phone.locator("[data-here-send]")).to_contain_text("再发一次")
    screenshot(phone, "here-phone-sent-zh")
    take = desk.locator("[data-here-take]")
    expect(take).to_be_visible()  # pushed: nobody asked again
    assert desk.input_value("#id_lat") == ""
    desk.wait_for_selector(MAP_SETTLED)
    assert_accessible(desk)
    screenshot(desk, "here-desk-proposed-zh")
    take.click()
    expect(desk.locator("#id_lat")).to_have_value(str(THERE["latitude"]))
    expect(desk.locator("#id_accuracy")).to_have_value("24")
    expect(desk.locator("#id_place")).not_to_have_value("")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("用完或过期")


def test_who_does_not_allow_it_is_told_what_else_helps(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    phone = callers_phone(open_page, at_the_desk(open_page), "en")
    phone.context.grant_permissions([])
    phone.click("[data-here-send]")
    expect(phone.locator("[data-here-says]")).to_contain_text("street sign")
    assert_accessible(phone)
    screenshot(phone, "here-phone-denied-en")


def test_a_rough_position_is_sent_only_if_the_caller_says_so(open_page: OpenPage) -> None:
    desk = at_the_desk(open_page)
    phone = callers_phone(open_page, desk, "zh")
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({**THERE, "accuracy": 1800.0})  # type: ignore[typeddict-item]
    phone.click("[data-here-send]")
    expect(phone.locator("[data-here-says]")).to_contain_text("1800 米")
    expect(desk.locator("[data-here-take]")).to_have_count(0)
    phone.click("[data-here-anyway]")
    expect(desk.locator(".here-rough")).to_contain_text("不够准")
