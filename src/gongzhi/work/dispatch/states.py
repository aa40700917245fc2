"""What a unit is doing, and what may follow it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.unit_status import UnitStatus
from gongzhi.base.catalogue.load import catalogue


class Status(TextChoices):
    """What a unit is doing."""

    OFF_DUTY = "off_duty", _("离岗")
    FREE = "free", _("空闲")
    DISPATCHED = "dispatched", _("已派出")
    EN_ROUTE = "en_route", _("途中")
    ON_SCENE = "on_scene", _("到场")
    BUSY = "busy", _("暂停接派")


class ChoiceReason(TextChoices):
    """Why another unit was sent than the one that was clearly better by what the platform knows."""

    WHERE_IT_IS = "where_it_is", _("位置不准，实际更近")
    FITS_BETTER = "fits_better", _("人员装备更合适")
    KNOWS_IT = "knows_it", _("熟悉地方，正在跟进")
    KEEPS_COVER = "keeps_cover", _("留首选守片区")
    LET_REST = "let_rest", _("让首选缓一缓")
    ON_ITS_WAY = "on_its_way", _("已经在往那边走")
    OTHER = "other", _("其他")


AT_WORK = (Status.DISPATCHED, Status.EN_ROUTE, Status.ON_SCENE)
"""Those in which a unit has an incident."""

MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    Status.OFF_DUTY: (Status.FREE, Status.BUSY),
    Status.FREE: (Status.OFF_DUTY, Status.BUSY, *AT_WORK),
    Status.DISPATCHED: (Status.FREE,),
    Status.EN_ROUTE: (Status.DISPATCHED,),
    Status.ON_SCENE: (Status.DISPATCHED, Status.EN_ROUTE),
    Status.BUSY: (Status.FREE,),
}

WORKED = ("incident", "drill")
"""Procedures whose matters units can be sent to. A test of the line is none of them."""


def status_words(meaning: str, finer: str = "") -> str:
    """What a unit is doing, as the county calls it; a finer code that is gone says nothing."""
    known = catalogue().unit_statuses
    said = known.get(finer) or known.get(meaning)
    return str(said.name) if said else str(Status(meaning).label)


def finer_statuses(*meanings: str) -> list[UnitStatus]:
    """The county's own statuses of these meanings, in its order."""
    known = catalogue().unit_statuses.values()
    return [one for one in known if one.meaning in meanings and one.code != one.meaning]


WHY_LOWER = {
    "under_control": _("现场控制住了"),
    "less_than_told": _("没有报的那么严重"),
    "enough_there": _("现场人手够了"),
}
"""Why less is sent to an incident than was thought."""

OPEN_TO_UNITS = ("received", "dispatched", "unassigned", "en_route", "on_scene")
"""Steps of an incident at which a unit can be sent to it."""
