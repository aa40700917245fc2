"""What a resident does with a request on its way: reply, judge, rate, withdraw."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, take_step
from gongzhi.base.matters.intake import LONGEST
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions.reviewing import OBJECTED, OBJECTIONS, look_anew
from gongzhi.work.participation.events import HANDLING_RATED, OUTCOME_JUDGED
from gongzhi.work.participation.models import Rating, Receipt
from gongzhi.work.participation.selectors import followers_of, matter_followed
from gongzhi.work.participation.selectors.closed import objections_to

RATED = ("answered", "closed", "lapsed")
"""Steps at which there is a handling to rate."""


@action
def reply_to_question(
    by: Actor, receipt: Receipt, words: str, *, photos: Sequence[Photo] = ()
) -> Matter:
    """Answer the handler's question; the work goes on. Only who reported is asked."""
    matter = _own(receipt)
    if matter.step != "waiting_for_resident":
        raise Refused(
            _("现在没有等您回答的问题，请刷新页面看看进展。"), code="no_question", status=409
        )
    add_words(
        by,
        matter,
        Message.Kind.REPLY,
        words,
        public=True,
        files=[keep_photo(by, one) for one in photos],
    )
    return take_step(by, matter, "in_progress")


@action
def judge_outcome(
    by: Actor,
    receipt: Receipt,
    *,
    solved: bool,
    words: str = "",
    photos: Sequence[Photo] = (),
) -> Receipt:
    """Say whether an answered matter is solved: it is closed then, or opened again.

    Whoever follows it may say that it isn't, with the reason; that it is, only who reported it.
    """
    followed = _followed(receipt)
    own = not receipt.joined and followed.pk == receipt.matter_id
    matter = _own(receipt) if solved else followed
    take_step(by, matter, "closed" if solved else "reopened")
    if not solved and (words.strip() or photos):
        said = words if words.strip() else _("（见照片）")
        kept = [keep_photo(by, one) for one in photos]
        add_words(by, matter, Message.Kind.OBJECTION, said, public=own, files=kept)
    record(OUTCOME_JUDGED, matter, receipt=receipt.pk, solved=solved)
    # The log has this one only when the action commits.
    if not solved and objections_to(matter) + 1 >= OBJECTIONS:
        look_anew(OBJECTED, matter)
    return receipt


@action
def rate_handling(by: Actor, receipt: Receipt, *, stars: int, words: str = "") -> Rating:
    """Give the handling of an answered matter one to five stars; again, to change one's mind."""
    matter = _followed(receipt)
    if matter.step not in RATED:
        raise Refused(_("办出结果以后才能评分。"), code="nothing_to_rate", status=409)
    if not 1 <= stars <= 5:
        wrong = _("请选一到五颗星。")
        raise Refused(wrong, code="stars", status=422, fields={"stars": wrong})
    told = words.strip()
    if "\x00" in told or len(told) > LONGEST:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": LONGEST}
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    given = {"stars": stars, "words": told, "rated_at": now()}
    rating, _made = Rating.objects.update_or_create(receipt=receipt, defaults=given)
    record(HANDLING_RATED, matter, receipt=receipt.pk, stars=stars)
    return rating


@action
def withdraw_request(by: Actor, receipt: Receipt) -> Matter:
    """Take one's own request back, unless neighbours count on it."""
    matter = _own(receipt)
    others = followers_of(matter) - 1
    if others > 0:
        raise Refused(
            _("还有 %(n)s 位居民在等这件事的结果，不能撤回了。") % {"n": others},
            code="others_follow",
            status=409,
        )
    return take_step(by, matter, "withdrawn")


def _own(receipt: Receipt) -> Matter:
    """The matter, for whoever reported it themselves."""
    matter = _followed(receipt)
    if receipt.joined or matter.pk != receipt.matter_id:
        raise Refused(
            _("这件事由最先反映的居民决定；您可以看进展、评分，没解决也可以说。"),
            code="not_your_request",
            status=403,
        )
    return matter


def _followed(receipt: Receipt) -> Matter:
    """The matter as it is now, whatever it was when the receipt was read."""
    return matter_followed(Receipt.objects.select_related("matter__merged_into").get(pk=receipt.pk))
