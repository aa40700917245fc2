"""What the log says of archives, and the sealed one that stays in the county's home."""

from __future__ import annotations

from gongzhi.base.files.actions import keep_sealed
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.work.dossier.events import CASE_EXPORTED
from gongzhi.work.dossier.models import CaseArchive
from gongzhi.work.dossier.selectors import require_purpose

TAR = "application/x-tar"


@action
def note_export(by: Actor, matter: Matter, *, manifest: str, purpose: str) -> None:
    """Put on the log that a case left the platform as a folder, what for, and what its manifest's
    hash is. Refuses a purpose that is none."""
    require_purpose(purpose)
    record(CASE_EXPORTED, matter, manifest=manifest, purpose=purpose)


@action
def keep_archive(by: Actor, matter: Matter, folder: Sealed, *, manifest: str) -> CaseArchive:
    """Keep the case's file, sealed, as it is archived; earlier ones of the same case stay."""
    file = keep_sealed(by, folder, matter, media_type=TAR)
    return CaseArchive.objects.create(matter=matter, file=file, manifest=manifest, made_at=now())
