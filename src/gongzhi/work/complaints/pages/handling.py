"""The pages of those who look into complaints: the list, and one with its steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.course import LONGEST_ELEMENT
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.matters.way import next_steps, stops_of, told_at_steps
from gongzhi.base.matters.working import chosen, shown
from gongzhi.base.people.forms import PurposeForm
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.selectors import looks_at
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints import actions
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.complaints.permissions import HANDLE, found_by, known_to
from gongzhi.work.complaints.selectors.handlers import handlers_for, police_units
from gongzhi.work.complaints.selectors.lists import FILTERS, counts_for, listed


@staff(HANDLE)
@never_cache
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """Those that one may know of. As many queries for a thousand as for one."""
    account = account_of(request)
    found = listed(account, chosen(request, FILTERS))
    here = shown(request, found, FILTERS, counts_for(account))
    return render(request, "complaints/complaints.html", here)


@staff(HANDLE)
@never_cache
@require_safe
def complaint(request: HttpRequest, key: int) -> HttpResponse:
    """One complaint: what was told, how far it has come, and the steps as forms."""
    account, one = account_of(request), found_by(account_of(request), key)
    matter = one.matter
    party = matter.parties.select_related("person").first()
    works = account.unit_id == matter.owner_unit_id
    here = {
        "one": one,
        "matter": matter,
        "here": reverse("complaints:complaint", args=[one.pk]),
        "works": works,
        "stops": stops_of(matter),
        "nexts": next_steps(matter) if works else [],
        "told": _told(one),
        "answers": told_at_steps(matter),
        "about_url": _address(account, one.about),
        "clocks": clocks_of(matter),
        "happenings": timeline(matter),
        "party": party,
        "purposes": PurposeForm(),
        "looks": looks_at(party.person) if party else [],
        "units": [unit for unit in police_units() if unit.pk != one.unit_id],
        "others": _others(one),
    }
    return render(request, "complaints/complaint.html", here)


@staff(HANDLE)
@require_POST
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Take a step, with its elements as the form has them."""
    one = found_by(account_of(request), key)
    found = one.matter.version_item.step(code)
    codes = [element.code for element in found.elements] if found else []
    given = {name: request.POST[name][:LONGEST_ELEMENT] for name in codes if name in request.POST}
    matter = actions.take_complaint_step(by_of(request), one, code, elements=given)
    return _done(request, one, _("已进入“%(step)s”。") % {"step": matter.step_item.name})


@staff(HANDLE)
@require_POST
def unit(request: HttpRequest, key: int) -> HttpResponse:
    """Say which unit is complained of."""
    one = found_by(account_of(request), key)
    named = _chosen(request, {unit.code: unit for unit in police_units()})
    actions.name_unit(by_of(request), one, named)
    return _done(request, one, _("已登记，从现在起这个单位看不到这件投诉。"))


@staff(HANDLE)
@require_POST
def hand_on(request: HttpRequest, key: int) -> HttpResponse:
    """Give it to another unit that may look into it."""
    one = found_by(account_of(request), key)
    taker = _chosen(request, {unit.code: unit for unit in _others(one)})
    actions.pass_on(by_of(request), one, taker)
    return _done(request, one, _("已移交给%(unit)s。") % {"unit": taker})


def _others(one: Complaint) -> list[Unit]:
    """The units that could look into it, too."""
    if one.matter.closed_at is not None:
        return []
    units = set(one.sealed_from.values_list("unit", flat=True))
    able = {who.unit_id: who.unit for who in handlers_for(units, one.number_mark)}
    return [unit for key, unit in able.items() if key != one.matter.owner_unit_id]


def _chosen(request: HttpRequest, among: dict[str, Unit]) -> Unit:
    chosen = among.get(request.POST.get("unit", ""))
    if chosen is None:
        wrong = _("请选一个单位。")
        raise Refused(wrong, code="unknown_unit", status=422, fields={"unit": wrong})
    return chosen


def _told(one: Complaint) -> list[tuple[str, str]]:
    """What was answered and added, in words; nothing that is sealed."""
    category, given = one.matter.category_item, one.matter.answers
    told = []
    for question in category.questions if category else ():
        answer = question.answer(str(given.get(question.code, "")))
        if answer is not None:
            told.append((str(question.ask), str(answer)))
    told += [(_("什么时候"), one.happened), (_("在哪里"), one.matter.narrative.place)]
    told += [(_("投诉的单位"), str(one.unit or _("投诉人不知道"))), (_("希望怎样"), one.wish)]
    return [(name, said) for name, said in told if said]


def _address(account: Account, about: Matter | None) -> str:
    """Where the matter is opened in which it happened; empty where this account may not."""
    if about is None:
        return ""
    if about.procedure == "incident" and may(account, "dispatch.view_console"):
        return f"{reverse('dispatch:console')}?incident={about.pk}"
    if about.procedure == "resident_request" and may(account, "participation.view_requests"):
        return reverse("participation:request", args=[about.pk])
    if about.procedure_item.kind == "case" and may(account, "cases.view_case"):
        return reverse("cases:case", args=[about.pk])
    return ""


def _done(request: HttpRequest, one: Complaint, said: str) -> HttpResponse:
    """Back to the complaint; to the list when it is no longer the asker's to know of."""
    messages.success(request, said)
    known = known_to(account_of(request)).filter(pk=one.pk).exists()
    page = reverse("complaints:complaint", args=[one.pk])
    page = page if known else reverse("complaints:complaints")
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = page
        return answer
    return redirect(page)
