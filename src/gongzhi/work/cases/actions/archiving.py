"""One case, one file: when its folder was written, and what its manifest's hash is."""

from __future__ import annotations

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import show_element
from gongzhi.work.cases.events import CASE_ARCHIVED
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.permissions import require_worker
from gongzhi.work.cases.selectors.course import ONE_FILE, require_archivable


@action
def note_archived(by: Actor, case: Case, *, manifest: str) -> Case:
    """Note that the case's file was written, which the last step asks for."""
    require_worker(by, case)
    held = Case.objects.select_for_update(of=("self",)).select_related("matter").get(pk=case.pk)
    require_archivable(held)
    held.manifest, held.archived_at = manifest, now()
    held.save(update_fields=["manifest", "archived_at"])
    record(CASE_ARCHIVED, held.matter, manifest=manifest)
    asked = {e.code for step in held.matter.version_item.steps for e in step.elements}
    if ONE_FILE in asked and held.matter.closed_at is None:
        show_element(by, held.matter, ONE_FILE, f"manifest:{manifest}")
    return held
