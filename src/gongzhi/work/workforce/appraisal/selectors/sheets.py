"""A sheet as its page shows it, and as its officer takes it along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from gongzhi.base.catalogue.kinds.appraisal import Item, Part
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.appraisal.models import (
    ConductNote,
    Counted,
    Figure,
    Objection,
    Sheet,
)
from gongzhi.work.workforce.appraisal.spans import span_of
from gongzhi.work.workforce.officers.models import Training

PARTS: tuple[Part, ...] = ("quality", "conduct", "service")
SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One item on a sheet: its number, and where it lies from 0 to 100 when it is drawn."""

    item: Item
    figure: Figure

    @property
    def drawn(self) -> dict[str, float] | None:
        """Percent along the bar: the officer's own share, its bounds, and what is expected."""
        share = self.figure.share
        if share is None:
            return None
        low, high = 100 * self.figure.low, 100 * self.figure.high
        expected = self.figure.expected
        return {
            "share": 100 * share, "low": low, "wide": high - low,
            "expected": -1.0 if expected is None else 100 * expected,
        }  # fmt: skip


def sheet_of(key: int) -> Sheet | None:
    """With all that its page needs."""
    rows = Sheet.objects.select_related(
        "round", "account", "unit", "proposed_by", "decided_by", "colleagues"
    )
    figures = Prefetch("figures", Figure.objects.select_related("sheet__round"))
    return rows.prefetch_related(figures).filter(pk=key).first()


def own_sheets(account: Account) -> QuerySet[Sheet]:
    """One's own, the newest first."""
    return Sheet.objects.filter(account=account).select_related("round").order_by("-round__last")


def posted_to(account: Account) -> QuerySet[Sheet]:
    """Of one's unit: for whom a published word is proposed, while the unit can speak up."""
    rows = Sheet.objects.filter(unit_id=account.unit_id, posted_until__gte=now(), decided="")
    return rows.select_related("round", "account").order_by("account__display_name")


def lines(sheet: Sheet) -> list[tuple[Part, list[Line]]]:
    """The items by their part, in the formula's order."""
    formula = sheet.round.item
    if formula is None:
        return []
    figures = {one.item: one for one in sheet.figures.all()}
    every = [Line(item, figures[item.code]) for item in formula.items if item.code in figures]
    return [(part, [one for one in every if one.item.part == part]) for part in PARTS]


def behind(sheet: Sheet, item: str) -> list[tuple[Counted, Matter | None, list[Objection]]]:
    """The matters behind a number, the newest first; None for a matter that is gone."""
    rows = list(
        Counted.objects.filter(sheet=sheet, item=item)
        .prefetch_related("objections").order_by("-at", "-seq")[:SHOWN]
    )  # fmt: skip
    matters = Matter.objects.in_bulk([one.matter for one in rows if one.matter is not None])
    return [(one, matters.get(one.matter or 0), list(one.objections.all())) for one in rows]


def notes(sheet: Sheet) -> QuerySet[ConductNote]:
    """What the inspectorate wrote down in the span, as long as it stands."""
    return ConductNote.objects.filter(
        account=sheet.account, on__gte=sheet.round.first, on__lte=sheet.round.last, struck_at=None
    ).order_by("on")


def trainings(sheet: Sheet) -> QuerySet[Training]:
    """What the officer attended in the span, as their record has it: that it was, not how well."""
    return Training.objects.filter(
        account=sheet.account, on__gte=sheet.round.first, on__lte=sheet.round.last
    ).order_by("on")


def taken_along(sheet: Sheet) -> dict[str, Any]:
    """Everything on a sheet as numbers and keys, so that its officer can count again: what is
    behind each number, by entry of the log, and what the others' mix made of it."""
    formula = sheet.round.item
    since, until = span_of(sheet.round.first, sheet.round.last)
    return {
        "round": {"first": f"{sheet.round.first}", "last": f"{sheet.round.last}",
                  "since": since.isoformat(), "until": until.isoformat()},
        "account": sheet.account_id, "formula": sheet.round.formula, "mark": sheet.round.mark,
        "items": [_item_taken(sheet, item) for item in formula.items] if formula else [],
        "comment": sheet.comment,
    }  # fmt: skip


def _item_taken(sheet: Sheet, item: Item) -> dict[str, Any]:
    figure = sheet.figures.get(item=item.code)
    rows = Counted.objects.filter(sheet=sheet, item=item.code).order_by("seq")
    return {
        "item": item.code, "source": item.source, "counted": str(item.counted),
        "facts": figure.facts, "hit": figure.hit, "of": figure.of, "expected": figure.expected,
        "low": figure.low, "high": figure.high, "says": figure.says,
        "behind": [
            {"seq": one.seq, "matter": one.matter, "at": one.at.isoformat(), "hit": one.hit,
             "of": one.of, "mix": one.mix, "left_out": one.left_out}
            for one in rows
        ],
    }  # fmt: skip


def as_table(taken: dict[str, Any]) -> list[Sequence[object]]:
    """The same as rows of a table: one a matter."""
    head = ("item", "entry", "matter", "at", "hit", "of", "mix", "left_out")
    return [head] + [
        (item["item"], row["seq"], row["matter"] or "", row["at"], row["hit"], row["of"],
         row["mix"], int(row["left_out"]))
        for item in taken["items"] for row in item["behind"]
    ]  # fmt: skip
