"""There and back: what the session remembers while somebody is at the provider."""

from __future__ import annotations

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.base.access.oidc.asking import ProviderDown, endpoints, more_of, tokens_for
from gongzhi.base.access.oidc.tokens import WrongToken, claims_of
from gongzhi.base.catalogue.kinds.provider import Provider
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused

Purpose = Literal["sign_in", "link", "again"]
KEPT = "provider"
MINUTES = 10


@dataclass(frozen=True)
class Going:
    """One way there. ``state`` binds the answer to this browser, ``nonce`` the token to this
    answer, ``verifier`` the code to us."""

    provider: str
    purpose: Purpose
    onward: str
    state: str
    nonce: str
    verifier: str
    until: float


def provider_of(code: str) -> Provider:
    """The provider of this code. Refuses (404) one that the county hasn't."""
    found = catalogue().providers.get(code)
    if found is None:
        raise Refused(_("本县没有接入这个统一身份。"), code="no_provider", status=404)
    return found


def go(request: HttpRequest, provider: Provider, purpose: Purpose, onward: str) -> str:
    """The provider's address to send the browser to. Raises ProviderDown."""
    going = Going(
        provider.code, purpose, onward, until=time.time() + MINUTES * 60,
        **{name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")},
    )  # fmt: skip
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": _back(request),
        "scope": " ".join(provider.scopes), "state": going.state, "nonce": going.nonce,
        "code_challenge": _challenge(going.verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    if purpose == "again":
        asked |= {"prompt": "login", "max_age": "0"}
    address = endpoints(provider).authorize
    request.session[KEPT] = asdict(going)
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def came_back(request: HttpRequest) -> tuple[Going, dict[str, Any]]:
    """Why somebody went, and what the provider says of them. Refuses (422) an answer that this
    browser didn't ask for, one that comes too late, and a no; raises ProviderDown."""
    going = _kept(request)
    provider = provider_of(going.provider)
    if "code" not in request.GET:
        raise Refused(_("没有登录：统一身份那边取消了，或者没有同意。"), code="denied", status=422)
    try:
        token, opens = tokens_for(provider, request.GET["code"], going.verifier, _back(request))
        claims = claims_of(provider, token, going.nonce)
        _require_anew(going, provider, claims)
        return going, _with_more(provider, claims, opens)
    except WrongToken as wrong:
        words = _("统一身份的答复不可信，没有登录。请再试一次；还是不行，请告诉管理员。")
        raise Refused(words, code="wrong_token", status=422) from wrong


def _require_anew(going: Going, provider: Provider, claims: dict[str, Any]) -> None:
    """Who is asked once more must have signed in there since we asked: a provider that answers from
    the morning's session has asked nobody (OpenID Connect Core 1.0, 3.1.2.1, `max_age`)."""
    asked_at = going.until - MINUTES * 60 - provider.leeway
    said = claims.get("auth_time")
    if going.purpose == "again" and not (isinstance(said, int | float) and said >= asked_at):
        raise WrongToken("auth_time")


def _with_more(provider: Provider, claims: dict[str, Any], opens: str) -> dict[str, Any]:
    """With what the token itself left out, of the very same subject; what it says, stands."""
    told = (provider.username_claim, provider.name_claim, provider.unit_claim, provider.roles_claim)
    if all(path.partition(".")[0] in claims for path in told if path):
        return claims
    more = more_of(provider, opens)
    if more and more.get("sub") != claims["sub"]:
        raise WrongToken("sub")
    return more | claims


def way_out(request: HttpRequest, provider: Provider) -> str:
    """Where one signs out of the provider, too; "" where it has no such page or is down."""
    try:
        at = endpoints(provider).end_session
    except ProviderDown:
        return ""
    back = request.build_absolute_uri(reverse("access:sign_in"))
    asked = {"client_id": provider.client_id, "post_logout_redirect_uri": back}
    return f"{at}{'&' if '?' in at else '?'}{urlencode(asked)}" if at else ""


def _kept(request: HttpRequest) -> Going:
    kept = request.session.pop(KEPT, None)
    going = Going(**kept) if kept else None
    if (
        going is None
        or time.time() > going.until
        or not secrets.compare_digest(going.state, request.GET.get("state", ""))
    ):
        words = _("这次登录不是从这里开始的，或者等得太久。请从登录页再来一次。")
        raise Refused(words, code="state", status=422)
    return going


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("access:provider_back"))


def _challenge(verifier: str) -> str:
    hashed = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(hashed).rstrip(b"=").decode()
