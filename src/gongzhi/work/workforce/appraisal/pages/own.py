"""The first page: one's own sheets, what one's unit and the county have to do; colleagues."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.ui.ids import id_in
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.forms import RoundForm
from gongzhi.work.workforce.appraisal.models import Objection, Round
from gongzhi.work.workforce.appraisal.permissions import DECIDE, NOTE, PROPOSE, RUN
from gongzhi.work.workforce.appraisal.selectors.colleagues import (
    colleagues_to_answer,
    has_answered,
)
from gongzhi.work.workforce.appraisal.selectors.formulas import in_force
from gongzhi.work.workforce.appraisal.selectors.sheets import own_sheets, posted_to
from gongzhi.work.workforce.appraisal.states import RoundState


@staff()
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's sheets, the formula, and what waits."""
    account = account_of(request)
    runs = may(account, RUN)
    rounds = Round.objects.order_by("-last")
    waiting = (
        Objection.objects.filter(answered_at=None).exclude(sheet__account=account)
        .select_related("sheet__round", "sheet__account", "sheet__unit", "counted")
        .order_by("due_at")
    )  # fmt: skip
    reading = rounds.filter(state=RoundState.READING, read_until__gte=now())
    here = {
        "sheets": own_sheets(account), "adopted": in_force(now().date()),
        "rounds": rounds if runs or may(account, PROPOSE) or may(account, DECIDE) else [],
        "open_now": [one for one in reading if one.sheets.filter(unit=account.unit).exists()],
        "posted": posted_to(account), "waiting": waiting if runs else [], "runs": runs,
        "notes": may(account, NOTE),
        "form": RoundForm(), "now": now(),
    }  # fmt: skip
    return render(request, "appraisal/index.html", here)


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: HttpRequest, key: int) -> HttpResponse:
    """Three questions about each colleague of one's unit; once, and without a name."""
    account = account_of(request)
    held = get_object_or_404(Round, pk=key)
    if held.item is None or not held.item.questions:
        raise Http404
    sheets = list(colleagues_to_answer(account, held))
    if request.method == "POST":
        wanted = id_in(request.POST.get("sheet", ""))
        sheet = next((one for one in sheets if one.pk == wanted), None)
        if sheet is None:
            raise Http404
        given = {one.code: request.POST.get(one.code) for one in held.item.questions}
        answers = {code: said == "yes" for code, said in given.items() if said in ("yes", "no")}
        actions.answer_about_colleague(by_of(request), sheet, answers)
        messages.success(request, _("记下了，只加进合计里。"))
        return redirect("appraisal:colleagues", key)
    here = {
        "round": held, "questions": held.item.questions,
        "sheets": [(one, has_answered(account, one)) for one in sheets],
        "open": held.state == RoundState.READING and held.read_until >= now(),
    }  # fmt: skip
    return render(request, "appraisal/colleagues.html", here)
