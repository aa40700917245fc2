"""Exporting a case: the folder, and the log's note that there is one."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.actions import note_export
from gongzhi.work.dossier.archive.writing import write_archive


def export_case(by: Actor, number: str, folder: Path) -> str:
    """Write the matter with this number into the folder; the hash of its manifest.

    The copying holds no transaction open; only the note of it does.
    """
    matter = _numbered(number.strip())
    manifest = write_archive(matter, folder)
    note_export(by, matter, manifest=manifest)
    return manifest


def _numbered(number: str) -> Matter:
    key = number.rpartition("-")[2]
    usable = key.isascii() and key.isdigit() and len(key) < 16
    matter = Matter.objects.filter(pk=int(key)).first() if usable else None
    if matter is None or matter.number != number:
        words = _("没有编号为 %(number)s 的案件。") % {"number": number}
        raise Refused(words, code="no_such_case", status=404)
    return matter
