"""Signing in and out, and where one arrives."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access import actions, passkeys
from gongzhi.base.access.asker import account_of
from gongzhi.base.access.entering import enter, first_page, pass_first, wanted
from gongzhi.base.access.forms import SignInForm
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.oidc.knowing import may_sign_in_here
from gongzhi.base.access.selectors import abilities_of, demo_account, demo_groups, roles_of
from gongzhi.base.access.sessions import DEMO, WAY
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.access.tries import forget
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.forms import refused_in
from gongzhi.base.ui.navigation import rail

TEN_MINUTES = 600


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, other ways in, and in the demo county a button for each role."""
    onward = wanted(request)
    if request.method != "POST" and isinstance(request.user, Account):
        return redirect(onward or first_page(request.user))
    if "demo" in request.POST:
        limit("demo", address_of(request), tries=TEN_MINUTES, seconds=TEN_MINUTES)
        return enter(request, demo_account(request.POST["demo"]), DEMO, onward)
    form = SignInForm(request.POST or None)
    if "passkey" in request.POST:
        if (answer := _by_passkey(request, form, onward)) is not None:
            return answer
    elif request.method == "POST" and form.is_valid():
        account = _known(request, form)
        if account is not None:
            return pass_first(request, account, "password", onward)
    return sign_in_page(request, form, 422 if form.is_bound else 200)


def sign_in_page(
    request: HttpRequest, form: SignInForm, status: int, said: str = ""
) -> HttpResponse:
    """The page; `said`, what went wrong elsewhere."""
    onward = wanted(request)
    here = {
        "form": form, "next": onward, "quoted_next": quote(onward, safe=""), "said": said,
        "demo_groups": demo_groups(), "providers": catalogue().providers.values(),
    }  # fmt: skip
    return render(request, "access/sign_in.html", here, status=status)


@staff()
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; whoever came from a provider is told that it goes on there."""
    account, way = account_of(request), str(request.session.get(WAY, ""))
    actions.sign_out(Actor.account(account), account)
    logout(request)
    before, _colon, provider = way.partition(":")
    if before == "oidc" and provider in catalogue().providers:
        return redirect("access:signed_out", provider)
    return redirect("access:sign_in")


@staff()
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where one can go, and what one may do."""
    account = account_of(request)
    here = {"roles": roles_of(account), "places": rail(request), "abilities": abilities_of(account)}
    return render(request, "access/start.html", here)


def _by_passkey(request: HttpRequest, form: SignInForm, onward: str) -> HttpResponse | None:
    """In with a passkey alone, which is both factors; None with the form saying why not."""
    limit("sign_in", address_of(request), tries=30, seconds=TEN_MINUTES)
    form.is_valid()
    form.errors.clear()
    with refused_in(form):
        passkey, uses = passkeys.shown(request, request.POST["passkey"])
        if passkey.account.is_active and may_sign_in_here(passkey.account):
            by = Actor.account(passkey.account)
            actions.show_passkey(by, passkey, uses=uses)
            return enter(request, passkey.account, "passkey", onward, "passkey")
        form.add_error(None, _("这个账号已经停用，或者要用统一身份登录。"))
    return None


def _known(request: HttpRequest, form: SignInForm) -> Account | None:
    """The account, when the password is right. Unknown names and wrong passwords are answered
    alike, in words and in time: the same hashing, the same queries, the same entry."""
    username, password = form.cleaned_data["username"], form.cleaned_data["password"]
    limit("sign_in", address_of(request), tries=30, seconds=TEN_MINUTES)
    limit("account", username.casefold(), tries=10, seconds=TEN_MINUTES)
    account = authenticate(request, username=username, password=password)
    if isinstance(account, Account):
        forget("account", username.casefold())
        if may_sign_in_here(account):
            return account
        form.add_error(None, _("您的岗位请用统一身份登录，不用密码。"))
        return None
    actions.fail_sign_in(Actor.resident(), username)
    form.add_error(None, _("用户名或密码不对。注意区分大小写；忘记密码请找本单位管理员重置。"))
    return None
