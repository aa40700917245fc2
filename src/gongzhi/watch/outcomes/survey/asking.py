"""Who is asked: whoever holds the code of a request that was drawn, once, while the survey runs."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.outcomes.models import Invited, Survey
from gongzhi.work.participation.models import Receipt


def mark_of(survey: Survey, receipt: Receipt) -> str:
    """By which a second answer is known, with the county's secret alone; it leads to no matter."""
    told = f"{survey.code}\n{receipt.code_hash}"
    return salted_hmac("outcomes.survey", told, secret=settings.SECRET_KEY).hexdigest()[:32]


def invited_unit(survey: Survey, matter: Matter) -> int | None:
    """Which unit had the matter when it was drawn."""
    found = Invited.objects.filter(survey=survey, matter=matter).values_list("unit", flat=True)
    return found.first()


def survey_for(receipt: Receipt | None) -> Survey | None:
    """The survey that this receipt may still answer; None otherwise."""
    if receipt is None or receipt.joined:
        return None
    asked = Invited.objects.filter(
        matter_id=receipt.matter_id, survey__closes_at__gt=now()
    ).select_related("survey")
    one = asked.order_by("-survey__drawn_at").first()
    if one is None or mark_of(one.survey, receipt) in one.survey.marks:
        return None
    return one.survey


def require_asked(receipt: Receipt) -> Survey:
    """Refuses who wasn't drawn, came too late, or has answered, each in words."""
    found = survey_for(receipt)
    if found is not None:
        return found
    drawn = Invited.objects.filter(matter_id=receipt.matter_id).select_related("survey").last()
    if drawn is None or receipt.joined:
        words = _("这次调查没有抽到这一件。谢谢您愿意说；办理好坏可以在进度页上评。")
        raise Refused(words, code="not_drawn", status=409, fields={"code": words})
    late = drawn.survey.closes_at <= now()
    words = _("这次调查已经结束了。") if late else _("这一件已经答过了，谢谢您。")
    raise Refused(words, code="late" if late else "answered", status=409, fields={"code": words})
