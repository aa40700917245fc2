"""Every page there is, opened once in a browser by somebody who may.

The list is the permission matrix, so that a new page can't be forgotten: an address with
parameters that has no example here fails. Addresses that answer only to a form, or with something
that is no page of its own, are asked and left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gongzhi.base.access.matrix import Address, addresses
from gongzhi.base.catalogue.load import catalogue
from tests.browser.conftest import VIEWS, OpenPage
from tests.browser.examples import EXAMPLES
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty, copied

NOBODY = "nobody"
SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
NO_ANSWER = {
    "/live/stream", "/survey/", "/layers/", "/layers/<slug:code>/",
    "/problems/<int:key>/pick/", "/problems/effects/pick/", "/sign-in/second/", "/sign-in/back/",
    "/sign-in/with/<slug:code>/", "/signed-out/<slug:code>/", "/my-sign-in/with/<slug:code>/",
}  # fmt: skip
"""A stream without an end; folders that only what lies in them answers for; what a press on a map
asks for (`test_prevention` presses); what only those who were drawn are asked; ways to an identity
provider, which the demo county has none of (`test_providers`)."""
OF_THE_UNIT = {
    "/people/<int:key>/contact/": "officer",
    "/supervision/<int:key>/": "supervisor",
    "/sources/<slug:code>/": "data_steward",
    "/sharing/<int:key>/": "data_steward",
    "/sources/batches/<int:key>/": "data_steward",
    "/requests/same/<int:key>/": "officer",
    "/appraisal/sheets/<int:key>/": "personnel",
    "/appraisal/sheets/<int:key>/sheet.json": "officer",
    "/appraisal/sheets/<int:key>/sheet.csv": "officer",
    "/rights/<int:key>/": "inspector",
    "/movement/rotation/": "personnel",
    "/appraisal/sheets/<int:key>/<slug:item>/": "personnel",
    "/appraisal/rounds/<int:key>/": "personnel",
}
"""Pages that the permission alone doesn't open: who sees those of every unit."""
FURNISH = "from tests.browser.specimens import told; print(told())"
_found: dict[str, list[str]] = {}


@cache
def walks() -> dict[str, list[Address]]:
    """Who opens which addresses: each is in one walk, of somebody who may open it."""
    found: dict[str, list[Address]] = {}
    for one in addresses():
        if one.mark and one.mark.who != "programs" and one.path not in NO_ANSWER:
            found.setdefault(_who(one), []).append(one)
    return found


def _who(address: Address) -> str:
    if address.mark and address.mark.who == "public":
        return NOBODY
    if address.path in OF_THE_UNIT:
        return OF_THE_UNIT[address.path]
    return next(role for role in _roles() if address.opens_for([role]))


@cache
def _roles() -> list[str]:
    """Those that open most come first, so that there are few walks."""
    every = addresses()
    return sorted(catalogue().roles, key=lambda role: -sum(one.opens_for([role]) for one in every))


@pytest.fixture(scope="module")
def furnished(
    demo_county: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RunningCounty, dict[str, str]]:
    """A demo county of its own that has one of everything, and does not run yet."""
    county = RunningCounty(copied(demo_county, tmp_path_factory))
    return county, json.loads(county.python(FURNISH))


@pytest.fixture(scope="module")
def county(furnished: tuple[RunningCounty, dict[str, str]]) -> Iterator[RunningCounty]:
    with furnished[0] as running:
        yield running


@pytest.fixture(scope="module")
def specimens(furnished: tuple[RunningCounty, dict[str, str]]) -> dict[str, str]:
    """A matter, an account and so on of this county."""
    return furnished[1]


def test_no_address_is_open_to_nobody() -> None:
    assert [one.path for one in addresses() if one.mark is None] == []


@pytest.mark.parametrize(("view", "language"), [("desktop", "zh"), ("phone", "en")])
@pytest.mark.parametrize("who", list(walks()))
def test_every_page_is_whole(
    open_page: OpenPage, specimens: dict[str, str], who: str, view: str, language: str
) -> None:
    """On a desk in Chinese and on a phone in English: what only the width or only the language
    breaks is seen in one of them. Both look at each page with axe, as each shows parts, sizes and
    words that the other doesn't."""
    page = _enter(open_page, who, view, language, specimens)
    troubles: list[str] = []
    for path in _pages(page, who, specimens):
        answer = page.goto(path)
        assert answer
        found = _troubles(page, view, language) if answer.ok else [f"answers {answer.status}"]
        troubles += [f"{path}: {one}" for one in found]
    assert not troubles, "\n".join(troubles)


def _enter(
    open_page: OpenPage, who: str, view: str, language: str, specimens: dict[str, str]
) -> Page:
    """Signed in; a resident has shown the code of a request."""
    if who == NOBODY:
        page = open_page("/follow/", view=view, language=language)
        page.fill("[name=code]", specimens["code"])
        page.click("main [type=submit]")
        page.wait_for_url("**/follow/matter/")
        return page
    page = open_page("/sign-in/", view=view, language=language)
    page.click(f"button[value={who}]")
    page.wait_for_selector(".staff")
    return page


def _pages(page: Page, who: str, specimens: dict[str, str]) -> list[str]:
    """Addresses that are pages of their own, with something in place of their parameters; asked
    once, as an address is a page in any language."""
    if who not in _found:
        _found[who] = list(_asked(page, walks().get(who, []), specimens))
    return _found[who]


def _asked(page: Page, walk: list[Address], specimens: dict[str, str]) -> Iterator[str]:
    for address in walk:
        path = _example(address.path, specimens)
        answer = page.request.get(path, max_redirects=0)
        assert "/sign-in/" not in answer.headers.get("location", ""), "signed out"
        if answer.status == 405 or 300 <= answer.status < 400:
            continue
        if (
            answer.headers.get("content-type", "").startswith("text/html")
            and "<html" in answer.text()
        ):
            yield path


def _example(path: str, specimens: dict[str, str]) -> str:
    for part, specimen in EXAMPLES.items():
        path = path.replace(part, specimen)
    assert "<" not in path, f"no example for {path}: add one to EXAMPLES"
    return path.format(**specimens)


def _troubles(page: Page, view: str, language: str) -> Iterator[str]:
    """What is wrong with the page as it stands."""
    lang = page.locator("html").get_attribute("lang")
    if lang != {"zh": "zh-hans", "en": "en"}[language]:
        yield f"the language is {lang}"
    if not page.title().strip():
        yield "no title"
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} first headings"
    width, height = VIEWS[view]
    wide, tall = page.evaluate(SIZE)
    if wide > width:
        yield f"scrolls sideways: {wide} px"
    # As tall as the page: a phone's rail lies over the buttons that one has yet to scroll to.
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    try:
        assert_accessible(page)
    except AssertionError as barrier:
        yield str(barrier)
    page.set_viewport_size({"width": width, "height": height})
