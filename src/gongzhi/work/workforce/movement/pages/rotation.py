"""The rotation: who is due, where they could go, and a decision for each."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.analysis.rotation import Rules
from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.movement import actions
from gongzhi.work.workforce.movement.forms import RulesForm
from gongzhi.work.workforce.movement.models import ProposedMove, Rotation
from gongzhi.work.workforce.movement.permissions import DECIDE, RUN


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def latest(request: HttpRequest) -> HttpResponse:
    """The last reckoning, and a form for another."""
    account = account_of(request)
    runs, decides = may(account, RUN), may(account, DECIDE)
    if not runs and not decides:
        raise Http404
    form = RulesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            told = form.cleaned_data
            rules = Rules(told["sensitive_years"], told["office_years"], told["most_percent"] / 100)
            actions.plan_rotation(by_of(request), rules)
            messages.success(request, _("算好了。要动谁，一项一项定。"))
            return redirect("movement:rotation")
    last = Rotation.objects.select_related("by").order_by("-at").first()
    moves = (
        last.moves.select_related("account__unit", "source__unit", "target__unit") if last else []
    )
    here = {
        "form": form, "last": last, "runs": runs, "decides": decides, "me": account.pk,
        "moves": [one for one in moves if one.target_id],
        "left": [one for one in moves if not one.target_id],
        "percent": round(100 * last.rules["most_of_unit"]) if last else 0,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "movement/rotation.html", here, status=status)


@staff(DECIDE)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Agree, with those who make room, or decline."""
    one = get_object_or_404(ProposedMove.objects.select_related("target"), pk=key)
    reason = request.POST.get("reason", "")
    if request.POST.get("agreed") == "yes":
        chain = actions.agree_move(by_of(request), one, reason=reason, on=_day(request))
        many = len(chain)
        said = ngettext("定了，%(n)s 人到那天换岗。", "定了，%(n)s 人到那天换岗。", many)
        messages.success(request, said % {"n": many})
    else:
        actions.decline_move(by_of(request), one, reason=reason)
        messages.success(request, _("没有采用，本人看得到理由。"))
    return redirect("movement:rotation")


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        return None
