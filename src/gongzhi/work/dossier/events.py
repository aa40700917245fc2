"""What the log says of documents and exhibits: kinds, numbers, hands; never what they tell."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

DOCUMENT_DRAFTED = event("dossier.document_drafted", _("起草了文书"), document=Id, paper=Code)
DOCUMENT_APPROVED = event("dossier.document_approved", _("批准了文书"), document=Id, paper=Code)
DOCUMENT_ISSUED = event(
    "dossier.document_issued", _("制发了文书"),
    document=Id, paper=Code, year=Whole, count=Whole, pdf=Code, docx=Code,
)  # fmt: skip
DOCUMENT_READ = event(
    "dossier.document_read", _("调阅了文书"), document=Id, paper=Code, purpose=Code
)
EXHIBIT_TAKEN = event("dossier.exhibit_taken", _("提取了物证"), exhibit=Id, by=Id, second=Id)
EXHIBIT_OFFERED = event(
    "dossier.exhibit_offered", _("提出移交物证"), exhibit=Id, to=Id, purpose=Code
)
EXHIBIT_MOVED = event(
    "dossier.exhibit_moved", _("交接了物证"),
    exhibit=Id, giver=Id, taker=Id, purpose=Code, seal_intact=Flag,
)  # fmt: skip
EXHIBITS_STORED = event("dossier.exhibits_stored", _("提取的物证交出了提取人的手"), left=Whole)
OFFER_WITHDRAWN = event("dossier.offer_withdrawn", _("没有交接物证"), exhibit=Id)
EVIDENCE_KEPT = event("dossier.evidence_kept", _("固定了电子证据"), evidence=Id, sha256=Code)
EVIDENCE_SENT_AGAIN = event(
    "dossier.evidence_sent_again", _("重复上传了同一份电子证据，没有重复保存"), evidence=Id
)
EVIDENCE_BROKEN = event(
    "dossier.evidence_broken", _("证据文件缺失或者被改动"), evidence=Id, sha256=Code
)
EVIDENCE_WHOLE = event("dossier.evidence_whole", _("证据文件恢复完好"), evidence=Id, sha256=Code)
EVIDENCE_CORRECTED = event(
    "dossier.evidence_corrected", _("用新的文件更正了电子证据"), evidence=Id, replaces=Id
)
EVIDENCE_READ = event(
    "dossier.evidence_read", _("调阅了电子证据"), evidence=Id, purpose=Code, form=Code
)
EVIDENCE_CHECKED = event(
    "dossier.evidence_checked", _("重新核对了电子证据"), files=Whole, broken=Whole
)
HOLD_SET = event("dossier.hold_set", _("要求保全案卷，不得清除"), hold=Id)
HOLD_LIFTED = event("dossier.hold_lifted", _("解除案卷保全"), hold=Id)
ERASURE_PROPOSED = event(
    "dossier.erasure_proposed", _("提出清除案卷内容"), proposal=Id, basis=Code, person=Id
)
ERASURE_REJECTED = event("dossier.erasure_rejected", _("不同意清除案卷内容"), proposal=Id)
FILE_GONE = event("dossier.file_gone", _("清除了案卷里的文件"), what=Code, sha256=Code)
CASE_ERASED = event(
    "dossier.case_erased", _("清除了案卷内容"),
    proposal=Id, basis=Code, proposed_by=Id, files=Whole, person=Id,
)  # fmt: skip
CASE_EXPORTED = event("dossier.case_exported", _("导出了案卷"), manifest=Code, purpose=Code)
