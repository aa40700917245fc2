"""Somebody volunteers on a phone: signs up, says that they are there, prints their hours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

WIDTH = "document.documentElement.scrollWidth"
NOW = """
from datetime import timedelta
from django.utils import timezone
from gongzhi.work.volunteering.models import SignUp
part = SignUp.objects.select_related("task").latest("pk")
task = part.task
task.starts_at = timezone.now() - timedelta(minutes={ago})
task.ends_at = timezone.now() + timedelta(minutes=60)
task.save()
if part.here_at:
    part.here_at = task.starts_at
    part.save()
"""
"""Nobody can wait for a Saturday: the latest sign-up's task began so many minutes ago."""


def look(page: Page) -> None:
    assert page.evaluate(WIDTH) == 390, page.url
    assert_accessible(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_signs_up_comes_and_prints_their_hours(
    open_page: OpenPage, county: RunningCounty, language: str
) -> None:
    page = open_page("/", view="phone", language=language)
    page.click("a[href='/volunteer/']")
    look(page)
    page.select_option("[name=kind]", "beach_clean")
    page.click(".tasks-filter [type=submit]")
    page.locator("a.task-card").first.click()
    look(page)
    page.click(".action-bar a")
    page.fill("[name=name]", "海听潮")
    page.fill("[name=phone]", "13800000000")
    page.check("[name=age][value='18']")
    page.click(".action-bar [type=submit]")
    expect(page.locator("[data-field=agreed] .error")).to_be_visible()
    look(page)
    page.check("[name=agreed]")
    page.click(".action-bar [type=submit]")
    page.wait_for_url("**/volunteer/mine/")
    look(page)
    code = page.locator("#code").inner_text()
    county.python(NOW.format(ago=1))
    again = open_page("/volunteer/open/", view="phone", language=language)
    again.fill("[name=code]", code)
    again.click("main [type=submit]")
    again.click("form[action$='/come/'] [type=submit]")
    county.python(NOW.format(ago=45))
    again.click("form[action$='/finish/'] [type=submit]")
    expect(again.locator(".task-hours")).to_contain_text("0.8")
    look(again)
    paper = again.request.get("/volunteer/mine/hours.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")
