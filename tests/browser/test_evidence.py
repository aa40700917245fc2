"""Evidence from a phone: a photo with who, when and where, kept sealed; an exhibit as it looked."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_case_officer import opened
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible

Screenshot = Callable[[Page, str], Path]


def photo() -> bytes:
    """A picture that is larger than one piece of a stream."""
    out = io.BytesIO()
    Image.effect_noise((900, 700), 90).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def dossier(open_page: OpenPage, view: str, language: str = "zh") -> Page:
    page = signed_in(open_page, "case_officer", "/cases/", view=view, language=language)
    opened(page)
    page.click("a[href^='/dossier/'].button")
    page.wait_for_selector("#add-evidence")
    return page


@pytest.mark.parametrize(("view", "language"), [("phone", "zh"), ("desktop", "en")])
def test_a_photo_is_added_and_what_is_wrong_is_said_under_its_field(
    open_page: OpenPage, screenshot: Screenshot, view: str, language: str
) -> None:
    page = dossier(open_page, view, language)
    page.locator("#add-evidence > summary").click()
    add = page.locator("#add-evidence form")
    add.locator("[name=what]").fill("码头监控截图")
    add.locator("[name=where]").fill("观澜码头候船厅")
    add.locator("[name=taken_at]").fill("2026-11-20T09:30")
    add.locator("[name=kind]").select_option("picture")
    as_text = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"only text"}
    add.locator("[name=file]").set_input_files(as_text)  # type: ignore[arg-type]
    add.locator("[type=submit]").click()
    expect(add.locator("[data-field=file] .error")).to_be_visible()
    expect(add.locator("[data-field=file] .error")).to_contain_text("text/plain")
    assert_accessible(page)
    screenshot(page, f"evidence-refused-{view}-{language}")
    good = {"name": "截图.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    add.locator("[name=file]").set_input_files(good)  # type: ignore[arg-type]
    add.locator("[type=submit]").click()
    kept = page.locator(".dossier-evidence")
    expect(kept).to_have_count(1)
    expect(kept).to_contain_text("码头监控截图")
    expect(kept).to_contain_text("观澜码头候船厅")
    expect(kept).to_contain_text("SHA-256")
    kept.scroll_into_view_if_needed()
    assert_accessible(page)
    screenshot(page, f"evidence-{view}-{language}")


def test_a_press_more_or_a_lost_answer_keeps_it_once(open_page: OpenPage) -> None:
    page = dossier(open_page, "phone")
    page.locator("#add-evidence > summary").click()
    add = page.locator("#add-evidence form")
    for name, words in {"what": "录音", "where": "码头", "taken_at": "2026-11-20T09:30"}.items():
        add.locator(f"[name={name}]").fill(words)
    sound = {"name": "a.amr", "mimeType": "audio/amr", "buffer": b"#!AMR\n" + bytes(9000)}
    add.locator("[name=file]").set_input_files(sound)  # type: ignore[arg-type]
    lost = []

    def lose_the_answer(route: object) -> None:
        if not lost:
            lost.append(route.fetch())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/evidence/", lose_the_answer)
    add.locator("[type=submit]").click()
    expect(add.locator("[data-progress]")).to_contain_text("请再按一次上传")
    expect(add.locator("[name=what]")).to_have_value("录音")
    add.locator("[type=submit]").click()
    expect(page.locator(".dossier-evidence")).to_have_count(1)


def test_an_exhibit_is_taken_with_its_photo(open_page: OpenPage, screenshot: Screenshot) -> None:
    page = dossier(open_page, "phone")
    take = page.locator("form[action$='/take/']")
    page.locator("details:has(form[action$='/take/']) > summary").click()
    told = {"name": "黑色手机", "quantity": "一部", "found_at": "观澜码头", "witness": "李某"}
    for name, words in told.items():
        take.locator(f"[name={name}]").fill(words)
    good = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    take.locator("[name=photo]").set_input_files(good)  # type: ignore[arg-type]
    screenshot(page, "exhibit-form-phone")
    take.locator("[type=submit]").click()
    shown = page.locator(".thumbs img")
    expect(shown).to_have_count(1)
    shown.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.thumbs img').naturalWidth > 0")
    assert_accessible(page)
    screenshot(page, "exhibit-phone")
    page.click(".dossier-evidence >> text=黑色手机", trial=True)
