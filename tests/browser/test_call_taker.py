"""A whole call, taken with the keyboard alone: hands never leave it, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.waiting import until
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
TYPED = {
    "zh": {"what": "打架", "where": "澜城码头", "said": "夜宵摊旁边四五个人打起来了"},
    "en": {"what": "fight", "where": "Lancheng Pier", "said": "Five people are fighting"},
}

NOTE_SENDING = """() => {
  const note = () => document.body.setAttribute("data-was-sent", "");
  for (const kind of ["submit", "invalid"]) addEventListener(kind, note, true);
}"""


def at_the_desk(open_page: OpenPage, language: str = "zh") -> Page:
    page = open_page("/sign-in/?next=/calls/new/", language=language)
    page.click("button[name=demo][value=call_taker]")
    expect(page.locator("#id_what")).to_be_focused()
    return page


def choose_place(page: Page, where: str) -> None:
    page.keyboard.press("F9")
    page.keyboard.type(where)
    page.wait_for_selector("#id_place + .combobox-list [role=option]")
    page.keyboard.press("Enter")
    expect(page.locator("#id_words")).to_be_focused()
    expect(page.locator("#id_lat")).not_to_have_value("")


def taken(page: Page) -> str:
    """The number that the confirmation of the call just sent says."""
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    return page.locator(".call-taken .number").inner_text()


def wait_until_kept(page: Page, words: str) -> None:
    """Until the draft on this machine holds the words: it is written after a pause."""
    kept = """(words) => new Promise((done) => {
      const open = indexedDB.open("gongzhi");
      open.onsuccess = () => {
        const all = open.result.transaction("drafts").objectStore("drafts").getAll();
        all.onsuccess = () => {
          open.result.close();
          done(JSON.stringify(all.result).includes(words));
        };
      };
    })"""
    until(page, kept, words)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_call_from_the_first_word_to_its_number_by_keyboard(
    open_page: OpenPage, screenshot: Screenshot, language: str
) -> None:
    page, typed = at_the_desk(open_page, language), TYPED[language]
    keyboard = page.keyboard
    assert_accessible(page)
    screenshot(page, f"call-empty-{language}")
    keyboard.type(typed["what"])
    keyboard.press("Enter")
    expect(page.locator("[name=q_ongoing]").first).to_be_focused()
    expect(page.locator("[data-call-level]")).to_contain_text("P2")
    keyboard.press("2")  # no longer going on
    keyboard.press("1")  # somebody is hurt
    expect(page.locator("[data-call-level]")).to_contain_text("P1")
    keyboard.press("2")  # no weapon
    keyboard.type("5")
    keyboard.press("Enter")
    expect(page.locator("#id_place")).to_be_focused()
    choose_place(page, typed["where"])
    keyboard.type(typed["said"])
    keyboard.press("Tab")
    keyboard.type("海先生")
    keyboard.press("Tab")
    keyboard.type("13900000000")
    expect(page.locator("[data-call-timer]")).to_be_visible()
    assert_accessible(page)
    screenshot(page, f"call-full-{language}")
    assert taken(page).startswith("JQ")
    expect(page.locator("#id_what")).to_be_focused()
    assert page.input_value("#id_what") == page.input_value("#id_words") == ""
    assert_accessible(page)
    screenshot(page, f"call-taken-{language}")


def test_a_second_call_about_the_same_is_joined_with_one_key(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = at_the_desk(open_page)
    page.keyboard.type("持械")
    page.keyboard.press("Enter")
    choose_place(page, "水上派出所")
    page.keyboard.type("有人拿刀")
    number = taken(page)
    page.keyboard.type("持械")
    page.keyboard.press("Enter")
    choose_place(page, "水上派出所")
    hint = page.locator("[data-join]", has_text=number)
    expect(hint).to_contain_text("同一地点")
    page.keyboard.press(hint.get_attribute("data-join-key") or "")
    expect(hint).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-call-save]")).to_contain_text(number)
    assert_accessible(page)
    screenshot(page, "call-join-zh")
    assert taken(page) == number
    expect(page.locator(".call-list li", has_text=number)).to_have_count(2)


def test_what_was_typed_survives_a_reload(open_page: OpenPage) -> None:
    page = at_the_desk(open_page)
    page.keyboard.press("1")  # the first of the frequent ones
    what = page.input_value("#id_what")
    assert what
    page.keyboard.press("F8")
    page.keyboard.type("打架")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    choose_place(page, "澜城码头")
    page.keyboard.type("打起来了")
    wait_until_kept(page, "打起来了")
    page.reload()
    expect(page.locator("#id_words")).to_have_value("打起来了")
    expect(page.locator("#id_what")).to_have_value("打架斗殴")
    expect(page.locator("[name=q_ongoing]").first).to_be_checked()
    expect(page.locator("[data-call-level]")).to_contain_text("P1")
    expect(page.locator("#id_lat")).not_to_have_value("")
    expect(page.locator("[data-call-timer] b")).not_to_have_text("0:00")
    page.click("[data-draft-state] button")
    expect(page.locator("#id_words")).to_have_value("")


def test_enter_alone_never_sends_a_half_told_call(open_page: OpenPage) -> None:
    page = at_the_desk(open_page)
    page.evaluate(NOTE_SENDING)
    for field in ("#id_place", "#id_caller_name", "#id_caller_phone"):
        page.focus(field)
        page.keyboard.press("Enter")  # a form that it sends says so before the key is up
    expect(page.locator("body[data-was-sent]")).to_have_count(0)
    expect(page.locator("[data-field=words] .error")).to_be_hidden()
    assert page.url.endswith("/calls/new/")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(open_page: OpenPage) -> None:
    page = at_the_desk(open_page)
    page.keyboard.type("打架")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-field=words] .error")).to_contain_text("请写几句")
    expect(page.locator("#id_words")).to_be_focused()
    expect(page.locator("#id_what")).to_have_value("打架斗殴")
    expect(page.locator("[name=q_ongoing]").first).to_be_checked()
    assert_accessible(page)
    page.keyboard.type("打起来了")
    assert taken(page).startswith("JQ")


@pytest.mark.graphics
def test_other_words_for_the_place_take_the_pin_away_even_while_the_map_is_slow(
    open_page: OpenPage,
) -> None:
    page = at_the_desk(open_page)
    held: list[Route] = []

    def hold(route: Route) -> None:  # Playwright takes no method of a list
        held.append(route)

    page.route("**/layers/*.geojson", hold)
    page.reload()
    expect(page.locator("#id_what")).to_be_focused()
    choose_place(page, "澜城码头")
    page.keyboard.press("F9")
    page.keyboard.type("海边")
    expect(page.locator("#id_lat")).to_have_value("")
    page.unroute("**/layers/*.geojson")
    for route in held:
        route.continue_()
    page.wait_for_selector("gz-map[data-ready]")
    expect(page.locator("[data-call-place]")).to_contain_text("还没有定位")
    assert page.input_value("#id_lat") == page.input_value("#id_lon") == ""
    page.locator("#id_place").blur()  # the suggestions hang over the map until then
    page.locator("gz-map canvas").click(position={"x": 300, "y": 90})
    expect(page.locator("[data-call-place]")).to_contain_text("已定位")
    assert page.input_value("#id_lat")
