"""Deciding on a request: with reasons, and by which article where it is refused. What was decided
is carried out in the same transaction, or the decision doesn't stand."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, take_on, take_step
from gongzhi.base.matters.models import Matter, Message, Narrative
from gongzhi.base.people.actions import correct_person, erase_person
from gongzhi.base.people.models import Person
from gongzhi.base.ui.errors import Refused
from gongzhi.work.personal.events import CARRIED_OUT, WORDS_ERASED
from gongzhi.work.personal.forgetting import forget
from gongzhi.work.personal.models import PersonalRequest
from gongzhi.work.personal.permissions import require_decider
from gongzhi.work.personal.selectors.own import persons_of

Asks = PersonalRequest.Asks
BY_NUMBER = "number"
"""The way of showing who one is that the platform itself has seen."""
SELF = Actor.system("resident_asked")
"""The county does what the person may ask for; a decider has no permission of their own to it."""


@action
def pass_step(
    by: Actor, one: PersonalRequest, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take the step with what it must show. Whoever takes it up is responsible for it; granting it
    carries it out. Refuses to grant anything to somebody who hasn't shown who they are."""
    account = require_decider(by, one)
    one, given = _held(one), dict(elements or {})
    if code == "granted":
        _require_shown(one, given.get("identity", ""))
    matter = take_step(by, one.matter, code, elements=given)
    if code == "taken_up":
        return take_on(by, matter, account)
    if code == "granted":
        _carry_out(one)
    return matter


def _held(one: PersonalRequest) -> PersonalRequest:
    """As it is now, with the matter that it is about as that is now."""
    found = PersonalRequest.objects.select_for_update(of=("self",))
    return found.select_related("matter__owner_unit", "about__matter", "about__message").get(
        pk=one.pk
    )


def _require_shown(one: PersonalRequest, identity: str) -> None:
    if identity == BY_NUMBER and not one.proved:
        wrong = _("提出请求的人没有核对过号码末四位，请当面看证件或者视频核实。")
        raise Refused(wrong, code="not_shown", status=422, fields={"identity": wrong})


def _carry_out(one: PersonalRequest) -> None:
    if one.asks == Asks.CORRECT:
        _correct(one)
    elif one.asks == Asks.DELETE:
        forget(one.about)
    elif one.asks == Asks.WITHDRAW:
        _let_go(one)
    PersonalRequest.objects.filter(pk=one.pk).update(wanted="", proved=True)
    record(CARRIED_OUT, one.matter, about=one.about.matter_id, asks=one.asks)
    if one.asks == Asks.DELETE:
        Narrative.objects.filter(matter=one.matter).update(words="", place="")
        one.matter.messages.update(words="")
        record(WORDS_ERASED, one.matter, receipt=one.about_id)


def _correct(one: PersonalRequest) -> None:
    told = json.loads(one.wanted) if one.wanted else {}
    if told:
        correct_person(SELF, _person(one), told)
    elif one.about.matter.procedure_item.kind == "case":
        words = _("案卷里写的，由办案单位依法更正，请移交他们。")
        raise Refused(words, code="case_file", status=409)
    if not told:  # beside what was told, never over it: what was said at first stays readable
        words = _("本人更正、补充：%(words)s") % {"words": one.matter.narrative.words}
        add_words(SELF, one.about.matter, Message.Kind.UPDATE, words)


def _let_go(one: PersonalRequest) -> None:
    """Nobody can reach them any more; what they told stays while it is dealt with."""
    erase_person(SELF, _person(one), reason="asked")


def _person(one: PersonalRequest) -> Person:
    """Whose it is. Refuses where the code doesn't say which of several callers."""
    persons = persons_of(one.about)
    if len(persons) != 1 or persons[0].erased_at is not None:
        words = _("这件事里没有留联系方式，或者分不清是哪一位的，不能改。")
        raise Refused(words, code="whose", status=409)
    return persons[0]
