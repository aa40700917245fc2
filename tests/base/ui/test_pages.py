"""Language, being offline, the service worker, the style guide."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from gongzhi.base.ui import assets


def test_chinese_is_the_language_unless_asked_otherwise() -> None:
    page = Client().get("/offline/").content.decode()
    assert '<html lang="zh-hans"' in page
    assert "现在没有网络" in page


def test_the_switch_keeps_the_language_in_a_cookie(reader: Client) -> None:
    answer = reader.post("/language/", {"language": "en", "next": "/offline/"})
    assert (answer.status_code, answer["Location"]) == (302, "/offline/")
    assert '<html lang="en"' in reader.get("/offline/").content.decode()


def test_the_switch_leads_to_no_other_site(reader: Client) -> None:
    answer = reader.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in answer["Location"]


def test_the_service_worker_is_served_from_the_root_and_never_kept_stale(reader: Client) -> None:
    answer = reader.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-cache" in answer["Cache-Control"]
    told = json.loads(answer.content.decode().split("=", 1)[1].split(";\n", 1)[0])
    assert told["offline"] == "/offline/"
    assert told["mark"] == assets.build_mark()


def test_a_phone_can_put_us_on_its_home_screen(reader: Client) -> None:
    manifest = reader.get("/app.webmanifest").json()
    assert manifest["start_url"] == "/"
    assert manifest["icons"]


@pytest.mark.parametrize("shell", ["", "?shell=public"])
def test_the_style_guide_shows_everything_without_inline_style(reader: Client, shell: str) -> None:
    page = reader.get(f"/style/{shell}").content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*(src=|application/json))", page)
    for name in assets.icon_names():
        assert f"#{name}" in page


def test_icons_named_in_templates_exist() -> None:
    names = set(assets.icon_names())
    used = set()
    for template in assets.STATIC.parents[2].rglob("templates/**/*.html"):
        used |= set(re.findall(r'{%\s*icon "([\w-]+)"', template.read_text("utf-8")))
        used |= set(re.findall(r'\bicon="([\w-]+)"', template.read_text("utf-8")))
    assert used
    assert used <= names, used - names
