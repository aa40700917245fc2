"""The crew's phone as a test begins: on duty and free, whatever an earlier one left behind."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

FREE = ".crew-unit:has(.badge[data-tone=good])"


def on_duty(
    open_page: OpenPage,
    language: str = "zh",
    *,
    unit: str = FREE,
    place: dict[str, float] | None = None,
) -> Page:
    """The officer's phone, at `place` if that is told, with `unit` (a selector) or any other."""
    page = open_page(view="phone", language=language)
    if place is not None:
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({**place, "accuracy": 10})
    sign_in(page, "officer", "/crew/")
    page.wait_for_selector(".live[data-state=on]")
    if page.locator(".crew-units").count():
        wanted = page.locator(unit)
        (wanted if wanted.count() else page.locator(".crew-unit")).first.click()
    page.wait_for_selector(".crew-head")
    _settled(page, open_page)
    return page


def sign_in(page: Page, role: str, path: str) -> None:
    page.goto(f"/sign-in/?next={path}")
    page.click(f"button[name=demo][value={role}]")
    page.wait_for_selector(".staff")


def finish(phone: Page) -> None:
    """Say how it ended."""
    phone.locator("[data-clear] summary").click()
    phone.locator("label[for=out-mediated]").click()
    phone.fill("#crew-words", "双方和解")
    phone.locator("[data-send=clear] button[data-kind=primary]").click()


def stand_down(desk: Page) -> None:
    """Answer every call for help that rings at a desk, and end it."""
    while desk.locator(".alarm[id^=help-]").count():
        alarm = desk.locator(".alarm[id^=help-]").first
        key = alarm.get_attribute("id")
        if alarm.locator(".alarm-take").count():
            alarm.locator(".alarm-take").click()
        alarm.locator("select").select_option("by_mistake")
        alarm.locator("form[action$='/stand-down/'] button").click()
        expect(desk.locator(f"#{key}")).to_have_count(0)


def _settled(phone: Page, open_page: OpenPage) -> None:
    """Free, and no call for help open: a test before, or this one's first try, may have ended
    in the midst of it."""
    if phone.locator("#crew-called").is_visible():
        desk = open_page(view="aside")
        sign_in(desk, "dispatcher", "/console/")
        desk.wait_for_selector(".alarm")
        stand_down(desk)
        desk.context.close()
        phone.goto("/crew/")
    if phone.locator(".crew-task").count():
        if phone.locator("[data-send=arrive]").count():
            phone.locator("[data-send=arrive] button").click()
        finish(phone)
        expect(phone.locator(".crew-task")).to_have_count(0)
    phone.goto("/crew/")  # the page of a new state loads anew by itself; not under our look
    phone.wait_for_selector(".crew-head")
    phone.wait_for_selector(".live[data-state=on]")
