"""The resident's pages in a real browser: phone first, both languages, no barrier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["phone", "desktop"])
def test_a_resident_reports_and_gets_a_code(
    open_page: OpenPage, screenshot: Screenshot, view: str, language: str
) -> None:
    page = open_page("/report/", view=view, language=language)
    assert_accessible(page)
    screenshot(page, f"report-{view}-{language}")
    page.fill("[data-kinds-search]", "lamp")
    page.click(".kind-card:has([value=lamp_out])")
    page.fill("[name=words]", "巷口的路灯三天没亮了，晚上老人走路看不清。")
    page.fill("[name=place]", "海平路 12 号门口")
    page.click(".action-bar [type=submit]")
    page.wait_for_selector(".steps")
    assert "SQ" in page.title()
    assert_accessible(page)
    screenshot(page, f"matter-{view}-{language}")


@pytest.mark.parametrize("path", ["/", "/follow/"])
def test_no_barrier_on_the_way_there(open_page: OpenPage, path: str) -> None:
    assert_accessible(open_page(path, view="phone"))
