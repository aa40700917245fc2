"""A unit's people: posts and who holds them; a record is opened for a purpose."""

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
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.forms import PurposeForm
from gongzhi.work.workforce.officers.permissions import DECIDE, KEEP, READ, VIEW
from gongzhi.work.workforce.officers.selectors import units
from gongzhi.work.workforce.officers.selectors.records import lapsing


@staff(VIEW)
@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The posts of a unit (``?unit=``), who holds them, who is there today."""
    account = account_of(request)
    unit = units.unit_for(account, request.GET.get("unit", ""))
    shown = units.posts_of_unit(unit)
    heads = {seat.holding.account_id: seat.away for one in shown for seat in one.seats}
    here = {
        "unit": unit, "units": units.units_for(account), "posts": shown,
        "without": units.without_post(unit), "purposes": PurposeForm(),
        "heads": len(heads), "away": sum(heads.values()),
        "places": sum(one.post.places for one in shown),
        "keeps": may(account, KEEP), "decides": may(account, DECIDE), "today": today(),
        "new_post": f"{reverse('officers:new_post')}?unit={unit.pk}",
    }  # fmt: skip
    return render(request, "officers/people.html", here)


@staff(READ)
@require_POST
def commend(request: HttpRequest, key: int) -> HttpResponse:
    """Commend somebody of one's unit."""
    whose = units.account_for(account_of(request), key)
    actions.commend(by_of(request), whose, request.POST.get("words", ""))
    messages.success(request, _("表扬记下了，本人看得到。"))
    return redirect("officers:record", key)


@staff(VIEW)
@never_cache
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Certificates that have lapsed or will soon, of the units one looks after."""
    mine = units.units_for(account_of(request))
    return render(request, "officers/certificates.html", {"rows": lapsing(mine)})
