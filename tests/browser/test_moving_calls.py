"""A call that was put to the wrong incident, put right by hand in a real browser."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

MIXED_UP = """
import json
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.coordinates import Point
from gongzhi.work.calls.actions import NewCall, receive_call
desk, here = Actor.system("t"), Point(28.87, 123.96)
wrong = receive_call(desk, NewCall("theft", "电动车被偷", "移动测试路 1 号", here)).matter
right = receive_call(desk, NewCall("fight", "夜市有人打架", "移动测试路 9 号", here)).matter
receive_call(desk, NewCall("theft", "夜市那边打起来了", joins=wrong, caller={"phone": "139"}))
receive_call(desk, NewCall("theft", "又一通", joins=wrong))
print(json.dumps([wrong.pk, right.pk, right.number]))
"""
SAID = {
    "zh": {"elsewhere": "归到别处", "two": "2 通来电"},
    "en": {"elsewhere": "Put elsewhere", "two": "2 calls"},
}


@pytest.mark.parametrize(("language", "view"), [("zh", "desktop"), ("en", "phone")])
def test_a_dispatcher_finds_the_right_incident_and_moves_the_call(
    open_page: OpenPage, county: RunningCounty, language: str, view: str
) -> None:
    wrong, right, number = json.loads(county.python(MIXED_UP))
    said = SAID[language]
    page = signed_in(open_page, "dispatcher", f"/console/?incident={wrong}", language=language,
                     view=view)  # fmt: skip
    expect(page.locator("#detail .heard li")).to_have_count(3)
    page.locator("#detail .heard a", has_text=said["elsewhere"]).first.click()
    page.wait_for_url("**/move/")
    assert_accessible(page)
    page.fill("[name=q]", number)
    page.keyboard.press("Enter")
    expect(page.locator(".call-targets li")).to_have_count(1)
    page.click(f"button[name=to][value='{right}']")
    box = page.locator("dialog[open]")
    expect(box).to_contain_text(number)
    assert_accessible(page)
    box.locator(".buttons button").first.click()  # first thoughts are not always the best
    expect(page.locator(".call-targets li")).to_have_count(1)
    page.click(f"button[name=to][value='{right}']")
    box.locator(".buttons button").last.click()
    page.wait_for_selector(f"#detail[data-incident-id='{right}']")
    expect(page.locator("#detail .detail-number")).to_contain_text(said["two"])
    expect(page.locator("#detail .heard")).to_contain_text("夜市那边打起来了")


def test_or_opens_its_own_by_keyboard(open_page: OpenPage, county: RunningCounty) -> None:
    wrong, _, _ = json.loads(county.python(MIXED_UP))
    page = signed_in(open_page, "call_taker", f"/console/?incident={wrong}")
    page.locator("#detail .heard a").first.click()
    page.select_option("[name=category]", "fight")
    page.focus("[name=words]")
    page.keyboard.press("Control+A")
    page.keyboard.type("夜市两桌人打架")
    page.focus("#own-title ~ form [type=submit]")
    page.keyboard.press("Enter")
    page.locator("dialog[open] .buttons button").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail[data-incident-id]")
    expect(page.locator("#detail .detail-facts")).to_contain_text("夜市两桌人打架")
    expect(page.locator("#detail .detail-facts")).to_contain_text("移动测试路 1 号")
