"""What is done with documents, exhibits and evidence files."""

from gongzhi.work.dossier.actions.archive import note_export
from gongzhi.work.dossier.actions.documents import (
    approve_document,
    draft_document,
    issue_document,
    read_document,
)
from gongzhi.work.dossier.actions.evidence import check_evidence, keep_evidence
from gongzhi.work.dossier.actions.exhibits import (
    confirm_offer,
    offer_exhibit,
    take_exhibit,
    withdraw_offer,
)

__all__ = [
    "approve_document", "check_evidence", "confirm_offer", "draft_document", "issue_document",
    "keep_evidence", "note_export", "offer_exhibit", "read_document", "take_exhibit",
    "withdraw_offer",
]  # fmt: skip
