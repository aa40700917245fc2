"""Who may work on a matter's documents and exhibits."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import part_in, require_not_kept
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.models import CaseDocument, Exhibit

VIEW, WRITE = "dossier.view_dossier", "dossier.write_document"
APPROVE, KEEP = "dossier.approve_document", "dossier.keep_exhibit"
ERASE = "dossier.erase_case"


def require_writer(by: Actor, matter: Matter) -> Account:
    """Refuse whoever isn't staff of the unit that owns the matter, and who is recused."""
    require(by, WRITE)
    require_owner(by, matter)
    require_within(by, matter)
    return part_taker(by, matter)


def require_within(by: Actor, matter: Matter) -> None:
    """Refuse whoever isn't in on it, where a circle is drawn around the matter, as around a case.

    The unit's own keeper of exhibits is asked apart: who keeps is never who investigates.
    """
    if isinstance(by.source, Account) and part_in(by.source, matter.pk) == "out":
        raise Refused(_("只有办这个案件的人才能看。"), code="not_your_case", status=403)


def require_reader(by: Actor, matter: Matter) -> None:
    """Refuse whoever neither belongs to the unit that owns the matter nor approves documents: an
    approver reads what there is to approve, whichever unit wrote it."""
    require(by, VIEW)
    require_within(by, matter)
    if not may(by.source, APPROVE) and not _is_in_on(by, matter):
        require_owner(by, matter)


def _is_in_on(by: Actor, matter: Matter) -> bool:
    return isinstance(by.source, Account) and part_in(by.source, matter.pk) in {"reads", "works"}


def require_page(by: Actor, matter: Matter) -> None:
    """Refuse whoever may neither read the dossier nor has, had or is offered an exhibit of it: a
    keeper confirms what he takes over, and reads no document."""
    require(by, VIEW)
    own, things = officer(by), Exhibit.objects.filter(matter=matter)
    kept = things.filter(custodies__holder=own) | things.filter(offers__taker=own)
    if not kept.exists():
        require_reader(by, matter)


def require_approver(by: Actor, document: CaseDocument) -> Account:
    """Refuse whoever holds none of the roles that must approve it, its own author, and whoever
    works on the case or isn't in on it."""
    require(by, APPROVE)
    account = part_taker(by, document.matter)
    if not set(account.roles) & set(document.item.approved_by):
        raise Refused(_("这份文书不由您的岗位批准。"), code="not_your_approval", status=403)
    if account.pk == document.drafted_by_id:
        raise Refused(_("自己起草的文书要由别人批准。"), code="own_draft", status=403)
    require_within(by, document.matter)
    if part_in(account, document.matter_id) == "works":
        raise Refused(_("办这个案件的人不能批准它的文书。"), code="on_the_case", status=403)
    return account


def officer(by: Actor) -> Account:
    """The member of staff that acts; hands and signatures are somebody's, never the platform's."""
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    return by.source


def part_taker(by: Actor, matter: Matter) -> Account:
    """The member of staff that acts in the matter. Refuses who is kept from it by decision."""
    account = officer(by)
    require_not_kept(account, matter.pk)
    return account


def investigates(account: Account, exhibit: Exhibit) -> bool:
    """Whether this account conducts the case: owns it, or took any of its exhibits."""
    if exhibit.matter.owner_id == account.pk or part_in(account, exhibit.matter_id) == "works":
        return True
    took = Exhibit.objects.filter(matter=exhibit.matter_id).values_list("taken_by_id", "second_id")
    return any(account.pk in pair for pair in took)


def require_not_investigating(account: Account, exhibit: Exhibit) -> None:
    """Refuse an investigator as keeper: 严禁由侦查人员自行保管涉案财物."""
    if investigates(account, exhibit):
        raise Refused(
            _("办案人员不能自己保管涉案财物，请交给不办这个案件的保管人员。"
              "依据：《公安机关办理刑事案件程序规定》第二百三十五条。"),
            code="investigator_as_keeper", status=409,
        )  # fmt: skip


def require_eraser(by: Actor, matter: Matter) -> Account:
    """Refuse whoever may not decide on erasing, and whoever works on the case or is recused."""
    require(by, ERASE)
    account = part_taker(by, matter)
    if part_in(account, matter.pk) == "works":
        raise Refused(_("办这个案件的人不能决定清除它。"), code="on_the_case", status=403)
    return account
