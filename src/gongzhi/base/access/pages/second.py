"""The second factor: after the password, and once more before what can't be taken back."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access import actions, passkeys
from gongzhi.base.access.asker import account_of
from gongzhi.base.access.entering import enter, half_in, has_second, wanted
from gongzhi.base.access.forms import AgainForm, CodeForm
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.selectors import providers_of
from gongzhi.base.access.sessions import note_proved
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.access.tries import forget
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

TRIES, SECONDS = 10, 600


@public
@never_cache
@require_POST
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """What a browser needs to show a passkey, any of ours."""
    limit("passkey", address_of(request), tries=600, seconds=SECONDS)
    return JsonResponse(passkeys.ask_known(request))


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """After the password: a code, or a passkey."""
    known = half_in(request)
    if known is None:
        return redirect("access:sign_in")
    account, half = known
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (factor := _shown(request, account, form)):
        return enter(request, account, half.way, half.onward, factor)
    status = 422 if request.method == "POST" else 200
    return render(request, "access/second.html", {"form": form}, status=status)


@staff()
@never_cache
@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Who sits there, before something grave: by the second factor, or else by the password."""
    account = account_of(request)
    by_second, by_password = has_second(account), account.has_usable_password()
    form: Form = (CodeForm if by_second else AgainForm)(request.POST or None)
    if request.method == "POST":
        factor = _shown(request, account, form) if by_second else _password(account, form)
        if factor is not None:
            note_proved(request.session, factor)
            return redirect(wanted(request) or reverse("access:start"))
    here = {
        "form": form, "by_second": by_second, "by_password": by_password, "next": wanted(request),
        "providers": [one for one, link in providers_of(account) if link],
    }  # fmt: skip
    return render(request, "access/again.html", here, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest, account: Account, form: Form) -> str | None:
    """How the account has shown its second factor; None with the form saying what was wrong."""
    limit("second", str(account.pk), tries=TRIES, seconds=SECONDS)
    way = "passkey" if "passkey" in request.POST else "code"
    form.is_valid()
    try:
        factor = _by_passkey(request, account) if way == "passkey" else _by_code(account, form)
    except Refused as refused:
        form.errors.clear()
        form.add_error("code" if way == "code" else None, str(refused))
        actions.fail_second(Actor.resident(), account, way=way)
        return None
    forget("second", str(account.pk))
    return factor


def _by_code(account: Account, form: Form) -> str:
    code = form.cleaned_data.get("code", "")
    return actions.show_code(Actor.account(account), account, code)


def _by_passkey(request: HttpRequest, account: Account) -> str:
    passkey, uses = passkeys.shown(request, request.POST["passkey"])
    if passkey.account != account:
        raise Refused(_("这个通行密钥是另一个账号的。"), code="passkey", status=422)
    actions.show_passkey(Actor.account(account), passkey, uses=uses)
    return "passkey"


def _password(account: Account, form: Form) -> str | None:
    """ "" when it is right: no second factor."""
    limit("again", str(account.pk), tries=TRIES, seconds=SECONDS)
    if form.is_valid() and account.check_password(form.cleaned_data["password"]):
        return ""
    if form.is_valid():
        actions.fail_second(Actor.account(account), account, way="password")
        form.add_error("password", _("密码不对。"))
    return None
