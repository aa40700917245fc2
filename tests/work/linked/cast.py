"""A desk, a fire brigade with its page, and an ambulance service with its program."""

from __future__ import annotations

from typing import Any

from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.linked import actions
from gongzhi.work.linked.actions.answering import Told
from gongzhi.work.linked.models import LinkedAnswer, LinkedRequest
from tests.work.dispatch.county import SYSTEM, account, body, dispatcher, incident

__all__ = ["SYSTEM", "account", "body", "dispatcher", "incident"]


def fire_desk(name: str = "fire_desk") -> Account:
    """Somebody at the fire brigade's desk."""
    return account("partner_desk", body("fire_rescue", "department"), name)


def ask(matter: Matter | None = None, code: str = "fire_rescue", **more: Any) -> LinkedRequest:
    """A request to a partner about a fire."""
    body("fire_rescue", "department")
    body("ambulance_120", "department")
    return actions.ask_partner(SYSTEM, matter or incident("fire"), code, **more)


def answer(request: LinkedRequest, said: str, by: Actor = SYSTEM, **more: Any) -> LinkedAnswer:
    """What the partner says."""
    return actions.answer_request(by, request, Told(said, **more))


def program(unit: str = "ambulance_120") -> str:
    """A key for the program of this unit."""
    _key, secret = issue_key(
        SYSTEM, name="120", unit=body(unit, "department"), permissions=["linked.answer_request"]
    )
    return secret
