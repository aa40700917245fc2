"""Signing in and the pages behind it in a real browser: both languages, no barrier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import VIEWS, OpenPage
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
WORDS = {
    "zh": {"wrong": "用户名或密码不对", "hello": "您好", "out": "退出登录"},
    "en": {"wrong": "is not right", "hello": "Hello", "out": "Sign out"},
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["phone", "desktop"])
def test_a_visitor_of_the_demo_enters_a_role_and_leaves(
    open_page: OpenPage, screenshot: Screenshot, view: str, language: str
) -> None:
    said = WORDS[language]
    page = open_page("/start/", view=view, language=language)
    assert "/sign-in/?next=" in page.url
    assert_accessible(page)
    screenshot(page, f"sign-in-{view}-{language}")
    page.fill("[name=username]", "dispatcher")
    page.fill("[name=password]", "not-the-password")
    page.press("[name=password]", "Enter")
    expect(page.locator("[role=alert]:visible")).to_contain_text(said["wrong"])
    assert_accessible(page)
    page.click("button[value=supervisor]")
    page.wait_for_url("**/start/")
    expect(page.locator("h1")).to_contain_text(said["hello"])
    assert_accessible(page)
    screenshot(page, f"start-{view}-{language}")
    page.click("header [data-menu] summary")
    page.get_by_role("button", name=said["out"]).click()
    page.wait_for_url("**/sign-in/")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["phone", "desktop"])
def test_the_administrator_s_pages_have_no_barrier(
    open_page: OpenPage, screenshot: Screenshot, view: str, language: str
) -> None:
    page = open_page("/sign-in/", view=view, language=language)
    page.click("button[value=admin]")
    page.wait_for_selector(".staff")
    for name in ("accounts", "accounts/new", "units", "keys", "password"):
        page.goto(f"/{name}/")
        assert_accessible(page)
        screenshot(page, f"{name.replace('/', '-')}-{view}-{language}")
    page.goto("/accounts/?words=officer")
    page.click("tbody a")
    page.wait_for_selector(".back")
    screenshot(page, f"account-{view}-{language}")
    # As tall as the page: a phone's rail lies over the buttons that one has yet to scroll to.
    page.set_viewport_size({"width": VIEWS[view][0], "height": 2000})
    assert_accessible(page)


def test_who_looked_is_open_to_the_data_steward(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = open_page("/sign-in/")
    page.click("button[value=data_steward]")
    page.wait_for_selector(".staff")
    page.goto("/people/reads/")
    assert_accessible(page)
    screenshot(page, "reads-desktop-zh")


def test_a_role_is_told_what_it_may_not_open(open_page: OpenPage) -> None:
    page = open_page("/sign-in/?next=/accounts/", view="phone")
    page.click("button[value=planner]")
    page.wait_for_selector(".error-number")
    expect(page.locator("main")).to_contain_text("开通、停用账号")
    assert_accessible(page)
