"""Residents are asked, answer without a name, and read what was decided and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.actions.consulting import NewConsultation
from gongzhi.work.proposals.models import Answer, Consultation
from tests.work.proposals.hands import RESIDENT, account, officer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def asked(**more: Any) -> Consultation:
    told: dict[str, Any] = {
        "topic": "patrol", "title": "晚上先巡哪里", "options": ["码头", "学校", "夜市"],
        "opens_at": now(), "closes_at": now() + timedelta(days=7), "decides": "澜城派出所",
        "decide_by": timezone.localdate() + timedelta(days=20),
    }  # fmt: skip
    return actions.open_consultation(officer(), NewConsultation(**{**told, **more}))


def answered(one: Consultation, choices: str) -> None:
    for choice in choices:
        actions.answer_consultation(RESIDENT, one, choice, f"因为{choice}")


def test_an_answer_has_neither_name_nor_time_nor_order(client: Client) -> None:
    one = asked()
    there = f"/consultations/{one.pk}/"
    client.post(there, {"choice": "b", "words": "打 13812345678"})
    assert {field.name for field in Answer._meta.fields} == {
        "id",
        "consultation",
        "choice",
        "words",
    }
    assert "13812345678" not in Answer.objects.get().words
    entry = Entry.objects.get(kind="proposals.consultation_answered")
    assert (entry.by, entry.text) == ("resident", "{}")
    assert client.post(there, {"choice": "z"}).status_code == 422


def test_what_came_out_is_told_with_what_it_is_not(client: Client) -> None:
    one = asked()
    answered(one, "aabbb")
    there = f"/consultations/{one.pk}/"
    assert "大家怎么答的" not in client.get(there).content.decode()
    with moment(one.closes_at):
        page = client.get(there).content.decode()
        assert "一共 5 份" in page
        assert "不代表所有居民" in page
        assert "因为a" not in page
        with pytest.raises(Refused):
            answered(one, "a")


def test_very_few_answers_are_not_told_apart(client: Client) -> None:
    one = asked()
    answered(one, "aab")
    with moment(one.closes_at):
        assert "不到五个人" in client.get(f"/consultations/{one.pk}/").content.decode()


def test_a_person_decides_in_words_and_what_was_written_is_erased(client: Client) -> None:
    one = asked()
    answered(one, "aaabbc")
    with pytest.raises(Refused):
        actions.publish_decision(officer(), one, "先巡码头", "人多")
    client.force_login(account())
    with moment(one.closes_at + timedelta(hours=1)):
        assert "因为a" in client.get(f"/consultations/desk/{one.pk}/").content.decode()
        told = {"decision": "先巡学校", "why": "放学时车多，码头另有人"}
        client.post(f"/consultations/desk/{one.pk}/publish/", told)
        page = Client().get(f"/consultations/{one.pk}/").content.decode()
    assert "先巡学校" in page
    assert "码头另有人" in page
    assert set(Answer.objects.values_list("words", flat=True)) == {""}


def test_a_decision_that_is_late_is_said_to_be(client: Client) -> None:
    one = asked()
    with moment(now() + timedelta(days=21)):
        assert "过期还没定" in client.get(f"/consultations/{one.pk}/").content.decode()


def test_who_may_not_ask_and_what_has_no_sense_is_refused(client: Client) -> None:
    with pytest.raises(Refused):
        asked(options=["一个"])
    with pytest.raises(Refused):
        asked(decide_by=timezone.localdate())
    assert client.get("/consultations/desk/").status_code == 302
    client.force_login(account())
    assert client.post("/consultations/desk/", {}).status_code == 422
