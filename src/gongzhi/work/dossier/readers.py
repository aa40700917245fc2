"""What is looked at by itself: whether evidence still is what it was."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.dossier.actions import check_evidence
from gongzhi.work.dossier.selectors import evidence_that_changed

FIXITY = Actor.system("fixity")


@every(24 * 3600, "dossier.fixity", lease=6 * 3600)
def check_all_evidence() -> None:
    """Read every evidence file again; each that changed is on the log."""
    for one in list(evidence_that_changed()):
        check_evidence(FIXITY, one)
