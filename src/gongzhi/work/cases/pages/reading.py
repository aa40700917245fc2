"""What the views of cases share: who asks, which case, and the way back."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.permissions import may_read, require_reader


def case_of(request: HttpRequest, key: int) -> Case:
    """The case, if the asker is in on it."""
    found = (
        Case.objects.select_related(
            "matter__owner_unit__parent", "matter__narrative", "lead__unit", "second__unit",
            "incident", "split_from__matter",
        )
        .filter(pk=key)
        .first()
    )  # fmt: skip
    if found is None:
        raise Refused(_("没有这个案件。"), code="no_such_case", status=404)
    require_reader(by_of(request), found)
    return found


def account_in(request: HttpRequest, name: str) -> Account:
    """The account that a form names. Refuses one that isn't there, or is closed."""
    key = id_in(request.POST.get(name))
    found = Account.objects.select_related("unit").filter(pk=key, is_active=True).first()
    if found is None:
        wrong = _("请选一个人。")
        raise Refused(wrong, code="nobody", status=422, fields={name: wrong})
    return found


def time_in(request: HttpRequest, name: str) -> datetime:
    """The time that a form names, by the county's clock. Refuses what is none."""
    try:
        found = parse_datetime(request.POST.get(name, "")[:40])
    except ValueError:
        found = None
    if found is None:
        wrong = _("请填时间。")
        raise Refused(wrong, code="no_time", status=422, fields={name: wrong})
    return make_aware(found) if is_naive(found) else found


def done(request: HttpRequest, case: Case, said: str) -> HttpResponse:
    """Back to the case; to the list when it is no longer the asker's to read."""
    messages.success(request, said)
    held = Case.objects.select_related("matter__owner_unit__parent").get(pk=case.pk)
    readable = may_read(account_of(request), held)
    page = reverse("cases:case", args=[case.pk]) if readable else reverse("cases:cases")
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = page
        return answer
    return redirect(page)
