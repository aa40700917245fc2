"""The case officer's page: open a case, see what it lacks, let deeds move its clocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]


def opened(page: Page) -> None:
    """Open a case for something that nobody called about."""
    page.goto("/cases/open/")
    page.select_option("[name=category]", "theft")
    page.fill("[name=words]", "码头上手机被偷")
    page.select_option("[name=second]", label="海小办")
    page.click("main form [type=submit]")
    page.wait_for_selector(".case-page")


def put_down(page: Page, role: str, name: str) -> None:
    """Add a party."""
    parties = page.locator(".case-sealed")
    number = parties.count()
    page.locator("button[commandfor=party]").last.click()
    page.select_option("#party-role", role)
    page.fill("#party-name", name)
    page.click("#party [type=submit]")
    expect(parties).to_have_count(number + 1)


@pytest.mark.parametrize("view", ["desktop", "phone"])
def test_a_case_is_opened_and_a_summons_starts_a_clock_that_stands_first(
    open_page: OpenPage, screenshot: Screenshot, view: str
) -> None:
    page = signed_in(open_page, "case_officer", "/cases/", view=view)
    opened(page)
    take = page.locator("#take-filed [type=submit]")
    page.fill("[form=take-filed][name=acceptance_record]", "受案登记表，第 1 页")
    take.click()
    expect(page.locator(".step[aria-current=step]")).to_contain_text("立案")
    expect(page.locator(".case-when .clock").first).to_contain_text("治安案件办结")
    expect(page.locator(".case-custody")).to_have_count(0)
    put_down(page, "suspect", "欧阳慕容")
    page.select_option("#deed", "summons")
    page.click(".case-begin [type=submit]")
    expect(page.locator(".case-custody .clock")).to_contain_text("嫌疑人甲：询问查证")
    page.locator(".case-custody summary").click()
    expect(page.locator(".case-custody .clock-why")).to_contain_text("第九十七条")
    assert_accessible(page)
    screenshot(page, f"case-{view}")
    page.click(".case-lasting [type=submit]")
    expect(page.locator(".case-custody")).to_have_count(0)


def test_a_step_that_waits_for_an_approval_says_whose(open_page: OpenPage) -> None:
    page = signed_in(open_page, "case_officer", "/cases/")
    opened(page)
    page.fill("[form=take-filed][name=acceptance_record]", "受案登记表，第 1 页")
    page.click("#take-filed [type=submit]")
    expect(page.locator("#take-questioned [type=submit]")).to_be_disabled()
    here = page.url
    chief = signed_in(open_page, "unit_leader", "/cases/?show=approve")
    chief.goto(here)
    chief.locator("form[action$='/approve/summons_approval/'] button").first.click()
    expect(chief.locator(".case-next").first).to_contain_text("已批准")
    page.reload()
    expect(page.locator("#take-questioned [type=submit]")).to_be_enabled()


def test_who_somebody_is_opens_for_a_purpose(open_page: OpenPage) -> None:
    page = signed_in(open_page, "case_officer", "/cases/")
    opened(page)
    put_down(page, "victim", "欧阳慕容")
    expect(page.locator("main")).not_to_contain_text("欧阳慕容")
    page.locator(".case-sealed summary").click()
    page.select_option(".contact select", "handle")
    page.click(".contact [type=submit]")
    expect(page.locator(".contact")).to_contain_text("欧阳慕容")


def test_of_two_suspects_each_has_their_own_and_a_list_is_searched_by_typing(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = signed_in(open_page, "case_officer", "/cases/")
    opened(page)
    page.fill("[form=take-filed][name=acceptance_record]", "受案登记表，第 1 页")
    page.click("#take-filed [type=submit]")
    expect(page.locator(".step[aria-current=step]")).to_contain_text("立案")
    for name in ("欧阳慕容", "上官婉清"):
        put_down(page, "suspect", name)
    page.fill("[data-narrows=deed]", "传唤到案")
    expect(page.locator("#deed option")).to_have_count(4)
    page.select_option("#deed", "summons")
    page.click(".case-begin [type=submit]")
    expect(page.locator(".case-begin [data-field=party] .error")).to_have_text("请选是谁。")
    for label in ("嫌疑人乙", "嫌疑人甲"):
        page.select_option("#deed", "summons")
        page.select_option("#deed-party", label=label)
        page.click(".case-begin [type=submit]")
        expect(page.locator(".case-custody")).to_contain_text(f"{label}：询问查证")
    assert_accessible(page)
    screenshot(page, "case-two-suspects")
    page.locator(".case-lasting", has_text="嫌疑人乙").locator("[type=submit]").first.click()
    expect(page.locator(".case-custody .clock")).to_have_count(1)
    expect(page.locator(".case-custody .clock")).to_contain_text("嫌疑人甲")


def test_a_form_that_is_refused_without_scripts_comes_back_as_it_was(
    open_page: OpenPage, screenshot: Screenshot
) -> None:
    page = signed_in(open_page, "case_officer", "/cases/", language="en")
    opened(page)
    expect(page.locator(".case-sub")).to_have_text("Tasks")
    page.evaluate(
        """() => {
          const form = document.querySelector("#task form");
          form.elements.words.value = "查监控";
          form.elements.due_at.value = "2020-01-01T08:00";
          form.submit();  // as a browser does it that runs no script of ours
        }"""
    )
    expect(page.locator("#refused")).to_be_visible()
    expect(page.locator("#task")).to_be_visible()
    expect(page.locator("#task-words")).to_have_value("查监控")
    expect(page.locator("#task-due-error")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "case-refused-en")
