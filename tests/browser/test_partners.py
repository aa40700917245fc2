"""A request goes from desk to phone and back, live; so does a roll-call."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import console, signed_in


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
