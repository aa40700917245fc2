"""What units of five and more said in surveys; opening and closing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.care import actions
from gongzhi.work.workforce.care.forms import PulseForm
from gongzhi.work.workforce.care.permissions import RUN, VIEW
from gongzhi.work.workforce.care.selectors import pulses
from gongzhi.work.workforce.care.selectors.rest import rest_of_units
from gongzhi.work.workforce.care.selectors.telling import FEWEST, FEWEST_PARTS


@staff(VIEW)
@never_cache
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Closed surveys; of the one that runs, that it runs."""
    return _units(request, PulseForm())


def _units(request: HttpRequest, form: PulseForm, status: int = 200) -> HttpResponse:
    over, rest = rest_of_units()
    here = {
        "over": over, "rest": rest,
        "past": pulses.past(), "running": pulses.open_one(), "form": form,
        "runs": may(account_of(request), RUN), "fewest": FEWEST, "parts": FEWEST_PARTS,
    }  # fmt: skip
    return render(request, "care/units.html", here, status=status)


@staff(RUN)
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Ask everybody."""
    form = PulseForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            actions.open_pulse(by_of(request), **form.cleaned_data)
            messages.success(request, _("发出去了。结束以前，谁也看不到结果。"))
            return redirect("care:units")
    return _units(request, form, 422)


@staff(RUN)
@require_POST
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Close it: what may be told is told, the rest is destroyed."""
    actions.close_pulse(by_of(request), pulses.pulse_of(key))
    messages.success(request, _("结束了；谁答过、各人的答案都已销毁。"))
    return redirect("care:units")
