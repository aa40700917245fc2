"""What is looked at by itself: whether evidence still is what it was."""

from __future__ import annotations

from gongzhi.base.files.contents import fault_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.dossier.actions import check_evidence, note_checked
from gongzhi.work.dossier.selectors import evidence_to_check

FIXITY = Actor.system("fixity")


@every(24 * 3600, "dossier.fixity", lease=6 * 3600)
def check_all_evidence() -> int:
    """Read every evidence file again, outside any transaction; each that changed, or is whole
    again, is on the log. How many are not what they were."""
    whole, broken = list[int](), 0
    for one in evidence_to_check():
        fault = fault_of(one.file) if one.file else "erased"
        if bool(fault) != (one.broken_at is not None):
            check_evidence(FIXITY, one)
        elif not fault:
            whole.append(one.pk)
        broken += bool(fault)
    if whole or broken:
        note_checked(FIXITY, whole, broken=broken)
    return broken
