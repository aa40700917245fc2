"""The counter: what lies there, one application with its papers, and the numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.access.throttle import throttled
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.pages import download, shown_inline
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.course import LONGEST_ELEMENT
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.matters.way import stops_of
from gongzhi.base.matters.working import chosen, shown
from gongzhi.base.people.forms import PurposeForm
from gongzhi.base.people.models import Unit
from gongzhi.base.people.selectors import looks_at
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.selectors import receipt_of
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.permissions import FILE, HANDLE, VIEW, found_by, known_to
from gongzhi.work.public_services.selectors.desk import (
    FILTERS,
    code_at_counter,
    counts_for,
    facts_of,
    listed,
    next_steps,
    papers_of,
)
from gongzhi.work.public_services.selectors.facts import sources_of
from gongzhi.work.public_services.selectors.services import offices_of
from gongzhi.work.public_services.selectors.statistics import DAYS, numbers_for
from gongzhi.work.public_services.visits import VISITS

LOOKING = ("received", "supplemented", "supplement_asked")
"""Steps at which a counter decides on acceptance."""


@staff(VIEW)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("desk.code", tries=120, seconds=600)
def desk(request: HttpRequest) -> HttpResponse:
    """This counter's applications; a code, typed or scanned, opens one."""
    account = account_of(request)
    if request.method == "POST":
        return redirect("public_services:application", _by_code(request))
    found = listed(account, chosen(request, FILTERS))
    here = {
        **shown(request, found, FILTERS, counts_for(account)), "may_file": may(account, FILE),
    }  # fmt: skip
    return render(request, "public_services/desk.html", here)


@staff(VIEW)
@never_cache
@require_safe
def application(request: HttpRequest, key: int) -> HttpResponse:
    """One application: papers to look at, the ways on, and what was told."""
    account, one = account_of(request), found_by(account_of(request), key)
    matter = one.matter
    works = account.unit_id == matter.owner_unit_id and matter.closed_at is None
    party = matter.parties.select_related("person").first()
    here = {
        "one": one, "matter": matter, "works": works,
        "here": reverse("public_services:application", args=[one.pk]),
        "stops": stops_of(matter), "papers": papers_of(one), "facts": facts_of(one),
        "sources": sources_of(one),
        "looking": works and matter.step in LOOKING,
        "checking": works and matter.step in (*LOOKING, "accepted_lacking", "ready"),
        "may_be_later": any(it.is_lacking and it.item.later for it in papers_of(one)),
        "nexts": next_steps(one) if works else [],
        "clocks": clocks_of(matter), "happenings": timeline(matter), "party": party,
        "purposes": PurposeForm(), "looks": looks_at(party.person) if party else [],
        "visits": VISITS.items(), "others": _others(one),
    }  # fmt: skip
    return render(request, "public_services/application.html", here)


@staff(HANDLE)
@require_POST
def material(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Say of a material that it is good, or must come anew."""
    one = found_by(account_of(request), key)
    good = request.POST.get("good") == "yes"
    actions.check_material(by_of(request), one, code, good=good)
    return _done(request, one, _("记下了。"))


@staff(HANDLE)
@require_POST
def accept(request: HttpRequest, key: int) -> HttpResponse:
    """Accept it, with something to follow where that is said."""
    one = found_by(account_of(request), key)
    later = request.POST.get("later") == "yes"
    actions.accept(by_of(request), one, later=later)
    return _done(request, one, _("已经受理，时限从现在起算。"))


@staff(HANDLE)
@require_POST
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """Say at once all that is missing."""
    one = found_by(account_of(request), key)
    actions.ask_for_more(by_of(request), one, request.POST.get("words", "")[:LONGEST_ELEMENT])
    return _done(request, one, _("申请人已经能看到要补什么。"))


@staff(HANDLE)
@require_POST
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Take a step, with its elements as the form has them."""
    one = found_by(account_of(request), key)
    found = one.matter.version_item.step(code)
    names = [element.code for element in found.elements] if found else []
    given = {name: request.POST[name][:LONGEST_ELEMENT] for name in names if name in request.POST}
    matter = actions.take_application_step(by_of(request), one, code, elements=given)
    return _done(request, one, _("已进入“%(step)s”。") % {"step": matter.step_item.name})


@staff(HANDLE)
@require_POST
def visit(request: HttpRequest, key: int) -> HttpResponse:
    """Count a visit."""
    one = found_by(account_of(request), key)
    actions.count_visit(by_of(request), one, why=request.POST.get("why", ""))
    return _done(request, one, _("记下了。"))


@staff(HANDLE)
@require_POST
def pass_on(request: HttpRequest, key: int) -> HttpResponse:
    """Give it to another counter."""
    one = found_by(account_of(request), key)
    units = {unit.code: unit for unit in _others(one)}
    taker = units.get(request.POST.get("unit", ""))
    if taker is None:
        wrong = _("请选一个窗口。")
        raise Refused(wrong, code="unknown_unit", status=422, fields={"unit": wrong})
    actions.hand_on(by_of(request), one, taker)
    return _done(request, one, _("已移交给%(unit)s。") % {"unit": taker})


@staff(HANDLE)
@never_cache
@require_POST
def file(request: HttpRequest, key: int, number: int) -> HttpResponseBase:
    """Look at a file; the applicant can see that this counter did."""
    one = found_by(account_of(request), key)
    found = get_object_or_404(StoredFile.objects.select_related("key"), pk=number)
    actions.read_material(by_of(request), one, found)
    if found.media_type == "image/jpeg":
        return shown_inline(found)
    return download(found, f"{one}-{found.pk}.pdf")


@staff(VIEW)
@never_cache
@require_safe
def receipt(request: HttpRequest, key: int) -> HttpResponse:
    """The receipt to print: what, when, where, until when; no name on it."""
    one = found_by(account_of(request), key)
    here = {
        "one": one, "matter": one.matter, "papers": papers_of(one),
        "clocks": [it for it in clocks_of(one.matter) if it.stopped_at is None],
        "code": code_at_counter(one),
    }  # fmt: skip
    return render(request, "public_services/receipt.html", here)


@staff(VIEW)
@never_cache
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """This counter's services in numbers."""
    here = {"lines": numbers_for(account_of(request)), "days": DAYS}
    return render(request, "public_services/numbers.html", here)


def _by_code(request: HttpRequest) -> int:
    """The application behind a code or a number, if it lies at this counter."""
    typed = request.POST.get("code", "").strip()[:40]
    known = known_to(account_of(request))
    last = typed.rpartition("-")[2]
    if last.isdecimal() and len(last) < 12:
        found = known.filter(pk=int(last)).first()
        if found is not None and str(found) == typed.upper():
            return int(found.pk)
    return int(found_by(account_of(request), receipt_of(typed).matter_id).pk)


def _others(one: Application) -> list[Unit]:
    """The other counters of its service."""
    service = one.service_item
    if service is None or one.matter.closed_at is not None:
        return []
    return [unit for unit in offices_of(service) if unit.pk != one.matter.owner_unit_id]


def _done(request: HttpRequest, one: Application, said: str) -> HttpResponse:
    """Back to the application; to the list when it is no longer this counter's."""
    messages.success(request, said)
    known = known_to(account_of(request)).filter(pk=one.pk).exists()
    page = reverse("public_services:application", args=[one.pk])
    page = page if known else reverse("public_services:desk")
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = page
        return answer
    return redirect(page)
