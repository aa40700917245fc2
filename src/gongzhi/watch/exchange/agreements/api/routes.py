"""The addresses under ``/api/agreements/v1/``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.access.keys import require_known
from gongzhi.base.access.marks import programs
from gongzhi.base.access.programs import interface
from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.agreements import edge, periods
from gongzhi.watch.exchange.agreements.api import shapes
from gongzhi.watch.exchange.agreements.rows import agreed_fields
from gongzhi.watch.exchange.agreements.selectors import budget_left

api = interface(
    "Gongzhi sharing agreements", "What one agreement gives to its department's program.",
    namespace="agreements-api",
)  # fmt: skip


@api.get("/{int:number}", response=shapes.AgreementOut)
@programs
def one_agreement(request: HttpRequest, number: int) -> dict[str, Any]:
    """What the agreement gives: fields, questions, until when, how many new answers are left."""
    require_known(request, ())
    _by, found = edge.agreed(request, number)
    offer, today = found.offer_item, timezone.localdate(now())
    names = agreed_fields(found, offer) if offer else []
    fields = [one for one in offer.fields if one.name in names] if offer else []
    return {
        "id": found.pk, "number": found.number, "offer": found.offer or None,
        "fields": [{"name": one.name, "says": str(one.says)} for one in fields],
        "questions": [
            {"code": one.code, "name": str(one.name), "period": one.period,
             "latest": periods.latest_of(one.period, today)}
            for one in found.question_items
        ],
        "purpose": found.purpose, "until": found.until, "in_force": found.opens_at(now()),
        "budget": found.budget, "left": budget_left(found),
    }  # fmt: skip


@api.get("/{int:number}/rows", response=shapes.RowsOut)
@programs
def rows(request: HttpRequest, number: int, query: Query[shapes.RowsQuery]) -> dict[str, Any]:
    """A page of rows with the agreed fields. What the agreement doesn't name never leaves."""
    require_known(request, shapes.RowsQuery.model_fields)
    by, found = edge.agreed(request, number)
    page, following = edge.rows_for(by, found, query.after, query.limit)
    return {"rows": page, "next": following}


@api.get("/{int:number}/questions/{slug:code}", response=shapes.AnswerOut)
@programs
def answer(
    request: HttpRequest, number: int, code: str, query: Query[shapes.AnswerQuery]
) -> dict[str, Any]:
    """Counts for an agreed question. Asked again, the answer is the same and costs nothing."""
    require_known(request, shapes.AnswerQuery.model_fields)
    by, found = edge.agreed(request, number)
    question, told = edge.answer_for(by, found, code, query.period)
    return {
        "question": question.code, "period": told.period, "made_at": told.made_at, "least": STEP,
        "towns": told.told, "left": budget_left(found),
    }  # fmt: skip
