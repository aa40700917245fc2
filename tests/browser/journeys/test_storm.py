"""A storm in a drill's county, worked from the console by keyboard alone, and played again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from gongzhi.config.home import Home
from tests.browser.conftest import WAIT_MS, OpenPage
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty, gongzhi

Screenshot = Callable[[Page, str], Path]
SENT = 2
STORM_MS = 60_000
"""For the first calls to come, and for a machine on which the storm is not all that runs."""


@pytest.fixture(scope="module")
def county_url(demo_home: Path) -> Iterator[str]:
    """A drill made from the demo county, running in a home of its own."""
    gongzhi(demo_home, "exercise", "storm", "--no-serve", "--speed", "30", "--name", "journey")
    with RunningCounty(Home(demo_home).exercise("journey").root) as running:
        yield running.url


def test_a_storm_is_worked_and_reviewed_by_keyboard_alone(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    desk = open_page()
    desk.set_default_timeout(STORM_MS)
    expect.set_options(timeout=STORM_MS)
    desk.goto("/sign-in/?next=/console/")
    desk.focus("button[name=demo][value=dispatcher]")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("[data-console]", timeout=STORM_MS)
    expect(desk.locator(".exercise")).to_contain_text("EXERCISE")
    expect(desk).to_have_title(re.compile("^演练中 EXERCISE"))
    desk.locator(f"#queue li:nth-child({SENT + 1})").wait_for(timeout=STORM_MS)

    send_units(desk)
    desk.wait_for_selector(".incident-step:text-is('赶赴现场')")  # made-up crews set off
    screenshot(desk, "journey-storm-console")

    desk.keyboard.press("g")
    desk.keyboard.press("y")
    desk.wait_for_selector(".replay-choose")
    assert_accessible(desk)
    drilled = desk.locator(".replay-count", has_text=re.compile("^[1-9]"))
    desk.locator(".replay-shift", has=drilled).first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_selector("[data-replay][data-whole]")
    desk.keyboard.press("t")
    expect(desk).to_have_url(re.compile("at="))
    clock = desk.locator(".replay-clock")
    before = clock.inner_text()
    desk.keyboard.press("1")  # the drill is minutes old: at 60 times it would be over at once
    desk.keyboard.press("Space")
    expect(desk.locator("[data-play]")).to_have_attribute("aria-pressed", "true")
    expect(clock).not_to_have_text(before)
    desk.keyboard.press("Space")
    expect(desk.locator("[data-play]")).to_have_attribute("aria-pressed", "false")
    at = clock.inner_text()
    desk.keyboard.press("Shift+ArrowLeft")
    desk.keyboard.press("Shift+ArrowRight")
    assert clock.inner_text() <= at
    desk.keyboard.press("t")
    desk.keyboard.press("j")
    expect(desk.locator("[data-facts] h2")).to_be_visible()
    assert_accessible(desk)
    screenshot(desk, "journey-storm-replay")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_contain_text("回放")


def go_on(desk: Page) -> None:
    """To the next incident of the queue, or from the last one back. Where the queue is drawn anew
    between two keys one comes to the open one first, and presses again."""
    key = desk.locator("#detail").get_attribute("data-incident-id")
    for patience in (5_000, 5_000, WAIT_MS):
        last = desk.locator("#queue > li:last-child [aria-current]").count()
        for press in ("Escape", "k" if last else "j", "Enter"):
            desk.keyboard.press(press)
        try:
            desk.wait_for_selector(f"#detail:not([data-incident-id='{key}'])", timeout=patience)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"the keys don't lead on from incident {key}")


def send_units(desk: Page) -> None:
    """Go through the queue by keyboard and send the first unit wherever nobody is on the way."""
    for sent in range(SENT):
        desk.wait_for_selector("#detail [data-first-unit]", state="attached")
        key = desk.locator("#detail").get_attribute("data-incident-id")
        desk.keyboard.press("a")
        desk.wait_for_selector(f"#detail[data-incident-id='{key}'] .assigned")
        while sent + 1 < SENT and desk.locator("#detail .assigned").count():
            go_on(desk)
