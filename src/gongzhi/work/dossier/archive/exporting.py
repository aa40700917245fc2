"""Exporting a case: the folder, and the log's note that there is one."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.work.dossier.actions import note_export
from gongzhi.work.dossier.archive.writing import write_archive
from gongzhi.work.dossier.selectors import matter_numbered


def export_case(by: Actor, number: str, folder: Path) -> str:
    """Write the matter with this number into the folder; the hash of its manifest.

    The copying holds no transaction open; only the note of it does.
    """
    matter = matter_numbered(number.strip())
    manifest = write_archive(matter, folder)
    note_export(by, matter, manifest=manifest)
    return manifest


def archive_in_home(by: Actor, matter: Matter) -> str:
    """Write the matter's file into the county's own home, beside the earlier ones of the same
    matter; the hash of its manifest."""
    folder: Path = settings.HOME.archives / matter.number
    later = (settings.HOME.archives / f"{matter.number}.{n}" for n in range(2, 1000))
    while folder.exists():
        folder = next(later)
    manifest = write_archive(matter, folder)
    note_export(by, matter, manifest=manifest)
    return manifest
