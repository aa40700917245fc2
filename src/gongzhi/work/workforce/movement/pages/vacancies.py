"""Vacancies: published, applied for, decided with reasons, appealed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.movement import actions
from gongzhi.work.workforce.movement.forms import VacancyForm
from gongzhi.work.workforce.movement.models import Bid, ProposedMove, Vacancy
from gongzhi.work.workforce.movement.permissions import DECIDE, RUN
from gongzhi.work.workforce.movement.states import BidState, MoveState, VacancyState
from gongzhi.work.workforce.officers.days import today

SHOWN = 50


@staff()
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is open, one's own bids and moves, what was decided lately."""
    account = account_of(request)
    every = Vacancy.objects.select_related("post__unit")
    waits = Bid.objects.filter(appealed_at__isnull=False, answered_at=None).order_by(
        "appeal_due_at"
    )
    here = {
        "open": every.filter(state=VacancyState.OPEN).order_by("closes_on"),
        "over": every.exclude(state=VacancyState.OPEN).order_by("-closes_on")[:SHOWN],
        "own": Bid.objects.filter(account=account).select_related("vacancy__post__unit")
        .order_by("-at"),
        "moves": ProposedMove.objects.filter(account=account)
        .exclude(state=MoveState.PROPOSED).select_related("target__unit", "decided_by")
        .order_by("-decided_at"),
        "runs": may(account, RUN), "decides": may(account, DECIDE), "today": today(),
        "appeals": _first_due(waits) if may(account, RUN) else [],
    }  # fmt: skip
    return render(request, "movement/index.html", here)


def _first_due(waits: QuerySet[Bid]) -> QuerySet[Bid]:
    return waits.select_related("vacancy__post__unit", "account").order_by("appeal_due_at")


@staff(RUN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Publish one."""
    form = VacancyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            wanted = actions.NewVacancy(**form.cleaned_data)
            made = actions.open_vacancy(by_of(request), wanted)
            messages.success(request, _("公布了，大家可以报名。"))
            return redirect("movement:vacancy", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "movement/new.html", {"form": form}, status=status)


@staff()
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """A vacancy and what it asks for; who applied only for those who decide, once it is closed."""
    account = account_of(request)
    rows = Vacancy.objects.select_related("post__unit", "decided_by")
    vacancy = get_object_or_404(rows, pk=key)
    closed = vacancy.closes_on < today()
    made = vacancy.bids.filter(state=BidState.MADE)
    decides = (
        may(account, DECIDE) and closed and vacancy.state == VacancyState.OPEN
        and not made.filter(account=account).exists()
    )  # fmt: skip
    here = {
        "vacancy": vacancy, "open": vacancy.state == VacancyState.OPEN and not closed,
        "own": vacancy.bids.filter(account=account).first(),
        "bids": made.select_related("account__unit").order_by("account__display_name")
        if decides else [],
        "many": made.count(), "decides": decides, "runs": may(account, RUN), "closed": closed,
    }  # fmt: skip
    return render(request, "movement/vacancy.html", here)


@staff()
@require_POST
def make_bid(request: HttpRequest, key: int) -> HttpResponse:
    """Apply."""
    vacancy = get_object_or_404(Vacancy, pk=key)
    actions.bid(by_of(request), vacancy, words=request.POST.get("words", ""))
    messages.success(request, _("报名了，只有决定的人在截止以后看得到。"))
    return redirect("movement:vacancy", key)


@staff()
@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Take one's bid back."""
    held = get_object_or_404(Bid, pk=key)
    actions.take_back(by_of(request), held)
    messages.success(request, _("撤回了。"))
    return redirect("movement:vacancy", held.vacancy_id)


@staff(RUN)
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """It isn't filled."""
    vacancy = get_object_or_404(Vacancy, pk=key)
    actions.withdraw_vacancy(by_of(request), vacancy, why=request.POST.get("why", ""))
    messages.success(request, _("撤回了，大家看得到原因。"))
    return redirect("movement:vacancy", key)


@staff(DECIDE)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Choose among those who applied, with a reason for each."""
    vacancy = get_object_or_404(Vacancy, pk=key)
    chosen: dict[int, str] = {}
    others: dict[int, str] = {}
    for bid in vacancy.bids.filter(state=BidState.MADE):
        reason = request.POST.get(f"reason-{bid.pk}", "")
        side = chosen if request.POST.get(f"choose-{bid.pk}") == "yes" else others
        side[bid.pk] = reason
    actions.decide_vacancy(
        by_of(request), vacancy, chosen=chosen, others=others, why=request.POST.get("why", "")
    )
    messages.success(request, _("定了，每个人看得到自己的理由。"))
    return redirect("movement:vacancy", key)


@staff()
@require_POST
def appeal(request: HttpRequest, key: int) -> HttpResponse:
    """Say why the decision is wrong."""
    held = get_object_or_404(Bid, pk=key)
    actions.appeal(by_of(request), held, words=request.POST.get("words", ""))
    messages.success(request, _("申诉收到了，由没有参加决定的人答复。"))
    return redirect("movement:vacancy", held.vacancy_id)


@staff(RUN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """One appeal, and the answer to it."""
    rows = Bid.objects.select_related("vacancy__post__unit", "account__unit")
    held = get_object_or_404(rows, pk=key, appealed_at__isnull=False)
    if request.method == "POST":
        upheld, told = request.POST.get("upheld") == "yes", request.POST.get("answer", "")
        actions.answer_appeal(by_of(request), held, upheld=upheld, answer=told)
        messages.success(request, _("答复了，本人会看到。"))
        return redirect("movement:index")
    return render(request, "movement/answer.html", {"bid": held})
