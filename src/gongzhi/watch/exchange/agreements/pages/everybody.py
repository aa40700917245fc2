"""What is shared with whom, for everybody to read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.agreements.pages.showing import terms_of
from gongzhi.watch.exchange.agreements.selectors import given_lately, in_force
from gongzhi.watch.exchange.agreements.states import State

PAST = 20


@public
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Agreements in force: who gets what fields of which data for what until when."""
    standing = in_force()
    lately = given_lately(standing)
    past = Agreement.objects.filter(state__in=(State.ENDED, State.EXPIRED))
    here: dict[str, Any] = {
        "rows": [(terms_of(one), lately.get(one.pk)) for one in standing],
        "past": [terms_of(one) for one in past.select_related("unit").order_by("-ended_at")[:PAST]],
    }
    return render(request, "agreements/shared.html", here)
