"""Waiting for what is to be seen, never for a time: a slow machine takes its time, a quick one
doesn't wait."""

from __future__ import annotations

from time import monotonic

from playwright.sync_api import Page

PATIENCE = 30.0  # seconds
STEP_MS = 100
QUIET = """(ms) => {
  const asked = performance.getEntriesByType("resource").map((one) => one.responseEnd);
  return performance.now() - Math.max(0, ...asked) > ms;
}"""


def until(page: Page, holds: str, arg: object = None) -> None:
    """Until the function `holds`, which may be asynchronous, answers so in the page.

    Playwright's own ``wait_for_function`` takes a promise for a yes, and waits for none.
    """
    give_up = monotonic() + PATIENCE
    while not page.evaluate(holds, arg):
        assert monotonic() < give_up, f"it does not come to hold: {holds}"
        page.wait_for_timeout(STEP_MS)


def quiet(page: Page, ms: int = 700) -> None:
    """Until the page has asked its server for nothing that long: what followed has come.

    For what must not happen, which nobody can wait to see; counted from the last answer.
    """
    page.wait_for_function(QUIET, arg=ms)
