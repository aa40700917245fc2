"""A county with a data steward, and a resident who reported a lamp and left a number."""

from __future__ import annotations

from typing import Any

from django.test import Client

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.participation.actions import answer_request, judge_outcome, start_request, take_up
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from gongzhi.work.personal import actions
from gongzhi.work.personal.models import PersonalRequest
from tests.work.participation.cast import KEY, LOOKED, RESIDENT, by, clerk, lamp, unit

NAME, PHONE, ENDS = "海听潮", "13900007788", "7788"
NEW_PHONE = "13900001234"
WORDS = "海平路老欧阳家门口那盏灯不亮"
ASKED = "p" * 24
GRANTED = {"identity": "number", "answer": "已经照您说的办好了。"}
REFUSED = {"why_not": "needed", "answer": "灯还在修，修好以后就可以删除。"}


def steward() -> Account:
    """Who looks after personal data."""
    return clerk("hotline", "data_steward")


def reported(key: str = KEY, **more: Any) -> Receipt:
    """A lamp that is out, reported by somebody who can be reached."""
    steward()
    told = {"words": WORDS, "contact": {"name": NAME, "phone": PHONE}, **more}
    return lamp(key, **told)


def closed(receipt: Receipt) -> Receipt:
    """The same, mended and found good."""
    worker = by("city_management")
    for deed in (take_up, start_request):
        deed(worker, receipt.matter)
    answer_request(worker, receipt.matter, "换好了", closing=LOOKED)
    judge_outcome(RESIDENT, receipt, solved=True)
    return Receipt.objects.select_related("matter").get(pk=receipt.pk)


def asked(receipt: Receipt, asks: str, *, proved: bool = True, **more: Any) -> PersonalRequest:
    """A request about what is held under this receipt."""
    told: dict[str, Any] = {"words": "", "idempotency_key": ASKED, **more}
    made = actions.ask(RESIDENT, receipt, asks, proved=proved, **told)
    return again(made.matter_id)


def step(one: PersonalRequest, code: str, **elements: str) -> PersonalRequest:
    """The steward takes a step."""
    actions.pass_step(Actor.account(steward()), one, code, elements=elements)
    return again(one.pk)


def granted(one: PersonalRequest) -> PersonalRequest:
    """Taken up and carried out."""
    return step(step(one, "taken_up"), "granted", **GRANTED)


def again(key: int) -> PersonalRequest:
    """The request as the database has it now."""
    found = PersonalRequest.objects.select_related("matter__owner_unit", "about__matter")
    return found.get(pk=key)


def followed(key: str = KEY) -> Client:
    """A phone that has opened what is held under the code of this key."""
    phone = Client()
    answer = phone.post("/my-data/", {"code": code_for(key)})
    assert (answer.status_code, answer["Location"]) == (302, "/my-data/")
    return phone


def shown(key: str = KEY, ends: str = ENDS) -> Client:
    """The same, and the end of the number was right."""
    phone = followed(key)
    assert phone.post("/my-data/", {"ends": ends}).status_code == 302
    return phone


__all__ = ["KEY", "RESIDENT", "by", "clerk", "unit"]
