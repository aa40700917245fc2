"""For staff: how much was asked, what stayed unanswered, which articles didn't help."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.work.consultation.permissions import VIEW, WRITE
from gongzhi.work.consultation.selectors.counts import DAYS, month
from gongzhi.work.consultation.selectors.person import asked_since


@staff(VIEW)
@never_cache
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """Thirty days in numbers. What was asked isn't kept; what failed shows where to write more."""
    since = now() - timedelta(days=DAYS)
    here = {
        "month": month(timezone.localdate(now())), "person": asked_since(since),
        "may_write": may(account_of(request), WRITE),
    }  # fmt: skip
    return render(request, "consultation/counted.html", here)
