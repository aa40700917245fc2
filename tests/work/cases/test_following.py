"""A party follows the case with a code: stage, next step, date, law; nobody else's affairs."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.people.actions import read_person
from gongzhi.base.people.models import Person
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case
from gongzhi.work.participation.codes import hashed
from gongzhi.work.participation.models import Receipt
from tests.work.cases.hands import account, by, filed, incident

pytestmark = pytest.mark.django_db


def followed(code: str) -> str:
    client = Client()
    answer = client.post("/follow/", {"code": code}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def with_people() -> tuple[Case, str]:
    made = filed()
    victim = actions.add_party(by("lead"), made, "victim", {"name": "被偷的人"})
    actions.add_party(by("lead"), made, "suspect", {"name": "另一个人"})
    return made, actions.give_receipt(by("lead"), made, victim)


def test_a_victim_sees_the_stage_the_next_step_its_date_and_its_law() -> None:
    made, code = with_people()
    page = followed(code)
    assert made.number in page
    assert "已经立案，正在调查。" in page
    assert "下一步：传唤询问" in page
    assert "治安案件办结" in page
    assert "《中华人民共和国治安管理处罚法》第一百一十八条" in page
    assert "12389" in page


def test_and_nothing_about_anybody_else() -> None:
    made, code = with_people()
    actions.begin_deed(by("lead"), made, "summons")
    page = followed(code)
    for hidden in ("另一个人", "被偷的人", "传唤到案", "询问查证", "海小", "违法犯罪嫌疑人"):
        assert hidden not in page


def test_a_party_sees_who_looked_at_their_own_details_only() -> None:
    made, code = with_people()
    assert "谁看过您的身份信息" not in followed(code)
    for person in Person.objects.filter(party__matter=made.pk, party__role="suspect"):
        read_person(by("lead"), person, purpose="handle")
    assert "谁看过您的身份信息" not in followed(code)
    for person in Person.objects.filter(party__matter=made.pk, party__role="victim"):
        read_person(by("lead"), person, purpose="verify")
    assert "谁看过您的身份信息" in followed(code)


def test_a_new_code_closes_the_one_before_and_witnesses_get_none() -> None:
    made, code = with_people()
    victim = made.matter.parties.get(role="victim")
    again = actions.give_receipt(by("lead"), made, victim)
    assert Client().post("/follow/", {"code": code}).status_code == 404
    assert made.number in followed(again)
    witness = actions.add_party(by("lead"), made, "witness", {"name": "看见的人"})
    with pytest.raises(Refused) as wrong:
        actions.give_receipt(by("lead"), made, witness)
    assert wrong.value.code == "no_receipt_for"


@pytest.mark.parametrize("deed", ["judge", "reply", "rate", "withdraw", "erase"])
def test_a_party_looks_and_changes_nothing(deed: str) -> None:
    made, code = with_people()
    client = Client()
    client.post("/follow/", {"code": code})
    assert client.post(f"/follow/{deed}/", {"solved": "yes", "words": "字"}).status_code == 409
    assert Person.objects.filter(party__matter=made.pk, erased_at=None).count() == 2


def test_whoever_follows_an_incident_sees_the_case_that_it_became() -> None:
    source = incident()
    code = "ABCDEFGH2345"
    Receipt.objects.create(matter=source, code_hash=hashed(code), made_at=source.opened_at)
    assert "案件办到哪一步" not in followed(code)
    made = filed(incident=source)
    page = followed(code)
    assert "案件办到哪一步" in page
    assert made.number in page
    assert account("lead").display_name not in page
