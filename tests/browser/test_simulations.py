"""A planner tries a change: put together, run in the background, read on a desk and a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible

LONGEST_MS = 120_000
"""The first simulation of a machine compiles the loop."""


@pytest.mark.parametrize(("view", "language", "said"), [
    ("desktop", "zh", "改动以后，九成来电有人到"), ("phone", "en", "nine calls in ten"),
])  # fmt: skip
def test_from_a_change_to_what_it_does(
    open_page: OpenPage, view: str, language: str, said: str
) -> None:
    page = signed_in(open_page, "planner", "/simulations/new/", view=view, language=language)
    assert_accessible(page)
    page.locator("details", has=page.locator("[name=factor_times]")).locator("summary").click()
    page.fill("[name=factor_times]", "1.5")
    page.locator("button[value=factor]").click()
    expect(page.locator(".simulation-picked li")).to_have_count(1)
    page.fill("[name=title]", "1.5 ×")
    page.fill("[name=years]", "0.1")
    page.fill("[name=repeats]", "3")
    page.locator("button[name=run]:not(.visually-hidden)").click()
    expect(page).to_have_url(re.compile(r"/simulations/\d+/$"))
    answer = page.locator(".simulation-answer")
    expect(answer).to_contain_text(said, timeout=LONGEST_MS, ignore_case=True)
    assert_accessible(page)
    assert page.locator("polyline").count() >= 4
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
