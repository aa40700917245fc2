"""Asking for what can't be had at once: a correction, deletion, a transfer, an explanation; and
access for whoever can't show by a number who they are."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter, take_step
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.receiving import (
    LONGEST_NAME,
    checked_contact,
    new_receipt,
    require_key,
)
from gongzhi.work.personal.events import ASKED
from gongzhi.work.personal.models import PersonalRequest
from gongzhi.work.personal.permissions import unit_to_decide
from gongzhi.work.personal.selectors.own import persons_of, told_by

PROCEDURE = CATEGORY = "personal_request"
CORRECTABLE = ("name", "phone", "email", "address")
"""What a person can have set right from afar. A number on a card is shown at a counter."""
Asks = PersonalRequest.Asks


@action
def ask(
    by: Actor, about: Receipt, asks: str, words: str, *, proved: bool, idempotency_key: str,
    wanted: Mapping[str, str] | None = None,
) -> Receipt:  # fmt: skip
    """Open a request about what is held under this code; its own code follows it.

    Refuses a kind that is none, a correction of nothing, a request about a request, and a second
    one of the same kind while the first is open.
    """
    require_key(idempotency_key)
    if asks not in Asks.values:
        wrong = _("请选要办什么。")
        raise Refused(wrong, code="asks", status=422, fields={"asks": wrong})
    _refuse_twice(about, asks)
    told = _checked(about, wanted or {}) if asks == Asks.CORRECT else {}
    if asks == Asks.CORRECT and not told and not words.strip():
        wrong = _("请写应该改成什么。")
        raise Refused(wrong, code="nothing_wanted", status=422, fields={"words": wrong})
    matter = open_matter(
        by,
        NewMatter(
            procedure=PROCEDURE, category=CATEGORY, owner=unit_to_decide(),
            words=words.strip() or str(Asks(asks).label), answers={"asks": asks},
            idempotency_key=idempotency_key,
        ),
    )  # fmt: skip
    PersonalRequest.objects.create(
        matter=matter, about=about, asks=asks, proved=proved,
        wanted=json.dumps(told, ensure_ascii=False) if told else "",
    )  # fmt: skip
    receipt = new_receipt(matter, idempotency_key)
    record(ASKED, matter, about=about.matter_id, asks=asks, proved=proved)
    if asks == Asks.ACCESS:
        move_clocks(matter, "begin:prv_03")
    return receipt


@action
def withdraw_request(by: Actor, receipt: Receipt) -> Matter:
    """Take one's request back, as long as nothing is decided."""
    one = PersonalRequest.objects.filter(pk=receipt.matter_id).select_related("matter").first()
    if one is None:
        raise Refused(_("这里只能看进度。"), code="only_followed", status=409)
    return take_step(by, one.matter, "withdrawn")


def _refuse_twice(about: Receipt, asks: str) -> None:
    if about.matter.procedure == PROCEDURE:
        words = _("这是一件个人信息请求的查询码，请用原来那件事的查询码。")
        raise Refused(words, code="about_a_request", status=409)
    if about.personal_requests.filter(asks=asks, matter__closed_at=None).exists():
        words = _("同样的请求正在办，凭那一件的查询码看进度。")
        raise Refused(words, code="asked_before", status=409)


def _checked(about: Receipt, wanted: Mapping[str, str]) -> dict[str, str]:
    """What is to be set right, as people write it; of fields that are there alone."""
    told = {code: text.strip() for code, text in wanted.items() if text.strip()}
    there = {code for one in persons_of(about) for code in told_by(one)}
    if wrong := set(told) - (set(CORRECTABLE) & there):
        words = _("这一项不能在网上更正，请带证件到窗口办。")
        raise Refused(words, code="not_correctable", status=422, fields=dict.fromkeys(wrong, words))
    if any("\x00" in text or len(text) > 2 * LONGEST_NAME for text in told.values()):
        raise Refused(_("写得太长了，请精简一些。"), code="too_long", status=422)
    checked_contact({code: told.get(code, "") for code in ("name", "phone", "email")})
    return told
