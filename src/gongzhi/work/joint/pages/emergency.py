"""Handing a request to 110."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.models import Matter
from gongzhi.work.joint.actions import hand_to_110
from gongzhi.work.joint.pages.parts import done
from gongzhi.work.joint.permissions import ANSWER
from gongzhi.work.participation.permissions import require_open


@staff(ANSWER)
@require_POST
def to_110(request: HttpRequest, key: int) -> HttpResponse:
    """It is an emergency: an incident now, at the dispatch desk."""
    found = Matter.objects.select_related("owner_unit").filter(procedure="resident_request")
    matter = get_object_or_404(found, pk=key)
    require_open(account_of(request), matter)
    category, words = request.POST.get("category", ""), request.POST.get("words", "")
    incident = hand_to_110(by_of(request), matter, category, words)
    said = _("已转 110，警情编号 %(number)s。") % {"number": incident.number}
    return done(request, f"/requests/{key}/", said)
