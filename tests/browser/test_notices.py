"""Being told, in a real browser: subscribed by a code on a phone, pushed to in two languages."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible


def code_on_the_phone(open_page: OpenPage, number: str) -> str:
    """As it comes to the demo's phone, in a moment."""
    phone = open_page("/notices/phone/", view="phone")
    message = phone.locator("[data-message]", has_text=number).first
    for _look in range(20):
        if message.count():
            break
        phone.wait_for_timeout(500)
        phone.reload()
    found = re.search(r"\d{6}", message.locator(".follow-words").inner_text())
    assert found
    return found[0]


def test_subscribed_with_a_code_changed_and_ended(open_page: OpenPage) -> None:
    page = open_page("/subscribe/", view="phone")
    expect(page.locator("#id_town")).to_be_hidden()
    page.check("[name=area][value=town]")
    page.select_option("#id_town", index=1)
    assert_accessible(page)
    page.fill("#id_address", "139 1234 5678")
    page.click("main [type=submit]")
    page.fill("#id_code", code_on_the_phone(open_page, "13912345678"))
    page.click("main [type=submit]")
    page.wait_for_url(re.compile(r"/subscribe/[\w-]{32}/$"))
    page.check("[name=pace][value=daily]")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("[name=pace][value=daily]")).to_be_checked()
    page.get_by_role("button", name="退订", exact=True).click()
    expect(page.locator("h1")).to_have_text("退订了")


NOTED = """() => {
  self.noted = [];
  self.registration.showNotification = async (title, told) => {
    self.noted.push([title, told.body, told.lang, new URL(told.data.url).pathname]);
  };
}"""
"""In the service worker: what it would show is noted. Some browsers without a window have nowhere
to show a notification and refuse it, whatever they are permitted."""


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [("zh", "黄色预警：大雾", "少出门"), ("en", "Yellow warning: heavy fog", "Stay in")],
)
def test_what_is_pushed_is_shown_in_its_language(
    open_page: OpenPage, language: str, title: str, words: str
) -> None:
    page = open_page("/subscribe/", language=language)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    [worker] = page.context.service_workers
    worker.evaluate(NOTED)
    line = page.context.new_cdp_session(page)
    registered: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registered.extend(one["registrationId"] for one in told["registrations"]),
    )
    line.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    told = {"title": title, "body": words, "lang": language, "url": "/warnings/", "tag": language}
    line.send("ServiceWorker.deliverPushMessage", {
        "origin": page.evaluate("location.origin"), "registrationId": registered[-1],
        "data": json.dumps(told, ensure_ascii=False),
    })  # fmt: skip
    page.wait_for_timeout(300)
    assert worker.evaluate("() => self.noted") == [[title, words, language, "/warnings/"]]
