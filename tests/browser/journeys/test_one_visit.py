"""Journey 6: a newcomer's residence permit, from the question on a phone to the one visit that is
booked for two things and done at one counter."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.booking import FOR_NOW, book_with_a_card
from tests.browser.conftest import LANGUAGES, OpenPage
from tests.browser.phones import sign_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

Screenshot = Callable[[Page, str], Path]
MOST_ANSWERS = 25
MOST_SCRIPT = 150_000
"""Bytes of script that one page may load, as they are before packing."""
CHECK = (("registered", "elsewhere"), ("half_year", "yes"), ("ground", "work"))
TYPED = {
    "name": "海听潮", "id_number": "999999199001012337", "phone": "13900007788",
    "address": "澜城街道观海路 12 号", "since": "2025-03-01", "employer": "望海渔具店",
}  # fmt: skip
VISITS = """
from gongzhi.work.public_services.models import Application
from gongzhi.base.log.models import Entry
one = Application.objects.latest("pk")
subject = f"matters.matter:{one.pk}"
print(one.visits, Entry.objects.filter(subject=subject, kind__endswith="visit_counted").count())
"""
CHOSEN = {"dwelling": "rented", "handing": "counter"}


def photo() -> dict[str, object]:
    """A picture as the phone's camera gives it."""
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "teal").save(out, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


class Script:
    """How many bytes of script the page in sight has loaded."""

    def __init__(self, context: BrowserContext) -> None:
        self.loaded: dict[str, int] = {}
        context.on("requestfinished", self._count)

    def _count(self, request: object) -> None:
        if getattr(request, "resource_type", "") == "script":
            response = request.response()  # type: ignore[attr-defined]
            if response is not None:
                self.loaded[request.url] = len(response.body())  # type: ignore[attr-defined]


def applied(page: Page, look: Callable[[Page], None]) -> int:
    """From the landing page to the receipt; how many answers that took."""
    answers = 0
    page.locator("main a[href='/services/']").click()
    look(page)
    page.locator("a[href='/services/residence_permit/']").click()
    look(page)
    page.locator("main a[href$='/check/']").click()
    for code, answer in CHECK:
        look(page)
        page.locator(f".services-answers a[href*='{code}={answer}']").click()
        answers += 1
    look(page)
    page.locator("form[action$='/apply/'] [type=submit]").click()
    while "/form/page/" in page.url:
        look(page)
        for code, text in TYPED.items():
            if page.locator(f"main [name={code}]").count():
                page.fill(f"main [name={code}]", text)
                answers += 1
        for code, value in CHOSEN.items():
            if page.locator(f"main [name={code}]").count():
                page.locator(f"main [name={code}][value={value}]").check()
                answers += 1
        here = page.url
        page.locator("main .action-bar [type=submit]").click()
        page.wait_for_url(lambda url, here=here: url != here)
    for code in ("photo", "work_proof"):
        page.set_input_files(f"#file-{code}", files=[photo()])  # type: ignore[list-item]
        page.locator(f"form:has(#file-{code}) [type=submit]").click()
        page.wait_for_selector(f".services-paper:has(#file-{code}) .services-files img")
        answers += 1
    look(page)
    page.locator("main .action-bar a").click()
    look(page)
    page.select_option("[name=office]", "station_lancheng")
    page.locator("[name=agreed]").check()
    page.locator("main .action-bar [type=submit]").click()
    page.wait_for_url("**/follow/matter/")
    return answers + 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_residence_permit_from_the_landing_page_to_the_hand_over(
    open_page: OpenPage, county: RunningCounty, screenshot: Screenshot, language: str
) -> None:
    page = open_page(view="phone", language=language)
    script = Script(page.context)
    page.goto("/")
    assert applied(page, assert_accessible) <= MOST_ANSWERS
    assert sum(script.loaded.values()) <= MOST_SCRIPT, script.loaded
    expect(page.locator("#code")).to_be_visible()
    assert_accessible(page)
    screenshot(page, f"service-receipt-{language}")
    code = page.locator("#code").inner_text()

    page.locator("main a[href*='for=application']").click()
    book_with_a_card(page, assert_accessible)
    booking = page.locator("#code").inner_text()
    counter = county.python(FOR_NOW).strip()

    desk = open_page(view="desktop", language=language)
    sign_in(desk, "counter_clerk", f"/counters/?counter={counter}")
    desk.fill("main [name=code]", booking)
    desk.locator("form:has([name=code]) [type=submit]").click()
    desk.locator("#call-next").click()
    expect(desk.locator(".counters-number")).to_be_visible()
    desk.locator("form[action$='/served/'] [type=submit]").click()
    expect(desk.locator(".counters-number")).to_have_count(0)

    desk.goto("/applications/")
    assert_accessible(desk)
    desk.fill("main [name=code]", code)
    desk.locator("form:has([name=code]) [type=submit]").click()
    expect(desk.locator("#accept")).to_be_visible()
    assert_accessible(desk)
    for paper in ("photo", "work_proof"):
        desk.locator(f"form[action$='/material/{paper}/'] [value=yes]").click()
        expect(desk.locator(f"form[action$='/material/{paper}/'] [value=yes]")).to_have_count(0)
    screenshot(desk, f"service-counter-{language}")
    desk.locator("#accept").click()
    desk.locator("#ready-collect").select_option("counter")
    desk.fill("#ready-result", "居住证制好了，带身份证来领。")
    desk.locator("#take-ready [type=submit]").click()
    desk.locator("form[action$='/material/identity/'] [value=yes]").click()
    expect(desk.locator("form[action$='/material/identity/'] [value=yes]")).to_have_count(0)
    desk.locator("#take-collected [type=submit]").click()
    expect(desk.locator("#take-collected")).to_have_count(0)
    assert_accessible(desk)

    assert county.python(VISITS).split() == ["1", "1"], "two things, one visit, counted once"
    page.goto("/follow/")
    page.fill("main [name=code]", code)
    page.locator("form:has([name=code]) [type=submit]").click()
    expect(page.locator(".follow-now")).to_contain_text(
        "办完了" if language == "zh" else "all done"
    )
    assert_accessible(page)


def test_all_of_it_works_without_a_script(open_page: OpenPage, county_url: str) -> None:
    browser = open_page().context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=county_url, java_script_enabled=False, locale=LANGUAGES["zh"],
        viewport={"width": 390, "height": 844},
    )  # fmt: skip
    page = context.new_page()
    page.goto("/")
    applied(page, lambda _page: None)
    assert page.locator("#code").is_visible()
    context.close()


def test_a_form_is_gone_on_with_on_another_phone(open_page: OpenPage) -> None:
    first = open_page("/services/residence_permit/check/", view="phone")
    for code, answer in CHECK:
        first.locator(f".services-answers a[href*='{code}={answer}']").click()
    first.locator("form[action$='/apply/'] [type=submit]").click()
    for code in ("name", "id_number", "phone"):
        first.fill(f"[name={code}]", TYPED[code])
    first.locator("main .action-bar [type=submit]").click()
    first.wait_for_selector("[name=address]")
    code = first.locator("#code").inner_text()

    second = open_page("/services/resume/", view="phone")
    second.fill("[name=code]", code)
    second.locator("main [type=submit]").click()
    expect(second.locator("[name=address]")).to_be_visible()
    second.locator(".back").click()
    expect(second.locator("[name=name]")).to_have_value(TYPED["name"])
