"""What an administrator does for somebody who has lost their phone, or whose session must end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access import actions
from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.people.models import Account


@staff("people.manage_accounts")
@require_POST
def end(request: HttpRequest, key: int) -> HttpResponse:
    """End all sessions of the account."""
    actions.end_sessions(by_of(request), get_object_or_404(Account, pk=key))
    messages.success(request, _("这个账号的登录都已退出。"))
    return redirect("people:account", key)


@staff("people.manage_accounts", again=True)
@require_POST
def reset(request: HttpRequest, key: int) -> HttpResponse:
    """Take away what they show besides the password; they are told when they sign in."""
    actions.reset_second(by_of(request), get_object_or_404(Account, pk=key))
    messages.success(request, _("已重置。本人下次登录时会看到提示，请重新设置。"))
    return redirect("people:account", key)
