"""Which key a program shows, and what it may ask."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import require
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused

ASKS, SECONDS = 1200, 600
"""Requests that one key has in so many seconds; an address, which may be many, has five times."""


def hashed(secret: str) -> str:
    """What is stored of a key. It is 256 bits of chance, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_of(request: HttpRequest) -> ApiKey | None:
    """The key that came with this request; None without one.

    Looked for in ``Authorization: Bearer``, ``X-API-Key``, and the parameter ``api_key``, which
    Open311 clients send. Refuses (403) one that is unknown or was taken back.
    """
    shown = _shown(request)
    if not shown:
        return None
    key = ApiKey.objects.select_related("unit").filter(key_hash=hashed(shown)).first()
    if key is None or key.revoked_at:
        raise Refused(_("接口密钥无效，或者已经收回。"), code="unknown_key", status=403)
    return key


def required_key(request: HttpRequest, permission: str, *, name: str) -> ApiKey:
    """The key of a program that uses the interface `name`. Refuses none (401), one that lacks
    `permission` (403), and too many requests (429)."""
    limit(f"{name}.address", address_of(request), tries=ASKS * 5, seconds=SECONDS)
    key = key_of(request)
    if key is None:
        raise Refused(_("需要接口密钥：Authorization: Bearer …"), code="key_missing", status=401)
    limit(name, f"key {key.pk}", tries=ASKS, seconds=SECONDS)
    require(Actor.key(key), permission)
    return key


def require_known(request: HttpRequest, names: Iterable[str]) -> None:
    """Refuse (422) a parameter that there isn't: a misspelt one would quietly ask for something
    else."""
    unknown = sorted(set(request.GET) - set(names) - {"api_key"})
    if unknown:
        fields = {name[:40]: _("没有这个参数。") for name in unknown}
        raise Refused(_("请求的内容不对，请看 fields。"), code="invalid", status=422, fields=fields)


def _shown(request: HttpRequest) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    by_header = request.headers.get("X-API-Key", "")
    return by_header or request.GET.get("api_key", "") or request.POST.get("api_key", "")
