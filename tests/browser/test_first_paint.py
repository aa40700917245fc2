"""How soon the console shows something, in a county that has been at work for ninety days."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import VIEWS
from tests.county import READY_HOME, RunningCounty, copied, gongzhi

pytestmark = pytest.mark.long
AIM_MS = 1000
BOUND_MS = 3 * AIM_MS
"""A machine that does other things as well may be that much slower."""
MATTERS = 8000
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
COUNT = """
from gongzhi.base.matters.models import Matter
print(Matter.objects.count())
"""


@pytest.fixture(scope="module")
def busy_county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCounty]:
    """The demo county with all of its history, running."""
    if ready := os.environ.get(READY_HOME):
        home = copied(Path(ready), tmp_path_factory)
    else:
        home = tmp_path_factory.mktemp("busy") / "home"
        gongzhi(home, "demo", "--no-serve")
    with RunningCounty(home) as running:
        yield running


def test_the_console_shows_within_a_second(busy_county: RunningCounty, chromium: Browser) -> None:
    assert int(busy_county.python(COUNT)) >= MATTERS
    width, height = VIEWS["desktop"]
    context = chromium.new_context(
        base_url=busy_county.url, viewport={"width": width, "height": height}, locale="zh-CN"
    )
    page = context.new_page()
    page.goto("/sign-in/?next=/console/")
    page.click("button[name=demo][value=dispatcher]")
    page.wait_for_selector(".console")
    took = sorted(first_paint(page) for _ in range(5))
    context.close()
    print(f"\nconsole, first paint of 5: {took[0]:.0f} to {took[-1]:.0f} ms, aim {AIM_MS} ms")
    assert median(took) < BOUND_MS, took


def first_paint(page: Page) -> float:
    """Milliseconds from the request to the first thing seen."""
    page.goto("about:blank")
    page.goto("/console/")
    page.wait_for_selector("#queue .incident")
    for _ in range(100):
        if painted := float(page.evaluate(PAINT)):
            return painted
        page.wait_for_timeout(50)
    raise AssertionError("nothing was painted")
