"""A commander tries better posts in the simulator from their page, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible

LONGEST_MS = 180_000
"""The first simulation of a machine compiles the loop."""


@pytest.mark.parametrize(
    ("view", "language", "shift"), [("desktop", "zh", 1), ("phone", "en", 2)]
)  # fmt: skip
def test_a_proposal_is_tried_and_both_figures_stand_side_by_side(
    open_page: OpenPage, view: str, language: str, shift: int
) -> None:
    path = f"/patrol/posts/?shift={shift}"
    page = signed_in(open_page, "commander", path, view=view, language=language)
    assert_accessible(page)
    page.locator("form[action$='/try/'] button").click()
    expect(page.locator("#posts-trial progress")).to_be_visible()
    expect(page.locator("#posts-trial form[action$='/stop/'] button")).to_be_visible()
    said = page.locator(".posts-said")
    expect(said).to_be_visible(timeout=LONGEST_MS)
    rows = page.locator("#posts-trial tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("→")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_a_place_is_pointed_at_on_a_map_that_comes_when_it_is_asked_for(
    open_page: OpenPage,
) -> None:
    page = signed_in(open_page, "planner", "/simulations/new/")
    change = page.locator("details", has=page.locator("[name=move_unit]")).first
    change.locator("summary").first.click()
    assert change.locator("gz-map").count() == 0
    change.locator(".simulation-pin summary").click()
    expect(change.locator("gz-map")).to_have_count(1)
    assert_accessible(page)


OWN = """() => {
  const host = document.querySelector("gz-map");
  const own = JSON.parse(document.querySelector("#effects-shapes").textContent).features
    .find(({ properties }) => properties.level === "Severe").geometry.coordinates[0][0];
  const corners = own.slice(1);
  const middle = [0, 1].map((k) => corners.reduce((sum, at) => sum + at[k], 0) / corners.length);
  const { x, y } = host.map.project(middle);
  return { x, y };
}"""
"""Where on the map the middle of a cell lies in which patrols stayed."""


@pytest.mark.graphics
def test_a_press_on_the_map_says_what_cannot_be_compared_with(open_page: OpenPage) -> None:
    page = signed_in(open_page, "analyst", "/problems/effects/")
    expect(page.locator("gz-map[data-ready] .map-choose")).to_be_visible(timeout=LONGEST_MS)
    page.locator("gz-map .map-canvas").first.click(position=page.evaluate(OWN))
    expect(page.locator(".map-choose-status")).to_contain_text("不能和自己比")
    page.locator(".map-choose [data-what=near]").click()
    expect(page.locator(".map-choose [data-what=near]")).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)


def test_whether_patrols_helped_is_asked_on_a_phone(open_page: OpenPage) -> None:
    page = signed_in(open_page, "commander", "/problems/effects/", view="phone", language="en")
    expect(page.locator("h1")).to_have_text("Did patrols help")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
