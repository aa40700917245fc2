"""One case, one file (一案一卷): a folder that can be read in fifty years without this platform."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongzhi.base.files.contents import FAULTS, Unreadable, pieces
from gongzhi.base.files.kinds import ending_of
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.archive.verifying import MANIFEST, hash_of
from gongzhi.work.dossier.models import CaseDocument, Exhibit
from gongzhi.work.dossier.selectors import told_of

FORM = "gongzhi-case-1"
"""How an archive is laid out; another layout gets another name."""


def write_archive(matter: Matter, folder: Path) -> str:
    """Write the whole folder or nothing; the hash of its manifest.

    Refuses a folder that has something in it, and evidence that isn't what it was.
    """
    require_empty(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".archive-", dir=folder.parent))
    try:
        with override("zh-hans"):
            _write(matter, part)
        part.chmod(0o750)
        if folder.exists():
            folder.rmdir()
        os.replace(part, folder)  # noqa: PTH105  (a folder, whole, in one step)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return hash_of(folder / MANIFEST)


def require_empty(folder: Path) -> None:
    """Refuse to write over anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(_("这个文件夹里已经有东西，请换一个空的。"), code="folder_not_empty")


def _write(matter: Matter, folder: Path) -> None:
    index = _index(matter, folder)
    _text(folder / "index.json", json.dumps(index, ensure_ascii=False, indent=1))
    _text(folder / "index.html", render_to_string("dossier/archive.html", {"case": index}))
    entries = Entry.objects.filter(subject=subject_of(matter)).order_by("seq")
    lines = (json.dumps(_entry(one), ensure_ascii=False, sort_keys=True) for one in entries)
    _text(folder / "log.jsonl", "".join(f"{line}\n" for line in lines))
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    listed = (f"{hash_of(one)}  {one.relative_to(folder).as_posix()}\n" for one in files)
    _text(folder / MANIFEST, "".join(listed))


def _text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _index(matter: Matter, folder: Path) -> dict[str, Any]:
    return {
        "form": FORM,
        "number": matter.number,
        "kind": str(matter.procedure_item.name),
        "title": matter.title,
        "unit": matter.owner_unit.name_zh,
        "step": str(matter.step_item.name),
        "opened_at": _when(matter.opened_at),
        "closed_at": _when(matter.closed_at),
        "documents": [_document(one, n, folder) for n, one in _documents(matter)],
        "exhibits": [_exhibit(one) for one in _exhibits(matter)],
        "evidence": list(_evidence(matter, folder)),
        "photos": list(_photos(matter, folder)),
        "timeline": [
            {"at": _when(one.at), "title": str(one.title), "by": str(one.by)}
            for one in reversed(timeline(matter, words=False))
        ],
    }


def _documents(matter: Matter) -> Iterator[tuple[int, CaseDocument]]:
    """The issued ones: a draft is no part of the case's file."""
    issued = CaseDocument.objects.filter(matter=matter, issued_at__isnull=False)
    return enumerate(issued.select_related("pdf__key", "docx__key").order_by("issued_at", "pk"), 1)


def _document(one: CaseDocument, number: int, folder: Path) -> dict[str, Any]:
    files = [
        _copied(file, f"documents/{number:03}-{one.kind}.{ending}", folder)
        for file, ending in ((one.pdf, "pdf"), (one.docx, "docx"))
        if file is not None
    ]
    return {
        "kind": one.kind, "title": one.item.title, "number": one.number,
        "issued_at": _when(one.issued_at), "files": files,
    }  # fmt: skip


def _exhibits(matter: Matter) -> list[Exhibit]:
    found = Exhibit.objects.filter(matter=matter).order_by("count")
    return list(found.select_related("taken_by", "second"))


def _exhibit(one: Exhibit) -> dict[str, Any]:
    chain = one.custodies.select_related("holder").order_by("turn")
    return {
        "count": one.count, "name": one.name, "quantity": one.quantity, "features": one.features,
        "found_at": one.found_at, "taken_at": _when(one.taken_at), "taken_by": str(one.taken_by),
        "second": str(one.second or ""), "seal_number": one.seal_number,
        "ending": str(one.get_ending_display()), "ended_at": _when(one.ended_at),
        "chain": [
            {"holder": str(c.outside or c.holder), "where": c.where,
             "since": _when(c.since), "until": _when(c.until)}
            for c in chain
        ],
    }  # fmt: skip


def _evidence(matter: Matter, folder: Path) -> Iterator[Mapping[str, Any]]:
    """Every file, the corrected ones, too: what they were is part of the case."""
    kept = matter.evidence_files.filter(erased_at=None).order_by("pk")
    for number, one in enumerate(kept.select_related("file__key", "exhibit", "kept_by"), 1):
        assert one.file is not None  # noqa: S101  (a constraint of the table)
        name = f"evidence/{number:03}.{ending_of(one.file.media_type)}"
        yield {
            **told_of(one), "kind": str(one.get_kind_display()), "taken_at": _when(one.taken_at),
            "exhibit": one.exhibit.count if one.exhibit else None, "id": one.pk,
            "replaces": one.replaces_id,
            "media_type": one.file.media_type, "kept_at": _when(one.kept_at),
            "kept_by": str(one.kept_by), "file": _copied(one.file, name, folder),
        }  # fmt: skip


def _photos(matter: Matter, folder: Path) -> Iterator[Mapping[str, Any]]:
    for number, one in enumerate(matter.attachments.select_related("file__key").order_by("pk"), 1):
        yield _copied(one.file, f"photos/{number:03}.jpg", folder)


def _copied(file: StoredFile, name: str, folder: Path) -> dict[str, str]:
    """The file in the clear, in the folder; refused unless it is what it was when it was kept."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    try:
        with path.open("wb") as out:
            for piece in pieces(file):
                out.write(piece)
        if hash_of(path) != file.sha256:
            raise Unreadable("altered")
    except Unreadable as wrong:
        words = _("%(name)s：%(why)s案卷没有写出来。") % {"name": name, "why": FAULTS[wrong.fault]}
        raise Refused(words, code="file_broken", status=409) from None
    return {"path": name, "sha256": file.sha256}


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "seq": one.seq, "id": str(one.id), "at": _when(one.at), "by": one.by, "kind": one.kind,
        "subject": one.subject, "text": one.text, "hash": one.hash,
    }  # fmt: skip


def _when(at: Any) -> str | None:
    return timezone.localtime(at).isoformat() if at else None
