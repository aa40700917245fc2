"""What is uploaded as a material: a photo, made anew, or a PDF, kept as it is and never shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import File
from django.db.models import Model
from django.utils.translation import gettext as _

from gongzhi.base.files.actions import keep_photo_sealed, keep_sealed
from gongzhi.base.files.kinds import kind_of
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.photos import Photo, make_anew
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused

PDF = "application/pdf"
LARGEST_PDF = 10 * 1024 * 1024
MOST = 6
"""Files of one material."""


@dataclass(frozen=True)
class Upload:
    """A photo or the bytes of a PDF, checked and not kept yet."""

    photo: Photo | None = None
    pdf: bytes = b""

    def keep(self, by: Actor, subject: Model) -> StoredFile:
        """Keep it sealed with the subject's key, inside an open action."""
        if self.photo is not None:
            return keep_photo_sealed(by, self.photo, subject)
        return keep_sealed(by, self.pdf, subject, media_type=PDF)


def received(sent: File[bytes] | BinaryIO) -> Upload:
    """What was sent, by its own first bytes and never by its name. Takes up to a second: call it
    before the action. Refuses what is neither photo nor PDF, too large, broken or empty."""
    start = sent.read(1024)
    sent.seek(0)
    if kind_of(start) != PDF:
        return Upload(photo=make_anew(sent))
    content = sent.read(LARGEST_PDF + 1)
    if len(content) > LARGEST_PDF:
        raise _refused(_("PDF 太大了，最多 10 MB。可以拍照上传，或者带到窗口。"), 413)
    end = content[-2048:]
    if b"startxref" not in end or b"%%EOF" not in end:
        raise _refused(_("这个 PDF 不完整，可能没有传完。请重新选择。"))
    return Upload(pdf=content)


def require_few(already: int) -> None:
    """Refuse one file too many of a material."""
    if already >= MOST:
        raise _refused(_("每份材料最多放 %(n)s 个文件，请先去掉一个。") % {"n": MOST})


def _refused(words: str, status: int = 422) -> Refused:
    return Refused(words, code="upload", status=status, fields={"file": words})
