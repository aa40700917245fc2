"""How much presence places got, of what they were meant to get."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.work.patrol.plans.permissions import VIEW
from gongzhi.work.patrol.plans.selectors import dosage as counted

BY = {"node": _("巡逻点"), "town": _("乡镇街道"), "cell": _("片区"), "shift": _("班次")}
DAYS = {"1": _("最近一天"), "7": _("最近七天"), "14": _("最近十四天"), "28": _("最近四周")}


@staff(VIEW)
@never_cache
@require_safe
def dosage(request: HttpRequest) -> HttpResponse:
    """Planned against achieved, by place or by shift."""
    by, days = request.GET.get("by", "node"), request.GET.get("days", "7")
    by, days = by if by in BY else "node", days if days in DAYS else "7"
    at = now()
    here = {
        "by": by,
        "days": days,
        "all_by": BY.items(),
        "all_days": DAYS.items(),
        "column": BY[by],
        "may_compare": may(request.user, "prevention.view_problems"),
        "rows": counted.dosage(by, at - timedelta(days=int(days)), at),
    }
    return render(request, "plans/dosage.html", here)
