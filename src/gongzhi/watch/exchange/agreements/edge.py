"""The one door by which something leaves for a partner: a key, its agreement, and an account of it.

Whatever gives rows or answers away goes through `agreed` and `accounted`; nothing in the platform
reads `rows` or `counting` for anybody else (`tests/safeguards/test_sharing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.keys import required_key
from gongzhi.base.access.models import ApiKey
from gongzhi.base.catalogue.kinds.question import Question
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements.actions import (
    answer_question,
    give_rows,
    note_refusal,
)
from gongzhi.watch.exchange.agreements.counting import answered, form_of, latest_of
from gongzhi.watch.exchange.agreements.models import Agreement, Answer
from gongzhi.watch.exchange.agreements.periods import require_over, span_of
from gongzhi.watch.exchange.agreements.permissions import READ
from gongzhi.watch.exchange.agreements.rows import Row

ROWS, TERMS = "rows", "terms"


def agreed(request: HttpRequest, number: int) -> tuple[Actor, Agreement]:
    """Who asks, and the agreement that their key opens. Refuses (404) another's as one that isn't
    there."""
    key: ApiKey = required_key(request, READ, name="agreements.api")
    found = Agreement.objects.filter(pk=number, keys__key=key).select_related("unit").first()
    if found is None:
        raise Refused(_("没有这份约定，或者密钥不是它的。"), code="no_agreement", status=404)
    return Actor.key(key), found


@contextmanager
def accounted(by: Actor, agreement: Agreement, what: str) -> Iterator[None]:
    """Let a refusal inside be counted in the usage report, with its reason."""
    try:
        yield
    except Refused as refused:
        note_refusal(by, agreement, what, refused.code)
        raise


def rows_for(
    by: Actor, agreement: Agreement, after: str, most: int
) -> tuple[list[Row], str | None]:
    """A page of the agreed fields; counted, given or not."""
    with accounted(by, agreement, ROWS):
        return give_rows(by, agreement, after, most)


def answer_for(by: Actor, agreement: Agreement, code: str, period: str) -> tuple[Question, Answer]:
    """The answer to an agreed question; counted, given or not. The agreement as it stands now."""
    agreement.refresh_from_db()
    question = catalogue().questions.get(code)
    if question is None:
        with accounted(by, agreement, "question"):
            raise Refused(_("没有这个问题。"), code="no_question", status=404)
    with accounted(by, agreement, question.code):
        return question, _answered(by, agreement, question, period)


def _answered(by: Actor, agreement: Agreement, question: Question, period: str) -> Answer:
    form, span = form_of(question), span_of(question, period)
    kept = Answer.objects.filter(question=question.code, form=form, period=period).exists()
    made = None
    if not kept and question.code in agreement.questions and agreement.opens_at(now()):
        require_over(span, latest_of(question))
        made = answered(question, span)
    return answer_question(by, agreement, question, form, period, made)
