"""A round, as those see it who run it, propose and decide. People stand by their names."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.forms import AnswerForm, GradeForm, RoundForm
from gongzhi.work.workforce.appraisal.models import Objection, Round, Sheet
from gongzhi.work.workforce.appraisal.permissions import DECIDE, PROPOSE, RUN
from gongzhi.work.workforce.appraisal.selectors.sheets import sheet_of
from gongzhi.work.workforce.appraisal.states import RoundState


@staff(RUN)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Open a round; what is wrong with its days stands beside them."""
    form = RoundForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            made = actions.open_round(by_of(request), **form.cleaned_data)
            messages.success(request, _("考评表算好了，本人可以看了。"))
            return redirect("appraisal:round", made.pk)
    return render(request, "appraisal/start.html", {"form": form}, status=422)


@staff()
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """Who is in it, and how far each is. Heads of units see their own people."""
    account = account_of(request)
    held = get_object_or_404(Round, pk=key)
    whole = may(account, RUN) or may(account, DECIDE)
    if not whole and not may(account, PROPOSE):
        raise Http404
    rows = held.sheets.select_related("account", "unit", "round").annotate(
        objections_open=Count("objections", filter=Q(objections__answered_at=None))
    )
    rows = (rows if whole else rows.filter(unit=account.unit)).order_by(
        "unit_id", "account__display_name"
    )
    here = {
        "round": held, "formula": held.item, "rows": rows,
        "runs": may(account, RUN), "over": held.read_until < now(),
        "closed": held.state == RoundState.CLOSED,
        "left": held.sheets.filter(decided="").count(),
    }  # fmt: skip
    return render(request, "appraisal/round.html", here)


@staff(RUN)
@require_POST
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Everybody has an outcome."""
    actions.close_round(by_of(request), get_object_or_404(Round, pk=key))
    messages.success(request, _("这一轮考评结束了。"))
    return redirect("appraisal:round", key)


@staff(RUN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """One objection, the matter it is about, and the answer to it."""
    rows = Objection.objects.select_related(
        "sheet__round", "sheet__account", "sheet__unit", "counted"
    )
    objection = get_object_or_404(rows, pk=key)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            upheld = form.cleaned_data["upheld"] == "yes"
            told = form.cleaned_data["answer"]
            actions.answer_objection(by_of(request), objection, upheld=upheld, answer=told)
            messages.success(request, _("答复了，本人会看到。"))
            return redirect("appraisal:index")
    formula = objection.sheet.round.item
    here = {
        "objection": objection, "sheet": objection.sheet, "form": form,
        "item": formula.item(objection.item) if formula else None,
        "own": objection.sheet.account_id == account_of(request).pk,
    }  # fmt: skip
    return render(
        request, "appraisal/answer.html", here, status=422 if request.method == "POST" else 200
    )


@staff(PROPOSE)
@require_POST
def propose(request: HttpRequest, key: int) -> HttpResponse:
    """The head of the unit proposes a word."""
    sheet = _sheet(key)
    form = GradeForm(sheet.round.item, request.POST)
    if form.is_valid():
        actions.propose_grade(by_of(request), sheet, **form.cleaned_data)
        messages.success(request, _("提出来了，等局里审定。"))
    else:
        messages.error(request, _("请选一个结论，写理由。"))
    return redirect("appraisal:sheet", key)


@staff(DECIDE)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """The leadership decides."""
    sheet = _sheet(key)
    form = GradeForm(sheet.round.item, request.POST)
    if form.is_valid():
        actions.decide_grade(by_of(request), sheet, **form.cleaned_data)
        messages.success(request, _("定了，本人会看到结论和理由。"))
    else:
        messages.error(request, _("请选一个结论，写理由。"))
    return redirect("appraisal:sheet", key)


def _sheet(key: int) -> Sheet:
    found = sheet_of(key)
    if found is None:
        raise Http404
    return found
