"""Parts: the list, one part, and what its unit does with it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.files.sent import photos_of
from gongzhi.base.matters.clocks import clocks_of, running_clocks
from gongzhi.base.matters.models import Matter, Part
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.joint import actions
from gongzhi.work.joint.actions.outside import DAYS
from gongzhi.work.joint.models import AskedOutside
from gongzhi.work.joint.permissions import ANSWER, VIEW
from gongzhi.work.joint.selectors.parts import (
    FILTERS,
    asked_outside,
    counts_of,
    part_named,
    shown_parts,
)
from gongzhi.work.participation.permissions import may_open, oversees, require_open

A_PAGE = 25


@staff(VIEW)
@never_cache
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """What other units ask of ours, and ours of others. As many queries for thirty as for one."""
    account = account_of(request)
    show = request.GET.get("show", "")
    show = show if show in FILTERS else "here"
    page = Paginator(shown_parts(account, show), A_PAGE).get_page(request.GET.get("page"))
    clocks, counts = running_clocks([one.matter_id for one in page.object_list]), counts_of(account)
    here = {
        "page": page, "show": show, "all": oversees(account),
        "rows": [(one, clocks[one.matter_id][:2]) for one in page.object_list],
        "filters": [(code, words, counts.get(code)) for code, words in FILTERS.items()],
    }  # fmt: skip
    return render(request, "joint/parts.html", here)


@staff(VIEW)
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """What is asked, by when, and what can be done."""
    account = account_of(request)
    part = part_named(account, key)
    matter = part.matter
    ours = account.unit_id == matter.owner_unit_id and may(account, ANSWER)
    here = {
        "part": part, "matter": matter, "lead": part.lead, "clocks": clocks_of(matter),
        "happenings": timeline(matter), "ours": ours and matter.closed_at is None,
        "leading": account.unit_id == part.lead.owner_unit_id and may(account, ANSWER),
        "opens_lead": may_open(account, part.lead),
        "elements": [one.text for one in matter.elements.order_by("shown_at")],
        "outside": asked_outside(matter), "kinds": AskedOutside.Kind.choices, "days": DAYS,
    }  # fmt: skip
    return render(request, "joint/part.html", here)


@staff(ANSWER)
@require_POST
def split(request: HttpRequest, key: int) -> HttpResponse:
    """Ask another unit to do a part of this request."""
    lead = _lead(request, key)
    unit = Unit.objects.filter(code=request.POST.get("unit", "")).first()
    if unit is None:
        wrong = _("请选一个单位。")
        raise Refused(wrong, code="unknown_unit", status=422, fields={"unit": wrong})
    actions.split_off(by_of(request), lead, unit, request.POST.get("words", ""))
    return done(request, f"/requests/{key}/", _("已请%(unit)s一起办。") % {"unit": unit})


@staff(ANSWER)
@require_POST
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Take it on."""
    part = part_named(account_of(request), key)
    actions.take_part(by_of(request), part)
    return _back(request, part, _("已接手。"))


@staff(ANSWER)
@require_POST
def finish(request: HttpRequest, key: int) -> HttpResponse:
    """Say what was done, with photos."""
    part, photos = part_named(account_of(request), key), photos_of(request)
    actions.finish_part(by_of(request), part, request.POST.get("words", ""), photos=photos)
    return _back(request, part, _("已告诉牵头单位。"))


@staff(ANSWER)
@require_POST
def decline(request: HttpRequest, key: int) -> HttpResponse:
    """Say that it isn't theirs, and why."""
    part = part_named(account_of(request), key)
    actions.decline_part(by_of(request), part, request.POST.get("words", ""))
    return _back(request, part, _("已退回牵头单位。"))


@staff(ANSWER)
@require_POST
def recall(request: HttpRequest, key: int) -> HttpResponse:
    """The lead needs it no more."""
    part = part_named(account_of(request), key)
    actions.recall_part(by_of(request), part)
    return _back(request, part, _("已告诉对方不用办了。"))


def done(request: HttpRequest, page: str, said: str) -> HttpResponse:
    """Back to the page, with what was done in words."""
    messages.success(request, said)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = page
        return response
    return redirect(page)


def _back(request: HttpRequest, part: Part, said: str) -> HttpResponse:
    return done(request, f"/parts/{part.pk}/", said)


def _lead(request: HttpRequest, key: int) -> Matter:
    found = Matter.objects.filter(procedure="resident_request", pk=id_in(str(key))).first()
    if found is None:
        raise Refused(_("没有这件诉求。"), code="no_request", status=404)
    require_open(account_of(request), found)
    return found
