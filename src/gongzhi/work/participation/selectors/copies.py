"""Many requests in the very same words: in a list they are one row, so that it stays a list.

Ten thousand copies of one text are one thing to read. Each stays a request of its own, with its
own resident who waits for it; they are found again by their words.
"""

from __future__ import annotations

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.expressions import BaseExpression
from django.db.models.fields import BigIntegerField
from django.db.models.functions import RowNumber

from gongzhi.base.matters.models import Matter

FEWEST = 5
"""Two neighbours may say the same in the same words; so many don't."""


def folded(requests: QuerySet[Matter]) -> QuerySet[Matter]:
    """Of those with the same words, place, kind and unit, where there are many, the first;
    ``copies``: how many there are. What was erased has no words any more, and is no copy."""
    own = Case(
        When(narrative__words="", then=F("pk")), default=Value(0), output_field=BigIntegerField()
    )
    same: list[BaseExpression | F | str] = [
        F("owner_unit"), F("category"), F("narrative__words"), F("narrative__place"), F("h9"), own,
    ]  # fmt: skip
    first = Window(RowNumber(), partition_by=same, order_by=[F("opened_at").asc(), F("pk").asc()])
    found = requests.annotate(nth=first, copies=Window(Count("pk"), partition_by=same))
    return found.filter(Q(nth=1) | Q(copies__lt=FEWEST))
