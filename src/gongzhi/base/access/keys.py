"""Which key a program shows."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.ui.errors import Refused


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


def _shown(request: HttpRequest) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    by_header = request.headers.get("X-API-Key", "")
    return by_header or request.GET.get("api_key", "") or request.POST.get("api_key", "")
