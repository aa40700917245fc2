"""Who sees a finding, who answers it, and who says whether the answer will do."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import part_in
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.models import Finding

VIEW = "supervision.view_findings"
ANSWER = "supervision.answer_finding"
OVERSEE = "supervision.oversee_findings"
RECORDINGS = "supervision.view_recordings"
REGISTER = "supervision.register_recording"


def readable_by(account: Account) -> Q:
    """Every finding for those who oversee; for others those of their unit, or that it answers."""
    if may(account, OVERSEE):
        return Q()
    return Q(unit=account.unit_id) | Q(answerer=account.unit_id)


def require_reader(account: Account, finding: Finding) -> None:
    """Refuse whoever neither oversees nor belongs to a unit that the finding concerns."""
    if may(account, OVERSEE) or account.unit_id in (finding.unit_id, finding.answerer_id):
        return
    raise Refused(
        _("这个问题由%(unit)s答复，其他单位看不到。") % {"unit": finding.answerer},
        code="not_your_finding", status=403,
    )  # fmt: skip


def require_answerer(by: Actor, finding: Finding) -> Account:
    """Refuse whoever isn't of the unit that must answer."""
    require(by, ANSWER)
    account = officer(by)
    if account.unit_id != finding.answerer_id:
        raise Refused(
            _("这个问题由%(unit)s答复。") % {"unit": finding.answerer},
            code="not_your_finding", status=403,
        )  # fmt: skip
    return account


def require_overseer(by: Actor, finding: Finding) -> Account:
    """Refuse whoever doesn't oversee, and nobody judges what his own unit has answered."""
    require(by, OVERSEE)
    account = officer(by)
    if account.unit_id in (finding.unit_id, finding.answerer_id):
        raise Refused(_("本单位的问题要由别的单位来认定。"), code="own_unit", status=403)
    return account


def officer(by: Actor) -> Account:
    """The member of staff that acts."""
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    return by.source


def require_within(by: Actor, matter: Matter) -> None:
    """Refuse whoever isn't of the unit that owns the matter, or is outside a circle around it."""
    if part_in(officer(by), matter.pk) == "out":
        raise Refused(_("只有办这个案件的人才能登记。"), code="not_your_case", status=403)
    require_owner(by, matter)
