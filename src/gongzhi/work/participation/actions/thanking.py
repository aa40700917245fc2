"""A resident thanks those who helped; what they say is passed on to them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions.following import RATED
from gongzhi.work.participation.events import THANKED
from gongzhi.work.participation.models import Receipt, Thanks
from gongzhi.work.participation.selectors import matter_followed
from gongzhi.work.participation.selectors.thanks import helpers_of

MOST_WORDS = 300


@action
def thank_helpers(by: Actor, receipt: Receipt, *, words: str) -> Thanks:
    """Pass a resident's thanks on, once, to whoever had a hand in the answer. Refuses (409) before
    there is an answer, a second time, and where nobody did; (422) thanks without words."""
    held = Receipt.objects.select_related("matter__merged_into").get(pk=receipt.pk)
    matter = matter_followed(held)
    if matter.step not in RATED:
        raise Refused(_("办出结果以后再谢。"), code="nothing_done", status=409)
    said = words.strip().replace("\x00", "")
    if not said or len(said) > MOST_WORDS:
        wrong = _("请写几句，最多 %(n)s 个字。") % {"n": MOST_WORDS}
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    if Thanks.objects.filter(receipt=held).exists():
        raise Refused(_("您已经谢过了，话已经带到。"), code="thanked", status=409)
    helpers = helpers_of(matter)
    if not helpers:
        raise Refused(_("这件事没有具体的经办人，没法转达。"), code="nobody", status=409)
    made = Thanks.objects.create(receipt=held, words=said, at=now())
    made.helpers.set(helpers)
    for one in helpers:
        record(THANKED, matter, receipt=held.pk, account=one.pk)
    return made
