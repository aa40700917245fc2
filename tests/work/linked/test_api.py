"""A partner's program: what it may, what it is told, and what a lost line can't double."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewParty
from gongzhi.work.linked import actions
from gongzhi.work.linked.models import LinkedAnswer, LinkedRequest
from tests.work.linked.cast import SYSTEM, answer, ask, body, incident, program

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
AT = "/api/linked/v1"


class Program:
    """The ambulance service's own system."""

    def __init__(self, key: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {key}"}

    def get(self, path: str) -> Any:
        return self.client.get(AT + path, headers=self.headers)

    def post(self, path: str, told: dict[str, Any], **headers: str) -> Any:
        return self.client.post(
            AT + path, json.dumps(told), content_type="application/json",
            headers=self.headers | headers,
        )  # fmt: skip


@pytest.fixture
def ambulance() -> Program:
    return Program(program())


def wanted(**more: Any) -> LinkedRequest:
    caller = NewParty("caller", {"name": "海某某", "phone": "13800000000"})
    matter = incident("medical", words="我爸晕倒了", place="海平路 12 号", parties=[caller])
    return ask(matter, "ambulance", offers=["ambulance"], words="四楼，没有电梯", **more)


def test_it_reads_what_was_shared_and_never_who_called(ambulance: Program) -> None:
    request = wanted(share_contact=True)
    told = ambulance.get("/requests").json()
    assert told["next"] is None
    one = told["requests"][0]
    assert (one["id"], one["state"], one["late"]) == (request.pk, "asked", False)
    assert one["words"] == "四楼，没有电梯"
    assert one["place"] == {"words": "海平路 12 号", "lat": 30.01, "lon": 122.1}
    assert one["offers"] == [{"code": "ambulance", "name": "救护车"}]
    assert one["may_answer"] == ["accepted", "under_way", "there", "done", "refused"]
    for hidden in ("13800000000", "海某某", "晕倒"):
        assert hidden not in json.dumps(told, ensure_ascii=False)
    assert ambulance.get(f"/requests/{request.pk}").json() == one


def test_another_s_requests_are_not_there(ambulance: Program) -> None:
    other = ask()
    assert ambulance.get("/requests?state=all").json()["requests"] == []
    assert ambulance.get(f"/requests/{other.pk}").status_code == 404
    said = ambulance.post(f"/requests/{other.pk}/answers", {"answer": "accepted"})
    assert said.status_code == 404
    assert said["Content-Type"] == "application/problem+json"
    assert ambulance.get("/changes?after=0").json()["changes"] == []


def test_without_a_key_or_with_one_for_something_else_nothing_opens() -> None:
    wanted()
    assert Client().get(f"{AT}/requests").status_code == 401
    assert Program("gz_wrong").get("/requests").status_code == 403
    _key, secret = issue_key(
        SYSTEM, name="x", unit=body("ambulance_120"), permissions=["participation.view_requests"]
    )
    assert Program(secret).get("/requests").status_code == 403


def test_it_answers_and_repeats_change_nothing(ambulance: Program) -> None:
    request = wanted()
    at = f"/requests/{request.pk}/answers"
    first = ambulance.post(at, {"answer": "accepted", "minutes": 12}).json()
    assert (first["changed"], first["request"]["state"]) == (True, "accepted")
    assert first["request"]["eta_at"]
    ambulance.post(at, {"answer": "done"})
    late = ambulance.post(at, {"answer": "there"})
    assert late.status_code == 200
    assert (late.json()["changed"], late.json()["request"]["state"]) == (False, "done")
    assert "没有改动" in late.json()["said"]
    wrong = ambulance.post(at, {"answer": "refused", "reason": "none_free"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "is_done")


def test_one_send_is_one_answer_however_often_it_arrives(ambulance: Program) -> None:
    request = wanted()
    at, key = f"/requests/{request.pk}/answers", {"Idempotency-Key": "0123456789abcdef"}
    for _again in range(3):
        said = ambulance.post(at, {"answer": "accepted"}, **key)
        assert (said.status_code, said.json()["changed"]) == (200, True)
    assert LinkedAnswer.objects.count() == 1
    assert not Entry.objects.filter(kind="linked.answer_without_effect").exists()
    reused = ambulance.post(at, {"answer": "there"}, **key)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")
    short = ambulance.post(at, {"answer": "there"}, **{"Idempotency-Key": "short"})
    assert short.status_code == 422


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"answer": "coming"}, "told.answer"),
        ({"answer": "accepted", "at": "2026-01-01T00:00:00Z"}, "told.at"),
        ({"answer": "accepted", "minutes": -1}, "told.minutes"),
        ({"answer": "accepted", "words": "字" * 2001}, "told.words"),
        ({}, "told.answer"),
    ],
)
def test_what_is_not_understood_is_named(
    ambulance: Program, told: dict[str, Any], field: str
) -> None:
    request = wanted()
    answered = ambulance.post(f"/requests/{request.pk}/answers", told)
    assert answered.status_code == 422
    assert answered["Content-Type"] == "application/problem+json"
    assert field in answered.json()["fields"]
    assert not LinkedAnswer.objects.exists()


