"""Keeping files, and letting them go."""

from __future__ import annotations

from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction

from gongzhi.base.files import store
from gongzhi.base.files.events import FILE_ERASED, FILE_KEPT
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.photos import JPEG, Photo, make_anew
from gongzhi.base.files.selectors import named_by_no_row
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor


@action
def keep_photo(by: Actor, photo: Photo | File[bytes] | BinaryIO) -> StoredFile:
    """Keep a photo: decoded, upright, without what the camera wrote into it.

    Give it what `make_anew` made of an upload, so that no transaction waits for the decoding; an
    upload itself will do where nobody else is writing. Refuses what is no photo.
    """
    made = photo if isinstance(photo, Photo) else make_anew(photo)
    kept = StoredFile.objects.create(
        sha256=store.keep(made.content),
        thumbnail=store.keep(made.small),
        media_type=JPEG,
        bytes=len(made.content),
        width=made.width,
        height=made.height,
        stored_at=now(),
    )
    record(FILE_KEPT, kept, kind="photo", bytes=kept.bytes)
    return kept


@action
def keep_made(by: Actor, content: bytes, media_type: str) -> StoredFile:
    """Keep these bytes as they are: what the platform made itself, and evidence.

    Nothing of it is ever shown in a page, only downloaded.
    """
    kept = StoredFile.objects.create(
        sha256=store.keep(content), media_type=media_type, bytes=len(content), stored_at=now()
    )
    record(FILE_KEPT, kept, kind="bytes", bytes=kept.bytes)
    return kept


@action
def erase_file(by: Actor, file: StoredFile, *, reason: str) -> None:
    """Let a file go, content and all; first take it from whatever it is attached to."""
    record(FILE_ERASED, file, reason=reason)
    digests = [file.sha256, file.thumbnail]
    file.delete()
    transaction.on_commit(lambda: _remove(digests))


def _remove(digests: list[str]) -> None:
    """The contents, unless the same was sent twice and the other is still wanted."""
    for digest in named_by_no_row(digests):
        store.discard(digest)
