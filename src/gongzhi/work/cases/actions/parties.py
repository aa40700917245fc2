"""Those whom a case is about: who they are is sealed, and opened for a purpose, on record."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.matters.parties import next_number
from gongzhi.base.people.models import Person
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.events import PARTY_ADDED, RECEIPT_GIVEN
from gongzhi.work.cases.models import Case, PartyReceipt
from gongzhi.work.cases.permissions import require_worker
from gongzhi.work.participation.codes import ALPHABET, LENGTH, hashed, shown
from gongzhi.work.participation.models import Receipt

ROLES = ("suspect", "victim", "witness", "guardian", "counsel", "complainant")
FOLLOW = ("suspect", "victim", "complainant")
"""Who is told how the case goes."""
FIELDS = {"name": 80, "phone": 40, "id_number": 40, "address": 200}


@action
def add_party(by: Actor, case: Case, role: str, fields: Mapping[str, str]) -> Party:
    """Put somebody down as suspect, victim, witness …; refuses one without a name."""
    require_worker(by, case)
    wrong = "" if role in ROLES else _("请选择是什么人。")
    if wrong:
        raise Refused(wrong, code="unknown_role", fields={"role": wrong})
    told = {code: fields.get(code, "").strip()[:most] for code, most in FIELDS.items()}
    if not told["name"]:
        wrong = _("请写姓名；身份不明的写“身份不明”。")
        raise Refused(wrong, code="no_name", fields={"name": wrong})
    held = Matter.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.archived_at is not None:
        raise Refused(_("案卷已经归档，不能再登记当事人。"), code="archived", status=409)
    person = Person.keep(told, now())
    party = Party.objects.create(
        matter=held, person=person, role=role, number=next_number(held, role)
    )
    record(PARTY_ADDED, case.matter, party=party.pk, role=role)
    return party


@action
def give_receipt(by: Actor, case: Case, party: Party) -> str:
    """A code with which this party follows the case; told once. An earlier one opens nothing."""
    require_worker(by, case)
    if party.matter_id != case.pk or party.role not in FOLLOW:
        raise Refused(_("查询码只给当事人和控告人。"), code="no_receipt_for", status=409)
    if case.archived_at is not None:
        raise Refused(_("案卷已经归档，不再给查询码。"), code="archived", status=409)
    Receipt.objects.filter(case_party__party=party).delete()
    code = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
    receipt = Receipt.objects.create(matter=case.matter, code_hash=hashed(code), made_at=now())
    PartyReceipt.objects.create(receipt=receipt, party=party)
    record(RECEIPT_GIVEN, case.matter, party=party.pk)
    return shown(code)
