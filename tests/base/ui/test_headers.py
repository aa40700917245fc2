"""Every answer, good or bad, keeps the page to ourselves."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.ui.middleware import CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ["/offline/", "/nowhere/", "/broken/", "/refused/", "/sw.js"])
def test_security_headers_are_everywhere(reader: Client, path: str) -> None:
    answer = reader.get(path)
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "geolocation=(self)" in answer["Permissions-Policy"]


def test_the_policy_admits_nothing_from_outside() -> None:
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'self';")
