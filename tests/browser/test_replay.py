"""A past shift plays by keyboard, in steps for whoever wants less motion, and without a map."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]


def shift() -> str:
    """Yesterday's late shift, by the county's clock."""
    day = datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1)
    return f"/replay/shift/?from={day}T16:00&to={day}T23:59&at={day}T18:00"


def played(page: Page) -> Page:
    page.wait_for_selector("[data-replay][data-ready]", timeout=60_000)
    return page


@pytest.mark.parametrize("language", [pytest.param("zh", marks=pytest.mark.graphics), "en"])
def test_keys_play_step_and_pick_and_it_moves_in_steps(open_page: OpenPage, language: str) -> None:
    page = signed_in(open_page, "dispatcher", "/start/", language=language)
    with page.expect_response(re.compile("/replay/ways/")) as ways:
        page.goto(shift())
    assert "ways" in ways.value.json()
    clock = played(page).locator(".replay-clock")
    expect(clock).to_have_text("18:00:00")
    page.keyboard.press("ArrowRight")
    expect(clock).to_have_text("18:01:00")
    page.keyboard.press("Shift+ArrowRight")
    expect(clock).to_have_text("18:11:00")
    page.keyboard.press("6")
    page.keyboard.press("Space")
    expect(page.locator("[data-play]")).to_have_attribute("aria-pressed", "true")
    expect(clock).not_to_have_text("18:11:00")
    page.keyboard.press("Space")
    expect(page.locator("[data-play]")).to_have_attribute("aria-pressed", "false")
    assert "at=" in page.url


def test_without_webgl_the_queue_the_strip_and_a_list_tell_it(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = signed_in(open_page, "dispatcher", "/start/", language="en")
    page.goto(shift())
    played(page)
    expect(page.locator(".replay-map .map-sentence")).to_be_visible()
    expect(page.locator(".replay-map .map-list li").first).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("j")
    expect(page.locator("[data-facts]")).not_to_contain_text("Choose")
    assert_accessible(page)
    screenshot(page, "replay-without-webgl-en")
