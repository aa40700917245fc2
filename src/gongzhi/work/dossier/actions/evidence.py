"""Evidence files: hashed when they come, and read again for as long as they are kept."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from gongzhi.base.files import store
from gongzhi.base.files.actions import keep_made
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.events import EVIDENCE_BROKEN, EVIDENCE_KEPT, EVIDENCE_WHOLE
from gongzhi.work.dossier.models import EvidenceFile, Exhibit
from gongzhi.work.dossier.permissions import require_writer

MEDIA_TYPE = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,59}", re.ASCII)
LARGEST = 200 * 1024 * 1024


@action
def keep_evidence(
    by: Actor, matter: Matter, content: bytes, *, media_type: str, exhibit: Exhibit | None = None
) -> EvidenceFile:
    """Keep a file exactly as it came; nothing in it is made anew."""
    keeper = require_writer(by, matter)
    if not 0 < len(content) <= LARGEST:
        raise Refused(_("证据文件是空的或者太大，每个最多 200 MB。"), code="evidence_size")
    if not MEDIA_TYPE.fullmatch(media_type):
        media_type = "application/octet-stream"  # what it is called matters less than its bytes
    if exhibit is not None and exhibit.matter_id != matter.pk:
        raise Refused(_("这件物证不属于这个案件。"), code="not_of_the_case")
    file = keep_made(by, content, media_type)
    kept = EvidenceFile.objects.create(
        matter=matter, exhibit=exhibit, file=file, sha256=file.sha256, kept_by=keeper, kept_at=now()
    )
    record(EVIDENCE_KEPT, matter, evidence=kept.pk, sha256=kept.sha256)
    return kept


@action
def check_evidence(by: Actor, evidence: EvidenceFile) -> None:
    """Put on the log that a file no longer is what it was, or is again."""
    held = EvidenceFile.objects.select_for_update().get(pk=evidence.pk)
    whole = store.holds(held.sha256)
    kind = EVIDENCE_WHOLE if whole else EVIDENCE_BROKEN
    held.broken_at = None if whole else now()
    held.save(update_fields=["broken_at"])
    record(kind, held.matter, evidence=held.pk, sha256=held.sha256)
