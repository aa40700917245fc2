"""Cover on the map and in the bar; several sent at once; another choice explained by one key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import console, open_waiting, take_call
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
OWN_COUNTY = True  # what is proposed depends on every call that waits and every unit that is free


@pytest.mark.graphics
@pytest.mark.parametrize(("language", "within"), [("zh", "分钟内"), ("en", "within")])
def test_the_next_call_is_on_the_map_and_in_the_bar(
    open_page: OpenPage, screenshot: Screenshot, language: str, within: str
) -> None:
    page = console(open_page, language=language)
    page.wait_for_selector("gz-map[data-ready]")
    expect(page.locator(".cover-button b")).to_contain_text("%")
    with page.expect_response("**/console/map/cover/") as told:
        page.click("[data-layer=cover]")
    assert len(told.value.json()["results"]) > 100
    page.click(".map-legend summary")
    expect(page.locator(".map-covers .map-cover")).to_have_count(5)
    expect(page.locator(".map-covers")).to_contain_text(within)
    page.click("[data-layer=cells]")  # one surface at a time
    expect(page.locator("[data-layer=cover]")).to_have_attribute("aria-pressed", "false")
    page.click("[data-layer=cover]")
    screenshot(page, f"cover-desktop-{language}")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.locator("#moves .cover-figures dd")).to_have_count(2)
    assert_accessible(page)
    screenshot(page, f"cover-moves-desktop-{language}")


def test_several_are_sent_at_once_and_another_choice_is_explained_by_one_key(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    take_call(open_page)
    take_call(open_page)
    page = console(open_page)
    page.keyboard.press("y")
    lines = page.locator("#joint input[name=pair]")
    expect(lines.nth(1)).to_be_checked()
    assert_accessible(page)
    screenshot(page, "joint-desktop-zh")
    for nth in range(1, lines.count()):
        lines.nth(nth).uncheck()
    sent = (lines.first.get_attribute("value") or "").split(":")[0]
    lines.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#joint .joint-sent li[data-tone=good]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(f"#incident-{sent} [data-tone=warn]")).to_have_count(0)
    open_waiting(page)
    page.locator("#units tr[data-sign=free] button[form=assign]").last.click()
    expect(page.locator("#detail .why")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "another-choice-desktop-zh")
    page.locator("#detail-panel").focus()
    page.keyboard.press("1")
    expect(page.locator("#detail .timeline")).to_contain_text("说明为什么派")
    expect(page.locator("#detail .why")).to_have_count(0)
