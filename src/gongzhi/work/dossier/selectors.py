"""What a document tells, what a matter fills in by itself, and the chain of an exhibit's hands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongzhi.base.catalogue.kinds.document import DocumentVersion
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.base.ui.parts import Happening
from gongzhi.base.ui.spans import moment
from gongzhi.work.dossier.models import CaseDocument, EvidenceFile, Exhibit, Export
from gongzhi.work.dossier.paper.filled import Paper, chinese_date, fill

TO_KEEPER_WITHIN = timedelta(hours=24)
"""公安机关办理行政案件程序规定第一百九十条."""


def facts_of(matter: Matter, version: DocumentVersion) -> dict[str, str]:
    """What the fields say that the matter fills in by itself, in the language of the papers."""
    with override("zh-hans"):
        own = {
            # A case has a number of its own, which is the one on its papers.
            "matter.number": str(getattr(matter, "case", matter)),
            "matter.category": matter.title,
            "matter.opened_on": chinese_date(timezone.localdate(matter.opened_at)),
            "matter.unit": matter.owner_unit.name_zh,
        }
    own |= {f"element.{one.code}": one.text for one in matter.elements.all()}
    return {one.code: own[one.source] for one in version.fields if one.source in own}


def told_by(document: CaseDocument) -> dict[str, str]:
    """The values of its fields."""
    return unseal(bytes(document.sealed)) if document.sealed else {}


def paper_of(document: CaseDocument, day: date | None = None) -> Paper:
    """The paper as it stands: a draft without a day."""
    return fill(
        document.item, document.version_item, told_by(document),
        authority=document.matter.owner_unit.name_zh, number=document.number, day=day,
    )  # fmt: skip


def gaps(exhibit: Exhibit) -> list[str]:
    """What is wrong with the chain of hands; none is good. The archive and the tests ask."""
    chain = list(exhibit.custodies.order_by("turn"))
    wrong = [] if chain and chain[0].since == exhibit.taken_at else ["the chain has no start"]
    wrong += [
        f"a gap before turn {after.turn}"
        for before, after in pairwise(chain)
        if before.until != after.since or after.turn != before.turn + 1
    ]
    if chain and chain[-1].until != exhibit.ended_at:
        wrong.append("the chain has no end" if exhibit.ended_at else "nobody holds it")
    return wrong


def hands_of(exhibit: Exhibit) -> list[Happening]:
    """Whose hands it was in, the newest first, as a timeline draws them."""
    return [
        Happening(
            one.since,
            str(one.outside or one.holder),
            by=one.where,
            words=_("到 %(time)s") % {"time": moment(one.until)} if one.until else _("由此保管"),
            icon="lock" if one.until is None else "dot",
            tone="good" if one.until is None else "plain",
        )
        for one in exhibit.custodies.select_related("holder").order_by("-turn")
    ]


def late_to_keeper(exhibit: Exhibit) -> bool:
    """Whether whoever took it still has it after the day within which it goes to a keeper."""
    custody = exhibit.custodies.filter(until__isnull=True).first()
    first = custody is not None and custody.turn == 1
    return first and now() - exhibit.taken_at > TO_KEEPER_WITHIN


def told_of(evidence: EvidenceFile) -> dict[str, str]:
    """What is said of a file: ``what``, ``who``, ``where``, ``name``, ``reason``."""
    return unseal(bytes(evidence.told)) if evidence.told else {}


def evidence_to_check() -> Iterator[EvidenceFile]:
    """Every file that is still kept, with what reads it."""
    kept = EvidenceFile.objects.filter(erased_at=None).select_related("file__key")
    return kept.order_by("pk").iterator(200)


def matter_numbered(number: str) -> Matter:
    """The matter that people call so. Refuses (404) a number that no matter has."""
    matter = Matter.objects.filter(pk=id_in(number)).first()
    if matter is None or matter.procedure_item.sealed or matter.number != number:
        raise no_such_number(number)
    return matter


def no_such_number(number: str) -> Refused:
    """That no matter is called so."""
    words = _("没有编号为 %(number)s 的案件。") % {"number": number}
    return Refused(words, code="no_such_case", status=404)


def require_purpose(purpose: str) -> None:
    """Refuse an export for nothing that a case may leave the platform for."""
    if purpose not in Export.values:
        raise Refused(_("请说明导出的用途。"), code="no_purpose", status=422)
