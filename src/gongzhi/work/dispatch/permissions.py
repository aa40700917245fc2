"""Who may send units, and who may speak for one."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Attachment
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.states import Status

ASSIGN, PROGRESS, DUTY = "dispatch.assign_unit", "dispatch.report_progress", "dispatch.set_duty"
CONDITIONS = "dispatch.set_condition"
KEEP, SEE = "dispatch.keep_units", "dispatch.view_units"


@let_see
def those_of_an_incident(request: HttpRequest, file: StoredFile) -> bool:
    """Who sees an incident's details sees its photos: the console's people, the crews that were
    sent there, and the station whose unit went. A partner that was asked sees them where the desk
    shares them (`linked.permissions`)."""
    who = request.user
    if not isinstance(who, Account) or not may(who, "matters.view_matter"):
        return False
    found = Attachment.objects.filter(file=file, matter__procedure="incident")
    if may(who, "dispatch.view_console"):
        return found.exists()
    part = Q(matter__assignments__unit__members__account=who) | Q(
        matter__assignments__unit__station=who.unit_id
    )
    return found.filter(part).exists()


def is_desk(by: Actor) -> bool:
    """Whether this actor may act for any unit: the platform, and those who send units."""
    return by.kind == "system" or may(by.source, ASSIGN)


def require_crew(by: Actor, unit: ResponseUnit, permission: str = PROGRESS) -> None:
    """Refuse whoever is neither on duty with this unit nor at the desk that sends it."""
    require(by, permission)
    if is_desk(by) or not isinstance(by.source, Account):
        return
    if not unit.members.filter(account=by.source, ended_at__isnull=True).exists():
        raise Refused(
            _("您现在不在%(unit)s执勤，不能替它报告。") % {"unit": unit},
            code="not_your_unit",
            status=403,
        )


def require_own_station(by: Actor, unit: ResponseUnit) -> None:
    """Refuse an officer who takes a unit of another station on duty."""
    require(by, DUTY)
    if is_desk(by) or not isinstance(by.source, Account):
        return
    if by.source.unit_id != unit.station_id:
        raise Refused(
            _("%(unit)s属于%(station)s，您只能选本单位的出警单位。")
            % {"unit": unit, "station": unit.station},
            code="not_your_station",
            status=403,
        )


def keeps(who: Account, unit: ResponseUnit) -> bool:
    """Whether this person looks after the unit."""
    other = who.unit.kind == Unit.Kind.STATION and who.unit_id != unit.station_id
    return may(who, KEEP) and not other


def may_state(who: Account, unit: ResponseUnit) -> bool:
    """Whether this person may say what the unit does: the desk, its crew, and its own station
    while nobody is on duty with it."""
    if not may(who, DUTY) or may(who, ASSIGN):
        return may(who, DUTY)
    if unit.status == Status.OFF_DUTY:
        return who.unit_id == unit.station_id
    return unit.members.filter(account=who, ended_at__isnull=True).exists()


def require_keeper(by: Actor, station: Unit) -> None:
    """Refuse whoever doesn't look after units, and a station's leader for another station's."""
    require(by, KEEP)
    if by.kind == "system" or not isinstance(by.source, Account):
        return
    own = by.source.unit
    if own.kind == Unit.Kind.STATION and own.pk != station.pk:
        raise Refused(
            _("%(station)s的出警单位由它自己或者县局调整。") % {"station": station},
            code="not_your_station",
            status=403,
        )
