"""Parts that nobody has taken on yet, disputes to decide, and what was told further up."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Part
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.joint.permissions import ANSWER, ESCALATIONS
from gongzhi.work.joint.selectors.disputes import disputes_for
from gongzhi.work.joint.selectors.ladders import escalations_for


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever does parts. One query."""
    if not isinstance(request.user, Account) or not may(request.user, ANSWER):
        return
    many = Part.objects.filter(matter__owner_unit=request.user.unit, matter__step="asked").count()
    if many:
        words = ngettext("%(n)s 件协办等您单位接手", "%(n)s 件协办等您单位接手", many)
        yield Waiting("parts", many, words % {"n": many}, reverse("joint:parts"))


def told_up(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever is told when something waits too long. One query."""
    if not isinstance(request.user, Account) or not may(request.user, ESCALATIONS):
        return
    many = escalations_for(request.user).count()
    if many:
        words = ngettext("%(n)s 件等得太久", "%(n)s 件等得太久", many)
        yield Waiting("escalations", many, words % {"n": many}, reverse("joint:escalations"))


def disputed(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever decides between units."""
    if not isinstance(request.user, Account) or not may(request.user, ANSWER):
        return
    many = disputes_for(request.user).count()
    if many:
        words = ngettext("%(n)s 件等您单位定由谁办", "%(n)s 件等您单位定由谁办", many)
        yield Waiting("disputes", many, words % {"n": many}, reverse("joint:disputes"))
