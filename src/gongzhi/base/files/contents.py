"""Reading a stored file, sealed or not, and saying what is wrong with one that can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from gongzhi.base.files import store
from gongzhi.base.files.keys import key_of
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.streams import PIECE, opened
from gongzhi.base.people.sealing import BrokenSeal
from gongzhi.base.ui.errors import Refused

FAULTS = {
    "missing": _("文件不在存储里。请联系管理员从备份恢复。"),
    "altered": _("文件和存入时不一样了。请不要使用，并联系管理员从备份恢复。"),
    "key_lost": _(
        "打开这个文件的密钥不在了，文件还在但读不出来。请管理员把密钥文件放回 keys 文件夹。"
    ),
    "erased": _("文件已经依法清除。"),
}  # fmt: skip
"""Why a file can't be read, and what helps."""
FAULTS_SAID = {
    "missing": "is missing: restore it from a backup",
    "altered": "was altered: restore it from a backup",
    "key_lost": "is whole, but its key isn't in this home's keys: put the key file back",
    "erased": "was erased, and its row is still there",
}
"""The same for the command line."""


class Unreadable(Exception):
    """The file can't be read; `fault` is a key of `FAULTS`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def pieces(file: StoredFile, *, small: bool = False) -> Iterator[bytes]:
    """The content in the clear, piece by piece; of its small picture, if it has one. Raises
    Unreadable, at the latest where it stops being what it was."""
    plain = file.thumbnail if small else file.sha256
    sealed = file.small_sealed_as if small else file.sealed_as
    key = _key(file)
    try:
        with store.path_of(sealed or plain).open("rb") as content:
            if key is None:
                yield from iter(lambda: content.read(PIECE), b"")
            else:
                yield from opened(content, key)
    except OSError:
        raise Unreadable("missing") from None
    except BrokenSeal:
        raise Unreadable("altered") from None


def _key(file: StoredFile) -> bytes | None:
    if file.key is None:
        return None
    if file.key.destroyed_at is not None:
        raise Unreadable("erased")
    try:
        return key_of(file)
    except BrokenSeal:
        raise Unreadable("key_lost") from None


def whole(file: StoredFile, *, small: bool = False) -> bytes:
    """The content at once; for what is known to be small."""
    return b"".join(pieces(file, small=small))


def fault_of(file: StoredFile) -> str:
    """What is wrong with it, after reading all of it anew; "" when it is what it was."""
    for small in (False, True) if file.thumbnail else (False,):
        digest = sha256()
        try:
            for piece in pieces(file, small=small):
                digest.update(piece)
        except Unreadable as wrong:
            return wrong.fault
        if digest.hexdigest() != (file.thumbnail if small else file.sha256):
            return "altered"
    return ""


def require_whole(file: StoredFile) -> None:
    """Refuse a file that isn't what it was, saying why and what helps."""
    if fault := fault_of(file):
        status = 410 if fault == "erased" else 409
        raise Refused(FAULTS[fault], code=f"file_{fault}", status=status)
