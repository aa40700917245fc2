"""From knowing who somebody is to their session: at once, or after a second factor."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from gongzhi.base.access import actions, sessions
from gongzhi.base.access.models import CodeApp
from gongzhi.base.access.selectors import reset_lately, roles_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.context import address

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half"
MINUTES = 10


@dataclass(frozen=True)
class Half:
    """Somebody of whom only the first factor is known. ``mark`` ends it with the sessions."""

    account: int
    way: str
    onward: str
    mark: str
    until: float


def pass_first(request: HttpRequest, account: Account, way: str, onward: str) -> HttpResponse:
    """On to the second factor, where the account has one; else in."""
    if not has_second(account):
        return enter(request, account, way, onward)
    mark, until = account.get_session_auth_hash(), time.time() + MINUTES * 60
    request.session[HALF] = asdict(Half(account.pk, way, onward, mark, until))
    return redirect("access:second")


def half_in(request: HttpRequest) -> tuple[Account, Half] | None:
    """Who has passed the first factor in this browser, within the last minutes."""
    kept = request.session.get(HALF)
    half = Half(**kept) if kept else None
    if half is None or time.time() > half.until:
        return None
    found = Account.objects.select_related("unit").filter(pk=half.account, is_active=True).first()
    if found is None or found.get_session_auth_hash() != half.mark:
        return None
    return found, half


def enter(
    request: HttpRequest, account: Account, way: str, onward: str = "", factor: str = ""
) -> HttpResponse:
    """In: on record, with a session of its own."""
    actions.sign_in(Actor.account(account), account, way=way)
    request.session.pop(HALF, None)
    login(request, account, BACKEND)
    sessions.begin(request, way=way, factor=factor)
    if way != sessions.DEMO and reset_lately(account):
        messages.warning(request, _("管理员重置过您的第二重验证，请看右上角的“我的登录”。"))
    return redirect(onward or first_page(account))


def has_second(account: Account) -> bool:
    """Whether the account shows more than a password."""
    return CodeApp.objects.filter(account=account).exists() or account.passkeys.exists()


def first_page(account: Account) -> str:
    """The work of the first role that has a page, or the overview."""
    starts = (address(role.start) for role in roles_of(account) if role.start)
    return next(filter(None, starts), reverse("access:start"))


def wanted(request: HttpRequest) -> str:
    """``next``, when it is a page of ours."""
    page = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else ""
