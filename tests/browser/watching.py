"""What a page may not do while a test looks at it, and what axe thinks of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A page's parts must be there; its own address may well answer "no such matter".
PARTS = {"stylesheet", "script", "image", "font", "manifest", "media"}
VIOLATION = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI || "inline"}`);
});
"""


@dataclass
class Watch:
    """Notes everything a page of ours must never do."""

    origin: str
    troubles: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of ``context``, present and future."""
        context.add_init_script(VIOLATION)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"script error: {error.error}"))
        context.on("response", self._response)

    def _note(self, trouble: str) -> None:
        if trouble not in self.troubles:
            self.troubles.append(trouble)

    def _request(self, request: Request) -> None:
        if _origin(request.url) != self.origin and not request.url.startswith(("data:", "blob:")):
            self._note(f"a request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and kind in PARTS):
            self._note(f"{response.status} for the {kind} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # the browser's own line about a 4xx says nothing that _response has not judged
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._note(f"console error: {message.text} ({message.location.get('url', '')})")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


RAIL = "how => document.querySelectorAll('.rail').forEach(one => { one.style.position = how; })"


def assert_accessible(page: Page, *, but: tuple[str, ...] = ()) -> None:
    """Fail on any violation of WCAG 2.2 A and AA that axe finds in the page as it stands.

    ``but`` names rules to leave out; a comment at the call says why that is right.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluate works under any CSP
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {rule: {"enabled": False} for rule in but},
        "resultTypes": ["violations"],
    }
    # A target that lies half under the rail now is scrolled clear of it; axe would call it small.
    page.evaluate(RAIL, "static")
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    page.evaluate(RAIL, "")
    broken = [_violation(violation) for violation in found["violations"]]
    assert not broken, f"{page.url} breaks WCAG:\n" + "\n".join(broken)


def _violation(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    shown = "\n".join(
        f"    {node['html'][:160]}\n      {node['failureSummary'].splitlines()[-1].strip()}"
        for node in nodes[:4]
    )
    return f"  {violation['id']}: {violation['help']} ({len(nodes)} places)\n{shown}"
