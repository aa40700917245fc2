"""An address in the one form in which it is kept, so that one person's is always the same."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gongzhi.base.reach.states import Kind
from gongzhi.base.ui.errors import Refused

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)
LONGEST = 254
"""Characters of an e-mail address (RFC 5321)."""


def normal(kind: str, address: str) -> str:
    """The address as it is kept: ``13800000000``, ``name@example.org``. Refuses what is none.

    Only mobile numbers of the mainland: texts to numbers elsewhere cost much, and who is paid for
    them would gladly ask for thousands.
    """
    plain = unicodedata.normalize("NFKC", address).strip()
    if kind == Kind.SMS:
        return _mobile(plain)
    if kind == Kind.EMAIL:
        return _email(plain)
    raise Refused(_("请选短信或者电子邮件。"), code="kind", status=422)


def _mobile(plain: str) -> str:
    found = _MOBILE.fullmatch(re.sub(r"[\s()·-]", "", plain))
    if found is None:
        raise _wrong(_("请填 11 位手机号。"))
    return found[1]


def _email(plain: str) -> str:
    name, _at, domain = plain.rpartition("@")
    try:
        written = f"{name}@{domain.encode('idna').decode()}".lower()
        validate_email(written)
    except (ValidationError, UnicodeError) as wrong:
        raise _wrong(_("请填完整的邮箱，比如 name@example.org。")) from wrong
    if len(written) > LONGEST:
        raise _wrong(_("这个邮箱太长了。"))
    return written


def _wrong(words: str) -> Refused:
    return Refused(words, code="address", status=422, fields={"address": words})
