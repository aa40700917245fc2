"""The page of whoever leads votes: plan one, see those there are, stop one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.proposals.actions import NewVote, plan_vote, stop_vote
from gongzhi.work.proposals.forms import VoteForm
from gongzhi.work.proposals.permissions import RUN
from gongzhi.work.proposals.selectors.votes import over, running, to_come, vote_of

SHOWN = 30


@staff(RUN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """All votes, and the form for a new one."""
    form = VoteForm(request.POST or None, initial=_first())
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            plan_vote(by_of(request), new_vote(form.cleaned_data))
            messages.success(request, _("定好了，到时间自己开始，结束后自动计票。"))
            return redirect("proposals:votes_desk")
    here = {
        "form": form, "running": running(), "to_come": to_come(), "over": over()[:SHOWN],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/votes_desk.html", here, status=status)


@staff(RUN)
@require_POST
def stop(request: HttpRequest, key: int) -> HttpResponse:
    """Stop it, with the reason."""
    stop_vote(by_of(request), vote_of(key), request.POST.get("why", ""))
    messages.success(request, _("投票停止了，原因写在公开的页面上。"))
    return redirect("proposals:votes_desk")


def new_vote(told: dict[str, Any]) -> NewVote:
    """What the form says."""
    return NewVote(
        question=told["question"], kind=told["kind"], about=told["about"],
        options=told["options"].splitlines(), most=told["most"] or 1,
        opens_at=told["opens_at"], closes_at=told["closes_at"],
    )  # fmt: skip


def _first() -> dict[str, object]:
    """From tomorrow morning, for a week."""
    day = timezone.localtime(now()).replace(hour=9, minute=0) + timedelta(days=1)
    return {"opens_at": day, "closes_at": day.replace(hour=20) + timedelta(days=7)}
