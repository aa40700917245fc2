"""One sheet: every number, the matters behind it, objections, comment, and a copy to take along."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.forms import CommentForm, GradeForm, ObjectionForm
from gongzhi.work.workforce.appraisal.models import Counted, Sheet
from gongzhi.work.workforce.appraisal.permissions import DECIDE, PROPOSE, sees_sheet
from gongzhi.work.workforce.appraisal.selectors import colleagues, sheets
from gongzhi.work.workforce.appraisal.states import RoundState


@staff()
@never_cache
@require_safe
def sheet(request: HttpRequest, key: int) -> HttpResponse:
    """All of it. Whoever isn't the officer is on the log as having read it."""
    one = _sheet(request, key)
    account = account_of(request)
    mine = one.account_id == account.pk
    if not mine:
        actions.read_sheet(by_of(request), one)
    formula = one.round.item
    over = one.round.read_until < now() and one.round.state != RoundState.CLOSED
    heads = may(account, PROPOSE) and account.unit_id == one.unit_id and not mine
    decides = may(account, DECIDE) and bool(one.proposed) and not mine
    here = {
        "sheet": one, "round": one.round, "formula": formula, "mine": mine,
        "parts": sheets.lines(one), "notes": sheets.notes(one),
        "trainings": sheets.trainings(one),
        "colleagues": colleagues.said_by_colleagues(one),
        "objections": one.objections.order_by("-at"), "can_object": mine and _open(one),
        "comment": CommentForm(initial={"words": one.comment}),
        "grade": GradeForm(formula, initial=_before(one, heads=heads)),
        "heads": heads and over and not one.decided, "decides": decides and over,
    }  # fmt: skip
    return render(request, "appraisal/sheet.html", here)


def _before(one: Sheet, *, heads: bool) -> dict[str, str]:
    if heads:
        return {"grade": one.proposed, "why": one.proposed_why}
    return {"grade": one.decided or one.proposed, "why": one.decided_why or one.proposed_why}


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def behind_it(request: HttpRequest, key: int, item: str) -> HttpResponse:
    """The matters behind one number; its officer objects here."""
    one = _sheet(request, key)
    mine = one.account_id == account_of(request).pk
    line = next(
        (it for _part, some in sheets.lines(one) for it in some if it.item.code == item), None
    )
    if line is None:
        raise Http404
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            told = form.cleaned_data
            counted = _counted(one, told["counted"]) if told["counted"] else None
            actions.object_to(by_of(request), one, item, told["words"], counted)
            messages.success(request, _("异议收到了，会在期限内答复您。"))
            return redirect("appraisal:behind", key, item)
    if request.method != "POST" and not mine:
        actions.read_sheet(by_of(request), one)
    here = {
        "sheet": one, "round": one.round, "line": line, "rows": sheets.behind(one, item),
        "form": form, "mine": mine, "can_object": mine and _open(one),
        "about_all": one.objections.filter(item=item, counted=None),
        "shown": sheets.SHOWN,
    }  # fmt: skip
    return render(
        request, "appraisal/behind.html", here, status=422 if request.method == "POST" else 200
    )


@staff()
@require_POST
def write_comment(request: HttpRequest, key: int) -> HttpResponse:
    """What the officer says to it."""
    actions.comment(by_of(request), _sheet(request, key), request.POST.get("words", ""))
    messages.success(request, _("说明保存了。"))
    return redirect("appraisal:sheet", key)


@staff()
@never_cache
@require_safe
def take_json(request: HttpRequest, key: int) -> HttpResponse:
    """Everything, for a program: `gongzhi appraisal verify` counts it again."""
    one = _sheet(request, key)
    actions.take_sheet(by_of(request), one)
    answer = JsonResponse(sheets.taken_along(one), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="appraisal-{key}.json"'
    return answer


@staff()
@never_cache
@require_safe
def take_csv(request: HttpRequest, key: int) -> HttpResponse:
    """A row for each matter behind a number."""
    one = _sheet(request, key)
    actions.take_sheet(by_of(request), one)
    rows = io.StringIO()
    csv.writer(rows).writerows(sheets.as_table(sheets.taken_along(one)))
    answer = HttpResponse(rows.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="appraisal-{key}.csv"'
    return answer


def _sheet(request: HttpRequest, key: int) -> Sheet:
    one = sheets.sheet_of(key)
    if one is None or not sees_sheet(account_of(request), one):
        raise Http404
    return one


def _counted(one: Sheet, key: int) -> Counted:
    found = Counted.objects.filter(sheet=one, pk=key).first()
    if found is None:
        raise Http404
    return found


def _open(one: Sheet) -> bool:
    return one.round.state == RoundState.READING and one.round.read_until >= now()
