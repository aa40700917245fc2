"""A browser looking at a real county.

    def test_report(open_page):
        page = open_page("/report", view="phone", language="en")

Every page is watched: a request to another host, a breach of the content security policy, a
script error, a broken image or a 5xx answer fails the test, whatever it was about.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.watching import ROOT, Watch
from tests.county import RunningCounty, copied

VIEWS = {"phone": (390, 844), "desktop": (1440, 900), "aside": (800, 500)}
"""``aside``: a desk that only stands by. Without a graphics card its map costs what its size is."""
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
SCREENSHOTS = ROOT / "var" / "screenshots"
SERVER = "GONGZHI_BROWSER_URL"  # look at a county that is running already, while writing a test
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable")
"""The lightest first: the same engine without the windows costs half as much of a processor."""
FLAGS = [
    # nothing leaves the machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--disable-gpu-rasterization",  # pretended in software it is slower than none
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITHOUT_GRAPHICS = "--disable-3d-apis"
"""A map drawn in software takes the machine for seconds a page: only tests of the map have one.
All others see what somebody sees whose browser can't draw it."""
WAIT_MS = 30_000
DRAWN_MS = 60_000
"""Of a test with graphics. Patience costs nothing where nothing is missing."""
MAP_SETTLED = "gz-map[data-ready], gz-map .map-sentence:not([data-loading])"
"""The map is drawn, or says why there is none."""

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder is a browser test.

    Where other work takes the machine for half a minute, a page comes too late for the best of
    tests: it gets a second try, and the run says so ("1 rerun").
    """
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def demo_home(demo_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demo county that a worker's tests may change."""
    return copied(demo_county, tmp_path_factory)


@pytest.fixture(scope="session")
def shared_county(demo_home: Path) -> Iterator[RunningCounty]:
    """The demo county, running, one for all files of a worker."""
    with RunningCounty(demo_home) as running:
        yield running


@pytest.fixture(scope="module")
def county(request: pytest.FixtureRequest) -> Iterator[RunningCounty]:
    """The demo county, running. A file that says ``OWN_COUNTY = True`` begins with a fresh one:
    what others leave behind (calls that wait, crews that answer nobody) changes what it looks at.
    """
    if not getattr(request.module, "OWN_COUNTY", False):
        yield request.getfixturevalue("shared_county")
        return
    fresh: Path = request.getfixturevalue("demo_county")
    home = copied(fresh, request.getfixturevalue("tmp_path_factory"))
    with RunningCounty(home) as running:
        yield running


@pytest.fixture(scope="module")
def county_url(request: pytest.FixtureRequest) -> str:
    """Where the county under test answers."""
    if running := os.environ.get(SERVER):
        return running.rstrip("/")
    county: RunningCounty = request.getfixturevalue("county")
    return county.url


def chromium_program() -> str:
    """The system's chromium."""
    program = os.environ.get("GONGZHI_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )
    assert program, "no chromium: `make test` installs it, or apt-get install chromium"
    return program


# One browser a module, not a session: while Playwright runs, its event loop lives in this thread,
# and Django would refuse the tests of the next module their database.
@pytest.fixture(scope="module")
def launched() -> Iterator[Callable[[bool], Browser]]:
    """``launched(graphics)``: the system's chromium, without a window, each kind once."""
    program = chromium_program()
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:

        @cache
        def browser(graphics: bool) -> Browser:
            args = FLAGS if graphics else [*FLAGS, WITHOUT_GRAPHICS]
            return playwright.chromium.launch(executable_path=program, args=args)

        yield browser


@pytest.fixture
def chromium(request: pytest.FixtureRequest, launched: Callable[[bool], Browser]) -> Browser:
    """With graphics for a test that asks for them: ``@pytest.mark.graphics``."""
    return launched(request.node.get_closest_marker("graphics") is not None)


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, chromium: Browser, county_url: str
) -> Iterator[OpenPage]:
    """``open_page(path, view=…, language=…)``: each call is another person's browser."""
    watch = Watch(county_url)
    contexts = []
    wait = DRAWN_MS if request.node.get_closest_marker("graphics") else WAIT_MS

    def opened(path: str | None = None, *, view: str = "desktop", language: str = "zh") -> Page:
        width, height = VIEWS[view]
        context = chromium.new_context(
            base_url=county_url,
            viewport={"width": width, "height": height},
            locale=LANGUAGES[language],
            timezone_id="Asia/Shanghai",
            has_touch=view == "phone",
            is_mobile=view == "phone",
            reduced_motion="reduce",
        )
        context.set_default_timeout(wait)
        watch.over(context)
        contexts.append(context)
        page = context.new_page()
        if path is not None:
            page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not watch.troubles, "while the test looked:\n  " + "\n  ".join(watch.troubles)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """One desktop page in Chinese, nowhere yet."""
    return open_page()


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """``screenshot(page, "console-desktop-zh")`` keeps a picture in var/screenshots."""

    def keep(page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    return keep
