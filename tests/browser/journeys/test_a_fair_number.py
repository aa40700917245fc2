"""Journey 10: an officer reads every matter behind a number, objects, is right; and a change of the
formula is tried on last year before anybody adopts it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.phones import sign_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty, gongzhi

ITEM = "answers_in_time"
SAYS = {
    "zh": {
        "upheld": "查了通话记录，确实打过三次。这一件不算。",
        "why": "台风一周就有十来件，十件太少，比不出什么。", "change": "从 10 件改为 20 件",
        "in_force": "现行",
    },
    "en": {
        "upheld": "The call records bear you out. It doesn't count.",
        "why": "One storm makes ten: too few to compare.", "change": "from 10 to 20",
        "in_force": "In force",
    },
}  # fmt: skip


def objected(page: Page) -> int:
    """On a phone: one's sheet, a number, all that is behind it, and “this one is wrong”; how many
    matters counted."""
    page.locator("main a[href^='/appraisal/sheets/']").first.click()
    told = page.locator(f"main a[href$='/{ITEM}/']")
    many = int(re.sub(r"\D", "", told.inner_text()))
    told.click()
    rows = page.locator(".wf-list > li:has(.wf-pair)")
    expect(rows).to_have_count(many + page.locator("[data-left-out]").count())
    assert_accessible(page)
    one = rows.filter(has=page.locator("details")).filter(has_not=page.locator(".wf-quote")).first
    one.locator("summary").click()
    one.locator("textarea").fill("居民电话打不通，等补充的时间应该扣掉。")
    one.locator("button").click()
    expect(page.locator(".wf-quote")).not_to_have_count(0)
    return many


def answered(page: Page, words: str) -> None:
    """Personnel open the officer's objection, look, and agree."""
    sign_in(page, "personnel", "/appraisal/")
    page.locator("main a[href^='/appraisal/objections/']").last.click()
    page.locator("[name=upheld][value=yes]").check()
    page.fill("main [name=answer]", words)
    page.locator("main form [type=submit]").click()
    expect(page.locator(".toast, .message, [role=status]").first).to_be_attached()


def counted_again(page: Page, county: RunningCounty, file: Path) -> str:
    """The officer takes the sheet along, and it is counted again from the log."""
    taken = page.request.get(page.locator("main a[href$='sheet.json']").get_attribute("href"))
    file.write_bytes(taken.body())
    return gongzhi(county.home, "appraisal", "verify", str(file))


def draft_of(page: Page) -> Locator:
    """The formula that somebody proposes, in the list."""
    page.goto("/appraisal/formulas/")
    return page.locator(".card:has(a[href$='/county_2027/'])")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_fair_number(
    open_page: OpenPage, county: RunningCounty, tmp_path: Path, language: str
) -> None:
    says = SAYS[language]
    officer = open_page(view="phone", language=language)
    sign_in(officer, "officer", "/appraisal/")
    many = objected(officer)
    desk = open_page(language=language)
    answered(desk, says["upheld"])

    officer.reload()
    expect(officer.locator(".wf-quote", has_text=says["upheld"])).to_be_visible()
    officer.locator("main .back").click()
    told = officer.locator(f"main a[href$='/{ITEM}/']")
    expect(told).to_have_text(re.compile(rf"^\s*{many - 1}\b"))
    if language == "zh":
        assert "the log says the same" in counted_again(officer, county, tmp_path / "sheet.json")

    tried = draft_of(desk)
    expect(tried.locator(".badge")).to_have_count(0)
    tried.locator("form [type=submit]").click()
    expect(desk.locator("#changed li").first).to_contain_text(says["change"])
    expect(desk.locator("main [name=since]")).to_have_count(0)  # who tries it doesn't adopt it
    assert_accessible(desk)
    trial = desk.url

    leader = open_page(language=language)
    sign_in(leader, "bureau_leader", trial)
    leader.fill("main [name=since]", f"{localdate() + timedelta(days=400)}")
    leader.fill("main [name=why]", says["why"])
    leader.locator("main form[action$='/adopt/'] [type=submit]").click()
    expect(leader.locator("#history ~ ul li").first).to_contain_text(says["why"])
    expect(draft_of(leader).locator(".badge")).to_have_count(0)  # not before its day
    in_force = leader.locator(".card:has(a[href$='/county_2026/']) .badge")
    expect(in_force).to_have_text(says["in_force"])
