"""Which papers and files of a case name a person, as far as what was written of them says."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Person
from gongzhi.base.people.sealing import unseal
from gongzhi.work.dossier.models import CaseDocument, EvidenceFile
from gongzhi.work.dossier.selectors import told_by, told_of

_TELLING = ("name", "phone", "id_number")
_SHORTEST = 2


def naming(matter: Matter, person: Person) -> Iterator[CaseDocument | EvidenceFile]:
    """Documents with the person's name, phone or id number in a field, and evidence files with
    them in what is said of it. What a recording says or a picture shows, nobody looks through."""
    opened = unseal(bytes(person.sealed)) if person.sealed else {}
    marks = [opened[key] for key in _TELLING if len(opened.get(key, "")) >= _SHORTEST]
    for document in CaseDocument.objects.filter(matter=matter, erased_at=None).order_by("pk"):
        if _has(marks, told_by(document).values()):
            yield document
    for evidence in EvidenceFile.objects.filter(matter=matter, erased_at=None).order_by("pk"):
        if _has(marks, told_of(evidence).values()):
            yield evidence


def _has(marks: list[str], texts: object) -> bool:
    return any(mark in text for text in texts for mark in marks)  # type: ignore[attr-defined]
