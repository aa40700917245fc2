"""What leaves by an agreement, counted as it leaves. Nothing else in the platform gives rows away.

The agreement is locked while it gives: one that is ended at the same moment either has given
before, or gives nothing.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.question import Question
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import events
from gongzhi.watch.exchange.agreements.holding import held
from gongzhi.watch.exchange.agreements.models import Agreement, Answer, Asked, Given, Spent
from gongzhi.watch.exchange.agreements.rows import Row, read
from gongzhi.watch.exchange.agreements.selectors import month_of_now

ROWS = "rows"


@action
def give_rows(
    by: Actor, agreement: Agreement, after: str = "", most: int = 100
) -> tuple[list[Row], str | None]:
    """A page of the agreed fields, and the cursor of the next. Refuses (403) when it isn't in
    force, and (409) when no rows were agreed."""
    kept = _open(agreement)
    offer = kept.offer_item
    if offer is None:
        raise Refused(_("这份约定不给数据行，只答问题。"), code="no_rows", status=409)
    page, following = read(kept, offer, after, most)
    _count(kept, ROWS, rows=len(page))
    record(
        events.ROWS_DELIVERED, kept, agreement=kept.pk, unit=kept.unit_id, offer=offer.code,
        rows=len(page),
    )  # fmt: skip
    return page, following


@action
def answer_question(
    by: Actor, agreement: Agreement, question: Question, form: str, period: str, made: Any = None
) -> Answer:
    """Give an agreed question's answer for a period: the one that was kept, or `made`, which is
    kept from now on. One that the agreement has not had costs one of the month's.

    Refuses (403) when it isn't in force or the question isn't agreed, and (429) when the month's
    budget is spent.
    """
    kept = _open(agreement)
    if question.code not in kept.questions:
        raise Refused(_("约定里没有这个问题。"), code="not_agreed", status=403)
    known = {"question": question.code, "form": form, "period": period}
    answer = Answer.objects.filter(**known).first()
    if answer is None:
        if made is None:
            raise Refused(_("还没有答案，请再问一次。"), code="no_answer", status=409)
        fresh = {"told": made, "made_at": now()}
        answer, _made = Answer.objects.get_or_create(**known, defaults=fresh)
    new = not Asked.objects.filter(agreement=kept, answer=answer).exists()
    if new:
        _spend(kept)
        Asked.objects.create(agreement=kept, answer=answer, at=now())
    _count(kept, question.code, rows=len(answer.told))
    record(
        events.QUESTION_ANSWERED, kept, agreement=kept.pk, unit=kept.unit_id,
        question=question.code, period=period.lower(), new=int(new),
    )  # fmt: skip
    return answer


@action
def note_refusal(by: Actor, agreement: Agreement, what: str, why: str) -> None:
    """Something was asked that the agreement doesn't give: counted, and on the log."""
    kept = held(agreement)
    _count(kept, what, refused=why)
    record(events.DELIVERY_REFUSED, kept, agreement=kept.pk, unit=kept.unit_id, what=what, why=why)


def _open(agreement: Agreement) -> Agreement:
    kept = held(agreement)
    if not kept.opens_at(now()):
        raise Refused(_("这份约定没有在生效，数据不再给出。"), code="agreement_over", status=403)
    return kept


def _spend(agreement: Agreement) -> None:
    """One of the month's new answers. The table itself refuses more than there are."""
    month = month_of_now()
    spent, _new = Spent.objects.get_or_create(
        agreement=agreement, month=month, defaults={"most": agreement.budget}
    )
    left = Spent.objects.filter(pk=spent.pk, many__lt=F("most"))
    if not left.update(many=F("many") + 1):
        raise Refused(
            _("本月能问的新问题用完了。问过的可以再问，答案不变。"), code="budget_spent", status=429
        )


def _count(agreement: Agreement, what: str, *, rows: int = 0, refused: str = "") -> None:
    today = timezone.localdate(now())
    of_today: dict[str, Any] = {
        "agreement": agreement,
        "day": today,
        "what": what,
        "refused": refused,
    }
    Given.objects.get_or_create(**of_today)
    Given.objects.filter(**of_today).update(times=F("times") + 1, rows=F("rows") + rows)
