"""Whose details somebody may look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, permissions_of, require
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Person
from gongzhi.base.people.standing import part_in
from gongzhi.base.ui.errors import Refused

MANAGE = "people.manage_accounts"
PROVISION = "people.provision_accounts"
ADMINISTRATIVE = {MANAGE, PROVISION, "access.manage_keys"}
"""With one of these somebody could give themselves everything else."""


def require_manage(by: Actor) -> None:
    """Refuse whoever may not open and change accounts: staff by their role, the county's directory
    by its key."""
    require(by, PROVISION if by.kind == "key" else MANAGE)


def is_administrative(roles: Iterable[str]) -> bool:
    """Whether these roles could give others: no directory gives them, or changes who has them."""
    return bool(ADMINISTRATIVE & permissions_of(roles))


def require_concern(by: Actor, person: Person) -> None:
    """Refuse whoever may not look at this person's details.

    Staff may for the matters that their unit has or had; for those of other units they need a
    permission of its own. Where a circle is drawn around a matter, as around a case, only those
    who work on it may, whatever else they are permitted.
    """
    require(by, "people.read_person")
    party = getattr(person, "party", None)
    if isinstance(by.source, Account) and party is not None:
        part = part_in(by.source, party.matter_id)
        if part not in (None, "works"):
            raise Refused(
                _("只有办这个案件的人才能查看当事人信息。"), code="not_your_case", status=403
            )
        if part is not None:
            return
    if not isinstance(by.source, Account) or may(by.source, "people.read_any_person"):
        return
    if not _had(by.source.unit_id, party):
        raise Refused(
            _("这件事不由您的单位承办，不能查看联系方式。"), code="not_your_matter", status=403
        )


def is_known_to(account: Account, person: Person) -> bool:
    """Whether the account may know that there is such a person: not of a sealed matter that is
    hidden from it."""
    party = getattr(person, "party", None)
    if party is None or party.matter.procedure not in sealed_procedures():
        return True
    return part_in(account, party.matter_id) in ("reads", "works")


def _had(unit: int, party: Any) -> bool:
    """Whether the unit owns the matter of this party, or did before it handed it over."""
    if party is None:
        return False
    matter = party.matter
    return bool(matter.owner_unit_id == unit or matter.handovers.filter(giver=unit).exists())
