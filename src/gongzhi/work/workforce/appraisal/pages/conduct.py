"""The inspectorate's page: commendations and decisions, each with its number."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.forms import NoteForm
from gongzhi.work.workforce.appraisal.models import ConductNote
from gongzhi.work.workforce.appraisal.permissions import NOTE

SHOWN = 100


@staff(NOTE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """What was written down, the newest first, and a form for another."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.note_conduct(by_of(request), actions.NewNote(**form.cleaned_data))
            messages.success(request, _("登记了，本人在考评表上会看到。"))
            return redirect("appraisal:conduct")
    notes = ConductNote.objects.select_related("account", "by").order_by("-on", "-pk")
    here = {"form": form, "notes": notes[:SHOWN]}
    status = 422 if request.method == "POST" else 200
    return render(request, "appraisal/conduct.html", here, status=status)


@staff(NOTE)
@require_POST
def strike(request: HttpRequest, key: int) -> HttpResponse:
    """It no longer counts."""
    note = get_object_or_404(ConductNote, pk=key)
    actions.strike_conduct(by_of(request), note, why=request.POST.get("why", ""))
    messages.success(request, _("撤销了，理由留在记录里。"))
    return redirect("appraisal:conduct")
