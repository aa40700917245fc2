"""For staff: how much was asked, what stayed unanswered, which articles didn't help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.work.consultation.permissions import VIEW
from gongzhi.work.consultation.selectors.counts import month


@staff(VIEW)
@never_cache
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """Thirty days in numbers. What was asked isn't kept; what failed shows where to write more."""
    return render(request, "consultation/counted.html", {"month": month(timezone.localdate(now()))})
