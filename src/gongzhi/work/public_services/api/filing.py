"""Filing what a program sent: once, however often the line breaks."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.actions import NewApplication
from gongzhi.work.public_services.api.reading import Sent
from gongzhi.work.public_services.models import Application


def filed(key: ApiKey, service: Service, sent: Sent, send: str) -> tuple[Receipt, bool]:
    """The receipt, and whether it was made now. Refuses (422) a send's name that was used for
    something else."""
    known = _made_before(service, sent, send)
    if known is not None:
        return known, False
    new = NewApplication(
        service=service, office=Unit.objects.get(code=sent.office), fields=sent.fields,
        answers=sent.answers, filled_by=sent.filled_by, channel="api",
    )  # fmt: skip
    try:
        return actions.file_application(Actor.key(key), new, key=send), True
    except IntegrityError:  # sent twice at the same moment: the first one stands
        known = _made_before(service, sent, send)
        if known is None:
            raise
        return known, False


def _made_before(service: Service, sent: Sent, send: str) -> Receipt | None:
    found = Receipt.objects.select_related("matter").filter(idempotency_key=send).first()
    if found is None:
        return None
    application = Application.objects.get(pk=found.matter_id)
    party = found.matter.parties.select_related("person").first()
    sealed = unseal(bytes(party.person.sealed)) if party and party.person.sealed else {}
    told = (application.service, application.answers, {**application.told, **sealed})
    if told != (service.code, dict(sent.answers), dict(sent.fields)):
        raise Refused(
            _("这个 Idempotency-Key 已经用在另一件申请上，请换一个。"),
            code="idempotency_key_reused", status=422,
        )  # fmt: skip
    return found
