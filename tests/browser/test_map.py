"""The county's map in a real browser: Chinese names on it, by keyboard alone, from our own host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

pytestmark = pytest.mark.graphics
Screenshot = Callable[[Page, str], Path]
# What the map has put on the canvas, asked of the map itself: labels are pixels.
LABELS = """async (layer) => {
  const { map } = document.querySelector("gz-map");
  if (!map.loaded() || map.isMoving()) await new Promise((idle) => map.once("idle", idle));
  const seen = map.queryRenderedFeatures({ layers: [layer] }).map((one) => one.properties);
  return [...new Set(seen.map((one) => one[document.documentElement.lang === "en" ? "en" : "zh"]))];
}"""


DESCRIBE = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.actions import describe_county
from gongzhi.base.places.coordinates import Bounds
box = Bounds(38.6, -92.6, 39.3, -92)
describe_county(Actor.system("t"), code="boone", name_zh="布恩县", name_en="Boone", bounds=box)
"""


def drawn(page: Page) -> Page:
    """The page once its map is drawn; without a graphics card everything takes a while."""
    page.wait_for_selector("gz-map[data-ready]")
    return page


def labels(page: Page, layer: str) -> set[str]:
    return set(page.evaluate(LABELS, layer))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_county_shows_with_its_towns(
    open_page: OpenPage, screenshot: Screenshot, language: str
) -> None:
    page = drawn(open_page("/style/map/", language=language))
    towns = labels(page, "towns-label")
    assert len(towns) == 8, towns
    assert ("澜城街道" in towns) == (language == "zh")
    assert_accessible(page)
    screenshot(page, f"map-desktop-{language}")


def test_closer_there_are_streets_places_and_police_stations(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = drawn(open_page("/style/map/"))
    page.evaluate(
        "document.querySelector('gz-map').map.jumpTo({center: [123.9657, 28.8787], zoom: 14.6})"
    )
    assert labels(page, "stations-label") & {"城关派出所", "水上派出所"}
    assert labels(page, "roads-label")
    assert labels(page, "pois-known")
    screenshot(page, "map-desktop-close")


def test_by_keyboard_one_gets_closer_and_back_and_turns_layers(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = drawn(open_page("/style/map/", view="phone"))
    zoom = "document.querySelector('gz-map').map.getZoom()"
    far = page.evaluate(zoom)
    page.focus("gz-map canvas")
    page.keyboard.press("Equal")
    closer = f"new Promise((is) => setInterval(() => {zoom} > {far} + 0.5 && is(true), 50))"
    assert page.evaluate(closer)
    page.focus(".map-tool >> nth=2")
    page.keyboard.press("Enter")
    back = f"new Promise((is) => setInterval(() => {zoom} < {far} + 0.01 && is(true), 50))"
    assert page.evaluate(back)
    beats = page.locator("[data-layer=beats]")
    beats.focus()
    page.keyboard.press("Space")
    assert beats.get_attribute("aria-pressed") == "true"
    assert any("巡区" in name for name in labels(page, "beats-label"))
    page.locator("[data-layer=cells]").press("Enter")
    labels(page, "beats-label")  # once what was switched on is drawn
    assert_accessible(page)
    screenshot(page, "map-phone-layers")


def test_what_the_map_shows_is_also_a_list(open_page: OpenPage) -> None:
    page = drawn(open_page("/style/map/", view="phone"))
    page.click(".map-list summary")
    entries = page.locator(".map-list li")
    assert entries.count() == 12 + 5
    assert entries.first.inner_text().startswith("P1")


def test_it_fits_a_phone(open_page: OpenPage, screenshot: Screenshot) -> None:
    page = drawn(open_page("/style/map/", view="phone"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    labels(page, "towns-label")
    assert_accessible(page)
    screenshot(page, "map-phone-zh")


def test_a_county_that_nobody_has_drawn_still_looks_like_one(
    open_page: OpenPage, screenshot: Screenshot, county: RunningCounty
) -> None:
    county.python(DESCRIBE)
    page = drawn(open_page("/style/map/?county=boone"))
    assert labels(page, "county-label") == {"布恩县"}
    screenshot(page, "map-desktop-plain")
