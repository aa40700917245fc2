"""A case as a folder, for whoever is to have it; and sealed, as it stays in the county's home."""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base.files.contents import pieces, require_whole
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.actions import keep_archive, note_export
from gongzhi.work.dossier.archive.verifying import MANIFEST, hash_of
from gongzhi.work.dossier.archive.writing import require_empty, write_archive
from gongzhi.work.dossier.events import FILE_GONE
from gongzhi.work.dossier.models import CaseArchive, Export
from gongzhi.work.dossier.selectors import matter_numbered, require_purpose


def export_case(
    by: Actor, number: str, folder: Path, purpose: str = Export.ARCHIVE, *, archived: bool = False
) -> str:
    """Write the matter with this number into the folder, in the clear; the hash of its manifest.

    `archived`: as it was archived last, not as it is now. The copying holds no transaction open;
    only the note of it does. From then on the folder is in the care of whoever exported it.
    """
    matter = matter_numbered(number.strip())
    require_purpose(purpose)  # before anything is written
    manifest = unpack_last(matter, folder) if archived else write_archive(matter, folder)
    note_export(by, matter, manifest=manifest, purpose=purpose)
    return manifest


def archive_in_home(by: Actor, matter: Matter) -> str:
    """Keep the matter's file in the county's own home, sealed, beside earlier ones of the same
    matter; the hash of its manifest."""
    settings.HOME.archives.mkdir(parents=True, exist_ok=True, mode=0o700)
    room = Path(tempfile.mkdtemp(prefix=".archive-", dir=settings.HOME.archives))
    try:
        manifest = write_archive(matter, room / "case")
        keep_folder(by, matter, room / "case")
    finally:
        shutil.rmtree(room, ignore_errors=True)
    note_export(by, matter, manifest=manifest, purpose=Export.ARCHIVE)
    return manifest


def archive_what_is_left(by: Actor, matter: Matter) -> str:
    """Archive a case anew from whose file something was erased, and its archives with it; "" when
    there is one, or none went."""
    gone = Entry.objects.filter(
        subject=subject_of(matter), kind=FILE_GONE.kind, text__contains='"what":"archive"'
    )
    if matter.archives.exists() or not gone.exists():
        return ""
    return archive_in_home(by, matter)


def keep_folder(by: Actor, matter: Matter, folder: Path) -> CaseArchive:
    """Keep an archive's folder as one sealed file."""
    packed = Sealed()
    try:
        with tarfile.open(fileobj=cast("io.BytesIO", packed), mode="w|") as tar:
            for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                tar.add(path, path.relative_to(folder).as_posix(), filter=_nobodys)
        packed.finish()
        return keep_archive(by, matter, packed, manifest=hash_of(folder / MANIFEST))
    finally:
        packed.close()


def _nobodys(one: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without whose file it was on this machine."""
    one.uid = one.gid = 0
    one.uname = one.gname = ""
    return one


def unpack_last(matter: Matter, folder: Path) -> str:
    """The case's file as it was archived last, in the clear; the hash of its manifest."""
    found = matter.archives.select_related("file__key").order_by("-pk").first()
    if found is None:
        raise Refused(_("这个案件还没有归档。"), code="not_archived", status=404)
    require_empty(folder)
    require_whole(found.file)
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=cast("io.BytesIO", _Reading(found)), mode="r|") as tar:
        tar.extractall(folder, filter="data")
    return hash_of(folder / MANIFEST)


class _Reading:
    """The sealed archive as something that can be read from its begin to its end."""

    def __init__(self, archive: CaseArchive) -> None:
        self._pieces, self._left = pieces(archive.file), b""

    def read(self, size: int) -> bytes:
        """The next so many bytes; fewer at the end."""
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        out, self._left = self._left[:size], self._left[size:]
        return out
