"""Forecasts by keyboard and without a map: slider, strip and list, on a desk and a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

PLANT = """
from datetime import timedelta
from gongzhi.work.patrol.forecasts.models import Judgement, Outlook
from gongzhi.work.patrol.forecasts.selectors.shown import today
from tests.work.patrol.forecasts.hands import foreseen, judged
Outlook.objects.all().delete()
foreseen(judged(today() - timedelta(days=1)), since=today() - timedelta(days=7), days=14)
"""


@pytest.mark.parametrize(("view", "language", "said", "back"), [
    ("desktop", "zh", "全县预计", True), ("phone", "en", "expected in the whole county", False),
])  # fmt: skip
def test_shift_by_shift(
    county: RunningCounty, open_page: OpenPage, view: str, language: str, said: str, back: bool
) -> None:
    county.python(PLANT)
    page = signed_in(open_page, "commander", "/forecasts/", view=view, language=language)
    page.wait_for_selector("[data-forecasts][data-ready]")
    assert_accessible(page)
    told = page.locator("#forecast-told")
    expect(told).to_contain_text(said)
    first = told.inner_text()
    slider = page.locator("[data-slider]")
    slider.focus()
    with page.expect_response(re.compile("/forecasts/told/")):
        page.keyboard.press("ArrowRight")
    expect(told).not_to_have_text(first)
    chosen = page.locator("[data-at]").input_value()
    expect(page.locator(f"[data-stop='{chosen}']")).to_have_attribute("data-current", "")
    expect(page).to_have_url(re.compile(re.escape(f"at={chosen}")))
    if back:
        page.locator("h1").click()
        with page.expect_response(re.compile("/forecasts/told/")):
            page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_the_public_page_reads_well_in_both_languages(open_page: OpenPage) -> None:
    for view, language in (("phone", "zh"), ("desktop", "en")):
        page = open_page("/about/forecasts/", view=view, language=language)
        assert_accessible(page)
