"""Somebody's record: opened for a purpose, kept and corrected while it lies open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.forms import (
    CheckForm,
    LimitForm,
    SkillForm,
    TrainingForm,
    WhyForm,
)
from gongzhi.work.workforce.officers.models import Limit, SkillHeld, Training
from gongzhi.work.workforce.officers.permissions import KEEP, READ
from gongzhi.work.workforce.officers.selectors import units
from gongzhi.work.workforce.officers.selectors.records import record_of, said

OPEN = timedelta(minutes=15)
"""So long a record that was opened lies open: what is done on it needs no second purpose."""
MARK = "officers.open"


@dataclass(frozen=True)
class Kind:
    """What can be written into a record."""

    code: str
    icon: str
    form: type[forms.Form]
    keep: Callable[..., Any]
    row: type[SkillHeld] | type[Training] | type[Limit] | None = None

    @property
    def title(self) -> str:
        """What is done, in the active language."""
        return {
            "check": _("安排体检"), "skill": _("登记技能、证书"), "training": _("登记培训"),
            "limit": _("登记排班限制"),
        }[self.code]  # fmt: skip


KINDS = {
    one.code: one
    for one in (
        Kind("skill", "star", SkillForm, actions.record_skill, SkillHeld),
        Kind("training", "book", TrainingForm, actions.record_training, Training),
        Kind("limit", "pause", LimitForm, actions.tell_limit, Limit),
        Kind("check", "medical", CheckForm, actions.plan_check),
    )
}


@dataclass(frozen=True)
class Asked:
    """A form of the page: for something new, or in place of a line."""

    kind: Kind
    form: forms.Form
    to: str
    line: SkillHeld | Training | Limit | None = None
    why: forms.Form | None = None
    strike: str = ""

    @property
    def said(self) -> str:
        """The line in words."""
        return said(self.line) if self.line else ""

    @property
    def wrong(self) -> bool:
        """Whether it was sent and something is wrong with it."""
        return self.form.is_bound


@staff(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, key: int) -> HttpResponse:
    """Open somebody's record for a stated purpose; they can see who did. While it lies open it is
    shown again."""
    whose = units.account_for(account_of(request), key)
    if request.method == "POST":
        actions.read_record(by_of(request), whose, purpose=request.POST.get("purpose", ""))
        request.session[MARK] = [whose.pk, (now() + OPEN).isoformat()]
        return redirect("officers:record", key)
    if not _is_open(request, whose):
        messages.info(request, _("先选为了什么打开档案。"))
        return redirect(f"{reverse('officers:people')}?unit={whose.unit_id}")
    return _record(request, whose)


def _is_open(request: HttpRequest, whose: Account) -> bool:
    key, until = request.session.get(MARK) or (0, "")
    return bool(key == whose.pk and until > now().isoformat())


def _record(
    request: HttpRequest, whose: Account, wrong: Asked | None = None, status: int = 200
) -> HttpResponse:
    account = account_of(request)
    held, keeps = record_of(whose), may(account, KEEP)
    here = {
        "record": held, "keeps": keeps, "today": today(), "own": whose == account,
        "keeping": [_new(one, whose, wrong) for one in KINDS.values()] if keeps else [],
        "lines": _lines(held, wrong) if keeps else [],
    }  # fmt: skip
    return render(request, "officers/record.html", here, status=status)


def _new(kind: Kind, whose: Account, wrong: Asked | None) -> Asked:
    if wrong is not None and wrong.kind == kind and wrong.line is None:
        return wrong
    form = kind.form(prefix=kind.code)
    return Asked(kind, form, reverse("officers:keep", args=[whose.pk, kind.code]))


def _lines(held: Any, wrong: Asked | None) -> list[Asked]:
    every = [("skill", one.held) for one in held.skills]
    every += [("training", one) for one in held.trainings]
    every += [("limit", one) for one in held.limits]
    return [
        wrong if wrong is not None and wrong.line == line else _line(KINDS[code], line, None)
        for code, line in every
    ]


def _line(kind: Kind, line: Any, sent: Any) -> Asked:
    """The form that corrects a line, as it stands or as it was sent."""
    prefix = f"{kind.code}-{line.pk}"
    start = {name: getattr(line, name) for name in kind.form.base_fields}
    args = [kind.code, line.pk]
    return Asked(
        kind, kind.form(sent, initial=start, prefix=prefix),
        reverse("officers:correct", args=args), line, WhyForm(sent, prefix=prefix),
        reverse("officers:strike", args=args),
    )  # fmt: skip


@staff(KEEP)
@require_POST
def keep(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """Write something down."""
    whose, sort = units.account_for(account_of(request), key), _kind(kind)
    form = sort.form(request.POST, prefix=sort.code)
    if form.is_valid():
        with refused_in(form):
            sort.keep(by_of(request), whose, **form.cleaned_data)
            messages.success(request, _("登记好了。"))
            return redirect("officers:record", key)
    wrong = Asked(sort, form, reverse("officers:keep", args=[whose.pk, sort.code]))
    return _again(request, whose, wrong)


@staff(KEEP)
@require_POST
def correct(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Write a line anew; what stood there stays to be read."""
    sort, line, whose = _found(request, kind, key)
    asked = _line(sort, line, request.POST)
    assert asked.why is not None  # noqa: S101  (a line's always has one)
    if asked.form.is_valid() and asked.why.is_valid():
        with refused_in(asked.form):
            actions.correct_line(
                by_of(request), line, told=asked.form.cleaned_data, **asked.why.cleaned_data
            )
            messages.success(request, _("改好了，原来的划掉留着。"))
            return redirect("officers:record", whose.pk)
    return _again(request, whose, asked)


@staff(KEEP)
@require_POST
def strike(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """It should never have stood there."""
    sort, line, whose = _found(request, kind, key)
    why = request.POST.get(f"{sort.code}-{line.pk}-why", "")
    actions.strike_line(by_of(request), line, why=why)
    messages.success(request, _("划掉了。"))
    return redirect("officers:record", whose.pk)


def _again(request: HttpRequest, whose: Account, wrong: Asked) -> HttpResponse:
    """The record with what is wrong beside its field; one that isn't open stays shut."""
    if _is_open(request, whose):
        return _record(request, whose, wrong, 422)
    raise Refused(_("请先打开档案，再登记。"), code="not_open", status=409)


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Refused(_("没有这个操作。"), code="kind", status=404)
    return KINDS[code]


def _found(request: HttpRequest, code: str, key: int) -> tuple[Kind, Any, Account]:
    sort = _kind(code)
    line = sort.row.objects.select_related("account").filter(pk=key).first() if sort.row else None
    if line is None:
        raise Refused(_("没有这一条，可能已经改过了。"), code="no_such_line", status=404)
    return sort, line, units.account_for(account_of(request), line.account_id)
