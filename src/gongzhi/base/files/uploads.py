"""Files while they still arrive: what is too big is refused before it fills the disk, and what
belongs to a case is sealed before it touches it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.utils.translation import gettext_lazy as _

from gongzhi.base.files.photos import LARGEST, TOO_BIG
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.ui.errors import Refused

View = TypeVar("View", bound=Callable[..., Any])
MOST = 6 * LARGEST
"""Bytes of all files of one request."""
SEALED_LARGEST = 200 * 1024 * 1024
"""Bytes of the files of a case, those of one request together."""
SEALED_TOO_BIG = _("文件太大了，一次最多 200 MB。长的录音录像请分段，或者刻盘作为物证登记。")


def seals_uploads(view: View) -> View:
    """Mark a view whose files are sealed while they arrive; only for those who signed in."""
    view.seals_uploads = True  # type: ignore[attr-defined]
    return view


def _is_sealing(request: Any) -> bool:
    found = getattr(request, "resolver_match", None)
    user = getattr(request, "user", None)
    marked = found is not None and getattr(found.func, "seals_uploads", False)
    return bool(marked and user is not None and user.is_authenticated)


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """An upload that is sealed already; `sealed` is what an action keeps."""

    def __init__(self, sealed: Sealed, name: str | None, field: str | None) -> None:
        super().__init__(None, name, sealed.media_type, sealed.length, None)
        self.sealed, self.field_name = sealed, field

    def close(self) -> None:
        """Django's, at the end of the request."""
        self.sealed.close()


class Limit(FileUploadHandler):
    """First of the upload handlers: it only counts, and hands every piece on."""

    chunk_size = 1024 * 1024

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.one = self.all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count each file from nothing."""
        super().new_file(*args, **kwargs)
        self.one = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Refuse (413) one file or all together that are too big."""
        if _is_sealing(self.request):
            return raw_data  # the next handler has its own limit
        self.one += len(raw_data)
        self.all += len(raw_data)
        if self.one > LARGEST or self.all > MOST:
            raise Refused(TOO_BIG, code="photo_too_big", status=413, fields={"photos": TOO_BIG})
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""


class SealOnArrival(FileUploadHandler):
    """Second: seals the files of the marked views, and leaves all others to those after it."""

    chunk_size = 1024 * 1024

    file: Sealed
    """Django closes a handler's file when the line breaks, which removes it."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to seal."""
        super().new_file(*args, **kwargs)
        if _is_sealing(self.request):
            self.file = Sealed()
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Seal a piece; nobody after this sees it."""
        if not _is_sealing(self.request):
            return raw_data
        self.all += len(raw_data)
        if self.all > SEALED_LARGEST:
            self.file.close()
            words = SEALED_TOO_BIG
            raise Refused(words, code="file_too_big", status=413, fields={"file": words})
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """The upload, sealed."""
        if not _is_sealing(self.request):
            return None
        self.file.finish()
        return SealedUpload(self.file, self.file_name, self.field_name)

    def upload_interrupted(self) -> None:
        """The line broke."""
        if hasattr(self, "file"):
            self.file.close()
