"""Who may ask a partner, and who may answer for one."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import may, require
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked.models import LinkedRequest

ASK, ANSWER = "linked.ask_partner", "linked.answer_request"


def is_desk(by: Actor) -> bool:
    """Whether this actor asks partners, and so may note what one said on the phone."""
    return by.kind == "system" or (isinstance(by.source, Account) and may(by.source, ASK))


def speaks_for(by: Actor, request: LinkedRequest) -> bool:
    """Whether this actor is the partner: one of its unit's accounts or programs, or whoever holds
    the link of this very request."""
    if by.kind == "partner":
        return isinstance(by.source, LinkedRequest) and by.source.pk == request.pk
    known = isinstance(by.source, Account | ApiKey) and may(by.source, ANSWER)
    return known and request.unit_id is not None and by.source.unit_id == request.unit_id


def require_answerer(by: Actor, request: LinkedRequest) -> None:
    """Refuse whoever is neither this partner nor the desk that has it on the phone."""
    if is_desk(by) or speaks_for(by, request):
        return
    require(by, ANSWER)
    raise Refused(_("这条联动请求不是发给您的单位的。"), code="not_your_request", status=403)


@let_see
def photos_that_were_shared(request: HttpRequest, file: StoredFile) -> bool:
    """The partner's staff see an incident's photos where the desk ticked it, while it goes on."""
    who = request.user
    if not isinstance(who, Account) or not may(who, ANSWER):
        return False
    shared = LinkedRequest.objects.filter(
        unit=who.unit_id, photos_shared=True, ended_at__isnull=True
    )
    return shared.filter(matter__attachments__file=file).exists()
