"""On the page of an answered request: an article out of the answer, or the one there is."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.consultation.models import Written
from gongzhi.work.consultation.permissions import WRITE
from gongzhi.work.consultation.selectors.writing import ANSWERED


def offered(request: HttpRequest, about: int) -> Drawn | None:
    """Nothing for whoever writes no articles, and for what has no answer yet."""
    if not may(account_of(request), WRITE):
        return None
    if not Matter.objects.filter(pk=about, step__in=ANSWERED).exists():
        return None
    made = list(Written.objects.filter(matter=about).order_by("pk"))
    return "consultation/_offer.html", {"matter": about, "made": made}
