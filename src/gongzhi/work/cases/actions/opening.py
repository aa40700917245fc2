"""Opening a case, and giving it to other officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, NewParty, hand_over, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import require_not_kept
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.events import CASE_HANDED_OVER, CASE_OPENED, INCIDENT_LED_ON
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.numbering import word_for
from gongzhi.work.cases.permissions import WORK, require_lead
from gongzhi.work.dossier.models import NumberSeries


@dataclass(frozen=True)
class NewCase:
    """What is known of a case when it is opened."""

    procedure: str
    category: str
    lead: Account
    second: Account
    words: str
    place: str = ""
    incident: Matter | None = None
    """That it came from; its place is the case's, too."""
    parties: Sequence[NewParty] = ()
    split_from: Case | None = None
    """The case that it goes on from, under the same version of the procedure."""


@action
def open_case(by: Actor, new: NewCase) -> Case:
    """Open a case under the next number of the lead officer's unit, which owns it.

    Refuses a procedure that is none of cases, fewer than two officers, officers of another unit
    than the asker's, and an incident that has an open case already.
    """
    require(by, WORK)
    _require_case(new.procedure)
    _require_two(new.lead, new.second)
    if isinstance(by.source, Account) and by.source.unit_id != new.lead.unit_id:
        raise Refused(_("只能为本单位立案。"), code="other_unit", status=403)
    if new.incident is not None:
        _require_free(new.incident)
    matter = open_matter(by, _matter(new))
    case = _numbered(matter, new)
    record(
        CASE_OPENED, matter, unit=case.unit_id, year=case.year, count=case.count,
        lead=new.lead.pk, second=new.second.pk,
        incident=new.incident.pk if new.incident else None,
    )  # fmt: skip
    if new.incident is not None:
        record(INCIDENT_LED_ON, new.incident, case=matter.pk)
    return case


@action
def hand_over_case(by: Actor, case: Case, lead: Account, second: Account) -> Case:
    """Give the case to two other officers, of the same unit or another; its number stays."""
    held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require_lead(by, held)
    _require_two(lead, second)
    for account in (lead, second):
        require_not_kept(account, held.pk)
    if held.matter.closed_at is not None:
        raise Refused(_("案件已经办结。"), code="closed", status=409)
    if (held.lead_id, held.second_id) == (lead.pk, second.pk):
        raise Refused(_("主办和协办没有变。"), code="same_officers", status=409)
    if lead.unit_id != held.matter.owner_unit_id:
        hand_over(by, held.matter, lead.unit, reason="better_placed")
    Matter.objects.filter(pk=held.pk).update(owner=lead)
    held.lead, held.second = lead, second
    held.save(update_fields=["lead", "second"])
    record(CASE_HANDED_OVER, held.matter, lead=lead.pk, second=second.pk, unit=lead.unit_id)
    return Case.objects.select_related("matter__owner_unit").get(pk=held.pk)


def _matter(new: NewCase) -> NewMatter:
    source = new.incident
    return NewMatter(
        procedure=new.procedure,
        category=new.category,
        owner=new.lead.unit,
        words=new.words,
        place=new.place,
        point=source.point if source else None,
        accuracy=source.accuracy if source else None,
        channel=source.channel if source else "counter",
        parties=new.parties,
        version=new.split_from.matter.version if new.split_from else "",
    )


def _numbered(matter: Matter, new: NewCase) -> Case:
    word, year = word_for(new.lead.unit, new.procedure), timezone.localdate(now()).year
    series = f"{new.procedure[:20]}:{new.lead.unit_id}"
    Matter.objects.filter(pk=matter.pk).update(owner=new.lead)
    matter.owner = new.lead
    return Case.objects.create(
        matter=matter, unit=new.lead.unit, word=word, year=year,
        count=NumberSeries.take(series, year), incident=new.incident,
        lead=new.lead, second=new.second, split_from=new.split_from,
    )  # fmt: skip


def _require_case(procedure: str) -> None:
    item = catalogue().procedures.get(procedure)
    if item is None or item.kind != "case":
        wrong = _("请选择行政案件或者刑事案件。")
        raise Refused(wrong, code="no_case", fields={"procedure": wrong})


def _require_two(lead: Account, second: Account) -> None:
    wrong = ""
    if lead.pk == second.pk:
        wrong = _("办案民警不得少于二人，协办请选另一个人。")
    elif lead.unit_id != second.unit_id:
        wrong = _("主办和协办要在同一个单位；别的单位的人请加入联合办案。")
    elif not (may(lead, WORK) and may(second, WORK)):
        wrong = _("主办和协办都要是办案民警。")
    if wrong:
        raise Refused(wrong, code="two_officers", fields={"second": wrong})


def _require_free(incident: Matter) -> None:
    if incident.procedure != "incident" or incident.county_id is not None:
        raise Refused(_("只能由本县的警情立案。"), code="no_incident")
    if Case.objects.filter(incident=incident, matter__closed_at=None).exists():
        raise Refused(_("这起警情已经立案，正在办理。"), code="has_a_case", status=409)
