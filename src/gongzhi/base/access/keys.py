"""Which key a program shows, and what it may ask."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import require
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.crypto.county import suite
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused

ASKS, SECONDS = 1200, 600
"""Requests that one key has in so many seconds; an address, which may be many, has five times."""


def hashed(secret: str) -> str:
    """What is stored of a key. It is 256 bits of chance, so one round of SHA-256 is enough."""
    return suite().digest(secret.encode())


def key_of(request: HttpRequest) -> ApiKey | None:
    """The key that came with this request; None without one.

    Looked for in ``Authorization: Bearer``, ``X-API-Key``, and the parameter ``api_key``, which
    Open311 clients send. Refuses (403) one that is unknown, over,
    or was taken back.
    """
    shown = _shown(request)
    if not shown:
        return None
    key = _found(hashed(shown))
    if key is None or not _opens(key):
        words = _("接口密钥无效，已经到期，或者已经收回。")
        raise Refused(words, code="unknown_key", status=403)
    _note_use(key)
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


def _found(key_hash: str) -> ApiKey | None:
    """The key of this hash, or the one that it was changed for some days ago."""
    older = Q(older_hash=key_hash, older_until__gt=timezone.now())
    keys = ApiKey.objects.select_related("unit", "owner")
    return keys.filter(Q(key_hash=key_hash) | older).first()


def _opens(key: ApiKey) -> bool:
    """Neither taken back nor over, nor its owner's account closed."""
    return key.opens_at(timezone.now()) and (key.owner is None or key.owner.is_active)


def _note_use(key: ApiKey) -> None:
    """Note the day, once in it, so that a key that nobody uses any more is seen. No fact of the
    log: it says nothing that the program's own acts don't."""
    today = timezone.localdate()
    if key.used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(used_on=today)


def _shown(request: HttpRequest) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    by_header = request.headers.get("X-API-Key", "")
    return by_header or request.GET.get("api_key", "") or request.POST.get("api_key", "")
