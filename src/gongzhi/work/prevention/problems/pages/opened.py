"""The unit's side of an open problem: its public words, and what residents said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.actions import OpenText
from gongzhi.work.prevention.problems.forms import OpenWordsForm
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.permissions import WORK, works_on
from gongzhi.work.prevention.problems.selectors.residents import (
    contribution_of,
    draft_of,
    held_contributions,
    published_of,
    shown_contributions,
)


@staff(WORK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, key: int) -> HttpResponse:
    """Write what residents read; publish what somebody else wrote; look at what they said."""
    problem = _problem(request, key)
    draft, published = draft_of(problem), published_of(problem)
    form = OpenWordsForm(request.POST or None, initial=_usual(problem))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.write_open_words(by_of(request), problem, OpenText(**form.cleaned_data))
            messages.success(request, _("存好了，等另一个人看过再公开。"))
            return redirect("problems:opened", key)
    here = {
        "one": problem, "form": form, "draft": draft, "published": published,
        "held": held_contributions(problem), "said": shown_contributions(problem),
        "own_draft": draft is not None and draft.author_id == account_of(request).pk,
        "assessed": problem.stage in ("assessment", "closed"),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "problems/opened.html", here, status=status)


def _usual(problem: Problem) -> dict[str, str]:
    """What stands in the form: the draft, else what is published, else nothing."""
    last = draft_of(problem) or published_of(problem)
    names = OpenText.__dataclass_fields__
    return {name: getattr(last, name) for name in names} if last else {}


@staff(WORK)
@require_POST
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Publish what somebody else wrote."""
    actions.publish_open_words(by_of(request), _problem(request, key))
    messages.success(request, _("公开了，居民看得到。"))
    return redirect("problems:opened", key)


@staff(WORK)
@require_POST
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Take the public page away."""
    actions.close_to_residents(by_of(request), _problem(request, key))
    messages.success(request, _("收回了，居民看不到了。"))
    return redirect("problems:opened", key)


@staff(WORK)
@require_POST
def look(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a resident said, or don't; answer it."""
    said, by = contribution_of(key), by_of(request)
    answer = request.POST.get("answer", "")
    match request.POST.get("then"):
        case "show" | "refuse" as then:
            actions.look_at_contribution(by, said, show=then == "show", answer=answer)
            told = _("公开了。") if then == "show" else _("没有公开，内容删掉了。")
        case _other:
            actions.answer_contribution(by, said, answer=answer)
            told = _("回复好了。")
    messages.success(request, told)
    return redirect("problems:opened", said.problem_id)


def _problem(request: HttpRequest, key: int) -> Problem:
    found = Problem.objects.select_related("unit").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个防范问题。"), code="no_such_problem", status=404)
    if not works_on(account_of(request), found):
        words = _("这个问题由%(unit)s负责，别的单位只能看。") % {"unit": found.unit}
        raise Refused(words, code="not_your_problem", status=403)
    return found
