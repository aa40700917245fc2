"""A refusal reaches whoever asked in the form they read: page, fragment or problem."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.sentences import SENTENCES
from tests.base.ui.addresses import SENTENCE


def test_a_person_gets_a_page_with_the_sentence_and_a_way_back(reader: Client) -> None:
    answer = reader.get("/refused/", headers={"Referer": "http://testserver/matters/7/"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert SENTENCE in page
    assert "请上传照片。" in page
    assert 'href="http://testserver/matters/7/"' in page
    assert answer["Retry-After"] == "30"


def test_the_way_back_never_leads_to_another_site(reader: Client) -> None:
    answer = reader.get("/refused/", headers={"Referer": "http://testserver.evil.example/"})
    assert "evil" not in answer.content.decode()


def test_htmx_gets_a_toast_that_leaves_its_target_alone(reader: Client) -> None:
    answer = reader.get("/refused/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#toasts"
    assert answer["HX-Reswap"] == "beforeend"
    assert 'role="alert"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    event = json.loads(answer["HX-Trigger"])["gz:refused"]
    assert event == {"code": "element_missing", "fields": {"photo": "请上传照片。"}}


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/api/refused/", {}), ("/refused/", {"Accept": "application/json"})],
)
def test_a_program_gets_a_problem(reader: Client, path: str, headers: dict[str, str]) -> None:
    answer = reader.get(path, headers=headers)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:gongzhi:problem:element_missing",
        "title": "现在还不能这样做",
        "status": 409,
        "detail": SENTENCE,
        "code": "element_missing",
        "fields": {"photo": "请上传照片。"},
    }


def test_a_refusal_is_a_4xx() -> None:
    with pytest.raises(ValueError, match="4xx"):
        Refused("…", status=500)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere/", 404), ("/forbidden/", 403), ("/suspicious/", 400), ("/broken/", 500)],
)
def test_every_error_has_its_sentence(reader: Client, path: str, status: int) -> None:
    answer = reader.get(path)
    assert answer.status_code == status
    assert str(SENTENCES[status].title) in answer.content.decode()
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize("status", [405, 413, 429, 503])
def test_a_bare_error_answer_is_given_words(reader: Client, status: int) -> None:
    answer = reader.get(f"/bare/{status}/")
    assert answer.status_code == status
    assert str(SENTENCES[status].title) in answer.content.decode()


def test_a_wrong_method_keeps_its_allow_header(reader: Client) -> None:
    answer = reader.get("/posted/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "这个地址不能直接打开" in answer.content.decode()


def test_too_much_is_413_not_400(reader: Client) -> None:
    answer = reader.post("/echo/", {"words": "字" * 1_000_000})
    assert answer.status_code == 413
    assert "内容太大了" in answer.content.decode()


def test_an_old_form_and_a_browser_without_cookies_are_told_apart() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "zh-CN"})
    assert "没有允许使用 Cookie" in strict.post("/echo/").content.decode()
    strict.cookies["csrftoken"] = "x" * 32
    answer = strict.post("/echo/", {"csrfmiddlewaretoken": "y" * 32})
    assert (answer.status_code, "页面打开太久了" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"path": "/echo/?q=%00"}, "nul_bytes"),
        ({"path": "/echo/?q=%FF"}, "broken_text"),
        ({"path": "/echo/", "data": {"words": "a\x00b"}}, "nul_bytes"),
        (
            {
                "path": "/echo/",
                "data": b"words=%FF%FE",
                "content_type": "application/x-www-form-urlencoded",
            },
            "broken_text",
        ),
        (
            {"path": "/echo/", "data": rb'{"a": "\u0000"}', "content_type": "application/json"},
            "nul_bytes",
        ),
    ],
)
def test_what_no_database_can_hold_is_refused(
    reader: Client, sent: dict[str, Any], code: str
) -> None:
    answer = reader.post(**sent, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_rare_characters_emoji_and_escaped_backslashes_pass(reader: Client) -> None:
    words = "𠮷野家旁 \U0002f81a 🚨 <b>"
    assert reader.post("/echo/", {"words": words}).json() == {"words": words}
    fine = reader.post("/echo/", rb'{"a": "\\u0000"}', content_type="application/json")
    assert fine.status_code == 200


def test_nul_in_the_path_is_refused(reader: Client) -> None:
    assert reader.get("/offline/%00").status_code in {400, 404}
