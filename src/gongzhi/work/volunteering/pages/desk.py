"""The unit's pages: its tasks day by day, opening one, who comes, trainings, thanks."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.base.people.forms import PurposeForm
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.volunteering import actions
from gongzhi.work.volunteering.forms import TaskForm
from gongzhi.work.volunteering.models import Thanks
from gongzhi.work.volunteering.permissions import RUN, VIEW, runs
from gongzhi.work.volunteering.selectors import tasks
from gongzhi.work.volunteering.selectors.tasks import ShownTask
from gongzhi.work.volunteering.states import Reason, TaskState


@staff(VIEW)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The unit's tasks by days, and residents' thanks that nobody has read."""
    account = account_of(request)
    past = request.GET.get("past") == "1"
    here = {
        "days": _by_days(tasks.of_unit(account, past=past)), "past": past,
        "thanks": tasks.held_thanks(account), "unit": account.unit,
    }  # fmt: skip
    return render(request, "volunteering/desk.html", here)


def _by_days(found: list[ShownTask]) -> list[tuple[date, list[ShownTask]]]:
    days = groupby(found, lambda one: timezone.localdate(one.task.starts_at))
    return [(day, list(rows)) for day, rows in days]


@staff(RUN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a task; ``?for=problem:12`` for one that hangs on a problem."""
    form = TaskForm(request.POST or None, initial={"origin": request.GET.get("for", "")[:60]})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refused_in(form):
            fields = ("kind", "place", "point", "starts_at", "ends_at", "places", "words", "origin")
            wanted = {name: told[name] for name in (*fields, "training_at")}
            made = actions.open_task(by_of(request), actions.NewTask(**wanted))
            messages.success(request, _("发布了，居民可以报名。"))
            return redirect("volunteering:run", made.pk)
    here = {"form": form, "map": map_of(), "kinds": tasks.kinds()}
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteering/new.html", here, status=status)


@staff(VIEW)
@never_cache
@require_safe
def run(request: HttpRequest, key: int) -> HttpResponse:
    """One task: how many come, who is there, trainings. Names are opened one by one."""
    account, one = account_of(request), tasks.task_of(key)
    mine = runs(account, one)
    training = one.item.training if one.item else None
    parts = tasks.parts_of(one) if mine else []
    here = {
        "one": one, "shown": tasks.shown([one])[0], "item": one.item, "mine": mine,
        "parts": [
            (it, any(t.training == training.code for t in it.volunteer.trainings.all())
             if training else True)
            for it in parts
        ],
        "training": training, "purposes": PurposeForm(), "reasons": Reason.choices,
        "open": one.state == TaskState.OPEN and one.ends_at > now(),
        "begun": one.starts_at <= now(), "ended": one.ends_at <= now(),
        "today": timezone.localdate(now()),
    }  # fmt: skip
    return render(request, "volunteering/run.html", here)


@staff(RUN)
@require_POST
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    """It doesn't take place."""
    actions.cancel_task(by_of(request), tasks.task_of(key), reason=request.POST.get("reason", ""))
    messages.success(request, _("取消了，报名的人会看到。"))
    return redirect("volunteering:run", key)


@staff(RUN)
@require_POST
def thank(request: HttpRequest, key: int) -> HttpResponse:
    """The unit's thanks."""
    actions.thank(by_of(request), tasks.task_of(key), words=request.POST.get("words", ""))
    messages.success(request, _("感谢写好了，大家都能看到。"))
    return redirect("volunteering:run", key)


@staff(RUN)
@require_POST
def mark(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody was there."""
    part = tasks.part_of(key)
    whole = request.POST.get("whole") == "yes"
    actions.mark_part(by_of(request), part, whole=whole)
    messages.success(request, _("记下了。"))
    return redirect("volunteering:run", part.task_id)


@staff(RUN)
@require_POST
def trained(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody was shown how."""
    part = tasks.part_of(key)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError as wrong:
        words = _("请写是哪一天培训的。")
        raise Refused(words, code="on", status=422, fields={"on": words}) from wrong
    actions.record_training(by_of(request), part, on=on)
    messages.success(request, _("培训登记好了。"))
    return redirect("volunteering:run", part.task_id)


@staff(RUN)
@never_cache
@require_POST
def contact(request: HttpRequest, key: int) -> HttpResponse:
    """Open somebody's name and phone, for a stated purpose."""
    part = tasks.part_of(key)
    seen = actions.read_contact(by_of(request), part, request.POST.get("purpose", ""))
    return render(request, "volunteering/contact.html", {"part": part, "volunteer": seen})


@staff(RUN)
@require_POST
def look(request: HttpRequest, key: int) -> HttpResponse:
    """A resident's thanks: pass them on, or not."""
    found = Thanks.objects.select_related("task").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条感谢。"), code="no_such_thanks", status=404)
    show = request.POST.get("show") == "yes"
    actions.look_at_thanks(by_of(request), found, show=show)
    messages.success(request, _("转给他们了。") if show else _("没有转，内容删掉了。"))
    return redirect("volunteering:desk")
