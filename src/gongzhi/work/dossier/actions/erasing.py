"""Erasing a case's file, or what it holds of one person: proposed by one, decided by another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.files.actions import destroy_key, erase_file
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import erase_told
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.actions import erase_person
from gongzhi.base.people.purposes import Erasure
from gongzhi.base.people.sealing import seal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.events import (
    CASE_ERASED,
    ERASURE_PROPOSED,
    ERASURE_REJECTED,
    FILE_GONE,
)
from gongzhi.work.dossier.models import (
    CaseArchive,
    CaseDocument,
    Custody,
    ErasureItem,
    ErasureProposal,
    EvidenceFile,
    Exhibit,
    ExhibitOffer,
)
from gongzhi.work.dossier.naming import naming
from gongzhi.work.dossier.obstacles import erase_above, require_no_obstacle
from gongzhi.work.dossier.permissions import require_eraser

Basis = ErasureProposal.Basis
REASONS = {
    Basis.EXPIRED: Erasure.EXPIRED, Basis.ORDERED: Erasure.NOT_NEEDED, Basis.ASKED: Erasure.ASKED,
}  # fmt: skip
ERASER = Actor.system("erasure")
"""Who empties, once two people have said so; that they did is on the log with their names."""


@action
def propose_erasure(
    by: Actor, matter: Matter, *, basis: str, article: str, keep_until: date | None,
    party: Party | None = None,
) -> ErasureProposal:  # fmt: skip
    """Propose that the case's file be erased; with `party`, what it holds of that person, with
    every paper and file that names them, for the one who decides. Refuses what is held back."""
    proposer = require_eraser(by, matter)
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    last_day = _grounds(basis, article, keep_until, party)
    require_no_obstacle(held, last_day if basis == Basis.EXPIRED else None)
    if held.erasures.filter(decided_at=None).exists():
        raise Refused(_("已经有人提出，等另一个人决定。"), code="proposed", status=409)
    made = ErasureProposal.objects.create(
        matter=held, person=party.person if party else None, basis=basis, article=article.strip(),
        keep_until=last_day, proposed_by=proposer, proposed_at=now(),
    )  # fmt: skip
    for one in naming(held, party.person) if party else ():
        which = {"document": one} if isinstance(one, CaseDocument) else {"evidence": one}
        ErasureItem.objects.create(proposal=made, **which)
    person = party.person_id if party else None
    record(ERASURE_PROPOSED, held, proposal=made.pk, basis=basis, person=person)
    return made


def _grounds(basis: str, article: str, keep_until: date | None, party: Party | None) -> date:
    if basis not in Basis.values:
        _refuse(_("请选择依据。"), "basis")
    if not article.strip():
        _refuse(_("请写明依据的条文或者决定。"), "article")
    if keep_until is None:
        _refuse(_("请填写按规定保管到哪一天。"), "keep_until")
    if basis == Basis.ASKED and party is None:
        _refuse(_("案卷要完整保管，本人要求只能清除他自己的信息。"), "basis")
    assert keep_until is not None  # noqa: S101  (refused above)
    return keep_until


def _refuse(words: str, field: str) -> None:
    raise Refused(words, code=field, status=422, fields={field: words})


@action
def reject_erasure(by: Actor, proposal: ErasureProposal) -> None:
    """Let nothing come of it; whoever proposed it may take it back so, too."""
    held, decider = _open(proposal), require_eraser(by, proposal.matter)
    held.decided_at, held.approved = now(), False
    held.decided_by = None if decider.pk == held.proposed_by_id else decider
    held.save(update_fields=["decided_at", "approved", "decided_by"])
    record(ERASURE_REJECTED, held.matter, proposal=held.pk)


@action
def approve_erasure(
    by: Actor, proposal: ErasureProposal, *, chosen: Collection[int] = ()
) -> ErasureProposal:
    """Erase what was proposed; of one person, their details and the `chosen` items. Looked at
    anew: what has come in the way since holds it back, and never the one who proposed it."""
    held, decider = _open(proposal), require_eraser(by, proposal.matter)
    if decider.pk == held.proposed_by_id:
        raise Refused(_("自己提出的要由另一个人决定。"), code="own_proposal", status=403)
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=held.matter_id)
    require_no_obstacle(matter, held.keep_until if held.basis == Basis.EXPIRED else None)
    files = _erase_person(held, chosen) if held.person_id else _erase_case(held, matter)
    held.decided_by, held.decided_at, held.approved = decider, now(), True
    held.save(update_fields=["decided_by", "decided_at", "approved"])
    record(
        CASE_ERASED, matter, proposal=held.pk, basis=held.basis, files=files,
        proposed_by=held.proposed_by_id, person=held.person_id,
    )  # fmt: skip
    return held


def _open(proposal: ErasureProposal) -> ErasureProposal:
    held = ErasureProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if held.decided_at is not None:
        raise Refused(_("已经决定过了。"), code="decided", status=409)
    return held


def _erase_person(held: ErasureProposal, chosen: Collection[int]) -> int:
    reason, files = REASONS[Basis(held.basis)], 0
    assert held.person is not None  # noqa: S101  (the caller)
    if held.person.erased_at is None:
        erase_person(ERASER, held.person, reason=reason)
    for item in held.items.filter(pk__in=chosen).select_related("document", "evidence"):
        if item.document is not None:
            files += _erase_document(item.document, reason)
        if item.evidence is not None:
            files += _erase_evidence(item.evidence, reason)
        item.erased = True
        item.save(update_fields=["erased"])
    # What was archived still holds what was chosen: whoever calls this archives what is left.
    return files + (_erase_archives(held.matter, reason) if files else 0)


def _erase_case(held: ErasureProposal, matter: Matter) -> int:
    """Every word, paper, file and archive; the key last, so that no copy opens either."""
    reason, files = REASONS[Basis(held.basis)], 0
    for document in CaseDocument.objects.filter(matter=matter, erased_at=None):
        files += _erase_document(document, reason)
    for evidence in EvidenceFile.objects.filter(matter=matter, erased_at=None):
        files += _erase_evidence(evidence, reason)
    files += _erase_archives(matter, reason)
    _erase_exhibits(matter)
    erase_above(matter)
    erase_told(ERASER, matter, reason=reason)
    destroy_key(ERASER, matter, reason=reason)
    return files


def _erase_archives(matter: Matter, reason: str) -> int:
    files = 0
    for archive in CaseArchive.objects.filter(matter=matter).select_related("file"):
        file = archive.file
        archive.delete()
        files += _gone(matter, file, "archive", reason)
    return files


def _erase_document(one: CaseDocument, reason: str) -> int:
    files = [file for file in (one.pdf, one.docx) if file is not None]
    one.pdf = one.docx = None
    one.sealed, one.erased_at = b"", now()
    one.save(update_fields=["pdf", "docx", "sealed", "erased_at"])
    return sum(_gone(one.matter, file, "document", reason) for file in files)


def _erase_evidence(one: EvidenceFile, reason: str) -> int:
    files = [file for file in (one.file, one.shown) if file is not None]
    one.file = one.shown = None
    one.told, one.erased_at = b"", now()
    one.save(update_fields=["file", "shown", "told", "erased_at"])
    return sum(_gone(one.matter, file, "evidence", reason) for file in files)


def _gone(matter: Matter, file: StoredFile, what: str, reason: str) -> int:
    record(FILE_GONE, matter, what=what, sha256=file.sha256)
    erase_file(ERASER, file, reason=reason)
    return 1


def _erase_exhibits(matter: Matter) -> None:
    """What they were; whose hands they went through stays."""
    things = Exhibit.objects.filter(matter=matter)
    things.update(name="—", quantity="—", features="", found_at="—", seal_number="")
    things.exclude(witnessed=b"").update(witnessed=seal({}))
    Custody.objects.filter(exhibit__matter=matter).update(where="—")
    Custody.objects.filter(exhibit__matter=matter).exclude(outside="").update(outside="—")
    offers = ExhibitOffer.objects.filter(exhibit__matter=matter)
    offers.update(where="—", basis="", seal_number="")
    offers.exclude(outside="").update(outside="—")
