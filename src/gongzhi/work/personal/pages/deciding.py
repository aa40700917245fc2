"""The pages of whoever decides on requests about people's own data."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.course import LONGEST_ELEMENT
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.matters.way import next_steps, stops_of, told_at_steps
from gongzhi.base.matters.working import chosen, shown
from gongzhi.base.people.fields import LABELS
from gongzhi.base.people.holding import why_held
from gongzhi.work.personal import actions
from gongzhi.work.personal.law import cited
from gongzhi.work.personal.models import PersonalRequest
from gongzhi.work.personal.permissions import DECIDE, found_by
from gongzhi.work.personal.selectors.held import sealed_labels
from gongzhi.work.personal.selectors.lists import FILTERS, counts_for, listed


@staff(DECIDE)
@never_cache
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """All of them. As many queries for a thousand as for one."""
    account = account_of(request)
    found = listed(account, chosen(request, FILTERS))
    here = shown(request, found, FILTERS, counts_for(account))
    return render(request, "personal/requests.html", here)


@staff(DECIDE)
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """One request: what is asked for and about what, what stands in the way, and the steps."""
    account, found = account_of(request), found_by(account_of(request), key)
    matter, about = found.matter, found.about.matter
    works = account.unit_id == matter.owner_unit_id
    here = {
        "one": found,
        "matter": matter,
        "about": about,
        "here": reverse("personal:request", args=[found.pk]),
        "works": works,
        "law": cited(found.asks),
        "wanted": _wanted(found),
        "there": sealed_labels(found.about),
        "held": why_held(about.pk),
        "still_open": about.closed_at is None,
        "stops": stops_of(matter),
        "nexts": next_steps(matter) if works else [],
        "answers": told_at_steps(matter),
        "clocks": clocks_of(matter),
        "happenings": timeline(matter),
    }
    return render(request, "personal/request.html", here)


@staff(DECIDE, again=True)
@require_POST
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Take a step, with its elements as the form has them. It may erase for good."""
    found = found_by(account_of(request), key)
    at = found.matter.version_item.step(code)
    codes = [element.code for element in at.elements] if at else []
    given = {name: request.POST[name][:LONGEST_ELEMENT] for name in codes if name in request.POST}
    matter = actions.pass_step(by_of(request), found, code, elements=given)
    messages.success(request, _("已进入“%(step)s”。") % {"step": matter.step_item.name})
    page = reverse("personal:request", args=[found.pk])
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = page
        return answer
    return redirect(page)


def _wanted(found: PersonalRequest) -> list[tuple[str, str]]:
    """What is to be set right: the field's name, and as much of the new text as tells whether it
    can be right. Nobody has to know somebody's number to let them change it."""
    told = json.loads(found.wanted) if found.wanted else {}
    return [(str(LABELS[code]), _masked(text)) for code, text in told.items()]


def _masked(text: str) -> str:
    shown = 3 if text[:3].isdigit() else 1
    return f"{text[:shown]}●●●{text[-2:] if len(text) > 2 * shown + 1 else ''}"
