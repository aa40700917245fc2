"""Sealing what was kept in the clear before the files of cases were sealed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from gongzhi.base.files.actions import seal_kept
from gongzhi.base.files.contents import FAULTS_SAID, Unreadable
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import seal_words
from gongzhi.base.people.sealed_text import columns, in_the_clear
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.archive.exporting import keep_folder
from gongzhi.work.dossier.archive.verifying import first_fault
from gongzhi.work.dossier.models import CaseDocument, EvidenceFile
from gongzhi.work.dossier.selectors import matter_numbered

_FOLDER = re.compile(r"([A-Z]+\d{6}-\d+)(?:\.\d+)?")


def seal_earlier(by: Actor) -> Iterator[tuple[int, int, str, str]]:
    """Seal each in a transaction of its own; yields its number, of how many, what it is and what
    was wrong with it, "" when it is sealed. What is done already isn't asked for again."""
    files, folders = list(_in_the_clear()), list(_folders())
    of = len(files) + len(folders)
    for number, (file, matter) in enumerate(files, 1):
        yield number, of, f"file {file.pk}", _sealed(by, file, matter)
    for number, folder in enumerate(folders, len(files) + 1):
        yield number, of, f"archive {folder.name}", _packed(by, folder)


def seal_earlier_words(by: Actor) -> Iterator[tuple[str, int]]:
    """Seal words that were written before words were sealed, some rows a transaction; yields which
    table, and how many rows of it are done."""
    for model, names in columns():
        done = 0
        while in_the_clear(model, names, 1):
            done += seal_words(by, model)
            yield str(model._meta.verbose_name), done  # noqa: SLF001  (Django's documented API)


def _in_the_clear() -> Iterator[tuple[StoredFile, Matter]]:
    for document in CaseDocument.objects.filter(
        Q(pdf__key__isnull=True, pdf__isnull=False) | Q(docx__key__isnull=True, docx__isnull=False)
    ).select_related("matter", "pdf", "docx"):
        for file in (document.pdf, document.docx):
            if file is not None and file.key_id is None:
                yield file, document.matter
    kept = EvidenceFile.objects.filter(file__isnull=False, file__key__isnull=True)
    for evidence in kept.select_related("matter", "file"):
        assert evidence.file is not None  # noqa: S101  (the filter)
        yield evidence.file, evidence.matter


def _sealed(by: Actor, file: StoredFile, matter: Matter) -> str:
    try:
        seal_kept(by, file, matter)
    except Unreadable as wrong:
        return FAULTS_SAID[wrong.fault]
    except Refused as refused:
        return str(refused)
    return ""


def _folders() -> Iterator[Path]:
    """Archives as they were written once: a folder each, named after the matter."""
    root: Path = settings.HOME.archives
    if root.is_dir():
        yield from sorted(
            one for one in root.iterdir() if one.is_dir() and _FOLDER.fullmatch(one.name)
        )


def _packed(by: Actor, folder: Path) -> str:
    """Keep it sealed, and only then remove it; one that isn't what it was stays as it is."""
    if fault := first_fault(folder):
        return fault
    named = _FOLDER.fullmatch(folder.name)
    try:
        matter = matter_numbered(named[1] if named else "")
    except Refused as refused:
        return str(refused)
    keep_folder(by, matter, folder)
    shutil.rmtree(folder)
    return ""
