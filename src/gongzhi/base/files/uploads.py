"""A limit while a file still arrives: what is too big is refused before it fills the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from gongzhi.base.files.photos import LARGEST, TOO_BIG
from gongzhi.base.ui.errors import Refused

MOST = 6 * LARGEST
"""Bytes of all files of one request."""


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
        self.one += len(raw_data)
        self.all += len(raw_data)
        if self.one > LARGEST or self.all > MOST:
            raise Refused(TOO_BIG, code="photo_too_big", status=413, fields={"photos": TOO_BIG})
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
