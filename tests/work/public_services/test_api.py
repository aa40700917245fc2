"""A program applies: by the schema of the service's file, with the checks of the form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from jsonschema import Draft202012Validator, FormatChecker

from gongzhi.base.access.actions import issue_key
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.catalogue.kinds.service_ways import ways
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.api.reading import read_application
from gongzhi.work.public_services.api.schema import schema_of
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.selectors.services import offices_of
from tests.work.public_services import hands
from tests.work.public_services.hands import ANSWERS, FIELDS, NAME, NUMBER, SYSTEM

AT = "/api/v1/services/"
ONLINE = [one for one in catalogue().services.values() if one.is_online]
BODY = {
    "answers": ANSWERS, "fields": FIELDS, "office": "station_lancheng", "consent": True,
}  # fmt: skip
GOOD = {
    "name": NAME, "id_number": NUMBER, "phone": hands.PHONE, "email": "a@b.cn",
    "date": "2025-11-02", "address": hands.ADDRESS,
    "text": "甲", "long_text": "一句话", "number": 3,
}  # fmt: skip

ODD: list[Any] = [
    "", " x", "x ", "a\x00b", "x\n", "2025-02-30", "2025-13-01", "20251102", "1899-12-31", "a@b",
    -1, 0, 1_000_001, 2.5, True, None, [], {}, "e12345678", "E12345678", "+86 139", "0" * 31,
]  # fmt: skip


def secret(*permissions: str) -> str:
    hands.county()
    wanted = permissions or ("public_services.file_application",)
    _key, told = issue_key(SYSTEM, name="hall", unit=hands.unit("bureau"), permissions=list(wanted))
    return told


def post(key: str, body: object = BODY, code: str = "residence_permit", **headers: str) -> Any:
    return Client().post(
        f"{AT}{code}/applications", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {key}", **headers},
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.both_databases
class TestApplying:
    def test_is_the_same_application_that_the_form_makes(self) -> None:
        answer = post(secret())
        assert answer.status_code == 201, answer.content
        told = answer.json()
        one = Application.objects.get()
        assert told["number"] == one.matter.number
        assert one.told == {"dwelling": "rented", "handing": "counter"}
        assert unseal(bytes(one.matter.parties.get().person.sealed))["id_number"] == NUMBER
        assert NAME not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        page = Client().post("/services/resume/", {"code": told["code"]}, follow=True)
        assert "办到哪一步" in page.content.decode()

    def test_a_repeat_after_a_lost_line_is_the_same_one_and_another_body_is_refused(self) -> None:
        key = secret()
        send = {"Idempotency-Key": "5f6c2a10-3f0e-4f43-9a55"}
        first, again = post(key, **send), post(key, **send)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        other = post(key, {**BODY, "fields": {**FIELDS, "name": "海别人"}}, **send)
        assert other.status_code == 422
        assert other.json()["code"] == "idempotency_key_reused"
        assert Application.objects.count() == 1

    def test_needs_a_key_that_may(self) -> None:
        assert post("").status_code == 401
        assert post("gz_wrong").status_code == 403
        assert post(secret("participation.view_requests")).status_code == 403
        assert not Application.objects.exists()

    def test_says_all_that_is_wrong_at_once_as_a_problem(self) -> None:
        wrong = {**FIELDS, "phone": "x", "id_number": NUMBER[:-1] + "1", "nothing": "x"}
        del wrong["name"]
        answer = post(secret(), {"answers": ANSWERS, "fields": wrong, "offcie": "x"})
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        assert set(answer.json()["fields"]) == {
            "fields.phone", "fields.id_number", "fields.nothing", "fields.name", "office",
            "offcie", "consent",
        }  # fmt: skip
        assert not Application.objects.exists()

    @pytest.mark.parametrize("body", ["[]", "{", "null", '"x"', "{" * 2000])
    def test_what_is_no_json_object_is_refused_in_words(self, body: str) -> None:
        answer = Client().post(
            f"{AT}residence_permit/applications", body, content_type="application/json",
            headers={"Authorization": f"Bearer {secret()}"},
        )  # fmt: skip
        assert answer.status_code == 400
        assert answer.json()["code"] == "not_json"

    def test_who_may_not_by_the_answers_is_told_why(self) -> None:
        answer = post(secret(), {**BODY, "answers": ANSWERS | {"half_year": "no"}})
        assert answer.status_code == 422
        assert "满半年" in answer.json()["fields"]["answers"]

    def test_adds_a_material_by_the_code_and_follows_it(self) -> None:
        key = secret()
        code = post(key).json()["code"]
        headers = {"Authorization": f"Bearer {key}", "Follow-Code": code}
        client = Client(headers=headers)
        answer = client.post(f"{AT}application/materials/photo", {"file": hands.picture()})
        assert answer.status_code == 201, answer.content
        told = client.get(f"{AT}application").json()
        states = {one["code"]: one["state"] for one in told["materials"]}
        assert (told["step"], states["photo"]) == ("received", "given")
        lying = hands.picture()
        lying.write(b"MZ a program")
        lying.seek(0)
        assert client.post(f"{AT}application/materials/photo", {"file": lying}).status_code == 422
        nobody = Client(headers=headers | {"Follow-Code": "WRONGCODE222"})
        assert nobody.get(f"{AT}application").status_code == 404


@pytest.mark.django_db
class TestTheDescription:
    def test_lists_all_services_and_describes_each_for_anybody(self) -> None:
        hands.county()
        listed = Client().get(AT).json()["services"]
        assert len(listed) == len(catalogue().services)
        for one in listed:
            if one["online"]:
                told = Client().get(one["schema"])
                assert told["Content-Type"] == "application/schema+json"
                Draft202012Validator.check_schema(told.json())
            else:
                assert one["schema"] is None
        assert Client().get(f"{AT}foreigner_visa/schema").status_code == 409
        assert Client().get(f"{AT}time_travel/schema").status_code == 404

    def test_as_openapi_names_every_address(self) -> None:
        hands.county()
        told = Client().get(f"{AT}openapi.json").json()
        assert told["openapi"] == "3.1.0"
        assert f"{AT}residence_permit/applications" in told["paths"]
        for name, shape in told["components"]["schemas"].items():
            Draft202012Validator.check_schema(shape)
            assert name


def value(field: FormField) -> st.SearchStrategy[Any]:
    """What somebody might send for a field: good, or anything."""
    good = [one.code for one in field.choices] or [GOOD[field.kind]]
    text = st.text(st.characters(codec="utf-8"), max_size=130)
    return st.one_of(st.sampled_from(good), st.sampled_from(good), st.sampled_from(ODD), text)


@st.composite
def bodies(draw: st.DrawFn, service: Service) -> dict[str, Any]:
    """Applications as programs send them: most nearly right."""
    answers = draw(st.sampled_from(list(ways(service))))
    if draw(st.integers(0, 4)) == 0:
        other = {"nothing": "x"} | {
            one.code: draw(st.sampled_from([it.code for it in one.answers] + ["x"]))
            for one in service.questions
        }
        answers |= {code: other[code] for code in draw(st.sets(st.sampled_from(sorted(other))))}
    fields: dict[str, Any] = {}
    exact = draw(st.booleans())
    for one in service.fields:
        asked = one in service.fields_for({**answers, **{k: str(v) for k, v in fields.items()}})
        if asked == (exact or draw(st.integers(0, 9)) > 0):
            good = [it.code for it in one.choices] or [GOOD[one.kind]]
            fields[one.code] = draw(st.sampled_from(good) if exact else value(one))
    body = {"answers": answers, "fields": fields, "office": "station_lancheng", "consent": True}
    offices = [one.code for one in offices_of(service)]
    body["office"] = draw(st.sampled_from(offices)) if draw(st.integers(0, 9)) else "moon"
    drops = st.sets(st.sampled_from(["answers", "office", "consent"]), max_size=1)
    dropped = draw(drops) if draw(st.integers(0, 5)) == 0 else set()
    return {key: it for key, it in body.items() if key not in dropped}


class TestTheSchema(TestCase):
    """It takes what the form's checks take, and refuses what they refuse."""

    def setUp(self) -> None:
        hands.county()
        self.offices = {one.code: offices_of(one) for one in ONLINE}
        self.judges = {
            one.code: Draft202012Validator(
                schema_of(one, self.offices[one.code]), format_checker=FormatChecker(["date"])
            )
            for one in ONLINE
        }

    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_says_the_same_as_the_form(self, data: st.DataObject) -> None:
        service = data.draw(st.sampled_from(ONLINE))
        body = data.draw(bodies(service))
        wrong = next(iter(self.judges[service.code].iter_errors(body)), None)
        told = self.refused(service, body)
        assert bool(wrong) == bool(told) or (told and _is_beyond(told)), (body, wrong, told)

    def refused(self, service: Service, body: dict[str, Any]) -> list[str]:
        """What the form's checks say against it."""
        try:
            read_application(service, self.offices[service.code], body)
        except Refused as refused:
            return [str(one) for one in refused.fields.values()]
        return []


def _is_beyond(words: list[str]) -> bool:
    """Whether only the day or the check digit speaks against it: the schema says those in words."""
    beyond = ("最后一位对不上", "这一天已经过了", "这一天还没有到")
    return all(any(one in said for one in beyond) for said in words)
