"""Who decides on requests about people's own data. This file alone says it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.standing import Part
from gongzhi.base.ui.errors import Refused
from gongzhi.work.personal.models import PersonalRequest, StewardFile

DECIDE = "personal.decide_request"
KEEP = "personal.keep_files"
FILES = "personal.view_files"


def known_to(account: Account) -> QuerySet[PersonalRequest]:
    """The requests that this account may know of."""
    found = PersonalRequest.objects.select_related(
        "matter__owner_unit", "matter__owner", "about__matter__owner_unit"
    )
    return found if may(account, DECIDE) else found.none()


def circle(account: Account, matter: int) -> Part | None:
    """Where the account stands to a request, as other apps ask; None for what is none."""
    found: PersonalRequest | StewardFile | None
    found = PersonalRequest.objects.filter(pk=matter).select_related("matter").first()
    needed = DECIDE
    if found is None:
        found = StewardFile.objects.filter(pk=matter).select_related("matter").first()
        needed = FILES
    if found is None:
        return None
    if not may(account, needed):
        return "out"
    return "works" if found.matter.owner_unit_id == account.unit_id else "reads"


def found_by(account: Account, key: int) -> PersonalRequest:
    """The request; refused in the same words (404) where there is none and where it is hidden."""
    found = known_to(account).filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这件请求。"), code="no_such_request", status=404)
    return found


def files_for(account: Account) -> QuerySet[StewardFile]:
    """The breaches and assessments that this account may know of."""
    found = StewardFile.objects.select_related("matter__owner_unit", "matter__owner")
    return found if may(account, FILES) else found.none()


def file_found_by(account: Account, key: int) -> StewardFile:
    """One of them; refused in the same words (404) where there is none and where it is hidden."""
    found = files_for(account).filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这一件。"), code="no_such_file", status=404)
    return found


def require_decider(by: Actor, one: PersonalRequest) -> Account:
    """Refuse whoever doesn't decide on this request: only the unit that has it does."""
    require(by, DECIDE)
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    require_owner(by, found_by(by.source, one.pk).matter)
    return by.source


def unit_to_decide() -> Unit:
    """Where those work who decide, the first of them; the bureau where there is nobody yet."""
    for account in Account.objects.filter(is_active=True).select_related("unit").order_by("pk"):
        if may(account, DECIDE):
            return account.unit
    bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk").first()
    if bureau is None:
        words = _("本县还没有设立负责个人信息保护的单位，请拨打 12345。")
        raise Refused(words, code="no_unit", status=409)
    return bureau
