"""Signing in with an identity provider: there, back, linked, and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access import actions
from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.entering import enter, pass_first, wanted
from gongzhi.base.access.forms import SignInForm
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.models import ProviderLink
from gongzhi.base.access.oidc import going
from gongzhi.base.access.oidc.asking import ProviderDown
from gongzhi.base.access.oidc.knowing import account_for, is_second
from gongzhi.base.access.pages.signing import sign_in_page
from gongzhi.base.access.sessions import has_proved_lately, note_proved
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

DOWN = 503
TRIES = 600
"""In ten minutes from one address, behind which a whole bureau may change shifts."""


@public
@never_cache
@require_safe
def go(request: HttpRequest, code: str) -> HttpResponse:
    """To the provider. A link and not a form: the page's policy lets no form end elsewhere."""
    limit("provider", address_of(request), tries=TRIES, seconds=600)
    provider = going.provider_of(code)
    again = "again" in request.GET and request.user.is_authenticated
    try:
        return redirect(
            going.go(request, provider, "again" if again else "sign_in", wanted(request))
        )
    except ProviderDown:
        return _down(request)


@public
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider: in, linked, or known once more."""
    limit("provider", address_of(request), tries=TRIES, seconds=600)
    try:
        return _arrived(request, *going.came_back(request))
    except ProviderDown:
        return _down(request)
    except Refused as refused:
        if request.user.is_authenticated:
            raise
        return sign_in_page(request, SignInForm(), refused.status, str(refused))


@public
@never_cache
@require_safe
def signed_out(request: HttpRequest, code: str) -> HttpResponse:
    """Signed out here; the way out of the provider, too."""
    provider = going.provider_of(code)
    here = {"provider": provider, "way_out": going.way_out(request, provider)}
    return render(request, "access/signed_out.html", here)


@staff()
@never_cache
@require_safe
def link(request: HttpRequest, code: str) -> HttpResponse:
    """To the provider, to be known from there, too: for whoever has just shown who they are."""
    if not has_proved_lately(request.session):
        onward = urlencode({"next": reverse("access:mine")})
        return redirect(f"{reverse('access:again')}?{onward}")
    try:
        provider = going.provider_of(code)
        return redirect(going.go(request, provider, "link", reverse("access:mine")))
    except ProviderDown:
        messages.error(request, _("统一身份现在连不上，请稍后再试。"))
        return redirect("access:mine")


@staff(again=True)
@require_POST
def unlink(request: HttpRequest, code: str) -> HttpResponse:
    """Be known from there no more."""
    found = get_object_or_404(ProviderLink, account=account_of(request), provider=code)
    actions.unlink_provider(by_of(request), found)
    messages.success(request, _("已解除关联。"))
    return redirect("access:mine")


def _arrived(request: HttpRequest, way: going.Going, claims: dict[str, Any]) -> HttpResponse:
    provider = going.provider_of(way.provider)
    if way.purpose == "link":
        return _linked(request, way, claims["sub"])
    account = account_for(provider, claims)
    factor = "provider" if is_second(provider, claims) else ""
    if way.purpose == "again":
        return _again(request, account, factor, way.onward)
    if factor:
        return enter(request, account, f"oidc:{provider.code}", way.onward, factor)
    return pass_first(request, account, f"oidc:{provider.code}", way.onward)


def _linked(request: HttpRequest, way: going.Going, subject: str) -> HttpResponse:
    """Only for the one who went: whoever is signed in, in the browser that keeps the state."""
    if not isinstance(request.user, Account):
        return redirect("access:sign_in")
    provider = going.provider_of(way.provider)
    actions.link_provider(
        by_of(request), request.user,
        provider=provider.code, issuer=provider.issuer, subject=subject,
    )  # fmt: skip
    messages.success(request, _("已关联，以后可以用它登录。"))
    return redirect("access:mine")


def _again(request: HttpRequest, account: Account, factor: str, onward: str) -> HttpResponse:
    if account != request.user:
        words = _("统一身份登录的是另一个人。")
        raise Refused(words, code="somebody_else", status=403)
    note_proved(request.session, factor)
    return redirect(onward or "access:start")


def _down(request: HttpRequest) -> HttpResponse:
    words = _("统一身份现在连不上。可以用用户名和密码登录，或者稍后再试。")
    return sign_in_page(request, SignInForm(), DOWN, words)
