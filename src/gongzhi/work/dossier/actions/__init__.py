"""What is done with documents, exhibits and evidence files."""

from gongzhi.work.dossier.actions.archive import keep_archive, note_export
from gongzhi.work.dossier.actions.documents import (
    approve_document,
    draft_document,
    issue_document,
    read_document,
)
from gongzhi.work.dossier.actions.erasing import (
    approve_erasure,
    propose_erasure,
    reject_erasure,
)
from gongzhi.work.dossier.actions.evidence import (
    Told,
    add_exhibit_photo,
    check_evidence,
    keep_evidence,
    note_checked,
    read_evidence,
)
from gongzhi.work.dossier.actions.exhibits import (
    confirm_offer,
    offer_exhibit,
    take_exhibit,
    withdraw_offer,
)
from gongzhi.work.dossier.actions.holding import lift_hold, set_hold

__all__ = [
    "Told", "add_exhibit_photo", "approve_document", "approve_erasure", "check_evidence",
    "confirm_offer", "draft_document", "issue_document", "keep_archive", "keep_evidence",
    "lift_hold", "note_checked", "note_export", "offer_exhibit", "propose_erasure",
    "read_document", "read_evidence", "reject_erasure", "set_hold", "take_exhibit",
    "withdraw_offer",
]  # fmt: skip
