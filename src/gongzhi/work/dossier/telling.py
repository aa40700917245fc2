"""How what was done with documents and exhibits reads on a matter's timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.base.people.purposes import Purpose as Reading
from gongzhi.work.dossier.models import ErasureProposal, Purpose

Basis = ErasureProposal.Basis


@tells("dossier.document_drafted")
def _drafted(matter: Matter, fields: Fields) -> Line:
    return Line(_("起草《%(paper)s》") % {"paper": _paper(fields)}, "edit")


@tells("dossier.document_approved")
def _approved(matter: Matter, fields: Fields) -> Line:
    return Line(_("批准《%(paper)s》") % {"paper": _paper(fields)}, "check", "good")


@tells("dossier.document_issued")
def _issued(matter: Matter, fields: Fields) -> Line:
    return Line(_("制发《%(paper)s》") % {"paper": _paper(fields)}, "file", "note")


@tells("dossier.document_read")
def _read(matter: Matter, fields: Fields) -> Line:
    return Line(_("调阅《%(paper)s》") % {"paper": _paper(fields)}, "eye")


@tells("dossier.exhibit_taken")
def _taken(matter: Matter, fields: Fields) -> Line:
    return Line(_("提取物证"), "bag", "note")


@tells("dossier.exhibit_offered")
def _offered(matter: Matter, fields: Fields) -> Line:
    return Line(_("提出移交物证"), "hand-over", "plain", str(Purpose(fields["purpose"]).label))


@tells("dossier.exhibit_moved")
def _moved(matter: Matter, fields: Fields) -> Line:
    words = str(Purpose(fields["purpose"]).label)
    if not fields["seal_intact"]:
        return Line(_("交接物证"), "hand-over", "bad", _("%(what)s，封条已破损") % {"what": words})
    return Line(_("交接物证"), "hand-over", "plain", words)


@tells("dossier.evidence_kept")
def _kept(matter: Matter, fields: Fields) -> Line:
    return Line(_("固定电子证据"), "lock", "note", fields["sha256"][:16])


@tells("dossier.evidence_corrected")
def _corrected(matter: Matter, fields: Fields) -> Line:
    return Line(_("用新的文件更正电子证据，原来的还在"), "edit", "plain")


@tells("dossier.evidence_read")
def _evidence_read(matter: Matter, fields: Fields) -> Line:
    return Line(_("调阅电子证据"), "eye", "plain", str(Reading(fields["purpose"]).label))


@tells("dossier.evidence_broken")
def _broken(matter: Matter, fields: Fields) -> Line:
    return Line(_("电子证据缺失或者被改动"), "alert", "bad", fields["sha256"][:16])


@tells("dossier.evidence_whole")
def _whole(matter: Matter, fields: Fields) -> Line:
    return Line(_("电子证据恢复完好"), "check", "good", fields["sha256"][:16])


@tells("dossier.case_erased")
def _erased(matter: Matter, fields: Fields) -> Line:
    return Line(_("依法清除案卷内容"), "trash", "note", str(Basis(fields["basis"]).label))


@tells("dossier.hold_set")
def _held(matter: Matter, fields: Fields) -> Line:
    return Line(_("保全案卷"), "lock", "note")


@tells("dossier.hold_lifted")
def _lifted(matter: Matter, fields: Fields) -> Line:
    return Line(_("解除案卷保全"), "lock")


def _paper(fields: Fields) -> str:
    item = catalogue().documents.get(fields["paper"])
    return str(item.name) if item else str(fields["paper"])
