"""One's own page, by a code: what is to come, “I'm there”, hours, and a certificate of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit, throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.codes import shown as shown_code
from gongzhi.work.volunteering import actions
from gongzhi.work.volunteering.pages.kept import kept_volunteer, own_part, own_volunteer
from gongzhi.work.volunteering.paper.certificate import certificate
from gongzhi.work.volunteering.selectors.mine import (
    hours_of,
    looks_at,
    own_parts,
    thanks_for,
    trainings_of,
)

RESIDENT = Actor.resident()
DEEDS = {"come": actions.come, "finish": actions.finish, "give-up": actions.give_up}


@public
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is to come, what was done, and who looked at one's name."""
    volunteer = kept_volunteer(request)
    if volunteer is None:
        return redirect("volunteering:open")
    here = {
        "volunteer": volunteer, "code": shown_code(code_for(volunteer.key)),
        "parts": own_parts(volunteer), "hours": hours_of(volunteer),
        "trainings": trainings_of(volunteer), "thanks": thanks_for(volunteer),
        "looks": looks_at(volunteer),
    }  # fmt: skip
    return render(request, "volunteering/mine.html", here)


@public
@require_POST
@throttled("volunteering.part", tries=60, seconds=600)
def deed(request: HttpRequest, key: int, what: str) -> HttpResponse:
    """“I'm there”, “I'm done”, or not coming after all. Nobody is asked where they are."""
    if what not in DEEDS:
        raise Refused(_("没有这个操作。"), code="no_such_deed", status=404)
    part = DEEDS[what](RESIDENT, own_part(request, key))
    said = {
        "come": _("记下了：您到了。等同伴也到了再开始。"),
        "finish": _("记下了：这次 %(n)s 分钟。辛苦了！") % {"n": part.minutes},
        "give-up": _("退出了，位置让给候补的人。"),
    }
    messages.success(request, said[what])
    return redirect("volunteering:mine")


@public
@require_POST
@throttled("volunteering.forget", tries=20, seconds=600)
def forget(request: HttpRequest) -> HttpResponse:
    """Erase name and phone."""
    actions.forget(RESIDENT, own_volunteer(request))
    messages.success(request, _("您的称呼和电话已经清除。"))
    return redirect("volunteering:mine")


@public
@never_cache
@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """A certificate of one's hours, to print."""
    limit("volunteering.certificate", address_of(request), tries=20, seconds=600)
    volunteer = kept_volunteer(request)
    if volunteer is None:
        return redirect("volunteering:open")
    answer = HttpResponse(certificate(volunteer), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="hours.pdf"'
    return answer
