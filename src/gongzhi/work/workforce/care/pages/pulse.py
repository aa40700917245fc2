"""A survey without names: one's own result is shown once, and kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.care import actions
from gongzhi.work.workforce.care.forms import AnswersForm
from gongzhi.work.workforce.care.permissions import CARE
from gongzhi.work.workforce.care.selectors import pulses, talks


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("care.pulse", tries=20, seconds=600)
def answer(request: HttpRequest) -> HttpResponse:
    """The items; afterwards one's own result."""
    one, account = pulses.running(), account_of(request)
    if one is None or one.item is None:
        return render(request, "care/no_pulse.html")
    form = AnswersForm(request.POST or None, questions=one.item)
    here = {"pulse": one, "item": one.item, "form": form, "answered": False}
    if request.method == "POST" and form.is_valid():
        try:
            result = actions.answer_pulse(CARE, one, account, form.answers)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            more = {
                "result": result, "talk": result <= one.item.talk_at, "most": one.item.most,
                "supports": talks.supports(),
            }  # fmt: skip
            return render(request, "care/result.html", here | more)
    elif pulses.has_answered(one, account):
        here["answered"] = _("您已经答过了，谢谢。")
    return render(request, "care/pulse.html", here, status=422 if form.is_bound else 200)
