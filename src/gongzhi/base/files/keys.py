"""The keys of sealed files: each file has its own, which its subject's key opens, which the
county's opens. When the subject's is destroyed, no copy of any of its files opens any more."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from django.db.models import Model
from django.utils.translation import gettext as _

from gongzhi.base.crypto.county import suite
from gongzhi.base.files.models import StoredFile, SubjectKey
from gongzhi.base.files.streams import KEY_BYTES
from gongzhi.base.log.actions import now, subject_of
from gongzhi.base.people.sealing import BrokenSeal, seal, unseal
from gongzhi.base.ui.errors import Refused

_NONCE = 12
_BOUND_TO = b"gongzhi file key 1"


def new_key() -> bytes:
    """A key that nothing was sealed with before."""
    return os.urandom(KEY_BYTES)


def key_for(subject: Model) -> SubjectKey:
    """The subject's key, made once; inside an open action. Refuses when it was destroyed."""
    made = {"sealed": seal({"key": b64encode(new_key()).decode()}), "made_at": now()}
    key, _new = SubjectKey.objects.get_or_create(subject=subject_of(subject), defaults=made)
    if key.destroyed_at is not None:
        raise Refused(_("案卷已经清除，不能再存文件。"), code="erased", status=410)
    return key


def wrapped(file_key: bytes, key: SubjectKey) -> bytes:
    """A file's key, sealed with its subject's."""
    nonce = os.urandom(_NONCE)
    return nonce + suite().aead(_secret(key)).encrypt(nonce, file_key, _BOUND_TO)


def key_of(file: StoredFile) -> bytes:
    """The key that opens this sealed file. Raises BrokenSeal when nothing opens it any more."""
    assert file.key is not None  # noqa: S101  (callers ask whether it is sealed)
    box = bytes(file.wrapped)
    try:
        return suite().aead(_secret(file.key)).decrypt(box[:_NONCE], box[_NONCE:], _BOUND_TO)
    except (InvalidTag, ValueError) as wrong:
        raise BrokenSeal("the file's key was changed") from wrong


def _secret(key: SubjectKey) -> bytes:
    return b64decode(unseal(bytes(key.sealed))["key"])
