"""Using what was told before: by the code of an earlier application, and only what is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import limit, throttled
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.participation.codes import hashed
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.forms import ReuseForm
from gongzhi.work.public_services.models import Unfinished
from gongzhi.work.public_services.pages.filling import RESIDENT, around, no_form, to_next
from gongzhi.work.public_services.pages.kept_form import keep_form, kept_form
from gongzhi.work.public_services.selectors.facts import Offer

TRIES_OF_A_CODE, HOUR_SECONDS = 12, 3600
"""Four characters are soon guessed: one code can't be tried more often, from wherever."""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("follow", tries=20, seconds=600)
def reuse(request: HttpRequest) -> HttpResponse:
    """Ask for the code, show what it opens, take what is ticked."""
    form = kept_form(request)
    if form is None:
        return no_form()
    ask, found = ReuseForm(request.POST or None), list[Offer]()
    shown = False
    if request.method == "POST" and ask.is_valid():
        code, ends = ask.cleaned_data["code"], ask.cleaned_data["ends"]
        with refused_in(ask):
            limit("services.ends", hashed(code), tries=TRIES_OF_A_CODE, seconds=HOUR_SECONDS)
            if request.POST.get("take") == "yes":
                return _taken(request, form, code, ends)
            found, shown = actions.show_facts(RESIDENT, form, code, ends), True
    here = {**around(form), "ask": ask, "offers": found, "shown": shown}
    status = 422 if request.method == "POST" and not shown else 200
    return render(request, "public_services/reuse.html", here, status=status)


def _taken(request: HttpRequest, form: Unfinished, code: str, ends: str) -> HttpResponse:
    fields = request.POST.getlist("field")
    saved = actions.take_facts(RESIDENT, form, code, ends, fields)
    words = ngettext("用上了 %(n)s 项，不用再填。", "用上了 %(n)s 项，不用再填。", len(fields))
    messages.success(request, words % {"n": len(fields)})
    return keep_form(to_next(saved), saved)
