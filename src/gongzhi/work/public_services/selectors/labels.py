"""How the sealed fields of an applicant are called: as the service's form calls them."""

from __future__ import annotations

from gongzhi.base.people.models import Person
from gongzhi.work.public_services.models import Application


def labels_for(person: Person) -> dict[str, str]:
    """Field → its name, of the service that the person applied for; nothing for anybody else."""
    application = Application.objects.filter(matter__parties__person=person).first()
    service = application.service_item if application else None
    return {one.code: str(one.name) for one in service.fields} if service else {}
