"""One's own matters and a form; the office's matters; one matter with its help and steps."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.db.models import Count, Q
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
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.rights import actions
from gongzhi.work.workforce.rights.forms import ReportForm
from gongzhi.work.workforce.rights.models import Help, RightsMatter
from gongzhi.work.workforce.rights.permissions import HANDLE, found_by, handles, known_to
from gongzhi.work.workforce.rights.states import Sort


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Report; one's own; what one's office sees to, and what officers of one's unit show."""
    account = account_of(request)
    form = ReportForm(request.POST or None, initial={"idempotency_key": secrets.token_urlsafe(18)})
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            told = dict(form.cleaned_data)
            key = told.pop("idempotency_key")
            made = actions.report(by_of(request), actions.NewReport(**told), idempotency_key=key)
            messages.success(request, _("收到了。您要的帮助会一项一项安排。"))
            return redirect("rights:one", made.pk)
    known = known_to(account).annotate(
        waiting=Count("help", filter=Q(help__arranged_at=None))
    ).order_by("matter__closed_at", "-matter__opened_at")  # fmt: skip
    here = {
        "form": form, "own": known.filter(account=account),
        "others": known.exclude(account=account)[:200], "office": may(account, HANDLE),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "rights/index.html", here, status=status)


@staff()
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """What was told, which help, how far; for the office the steps as forms."""
    account = account_of(request)
    rights = found_by(account, key)
    matter, works = rights.matter, handles(account, rights)
    asked = list(rights.help.select_related("arranged_by").order_by("asked_at", "pk"))
    here = {
        "one": rights, "matter": matter, "works": works, "mine": rights.account_id == account.pk,
        "here": reverse("rights:one", args=[key]), "stops": stops_of(matter),
        "nexts": next_steps(matter) if works else [], "answers": told_at_steps(matter),
        "clocks": clocks_of(matter), "happenings": timeline(matter), "help": asked,
        "left": [it for it in Sort if it.value not in {one.sort for one in asked}],
        "open": matter.closed_at is None,
    }  # fmt: skip
    return render(request, "rights/one.html", here)


@staff()
@require_POST
def more(request: HttpRequest, key: int) -> HttpResponse:
    """What the officer adds."""
    rights = found_by(account_of(request), key)
    actions.add_words(by_of(request), rights, request.POST.get("words", ""))
    return _done(request, rights, _("补充好了。"))


@staff()
@require_POST
def wish(request: HttpRequest, key: int) -> HttpResponse:
    """One more kind of help."""
    rights = found_by(account_of(request), key)
    actions.ask_help(by_of(request), rights, request.POST.get("sort", ""))
    return _done(request, rights, _("记下了，会安排。"))


@staff()
@require_POST
def head(request: HttpRequest, key: int) -> HttpResponse:
    """Whether the head of the unit may know."""
    rights = found_by(account_of(request), key)
    shown = request.POST.get("shown") == "yes"
    actions.show_to_head(by_of(request), rights, shown=shown)
    return _done(request, rights, _("改好了。"))


@staff()
@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """The officer takes it back."""
    rights = found_by(account_of(request), key)
    actions.withdraw(by_of(request), rights)
    return _done(request, rights, _("撤回了。"))


@staff(HANDLE)
@require_POST
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """The office takes a step, with its elements as the form has them."""
    rights = found_by(account_of(request), key)
    found = rights.matter.version_item.step(code)
    codes = [element.code for element in found.elements] if found else []
    given = {name: request.POST[name][:LONGEST_ELEMENT] for name in codes if name in request.POST}
    matter = actions.take_rights_step(by_of(request), rights, code, elements=given)
    return _done(request, rights, _("已进入“%(step)s”。") % {"step": matter.step_item.name})


@staff(HANDLE)
@require_POST
def arrange(request: HttpRequest, key: int) -> HttpResponse:
    """Say who, where and when."""
    asked = Help.objects.select_related("rights__matter").filter(pk=key).first()
    if asked is None:
        raise Refused(_("没有这件事。"), code="no_such_matter", status=404)
    rights = found_by(account_of(request), asked.rights_id)
    actions.arrange_help(by_of(request), asked, request.POST.get("note", ""))
    return _done(request, rights, _("安排好了，本人看得到。"))


def _done(request: HttpRequest, rights: RightsMatter, said: str) -> HttpResponse:
    messages.success(request, said)
    page = reverse("rights:one", args=[rights.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    return redirect(page)
