"""A request goes from desk to phone and back, live; so does a roll-call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import console, signed_in
from tests.browser.waiting import quiet
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
CLOCK_STANDS = "() => { const at = performance.now(); performance.now = () => at; }"
"""What follows happens at once, however long this machine takes for it."""
CLOCK_GOES = "() => { delete performance.now; }"


def test_the_desk_asks_by_key_the_phone_answers_and_the_row_moves_by_itself(
    open_page: OpenPage,
) -> None:
    desk = console(open_page)
    gas = desk.locator("#queue .incident", has_text="燃气泄漏").first
    gas.click()
    row = desk.locator(".partners > li", has_text="119 消防救援")
    expect(row.locator(".badge").first).to_have_text("等答复")
    phone = signed_in(open_page, "partner_desk", "/linked/", view="phone")
    phone.wait_for_selector(".live[data-state=on]")
    card = phone.locator(".linked-card", has_text="燃气泄漏").first
    accept = card.get_by_role("button", name="受理")
    box = accept.bounding_box()
    assert box
    assert box["height"] >= 48
    accept.click()
    expect(card.locator(".badge").first).to_have_text("已受理")
    expect(row.locator(".badge").first).to_have_text("已受理")
    desk.keyboard.press("l")  # the first whom the category calls for and nobody has asked
    expect(desk.locator(".partners > li")).to_have_count(3)
    desk.keyboard.press("b")
    expect(desk.locator("#ask-partner")).to_be_visible()


def test_a_roll_call_reaches_the_partner_s_phone_and_its_answer_the_lane(
    open_page: OpenPage,
) -> None:
    lane = signed_in(open_page, "dispatcher", "/command/2/")
    lane.wait_for_selector(".live[data-state=on]")
    phone = signed_in(open_page, "partner_desk", "/linked/", view="phone")
    phone.wait_for_selector(".live[data-state=on]")
    asked = phone.locator(".roll-asked")
    before = asked.get_attribute("id") if asked.count() else ""
    lane.get_by_role("button", name="开始点名").click()
    expect(asked).not_to_have_id(before or "")
    asked.get_by_role("button", name="在", exact=True).click()
    expect(asked).to_contain_text("已应答：在")
    here = lane.locator("[aria-labelledby=c-roll] li", has_text="119 消防救援")
    expect(here.locator(".badge")).to_have_text("在")


@pytest.mark.parametrize(("language", "view"), [("zh", "desktop"), ("en", "phone")])
def test_silent_partners_are_counted_on_the_rail_and_rung_by_one_key(
    open_page: OpenPage, screenshot: Screenshot, language: str, view: str
) -> None:
    page = signed_in(open_page, "dispatcher", "/linked/late/", language=language, view=view)
    page.wait_for_selector(".live[data-state=on]")
    first = page.locator(".late-one").first
    name, count = first.get_attribute("id"), page.locator("[href='/linked/late/'] .rail-count")
    expect(count).to_be_visible()
    before = int(count.inner_text())
    assert_accessible(page)
    screenshot(page, f"late-partners-{view}-{language}")
    if view == "desktop":
        page.evaluate(CLOCK_STANDS)
        page.keyboard.press("t")
        expect(page.locator(".late-one").first).not_to_have_id(name or "")
        following = page.locator(".late-one").first.get_attribute("id") or ""
        page.keyboard.press("t")  # at once: it was meant for the same
        page.evaluate(CLOCK_GOES)
        quiet(page)
        expect(page.locator(".late-one").first).to_have_id(following)
    else:
        first.locator("button.button[data-kind=primary]").click()
    expect(page.locator(".late-one").first).not_to_have_id(name or "")
    expect(page.locator(f"#{name}")).to_be_visible()  # it is still late, below the others
    expect(count).to_have_text(str(before - 1))
