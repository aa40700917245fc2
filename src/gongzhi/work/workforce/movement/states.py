"""How far a vacancy, a bid for it and a proposed move are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VacancyState(TextChoices):
    """Of a vacancy."""

    OPEN = "open", _("可以报名")
    DECIDED = "decided", _("定了")
    WITHDRAWN = "withdrawn", _("撤回了")


class BidState(TextChoices):
    """Of somebody's bid."""

    MADE = "made", _("报名了")
    TAKEN_BACK = "taken_back", _("本人撤回")
    CHOSEN = "chosen", _("选上了")
    NOT_CHOSEN = "not_chosen", _("没有选上")


class MoveState(TextChoices):
    """Of a move that a rotation proposes."""

    PROPOSED = "proposed", _("建议")
    AGREED = "agreed", _("同意了")
    DECLINED = "declined", _("没有采用")


class Why(TextChoices):
    """Why somebody is due to move."""

    SENSITIVE = "sensitive", _("敏感岗位任职到期")
    OFFICE = "office", _("离开一线太久")


class Wait(TextChoices):
    """Why somebody who is due isn't moved this time."""

    LIMIT = "limit", _("本单位这次走的人够多了")
    NO_PLACE = "no_place", _("没有合适的位置")
