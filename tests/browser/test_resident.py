"""The resident's pages in a real browser: phone first, two languages, no barrier, no line."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import MAP_SETTLED, OpenPage
from tests.browser.test_call_taker import wait_until_kept
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
CODE = "#code"


def picture(colour: tuple[int, int, int] = (60, 110, 130)) -> dict[str, Any]:
    """A photo as a phone's camera leaves it."""
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(out, "JPEG")
    return {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def choose(page: Page, kind: str = "lamp_out") -> None:
    page.fill("[data-kinds-search]", "lamp" if kind == "lamp_out" else kind)
    page.click(f".kind-card:has([value={kind}])")


def close_suggestions(page: Page) -> None:
    """They hang over the map until one leaves the field of the place."""
    page.locator("#id_place").blur()


def pin(page: Page, x: int = 120, y: int = 90) -> None:
    page.wait_for_selector("gz-map[data-ready]")
    page.locator("gz-map").scroll_into_view_if_needed()
    close_suggestions(page)
    page.locator("gz-map canvas").click(position={"x": x, "y": y})
    page.wait_for_selector("gz-map[data-picked]")


def at_an_address(page: Page) -> None:
    """Chosen from the list: as good as a pin, and there without a map, too."""
    page.fill("#id_place", "派出所")
    page.click(".combobox-option >> nth=0")
    page.wait_for_selector("gz-map[data-picked]")


def send(page: Page) -> None:
    page.click(".action-bar [type=submit]")


def fill(page: Page, words: str) -> None:
    page.goto("/report/")
    choose(page)
    page.fill("#id_words", words)
    page.fill("#id_place", "海平路 12 号门口")


def code_of(page: Page) -> str:
    page.wait_for_selector(CODE)
    return page.locator(CODE).inner_text()


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """The city management's partner, signed in."""
    page = open_page("/sign-in/")
    page.click("button[value=partner]")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


@pytest.mark.parametrize(
    ("view", "language", "show_place"),
    [
        pytest.param("phone", "zh", pin, marks=pytest.mark.graphics),
        ("phone", "en", at_an_address),
        ("desktop", "zh", at_an_address),
    ],
)
def test_a_resident_reports_with_pin_and_photo_and_gets_a_code(
    open_page: OpenPage,
    screenshot: Screenshot,
    view: str,
    language: str,
    show_place: Callable[[Page], None],
) -> None:
    page = open_page("/report/", view=view, language=language)
    assert_accessible(page)
    screenshot(page, f"report-{view}-{language}")
    choose(page)
    page.click(".pill:has([value=days])")
    page.fill("#id_words", "巷口的路灯三天没亮了，晚上老人走路看不清。")
    show_place(page)
    page.set_input_files("[name=photos]", [picture()])
    page.wait_for_selector(".photo img")
    assert_accessible(page)
    screenshot(page, f"report-filled-{view}-{language}")
    send(page)
    code_of(page)
    assert "SQ" in page.title()
    expect(page.locator(".thumbs img")).to_have_count(1)
    assert_accessible(page)
    screenshot(page, f"receipt-{view}-{language}")


@pytest.mark.parametrize("path", ["/", "/follow/"])
def test_no_barrier_on_the_way_there(open_page: OpenPage, path: str) -> None:
    assert_accessible(open_page(path, view="phone"))


def test_what_is_missing_is_said_before_anything_is_sent(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = open_page("/report/", view="phone")
    send(page)
    expect(page.locator("#id_category_error")).to_be_visible()
    expect(page.locator("#id_words_error")).to_be_visible()
    expect(page.locator("#id_place_error")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "report-missing-phone-zh")


@pytest.mark.graphics
def test_an_address_moves_the_pin(open_page: OpenPage) -> None:
    page = open_page("/report/", view="phone")
    page.wait_for_selector("gz-map[data-ready]")
    at_an_address(page)
    expect(page.locator(".map-pin")).to_be_visible()
    assert float(page.locator("#id_lat").input_value()) > 0


def test_a_neighbour_is_shown_what_was_reported_and_joins(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    first = open_page("/report/", view="phone")
    fill(first, "码头边整排路灯都不亮")
    at_an_address(first)
    send(first)
    code_of(first)
    second = open_page("/report/", view="phone")
    fill(second, "我家门口的灯也不亮")
    at_an_address(second)
    second.wait_for_selector("[data-similar-found]")
    assert_accessible(second)
    second.locator("#similar").scroll_into_view_if_needed()
    screenshot(second, "report-similar-phone-zh")
    second.click("#similar [name=joins] >> nth=0")
    assert code_of(second)
    expect(second.get_by_text("位居民关注")).to_be_visible()
    expect(second.get_by_text("码头边整排路灯都不亮")).to_have_count(0)


def test_without_a_line_the_report_waits_and_is_sent_once(
    open_page: OpenPage, desk: Page, screenshot: Screenshot
) -> None:
    words = "断网时写的：台风后路口的灯杆歪了"
    page = open_page("/report/", view="phone")
    page.wait_for_selector(MAP_SETTLED)
    fill(page, words)
    page.set_input_files("[name=photos]", [picture((90, 60, 40))])
    page.wait_for_selector(".photo img")
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text("网络恢复后自动发送")).to_be_visible()
    screenshot(page, "report-offline-phone-zh")
    page.context.set_offline(False)
    page.click(".toast a")  # the way to the receipt
    expect(page.get_by_text(words)).to_be_visible()
    page.reload()
    desk.goto(f"/requests/?show=all&q={words}")
    expect(desk.locator(".inbox-row")).to_have_count(1)


def test_a_draft_is_there_again_when_the_page_is_opened_again(open_page: OpenPage) -> None:
    page = open_page("/report/", view="phone")
    choose(page)
    page.fill("#id_words", "写到一半的话")
    page.wait_for_selector("[data-draft-state] button")
    wait_until_kept(page, "写到一半的话")  # the category was kept by then; the words come later
    page.reload()
    expect(page.locator("#id_words")).to_have_value("写到一半的话")
    expect(page.locator("[name=category]:checked")).to_have_value("lamp_out")


def test_question_answer_not_solved_solved_and_stars(
    open_page: OpenPage, desk: Page, screenshot: Screenshot
) -> None:
    words = "从头到尾：桥头第二盏路灯不亮"
    page = open_page("/report/", view="phone")
    fill(page, words)
    send(page)
    code = code_of(page)
    desk.goto(f"/requests/?show=all&q={words}")
    desk.click(".inbox-title a")
    desk.click("form[action$='accept/'] button")
    desk.click("[commandfor=ask]")
    desk.fill("#ask-words", "是靠近小卖部的那一盏吗？")
    desk.click("#ask [type=submit]")
    desk.wait_for_selector(".toast")
    other = open_page("/follow/", view="phone")  # another phone, with the code alone
    other.fill("[name=code]", code.lower())
    other.click("main [type=submit]")
    expect(other.get_by_text("是靠近小卖部的那一盏吗？").first).to_be_visible()
    assert_accessible(other)
    screenshot(other, "follow-question-phone-zh")
    other.fill("#reply", "对，小卖部门口。")
    other.click("form[action$='reply/'] [type=submit]")
    desk.reload()
    expect(desk.get_by_text("对，小卖部门口。")).to_be_visible()
    answer(desk, "已换灯泡")
    other.reload()
    other.click("summary:has-text('还没解决')")
    other.fill("#objection", "还是一闪一闪")
    other.click("[name=solved][value=no]")
    desk.reload()
    desk.click("form[action$='start/'] button")
    desk.wait_for_selector(".toast")
    answer(desk, "换了整套灯具")
    other.reload()
    assert_accessible(other)
    screenshot(other, "follow-answered-phone-zh")
    other.click("[name=solved][value=yes]")
    other.locator(".stars label").nth(3).click()
    other.click("form[action$='rate/'] [type=submit]")
    expect(other.get_by_text("您的评价", exact=True)).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("居民评了 4 星")).to_be_visible()


def answer(desk: Page, words: str) -> None:
    """Answer the request that the desk looks at, with a photo."""
    desk.click("[commandfor=answer]")
    desk.fill("#answer-words", words)
    shown = desk.locator("#answer [name=evidence][value=photo]")
    if shown.count():  # of what this category wants to see
        shown.check()
    desk.set_input_files("#answer [name=photos]", [picture()])
    desk.wait_for_selector("#answer .photo img")
    desk.click("#answer .buttons [type=submit]")
    expect(desk.locator(".happening-words", has_text=words).first).to_be_visible()


@pytest.mark.parametrize(("view", "language"), [("phone", "zh"), ("desktop", "en")])
def test_the_inbox_and_a_request_have_no_barrier(
    open_page: OpenPage, screenshot: Screenshot, view: str, language: str
) -> None:
    resident = open_page("/report/")
    fill(resident, f"收件箱里的一件（{view}-{language}）")
    at_an_address(resident)
    send(resident)
    code_of(resident)
    page = open_page("/sign-in/", view=view, language=language)
    page.click("button[value=partner]")
    page.goto("/requests/")
    assert_accessible(page)
    screenshot(page, f"requests-{view}-{language}")
    page.click(".inbox-title a >> nth=0")
    page.wait_for_selector(f"{MAP_SETTLED}, .request")
    assert_accessible(page)
    screenshot(page, f"request-{view}-{language}")
    page.click("[commandfor=send]")
    page.wait_for_selector("dialog[open]")
    assert_accessible(page)
    screenshot(page, f"request-send-{view}-{language}")


def test_an_empty_inbox_says_so_kindly(desk: Page, screenshot: Screenshot) -> None:
    desk.goto("/requests/?show=all&q=没有这样的一件")
    expect(desk.locator(".empty")).to_be_visible()
    screenshot(desk, "requests-empty-desktop-zh")
