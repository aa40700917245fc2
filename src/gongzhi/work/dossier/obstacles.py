"""What keeps a case's file from being erased; the apps above say what they know of.

@add_obstacle
def open_complaint(matter): return _("有投诉没有办结。") if … else ""
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.holding import add_hold
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.models import LegalHold

Obstacle = Callable[[Matter], str]
Eraser = Callable[[Matter], None]
_obstacles: list[Obstacle] = []
_erasers: list[Eraser] = []


def add_obstacle(obstacle: Obstacle) -> Obstacle:
    """Register a function that says, in words, why this matter's file is still wanted, or ""."""
    _obstacles.append(obstacle)
    return obstacle


def add_eraser(eraser: Eraser) -> Eraser:
    """Register a function that empties the words that an app above keeps of a matter; it is
    called inside the action that erases the rest."""
    _erasers.append(eraser)
    return eraser


def erase_above(matter: Matter) -> None:
    """Empty what the apps above keep."""
    for eraser in _erasers:
        eraser(matter)


@add_hold
def kept_by_law(matter: int) -> str:
    """Why nothing of the matter may be erased. Who asked for it is told in the dossier alone."""
    if not LegalHold.objects.filter(matter=matter, lifted_at=None).exists():
        return ""
    return _(
        "依法保全中，现在不能清除；解除以后再办。依据：《中华人民共和国个人信息保护法》第四十七条第二款。"
    )


def obstacles(matter: Matter, keep_until: date | None = None) -> list[str]:
    """Every reason why nothing of it may be erased now; none means that it may."""
    found = [] if matter.closed_at else [_("还没有办结。")]
    if hold := matter.holds.filter(lifted_at=None).first():
        found.append(_("正在保全：%(reason)s。") % {"reason": hold.reason})
    if matter.exhibits.filter(ended_at=None).exists():
        found.append(_("还有物证没有发还、移送或者销毁。"))
    if keep_until is not None and keep_until >= timezone.localdate(now()):
        day = date_format(keep_until, "DATE_FORMAT")
        found.append(_("保管期限到 %(day)s 才满。") % {"day": day})
    joined = Matter.objects.filter(Q(merged_into=matter) | Q(merged=matter), closed_at=None)
    if joined.exists():
        found.append(_("并案的案件还没有办结。"))
    return found + [words for one in _obstacles if (words := one(matter))]


def require_no_obstacle(matter: Matter, keep_until: date | None) -> None:
    """Refuse, naming everything that stands in the way."""
    if found := obstacles(matter, keep_until):
        words = _("现在不能清除：%(why)s") % {"why": "".join(found)}
        raise Refused(words, code="held_back", status=409)