def test_a_form_is_told_to_come_as_json(ambulance: Program) -> None:
    at = f"{AT}/requests/{wanted().pk}/answers"
    for more in ({}, {"content_type": "application/x-www-form-urlencoded", "data": "answer=done"}):
        answered = ambulance.client.post(at, **{"data": {"answer": "done"}, **more})
        assert (answered.status_code, answered.json()["code"]) == (400, "not_json")
        assert answered["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "after=x", "state=new", "page=2"])
def test_a_query_that_is_not_understood_is_refused(ambulance: Program, query: str) -> None:
    assert ambulance.get(f"/requests?{query}").status_code == 422


def test_the_list_goes_on_where_it_stopped_also_while_it_grows(ambulance: Program) -> None:
    made = [wanted().pk for _each in range(5)]
    first = ambulance.get("/requests?limit=2").json()
    wanted()
    rest = ambulance.get(f"/requests?limit=9&after={first['next']}").json()
    seen = [one["id"] for one in first["requests"] + rest["requests"]]
    assert seen == made[::-1]


def test_changes_come_in_order_and_none_is_missed(ambulance: Program) -> None:
    start = ambulance.get("/changes").json()
    assert start["changes"] == []
    request = wanted()
    ask()
    answer(request, "accepted")
    actions.cancel_request(SYSTEM, request)
    first = ambulance.get(f"/changes?after={start['next']}&limit=2").json()
    assert [one["what"] for one in first["changes"]] == ["partner_asked", "request_answered"]
    assert first["more"]
    rest = ambulance.get(f"/changes?after={first['next']}").json()
    assert [one["what"] for one in rest["changes"]] == ["request_cancelled"]
    assert not rest["more"]
    last = ambulance.get(f"/changes?after={rest['next']}").json()
    assert (last["changes"], last["next"]) == ([], rest["next"])


def test_it_is_described_for_those_who_build_a_client() -> None:
    told = Client().get(f"{AT}/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {
        f"{AT}/requests", f"{AT}/requests/{{number}}", f"{AT}/changes",
        f"{AT}/requests/{{number}}/answers",
    }  # fmt: skip
    assert told["components"]["schemas"]["AnswerIn"]["additionalProperties"] is False


def test_too_many_asks_are_refused_with_when_to_come_back(ambulance: Program) -> None:
    from gongzhi.base.access import tries
    from gongzhi.base.access.models import ApiKey

    key = ApiKey.objects.get()
    for _one in range(1200):
        tries.count("linked.api", f"key {key.pk}", 600)
    answered = ambulance.get("/requests")
    assert answered.status_code == 429
    assert int(answered["Retry-After"]) > 0
