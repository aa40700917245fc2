"""Closed case files are drawn by lot, and each is reviewed by the checklist."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.kinds.checklist import Checklist
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.events import DRAWN, REVIEWED
from gongzhi.watch.supervision.models import Draw, Review
from gongzhi.watch.supervision.permissions import OVERSEE, officer
from gongzhi.watch.supervision.selectors import closed_between

MOST = 50


@action
def draw_cases(
    by: Actor, checklist: Checklist, *, since: date, until: date, number: int, seed: int
) -> Draw:
    """Draw so many of the files closed in these days; the seed makes it the same every time."""
    require(by, OVERSEE)
    if not 1 <= number <= MOST or until < since:
        wrong = _("请写起止日期，件数在 1 到 %(most)s 之间。") % {"most": MOST}
        raise Refused(wrong, code="draw", status=422, fields={"number": wrong})
    among = list(closed_between(checklist, since, until).values_list("pk", flat=True))
    if not among:
        raise Refused(_("这段时间没有办结的案件。"), code="nothing_closed", status=409)
    drawn = random.Random(seed).sample(among, min(number, len(among)))  # noqa: S311  (a lot, redrawable)
    made = Draw.objects.create(
        checklist=checklist.code, seed=seed, since=since, until=until, among=len(among), at=now()
    )
    Review.objects.bulk_create(
        Review(draw=made, matter_id=pk, place=place, of=checklist.points)
        for place, pk in enumerate(drawn, 1)
    )
    record(DRAWN, made, checklist=checklist.code, seed=seed, among=len(among), drawn=len(drawn))
    return made


@action
def review_case(by: Actor, review: Review, *, faults: Collection[str], remarks: str = "") -> Review:
    """Say which items were not in order. Done once, and never by the unit itself."""
    require(by, OVERSEE)
    held = Review.objects.select_for_update().get(pk=review.pk)
    checklist = held.draw.item
    if held.reviewed_at is not None or checklist is None:
        raise Refused(_("这个案卷已经评查过了。"), code="reviewed", status=409)
    if officer(by).unit_id == held.matter.owner_unit_id:
        raise Refused(_("本单位的案卷要由别的单位评查。"), code="own_unit", status=403)
    wrong = [item for item in checklist.items if item.code in faults]
    if wrong and not remarks.strip():
        words = _("有不符合的，请写明问题。")
        raise Refused(words, code="remarks", status=422, fields={"remarks": words})
    held.faults = [item.code for item in wrong]
    held.points = held.of - sum(item.points for item in wrong)
    held.remarks, held.reviewed_at = remarks.strip()[:2000], now()
    held.save()
    record(
        REVIEWED, held, matter=held.matter_id, unit=held.matter.owner_unit_id,
        points=held.points, of=held.of, faults=held.faults or None,
    )  # fmt: skip
    return held
