"""Signing in and out, and where one arrives."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access import actions
from gongzhi.base.access.asker import account_of
from gongzhi.base.access.forms import SignInForm
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.selectors import abilities_of, demo_account, demo_groups, roles_of
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.access.tries import forget
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.context import address
from gongzhi.base.ui.navigation import rail

TEN_MINUTES = 600
BACKEND = "django.contrib.auth.backends.ModelBackend"


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and in the demo county a button for each role."""
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(_onward(request, request.user))
    if "demo" in request.POST:
        limit("demo", address_of(request), tries=TEN_MINUTES, seconds=TEN_MINUTES)
        return _enter(request, demo_account(request.POST["demo"]), "demo")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _known(request, form)
        if account is not None:
            return _enter(request, account, "password")
    here = {"form": form, "next": _next(request), "demo_groups": demo_groups()}
    return render(request, "access/sign_in.html", here, status=422 if form.is_bound else 200)


@staff()
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    account = account_of(request)
    actions.sign_out(Actor.account(account), account)
    logout(request)
    return redirect("access:sign_in")


@staff()
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where one can go, and what one may do."""
    account = account_of(request)
    here = {"roles": roles_of(account), "places": rail(request), "abilities": abilities_of(account)}
    return render(request, "access/start.html", here)


def _known(request: HttpRequest, form: SignInForm) -> Account | None:
    """The account, when the password is right. Unknown names and wrong passwords are answered
    alike, in words and in time: the same hashing, the same queries, the same entry."""
    username, password = form.cleaned_data["username"], form.cleaned_data["password"]
    limit("sign_in", address_of(request), tries=30, seconds=TEN_MINUTES)
    limit("account", username.casefold(), tries=10, seconds=TEN_MINUTES)
    account = authenticate(request, username=username, password=password)
    if isinstance(account, Account):
        forget("account", username.casefold())
        return account
    actions.fail_sign_in(Actor.resident(), username)
    form.add_error(None, _("用户名或密码不对。注意区分大小写；忘记密码请找本单位管理员重置。"))
    return None


def _enter(request: HttpRequest, account: Account, way: str) -> HttpResponse:
    actions.sign_in(Actor.account(account), account, way=way)
    login(request, account, BACKEND)
    return redirect(_onward(request, account))


def _onward(request: HttpRequest, account: Account) -> str:
    """The page that was asked for, the work of the first role that has a page, or the overview."""
    if wanted := _next(request):
        return wanted
    starts = (address(role.start) for role in roles_of(account) if role.start)
    return next(filter(None, starts), reverse("access:start"))


def _next(request: HttpRequest) -> str:
    """``next``, when it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""
