"""One's own password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.people import actions
from gongzhi.base.people.forms import PasswordForm
from gongzhi.base.ui.forms import refused_in


@staff()
@never_cache
@sensitive_post_parameters("current", "new")
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("password", tries=10, seconds=600)
def password(request: HttpRequest) -> HttpResponse:
    """Change it; every other session of the account ends."""
    account = account_of(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            changed = actions.change_password(Actor.account(account), account, **form.cleaned_data)
            update_session_auth_hash(request, changed)
            messages.success(request, _("密码已修改，其他设备上的登录已经退出。"))
            return redirect("access:start")
    here = {"form": form}
    return render(request, "people/password.html", here, status=422 if form.is_bound else 200)
