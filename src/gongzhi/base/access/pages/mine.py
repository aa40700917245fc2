"""One's own ways in: where one is signed in, codes, passkeys, providers."""

from __future__ import annotations

from base64 import b64decode, b64encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access import actions, passkeys
from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.forms import CodeForm, PasskeyForm
from gongzhi.base.access.marks import staff
from gongzhi.base.access.models import Passkey
from gongzhi.base.access.permissions import asks_for_second
from gongzhi.base.access.second import in_fours, new_secret, picture
from gongzhi.base.access.selectors import providers_of, reset_lately, second_of, sessions_of
from gongzhi.base.access.sessions import note_proved
from gongzhi.base.access.throttle import throttled
from gongzhi.base.people.sealing import seal, unseal
from gongzhi.base.ui.context import county_name
from gongzhi.base.ui.forms import refused_in

PENDING = "code_app"
"""Where the session keeps an app's secret until it has shown its first code; sealed."""


@staff()
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Where I am signed in, and what I show for it."""
    account = account_of(request)
    here = {
        "sessions": sessions_of(account), "own": request.session.session_key,
        "asked": asks_for_second(account.roles), "providers": providers_of(account),
        "form": PasskeyForm(), "reset_at": reset_lately(account), **second_of(account),
    }  # fmt: skip
    return render(request, "access/mine.html", here)


@staff()
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one of my other sessions, or all of them."""
    own = request.session.session_key or ""
    actions.end_sessions(
        by_of(request), account_of(request), only=request.POST.get("session", ""), keep=own
    )
    messages.success(request, _("已经退出。"))
    return redirect("access:mine")


@staff(again=True)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("code_app", tries=20, seconds=600)
def code_app(request: HttpRequest) -> HttpResponse:
    """Set up an app: scan, then show its first code."""
    account, secret = account_of(request), _pending(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            by = by_of(request)
            actions.set_code_app(by, account, secret=secret, code=form.cleaned_data["code"])
            del request.session[PENDING]
            note_proved(request.session, "code")
            return _with_codes(request, actions.draw_codes(by, account))
    here = {
        "form": form, "secret": in_fours(secret),
        "picture": picture(secret, account.username, county_name()),
    }  # fmt: skip
    return render(request, "access/code_app.html", here, status=422 if form.is_bound else 200)


@staff(again=True)
@require_POST
def remove_code_app(request: HttpRequest) -> HttpResponse:
    """Let the app's codes not count any more."""
    actions.remove_code_app(by_of(request), account_of(request))
    messages.success(request, _("验证码应用已停用。"))
    return redirect("access:mine")


@staff(again=True)
@never_cache
@require_POST
def codes(request: HttpRequest) -> HttpResponse:
    """Draw new codes on paper and show them once."""
    return _with_codes(request, actions.draw_codes(by_of(request), account_of(request)))


@staff(again=True)
@never_cache
@require_POST
def ask_new_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(passkeys.ask_new(request, account_of(request)))


@staff(again=True)
@never_cache
@require_POST
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Keep the one that it has made; with the first way come codes on paper."""
    account, by = account_of(request), by_of(request)
    had = second_of(account)["has_second"]
    credential_id, public, uses = passkeys.made(request, request.POST.get("passkey", ""))
    actions.add_passkey(
        by, account, name=request.POST.get("name", ""),
        credential_id=credential_id, public=public, uses=uses,
    )  # fmt: skip
    note_proved(request.session, "passkey")
    if not had:
        return _with_codes(request, actions.draw_codes(by, account))
    messages.success(request, _("通行密钥已添加。"))
    return redirect("access:mine")


@staff(again=True)
@require_POST
def remove_passkey(request: HttpRequest, key: int) -> HttpResponse:
    """Let it open nothing any more."""
    found = get_object_or_404(Passkey, pk=key, account=account_of(request))
    actions.remove_passkey(by_of(request), found)
    messages.success(request, _("通行密钥已删除。"))
    return redirect("access:mine")


def _with_codes(request: HttpRequest, drawn: list[str]) -> HttpResponse:
    return render(request, "access/codes.html", {"codes": drawn})


def _pending(request: HttpRequest) -> str:
    """The secret that is being set up: the same on each try, until it counts."""
    if kept := request.session.get(PENDING):
        return unseal(b64decode(kept))["secret"]
    secret = new_secret()
    request.session[PENDING] = b64encode(seal({"secret": secret})).decode()
    return secret
