"""Units and accounts, for whoever looks after them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.selectors import second_of, sessions_of
from gongzhi.base.people import actions
from gongzhi.base.people.forms import AccountForm, RolesForm, UnitForm
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.selectors import accounts_of, role_names, units_with_numbers
from gongzhi.base.ui.forms import refused_in

FORM = ["GET", "HEAD", "POST"]


@staff("people.manage_accounts")
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody with an account; ``?unit=`` and ``?words=`` narrow the list."""
    wanted = request.GET.get("unit", "")
    unit = Unit.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    words = request.GET.get("words", "").strip()[:40]
    page = Paginator(accounts_of(unit, words), 25).get_page(request.GET.get("page"))
    here = {
        "page": page,
        "rows": [(account, role_names(account)) for account in page],
        "units": Unit.objects.order_by("pk"),
        "unit": unit,
        "words": words,
    }
    return render(request, "people/accounts.html", here)


@staff("people.manage_accounts", again=True)
@never_cache
@require_http_methods(FORM)
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            account, password = actions.open_account_with_password(
                by_of(request), **form.cleaned_data
            )
            return _told_once(request, account, password)
    here = {"form": form}
    return render(request, "people/new_account.html", here, status=422 if form.is_bound else 200)


@staff("people.manage_accounts", again=True)
@never_cache
@require_http_methods(FORM)
def account(request: HttpRequest, key: int) -> HttpResponse:
    """One account: its roles, its unit, and what else can be done with it."""
    shown = get_object_or_404(Account.objects.select_related("unit"), pk=key)
    first = {"unit": shown.unit, "roles": shown.roles}
    form = RolesForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.change_roles(by_of(request), shown, **form.cleaned_data)
            messages.success(request, _("已保存，从下一次操作起生效。"))
            return redirect("people:account", key)
    here = {
        "account": shown, "form": form,
        "sessions": sessions_of(shown).count(), "has_second": second_of(shown)["has_second"],
    }  # fmt: skip
    return render(request, "people/account.html", here, status=422 if form.is_bound else 200)


@staff("people.manage_accounts", again=True)
@require_POST
def close_account(request: HttpRequest, key: int) -> HttpResponse:
    """Let nobody use it any more."""
    actions.close_account(by_of(request), get_object_or_404(Account, pk=key))
    messages.success(request, _("账号已停用，正在使用的人已经退出。"))
    return redirect("people:account", key)


@staff("people.manage_accounts")
@require_POST
def reopen_account(request: HttpRequest, key: int) -> HttpResponse:
    """Let it be used again."""
    actions.reopen_account(by_of(request), get_object_or_404(Account, pk=key))
    messages.success(request, _("账号已恢复。"))
    return redirect("people:account", key)


@staff("people.manage_accounts", again=True)
@never_cache
@require_POST
def reset_password(request: HttpRequest, key: int) -> HttpResponse:
    """Make a new password and show it once."""
    found = get_object_or_404(Account.objects.select_related("unit"), pk=key)
    return _told_once(request, found, actions.reset_password(by_of(request), found))


@staff("people.manage_units")
@require_http_methods(FORM)
def units(request: HttpRequest) -> HttpResponse:
    """All units, and a form for one more."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            unit = actions.open_unit(by_of(request), **form.cleaned_data)
            messages.success(request, _("已设立“%(unit)s”。") % {"unit": unit})
            return redirect("people:units")
    here = {"form": form, "units": units_with_numbers()}
    return render(request, "people/units.html", here, status=422 if form.is_bound else 200)


def _told_once(request: HttpRequest, account: Account, password: str) -> HttpResponse:
    here = {"account": account, "password": password}
    return render(request, "people/password_once.html", here)
