"""Where taking part begins: what one can have a say in now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.work.proposals.selectors.consultations import asked_now
from gongzhi.work.proposals.selectors.proposals import counts, listed, shown_title
from gongzhi.work.proposals.selectors.votes import running
from gongzhi.work.proposals.states import NEEDED

FEW = 5


@public
@require_safe
def take_part(request: HttpRequest) -> HttpResponse:
    """Votes and consultations that run, and the proposals that moved last."""
    here = {
        "votes": running()[:FEW], "asked": asked_now()[:FEW], "counts": counts(),
        "rows": [(one, shown_title(one)) for one in listed("open")[:FEW]], "needed": NEEDED,
    }  # fmt: skip
    return render(request, "proposals/take_part.html", here)
