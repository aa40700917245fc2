"""Asking once, in a real browser: the register, the code of another application, the counter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible

WHO = {"name": "海某某", "id_number": "999999199001012337", "phone": "13800000000"}
PERMIT = "/services/residence_permit/check/?registered=elsewhere&half_year=yes&ground=work"
CARD = "/services/identity_card/check/?what=renew&place=here"
BEGIN = 'form[action$="/apply/"] [type=submit]'
ON = ".action-bar [type=submit]"
CODE = re.compile(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_office_has_or_was_told_is_ticked_and_not_typed(
    open_page: OpenPage, language: str
) -> None:
    page = open_page(PERMIT, view="phone", language=language)
    page.click(BEGIN)
    _types(page, WHO)
    page.click("a[href$='/services/form/held/']")
    assert_accessible(page)
    page.check("[name=agreed]")
    page.click("main form [type=submit]")
    expect(page.locator("[name=field]")).to_have_count(3)
    assert_accessible(page)
    page.click(ON)
    page.wait_for_url("**/form/page/work/")  # that page is done
    page.goto("/services/form/page/home/")
    expect(page.locator(".services-known")).to_have_count(3)
    assert_accessible(page)
    page.click(ON)
    page.wait_for_url("**/form/page/work/")
    _types(page, {"employer": "望海渔具店"})
    page.locator("[name=handing]").first.check()
    page.click(ON)
    page.click(".action-bar a[href$='/send/']")
    assert_accessible(page)
    page.select_option("[name=office]", index=1)
    page.check("[name=agreed]")
    page.click(ON)
    code = page.inner_text("#code")
    page.goto(CARD)
    page.click(BEGIN)
    page.click("a[href$='/services/form/reuse/']")
    assert_accessible(page)
    _types(page, {"code": code, "ends": "0000"})
    expect(page.locator("[name=field]")).to_have_count(4)  # and how it is handed over
    assert_accessible(page)
    page.click(ON)
    page.goto("/services/form/page/who/")
    expect(page.locator("[name=name]")).to_have_value(WHO["name"])
    assert_accessible(page)


def test_a_clerk_takes_in_whoever_comes(open_page: OpenPage) -> None:
    page = open_page("/sign-in/")
    page.click("button[value=counter_clerk]")
    page.wait_for_selector(".staff")
    page.goto("/applications/new/residence_permit/?registered=elsewhere&half_year=yes&ground=work")
    assert_accessible(page)
    for name, text in {**WHO, "address": "澜城街道", "employer": "渔具店"}.items():
        page.fill(f"[name={name}]", text)
    page.fill("[name=since]", "2025-03-01")
    for name in ("dwelling", "handing"):
        page.locator(f"[name={name}]").first.check()
    page.check("[name=agreed]")
    page.click("main form [type=submit]")
    page.wait_for_url(re.compile(r"/applications/\d+/$"))
    page.goto(f"{page.url}receipt/")
    expect(page.locator(".receipt .number")).to_have_text(CODE)
    assert_accessible(page)


def _types(page: Page, told: dict[str, str]) -> None:
    """Into the page, and on."""
    for name, text in told.items():
        page.fill(f"[name={name}]", text)
    page.click(ON)
