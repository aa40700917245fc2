"""The pages of breaches and impact assessments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.course import LONGEST_ELEMENT
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.matters.way import next_steps, stops_of, told_at_steps
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.personal import actions
from gongzhi.work.personal.forms import FileForm
from gongzhi.work.personal.permissions import FILES, KEEP, file_found_by, files_for


@staff(FILES)
@never_cache
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """All of them, the open ones first."""
    account = account_of(request)
    found = files_for(account).order_by("matter__closed_at", "-pk")[:200]
    here = {"files": found, "keeps": may(account, KEEP)}
    return render(request, "personal/files.html", here)


@staff(KEEP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put down a breach or begin an assessment. ``?sort=`` and ``?dataset=`` are filled in."""
    first = {name: request.GET.get(name, "") for name in ("sort", "dataset")}
    form = FileForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            told = form.cleaned_data
            made = actions.open_file(
                by_of(request), told["sort"], dataset=told["dataset"], words=told["words"],
                drill=told["drill"],
            )  # fmt: skip
            return redirect("personal:file", made.pk)
    status = 422 if form.errors else 200
    return render(request, "personal/new_file.html", {"form": form}, status=status)


@staff(FILES)
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """One file: what it is about, its clocks, and the steps as forms."""
    account, found = account_of(request), file_found_by(account_of(request), key)
    matter = found.matter
    nexts = [
        step for step in next_steps(matter) if set(step.step.roles) & set(account.roles)
    ]  # fmt: skip
    here = {
        "one": found,
        "matter": matter,
        "here": reverse("personal:file", args=[found.pk]),
        "works": True,
        "stops": stops_of(matter),
        "nexts": nexts,
        "answers": told_at_steps(matter),
        "clocks": clocks_of(matter),
        "happenings": timeline(matter),
    }
    return render(request, "personal/file.html", here)


@staff(FILES)
@require_POST
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Take a step, with its elements as the form has them."""
    found = file_found_by(account_of(request), key)
    at = found.matter.version_item.step(code)
    codes = [element.code for element in at.elements] if at else []
    given = {name: request.POST[name][:LONGEST_ELEMENT] for name in codes if name in request.POST}
    matter = actions.pass_file_step(by_of(request), found, code, elements=given)
    messages.success(request, _("已进入“%(step)s”。") % {"step": matter.step_item.name})
    page = reverse("personal:file", args=[found.pk])
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = page
        return answer
    return redirect(page)
