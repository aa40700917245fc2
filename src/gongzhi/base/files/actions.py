"""Keeping files, and letting them go."""

from __future__ import annotations

from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.db.models import Model

from gongzhi.base.files import store
from gongzhi.base.files.contents import Unreadable, pieces
from gongzhi.base.files.events import FILE_ERASED, FILE_KEPT, FILE_SEALED, KEY_DESTROYED
from gongzhi.base.files.keys import key_for, wrapped
from gongzhi.base.files.models import StoredFile, SubjectKey
from gongzhi.base.files.photos import JPEG, Photo, make_anew
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.files.selectors import named_by_no_row
from gongzhi.base.log.actions import action, now, record, subject_of
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
def keep_sealed(
    by: Actor, content: Sealed | bytes, subject: Model, *, media_type: str = ""
) -> StoredFile:
    """Keep these bytes as they are, sealed with the subject's key: what the platform made itself,
    and evidence. What it is, its bytes say, unless the caller made it.

    Nothing of it is ever shown in a page, only downloaded.
    """
    sealed = content if isinstance(content, Sealed) else Sealed.of(content)
    key = key_for(subject)
    kept = StoredFile.objects.create(
        sha256=sealed.sha256, media_type=media_type or sealed.media_type, bytes=sealed.length,
        stored_at=now(), key=key, wrapped=wrapped(sealed.key, key), sealed_as=sealed.keep(),
    )  # fmt: skip
    record(FILE_KEPT, kept, kind="bytes", bytes=kept.bytes)
    return kept


@action
def keep_photo_sealed(by: Actor, photo: Photo, subject: Model) -> StoredFile:
    """Keep what a photo shows, made anew and sealed with the subject's key; so it can be shown."""
    key, content = key_for(subject), Sealed.of(photo.content)
    small = Sealed.of(photo.small, content.key)
    kept = StoredFile.objects.create(
        sha256=content.sha256, thumbnail=small.sha256, media_type=JPEG, bytes=content.length,
        width=photo.width, height=photo.height, stored_at=now(), key=key,
        wrapped=wrapped(content.key, key), sealed_as=content.keep(), small_sealed_as=small.keep(),
    )  # fmt: skip
    record(FILE_KEPT, kept, kind="photo", bytes=kept.bytes)
    return kept


@action
def seal_kept(by: Actor, file: StoredFile, subject: Model) -> StoredFile:
    """Seal what was kept in the clear; its hash stays what it was. Raises Unreadable for a file
    that isn't what it was: what is broken is not sealed over."""
    held = StoredFile.objects.select_for_update().get(pk=file.pk)
    if held.key_id is not None:
        record(FILE_SEALED, held)
        return held
    content = Sealed.of(pieces(held))
    small = Sealed.of(pieces(held, small=True), content.key) if held.thumbnail else None
    _require_same(content, held.sha256)
    plain = held.names
    held.key = key_for(subject)
    held.wrapped, held.sealed_as = wrapped(content.key, held.key), content.keep()
    held.small_sealed_as = small.keep() if small else ""
    held.save()
    record(FILE_SEALED, held)
    transaction.on_commit(lambda: _remove(plain))
    return held


def _require_same(content: Sealed, digest: str) -> None:
    if content.sha256 != digest:
        content.close()
        raise Unreadable("altered")


@action
def destroy_key(by: Actor, subject: Model, *, reason: str) -> None:
    """Destroy the subject's key: what it sealed is unreadable from now on, in every copy."""
    record(KEY_DESTROYED, subject, reason=reason)
    SubjectKey.objects.filter(subject=subject_of(subject), destroyed_at=None).update(
        sealed=b"", destroyed_at=now()
    )


@action
def erase_file(by: Actor, file: StoredFile, *, reason: str) -> None:
    """Let a file go, content and all; first take it from whatever it is attached to."""
    record(FILE_ERASED, file, reason=reason)
    names = file.names
    file.delete()
    transaction.on_commit(lambda: _remove(names))


def _remove(digests: list[str]) -> None:
    """The contents, unless the same was sent twice and the other is still wanted."""
    for digest in named_by_no_row(digests):
        store.discard(digest)
