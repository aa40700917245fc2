"""Problems for residents: the list, one of them, saying something, and its answer by a code."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.codes import shown as shown_code
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.forms import CodeForm, SayForm
from gongzhi.work.prevention.problems.models import Contribution
from gongzhi.work.prevention.problems.selectors.problem import stepper
from gongzhi.work.prevention.problems.selectors.residents import (
    contribution_by,
    contribution_kept,
    contribution_sent,
    open_problem,
    open_problems,
    shown_contributions,
)
from gongzhi.work.prevention.problems.shapes import features, numbers

RESIDENT = Actor.resident()
COOKIE, SALT, HOURS = "contribution", "gongzhi.problems.contribution", 12


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every open problem."""
    here = {"problems": open_problems(), "ask": CodeForm()}
    return render(request, "problems/open_list.html", here)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("problems.contribute", tries=10, seconds=600)
def one(request: HttpRequest, key: int) -> HttpResponse:
    """One of them; what is sent from here waits until a person has looked."""
    shown = open_problem(key)
    form = SayForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if (sent := contribution_sent(told["key"])) is not None:
            return _to_mine(sent)
        with refused_in(form):
            made = actions.contribute(RESIDENT, shown.problem, **told)
            messages.success(request, _("收到了。有人看过以后才公开。"))
            return _to_mine(made)
    here = {
        "shown": shown, "one": shown.problem, "steps": stepper(shown.problem), "form": form,
        "said": shown_contributions(shown.problem), "map": map_of(),
        "interventions": list(shown.problem.interventions.order_by("since", "pk")),
        "shapes": features([("Moderate", numbers(shown.problem.cells))]),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "problems/open.html", here, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("problems.code", tries=20, seconds=600)
def open_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of what somebody said."""
    ask = CodeForm(request.POST or None)
    if request.method == "POST" and ask.is_valid():
        with refused_in(ask):
            return _to_mine(contribution_by(ask.cleaned_data["code"]))
    status = 422 if request.method == "POST" else 200
    return render(request, "problems/open_code.html", {"ask": ask}, status=status)


@public
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What became of what one said: whether it is shown, the unit's answer, the result."""
    said = _kept(request)
    if said is None:
        return redirect("problems:open_code")
    here = {
        "said": said, "code": shown_code(code_for(said.key)),
        "shown": open_problem(said.problem_id) if said.problem.shown else None,
    }  # fmt: skip
    return render(request, "problems/open_mine.html", here)


@public
@require_POST
@throttled("problems.take_back", tries=20, seconds=600)
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back what one said."""
    said = _kept(request)
    if said is None:
        raise Refused(_("请先输入查询码。"), code="no_code", status=404)
    actions.take_back(RESIDENT, said)
    messages.success(request, _("收回了，内容已经删掉。"))
    return redirect("problems:open_mine")


def _to_mine(said: Contribution) -> HttpResponse:
    response = redirect("problems:open_mine")
    response.set_signed_cookie(
        COOKIE, str(said.pk), salt=SALT, max_age=HOURS * 3600, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _kept(request: HttpRequest) -> Contribution | None:
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HOURS * 3600)
    return contribution_kept(int(kept)) if kept else None
