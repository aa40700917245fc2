"""Complaining on a phone, and looking into it at a desk: both ways, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]
WORDS = "值班民警让我等了三个小时，问一句就吼我。"
ANSWER = "看了大厅的录像，您确实等了三个小时，值班民警说话不对，已经批评教育，也请他当面道歉。"


def complained(open_page: OpenPage, language: str, unit: str = "station_luao") -> tuple[Page, str]:
    """A complaint sent from a phone; the page that follows it, and its number."""
    page = open_page("/", view="phone", language=language)
    page.locator("footer a[href='/complain/']").click()
    assert_accessible(page)
    page.locator("main [type=submit]").click()
    expect(page.locator(".notice[data-tone=bad]")).to_be_visible()
    page.fill("[name=words]", WORDS)
    page.select_option("[name=unit]", unit)
    page.locator("[name=going_on][value=no]").check()
    page.locator("main details summary").click()
    page.fill("[name=name]", "海听潮")
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/follow/matter/")
    number = page.locator(".follow-head .number").inner_text()
    return page, number


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_resident_complains_and_the_inspector_answers(
    open_page: OpenPage, screenshot: Screenshot, language: str
) -> None:
    page, number = complained(open_page, language)
    expect(page.locator("#code")).to_be_visible()
    assert_accessible(page)
    screenshot(page, f"complaint-follow-{language}")

    desk = signed_in(open_page, "inspector", "/complaints/", language=language)
    row = desk.locator(".inbox-row", has_text=number)
    assert_accessible(desk)
    row.locator("a").click()
    expect(desk.locator(".follow-words").first).to_contain_text(WORDS)
    assert_accessible(desk)
    for code in ("taken_up", "accepted", "inquiry"):
        desk.locator(f"#take-{code} [type=submit]").click()
        expect(desk.locator(f"#take-{code}")).to_have_count(0)
    desk.locator("[form=take-decided][name=finding]").select_option("upheld")
    desk.locator("[form=take-decided][name=told]").fill(ANSWER)
    screenshot(desk, f"complaint-desk-{language}")
    desk.locator("#take-decided [type=submit]").click()
    expect(desk.locator("#take-closed")).to_be_visible()
    desk.locator(".contact select").select_option("verify")
    desk.locator(".contact button").click()
    expect(desk.locator(".contact dd")).to_have_text("海听潮")

    page.reload()
    expect(page.locator("dd", has_text=ANSWER)).to_be_visible()
    page.locator("details", has=page.locator("[name=words]")).locator("summary").click()
    page.fill("[name=words]", "还要看前一天的录像")
    assert_accessible(page)
    page.locator("form[action$='/review/'] [type=submit]").click()
    expect(page.locator(".toast").first).to_be_visible()
    head = signed_in(open_page, "bureau_leader", "/complaints/", language=language)
    head.locator(".inbox-row", has_text=number).locator("a").click()
    expect(head.locator("#take-review_decided")).to_be_visible()


def test_the_station_complained_of_finds_nothing(open_page: OpenPage) -> None:
    page, number = complained(open_page, "zh", "station_lancheng")
    expect(page.locator(".follow-head")).to_contain_text("投诉民警")
    key = number.rpartition("-")[2]
    for role in ("officer", "unit_leader", "case_officer"):
        desk = signed_in(open_page, role, "/")
        assert desk.request.get(f"/complaints/{key}/").status == 403
        assert desk.request.get(f"/dossier/?number={number}").status in (403, 404)
        for path in ("/cases/", "/supervision/", "/dossier/"):
            answer = desk.request.get(path)
            assert WORDS not in answer.text()
            assert number not in answer.text()


def test_whoever_follows_nothing_withdraws_nothing(open_page: OpenPage) -> None:
    page, _number = complained(open_page, "zh")
    page.locator("summary", has_text="不投诉了").click()
    page.locator("form[action$='/withdraw/'] [type=submit]").click()
    expect(page.locator(".follow-now")).to_contain_text("您撤回了这件投诉")
    page.locator("summary", has_text="清除我留下的内容").click()
    page.locator("form[action$='/erase/'] [type=submit]").click()
    expect(page.locator("main")).not_to_contain_text(WORDS)
