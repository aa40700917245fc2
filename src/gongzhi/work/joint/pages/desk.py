"""What has to be decided between units, and what was told further up."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.clocks import running_clocks
from gongzhi.base.matters.models import Part
from gongzhi.base.people.models import Unit
from gongzhi.work.joint.actions import see_escalation
from gongzhi.work.joint.models import Escalation
from gongzhi.work.joint.pages.parts import done
from gongzhi.work.joint.permissions import ESCALATIONS, VIEW
from gongzhi.work.joint.selectors.disputes import disputes_for, sides_of
from gongzhi.work.joint.selectors.ladders import escalations_for
from gongzhi.work.participation.permissions import oversees
from gongzhi.work.participation.selectors import deciding_unit

A_PAGE = 20


@staff(VIEW)
@never_cache
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """Requests that units passed to and fro, with each side's reasons; whoever decides, decides
    here. As many queries for thirty as for one."""
    account = account_of(request)
    page = Paginator(disputes_for(account), A_PAGE).get_page(request.GET.get("page"))
    matters = list(page.object_list)
    sides, clocks = sides_of(matters), running_clocks([one.pk for one in matters])
    decides = not oversees(account) and may(account, "matters.hand_over")
    here = {
        "page": page,
        "rows": [(one, sides[one.pk], clocks[one.pk][:3]) for one in matters],
        "decides": decides,
        "units": _units() if decides and matters else [],
    }
    return render(request, "joint/disputes.html", here)


@staff(ESCALATIONS)
@never_cache
@require_safe
def escalations(request: HttpRequest) -> HttpResponse:
    """What the reader's unit was told because it waits too long."""
    account = account_of(request)
    page = Paginator(escalations_for(account), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    clocks = running_clocks([one.matter_id for one in rows])
    parts = dict(Part.objects.filter(matter__in=[one.matter_id for one in rows])
                 .values_list("matter", "pk"))  # fmt: skip
    opens = oversees(account) or may(account, VIEW)
    here = {
        "page": page,
        "rows": [(one, _page_of(one, parts, opens), clocks[one.matter_id][:2]) for one in rows],
    }
    return render(request, "joint/escalations.html", here)


@staff(ESCALATIONS)
@require_POST
def seen(request: HttpRequest, key: int) -> HttpResponse:
    """The unit has seen it."""
    found = escalations_for(account_of(request))
    escalation = get_object_or_404(found, pk=key)
    see_escalation(by_of(request), escalation)
    return done(request, reverse("joint:escalations"), _("已标为看过。"))


def _page_of(one: Escalation, parts: dict[int, int], opens: bool) -> str:
    if not opens:
        return ""
    if one.matter_id in parts:
        return reverse("joint:part", args=[parts[one.matter_id]])
    return reverse("participation:request", args=[one.matter_id])


def _units() -> list[Unit]:
    others = Unit.objects.exclude(kind=Unit.Kind.COMMUNITY).exclude(pk=deciding_unit().pk)
    return list(others.order_by("kind", "pk"))
