"""Which volunteer a browser has opened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongzhi.base.access.kept import Kept
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering.models import SignUp, Volunteer
from gongzhi.work.volunteering.selectors.mine import volunteer_kept

KEPT = Kept("volunteer", "gongzhi.volunteering.volunteer")


def to_mine(volunteer: Volunteer) -> HttpResponse:
    """To one's own page; the browser remembers whose."""
    return KEPT.keep(redirect("volunteering:mine"), volunteer.pk)


def kept_volunteer(request: HttpRequest) -> Volunteer | None:
    """Whom this browser has opened within the last hours, if anybody."""
    key = KEPT.key_in(request)
    return volunteer_kept(key) if key else None


def own_volunteer(request: HttpRequest) -> Volunteer:
    """The same; refused (404) where there is none."""
    found = kept_volunteer(request)
    if found is None:
        raise Refused(_("请先输入志愿者码。"), code="no_code", status=404)
    return found


def own_part(request: HttpRequest, key: int) -> SignUp:
    """One's own part; refused (404) whoever else's."""
    mine = own_volunteer(request).sign_ups.select_related("task__unit", "volunteer")
    found = mine.filter(pk=key).first()
    if found is None:
        raise Refused(_("您没有报过这个任务。"), code="not_yours", status=404)
    return found
