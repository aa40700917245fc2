"""Units as those who look after them see them: what each is, who is on now, who comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.parts import Tone
from gongzhi.work.dispatch.abilities import ability_words
from gongzhi.work.dispatch.board import UnitSign
from gongzhi.work.dispatch.models import DutyMember, ResponseUnit, UnitShift
from gongzhi.work.dispatch.selectors.units import TONES, sign_of
from gongzhi.work.dispatch.states import AT_WORK, MAY_FOLLOW, Status, finer_statuses, status_words


@dataclass(frozen=True)
class ShiftRow:
    """A planned shift. ``on``: it is now."""

    id: int
    begins_at: datetime
    ends_at: datetime
    lead: str
    on: bool


@dataclass(frozen=True)
class FleetRow:
    """One unit. ``late``: by the plan it should be on duty, and is not."""

    id: int
    code: str
    name: str
    kind_words: str
    kind_icon: str
    crew: str
    sign: UnitSign
    status: str
    tone: Tone
    since: datetime
    members: Sequence[str]
    skills: Sequence[str]
    equipment: Sequence[str]
    beats: Sequence[str]
    vehicle: str
    shifts: Sequence[ShiftRow]
    retired_at: datetime | None = None

    @property
    def shift(self) -> ShiftRow | None:
        """The one that is now."""
        return next((one for one in self.shifts if one.on), None)

    @property
    def next(self) -> ShiftRow | None:
        """The one that comes next."""
        return next((one for one in self.shifts if not one.on), None)

    @property
    def late(self) -> bool:
        """Whether it should be on duty by the plan, and is not."""
        return self.shift is not None and self.sign == "off"


def fleet(
    station: Unit | None = None, *, retired: bool = False
) -> list[tuple[str, list[FleetRow]]]:
    """Units by station; the same number of queries however many there are."""
    units = ResponseUnit.every.filter(county__isnull=True, retired_at__isnull=not retired)
    if station is not None:
        units = units.filter(station=station)
    listed = list(_whole(units).order_by("station", "code"))
    beats = _beat_names(listed)
    groups: dict[str, list[FleetRow]] = {}
    for unit in listed:
        groups.setdefault(str(unit.station), []).append(_row(unit, beats))
    return list(groups.items())


def fleet_unit(key: int) -> ResponseUnit:
    """The county's unit of this id, retired ones included. Refuses (404) what is none."""
    found = ResponseUnit.every.filter(county__isnull=True, pk=key).select_related("station")
    unit = found.first()
    if unit is None:
        raise Refused(_("没有找到这个出警单位，请刷新页面。"), code="no_such_unit", status=404)
    return unit


def fleet_row(unit: ResponseUnit) -> FleetRow:
    """One unit as the list has it."""
    whole = _whole(ResponseUnit.every.filter(code=unit.code)).get()
    return _row(whole, _beat_names([whole]))


def shift_of(unit: ResponseUnit, key: int | None) -> UnitShift:
    """A shift of the unit. Refuses (404) what is none."""
    found = unit.shifts.filter(pk=key).first() if key else None
    if found is None:
        raise Refused(_("这个班次已经结束或者已经取消。"), code="no_such_shift", status=404)
    return found


def statuses_open_to(unit: ResponseUnit) -> list[tuple[str, str]]:
    """What somebody may say that the unit does from now on, beside its incident: code and words."""
    offered: list[tuple[str, str]] = []
    for meaning in (Status.FREE, Status.BUSY, Status.ON_SCENE, Status.OFF_DUTY):
        here = unit.status == meaning
        by_hand = meaning != Status.ON_SCENE and unit.status in MAY_FOLLOW[meaning]
        by_hand = by_hand and unit.status not in AT_WORK
        if by_hand or (here and unit.sub_status):
            offered.append((meaning, status_words(meaning)))
        if here or (by_hand and meaning != Status.OFF_DUTY):
            offered += [(one.code, str(one.name)) for one in finer_statuses(meaning)]
    return [pair for pair in offered if pair[0] != (unit.sub_status or unit.status)]


def beats_to_choose() -> list[tuple[str, str]]:
    """Every beat that is valid today: code and name."""
    areas = Area.objects.filter(kind=Area.Kind.BEAT, valid_to__isnull=True).order_by("code")
    return [(area.code, str(area)) for area in areas.defer("geometry")]


def _whole(units: QuerySet[ResponseUnit]) -> QuerySet[ResponseUnit]:
    """With who is on duty and the shifts to come."""
    members = DutyMember.objects.filter(ended_at__isnull=True).select_related("account")
    shifts = UnitShift.objects.filter(ends_at__gt=now()).select_related("lead")
    return units.select_related("station").prefetch_related(
        Prefetch("members", members, to_attr="on_now"),
        Prefetch("shifts", shifts.order_by("begins_at"), to_attr="to_come"),
    )


def _beat_names(units: Iterable[ResponseUnit]) -> dict[str, str]:
    codes = {code for unit in units for code in unit.beats}
    areas = Area.objects.filter(kind=Area.Kind.BEAT, code__in=codes).defer("geometry")
    return {area.code: str(area) for area in areas}


def _row(unit: ResponseUnit, beats: dict[str, str]) -> FleetRow:
    sign, at = sign_of(unit), timezone.now()
    return FleetRow(
        id=unit.pk,
        code=unit.code,
        name=str(unit),
        kind_words=unit.get_kind_display(),
        kind_icon="car" if unit.kind in ("traffic_car", "other") else unit.kind,
        crew=_("%(people)s 人，民警 %(officers)s")
        % {"people": unit.people, "officers": unit.officers},
        sign=sign,
        status=unit.status_words,
        tone=TONES[sign],
        since=unit.status_since,
        members=[str(one.account) for one in getattr(unit, "on_now", ())],
        skills=[ability_words(code) for code in unit.skills],
        equipment=[ability_words(code) for code in unit.equipment],
        beats=[beats.get(code, code) for code in unit.beats],
        vehicle=_vehicle(unit),
        shifts=[
            ShiftRow(one.pk, one.begins_at, one.ends_at, str(one.lead or ""),
                     one.begins_at <= at)
            for one in getattr(unit, "to_come", ())
        ],
        retired_at=unit.retired_at,
    )  # fmt: skip


def _vehicle(unit: ResponseUnit) -> str:
    said = [unit.vehicle] if unit.vehicle else []
    if unit.seats:
        said.append(_("%(n)s 座") % {"n": unit.seats})
    if unit.sea_limit is not None:
        said.append(_("浪级 %(n)s 以下出航") % {"n": unit.sea_limit})
    return _("，").join(said)
