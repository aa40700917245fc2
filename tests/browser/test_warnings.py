"""A warning drawn and published by keyboard, and read on a phone, with and without a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.waiting import until
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
MAP_AT_REST = """async () => {
  const { map } = document.querySelector("gz-map");
  if (map.isMoving()) await new Promise((stopped) => map.once("moveend", stopped));
}"""
TOLD = {
    "headline_zh": "滨海路塌方，请绕行", "headline_en": "Landslide on Coast Road",
    "instruction_zh": "改走环岛南路。", "instruction_en": "Take Island South Road.",
    "description_zh": "正在清理。", "description_en": "It is being cleared.",
    "place_zh": "滨海路", "place_en": "Coast Road",
}  # fmt: skip


@pytest.mark.graphics
def test_it_is_drawn_and_published_by_keyboard_and_read_on_a_phone_without_a_line(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    desk = signed_in(open_page, "dispatcher", "/warnings/desk/new/", view="aside")
    assert_accessible(desk)
    desk.locator("button[value=road_closed]").press("Enter")
    desk.wait_for_url("**/write/")
    desk.wait_for_selector("gz-map[data-ready]")
    for name, words in TOLD.items():
        desk.fill(f"[name={name}]", words)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        desk.locator(".map-draw button").first.press("Enter")
        desk.locator("gz-map canvas").press(key)
        desk.evaluate(MAP_AT_REST)
    assert len(desk.input_value("[name=outline]").splitlines()) == 3
    assert_accessible(desk)
    screenshot(desk, "warning-write-zh")
    desk.locator("form.warning-form [type=submit]").press("Enter")
    desk.wait_for_url(re.compile(r"/warnings/desk/\d+/$"))
    desk.wait_for_selector("gz-map[data-ready]")
    assert_accessible(desk)
    screenshot(desk, "warning-draft-zh")
    desk.locator("form[action$='/publish/'] [type=submit]").first.press("Enter")
    expect(desk.locator("form[action$='/update/']")).to_be_visible()

    for language in ("zh", "en"):
        read_on_a_phone(open_page("/", view="phone", language=language), language, screenshot)


def read_on_a_phone(page: Page, language: str, screenshot: Screenshot) -> None:
    """By the banner to the warnings, which stay there when the line is gone."""
    page.locator(".banner").click()
    page.wait_for_url("**/warnings/")
    shown = TOLD["headline_zh" if language == "zh" else "headline_en"]
    expect(page.locator(".warning", has_text=shown).first).to_be_visible()
    page.wait_for_selector("gz-map[data-ready]")
    assert_accessible(page)
    screenshot(page, f"warnings-phone-{language}")
    until(page, "() => caches.match('/warnings/').then(Boolean)")
    page.context.set_offline(True)
    page.goto("/warnings/")
    expect(page.locator(".warning", has_text=shown).first).to_be_visible()
    expect(page.locator("[data-offline]")).to_be_visible()
    page.context.set_offline(False)


def test_what_an_office_proposes_is_handed_on_with_one_key(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    desk = signed_in(open_page, "dispatcher", "/warnings/desk/outside/")
    assert_accessible(desk)
    desk.locator("form[action$='/hand-on/'] [type=submit]").first.press("Enter")
    desk.wait_for_url(re.compile(r"/warnings/desk/\d+/$"))
    phone = open_page("/warnings/", view="phone", language="en")
    expect(phone.locator(".warning", has_text="Provincial Weather Office")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "warnings-relayed-phone-en")
