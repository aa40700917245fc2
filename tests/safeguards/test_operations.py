"""Whoever watches the machine learns nothing about anybody: what is typed into a form reaches no
figure, no line of the log and no note of a failure."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from gongzhi.watch.operations import counting, figures
from gongzhi.watch.operations.lines import JsonLine
from tests.work.participation.cast import clerk, unit

pytestmark = pytest.mark.django_db
NAME, PHONE, WORDS = "欧阳海棠", "13912345678", "隔壁三单元每天半夜装修"
SENT = {
    "category": "lamp_out", "words": WORDS, "place": "海平路 12 号", "name": NAME, "phone": PHONE,
    "idempotency_key": "o" * 24,
}  # fmt: skip


def test_what_somebody_typed_reaches_no_figure_and_no_line(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    counting.meters.cache_clear()
    unit("bureau"), unit("city_management")
    caplog.set_level(logging.DEBUG)
    assert client.post(f"/report/?q={NAME}", SENT).status_code < 400
    client.post("/report/", {**SENT, "words": ""})
    client.post("/report/", {**SENT, "words": "\x00"})
    client.get(f"/follow/matter/?code={PHONE}", headers={"Referer": f"http://testserver/{NAME}"})
    client.get(f"/{NAME}/{PHONE}/")
    client.post("/sign-in/", {"username": PHONE, "password": NAME})
    client.force_login(clerk("city_management"))
    client.get(f"/requests/?q={NAME}")
    lines = [JsonLine().format(record) for record in caplog.records]
    assert sum('"route"' in line for line in lines) == 7
    told = "\n".join([*lines, figures.text().decode()])
    for private in (NAME, PHONE, WORDS, "海平路", clerk("city_management").username):
        assert private not in told, private
    assert '"role":"partner"' in told
    assert '"route":"participation:report"' in told


def test_a_failure_is_noted_without_its_words() -> None:
    """`failures.note` can't be given any: it takes a route, a status and a number."""
    from inspect import signature

    from gongzhi.watch.operations.failures import note

    assert list(signature(note).parameters) == ["route", "status", "request"]
