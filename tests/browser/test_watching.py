"""The watch over pages is itself under test: a net with a hole catches nothing, and looks fine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest
from playwright.sync_api import Browser

from tests.browser.waiting import PATIENCE
from tests.browser.watching import Watch, assert_accessible

GOOD = "<!doctype html><html lang=en><title>t</title><main><h1>Good</h1><p>Fine</p></main>"
BAD = {
    "another host": GOOD + '<img alt="" src="http://198.51.100.7/x.png">',
    "CSP": GOOD + "<p style='color:red'>inline</p>",
    "Content Security Policy": GOOD + "<script>document.title = 'x'</script>",
    "script error": GOOD + "<script src=/throws.js></script>",
    "console error": GOOD + "<script src=/complains.js></script>",
    "404 for the image": GOOD + '<img alt="" src=/missing.png>',
    "500 for the document": "broken",
}
SCRIPTS = {"/throws.js": "throw new Error('x')", "/complains.js": "console.error('x')"}


class Pages(BaseHTTPRequestHandler):
    """Answers one page under our own policy, two scripts, and 404 for the rest."""

    page = GOOD

    def do_GET(self) -> None:
        body = {"/": self.page, "/favicon.ico": "", **SCRIPTS}.get(self.path)
        self.send_response(500 if body == "broken" else 200 if body is not None else 404)
        script = self.path.endswith(".js")
        self.send_header("Content-Type", "text/javascript" if script else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src *")
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def serve() -> Iterator[Callable[[str], str]]:
    """``serve(html)`` answers that page and returns its address."""
    servers = []

    def served(html: str) -> str:
        pages = type("OnePage", (Pages,), {"page": html})
        server = ThreadingHTTPServer(("127.0.0.1", 0), pages)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


def watched(chromium: Browser, url: str, trouble: str = "") -> list[str]:
    """The troubles that are seen, once one of them is `trouble`; of none, after a moment."""
    watch = Watch(url)
    context = chromium.new_context()
    watch.over(context)
    page = context.new_page()
    page.goto(url)
    give_up = monotonic() + (PATIENCE if trouble else 0.3)
    while monotonic() < give_up and not any(trouble and trouble in one for one in watch.troubles):
        page.wait_for_timeout(50)
    context.close()
    return watch.troubles


def test_a_good_page_gives_no_trouble(chromium: Browser, serve: Callable[[str], str]) -> None:
    assert watched(chromium, serve(GOOD)) == []


@pytest.mark.parametrize("trouble", BAD)
def test_each_kind_of_trouble_is_seen(
    chromium: Browser, serve: Callable[[str], str], trouble: str
) -> None:
    seen = watched(chromium, serve(BAD[trouble]), trouble)
    assert any(trouble in line for line in seen), seen


def test_axe_reports_what_is_not_accessible(chromium: Browser, serve: Callable[[str], str]) -> None:
    page = chromium.new_page()
    page.goto(serve(GOOD))
    assert_accessible(page)
    page.goto(serve(GOOD + "<form><input name=q></form>"))
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)
    page.close()
