"""Somebody adds a passkey, signs in with nothing else, and sees where they are signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def county_url(county_url: str) -> str:
    """By name: an address of numbers has no passkeys."""
    return county_url.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize(("view", "language"), [("phone", "zh"), ("desktop", "en")])
def test_a_passkey_is_added_opens_the_door_and_is_removed(
    open_page: OpenPage, screenshot: Screenshot, view: str, language: str
) -> None:
    page = open_page("/sign-in/", view=view, language=language)
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    key = line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    page.click(f"button[value={'planner' if view == 'phone' else 'analyst'}]")
    page.goto("/my-sign-in/")
    assert_accessible(page)
    page.fill("[name=name]", "钥匙扣上的那个")
    page.click("form[data-passkey] button")
    expect(page.locator(".paper-codes li")).to_have_count(10)
    assert_accessible(page)
    page.goto("/my-sign-in/")
    expect(page.locator("main")).to_contain_text("钥匙扣上的那个")
    assert_accessible(page)
    screenshot(page, f"my-sign-in-{view}-{language}")
    page.locator("header [data-menu] summary").last.click()
    page.locator("form[action='/sign-out/'] button").click()
    page.wait_for_url("**/sign-in/")
    page.click("form[data-passkey] button")
    page.wait_for_selector(".staff")
    page.goto("/my-sign-in/code-app/")
    assert_accessible(page)
    screenshot(page, f"code-app-{view}-{language}")
    page.goto("/my-sign-in/")
    page.click("form[action*='/passkeys/'][action$='/remove/'] button")
    expect(page.locator("main")).not_to_contain_text("钥匙扣上的那个")
    # one that the county no longer knows opens nothing, and is told so
    page.locator("header [data-menu] summary").last.click()
    page.locator("form[action='/sign-out/'] button").click()
    page.click("form[data-passkey] button")
    expect(page.locator("[role=alert]").first).to_be_visible()
    assert "/sign-in/" in page.url
    line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
