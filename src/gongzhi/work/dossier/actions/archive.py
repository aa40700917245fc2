"""What the log says of archives, and the sealed one that stays in the county's home."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.files.actions import keep_sealed
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.events import CASE_EXPORTED
from gongzhi.work.dossier.models import CaseArchive

TAR = "application/x-tar"


class Export(models.TextChoices):
    """What a case leaves the platform for."""

    ARCHIVE = "archive", _("归档")
    FORWARD = "forward", _("随案移送")
    REVIEW = "review", _("复议、诉讼、检察监督")
    COPY = "copy", _("依法查阅、复制")


@action
def note_export(by: Actor, matter: Matter, *, manifest: str, purpose: str) -> None:
    """Put on the log that a case left the platform as a folder, what for, and what its manifest's
    hash is. Refuses a purpose that is none."""
    if purpose not in Export.values:
        raise Refused(_("请说明导出的用途。"), code="no_purpose", status=422)
    record(CASE_EXPORTED, matter, manifest=manifest, purpose=purpose)


@action
def keep_archive(by: Actor, matter: Matter, folder: Sealed, *, manifest: str) -> CaseArchive:
    """Keep the case's file, sealed, as it is archived; earlier ones of the same case stay."""
    file = keep_sealed(by, folder, matter, media_type=TAR)
    return CaseArchive.objects.create(matter=matter, file=file, manifest=manifest, made_at=now())
