"""Numbers of all sheets of a round, from facts: at its beginning, and again when an objection was
upheld."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from gongzhi.base.catalogue.kinds.appraisal import Appraisal, Item
from gongzhi.work.workforce.appraisal.counting.facts import FINDERS, Fact, facts_of
from gongzhi.work.workforce.appraisal.counting.numbers import Number, mix_of, numbers_of
from gongzhi.work.workforce.appraisal.models import Counted, Figure, Round, Sheet
from gongzhi.work.workforce.appraisal.spans import span_of
from gongzhi.work.workforce.appraisal.states import Says

Facts = Mapping[str, Sequence[Fact]]


def facts_by_item(formula: Appraisal, first: date, last: date, people: set[int]) -> Facts:
    """The facts of each item that is counted, of these people only."""
    since, until = span_of(first, last)
    return {
        item.code: [one for one in facts_of(item.source, since, until) if one.account in people]
        for item in formula.items
        if item.source in FINDERS
    }


def numbers_by_item(formula: Appraisal, facts: Facts) -> Mapping[str, Mapping[int, Number]]:
    """Item → account → number."""
    return {
        item.code: numbers_of(item, facts[item.code])
        for item in formula.items
        if item.code in facts and not item.listed
    }


def keep_facts(sheets: Mapping[int, Sheet], formula: Appraisal, facts: Facts) -> None:
    """What stands behind each number, on its officer's sheet."""
    Counted.objects.bulk_create(
        Counted(
            sheet=sheets[one.account], item=item.code, seq=one.seq, matter=one.matter, at=one.at,
            hit=one.hit, of=one.of, mix=mix_of(item, one),
        )
        for item in formula.items if item.code in facts
        for one in facts[item.code]
    )  # fmt: skip


def keep_figures(sheets: Mapping[int, Sheet], formula: Appraisal, facts: Facts) -> None:
    """The numbers of each sheet: all items, also those with nothing behind them."""
    numbers = numbers_by_item(formula, facts)
    listed = {
        item.code: Counter(one.account for one in facts.get(item.code, ()))
        for item in formula.items
    }
    Figure.objects.bulk_create(
        _figure(sheet, item, numbers.get(item.code, {}).get(account), listed[item.code][account])
        for account, sheet in sheets.items()
        for item in formula.items
    )


def count_again(held: Round, item: Item) -> None:
    """An item's numbers on all sheets, from what still counts. Others' expectations move with
    what is left out, by as much as it was worth among them."""
    sheets = {one.account_id: one for one in held.sheets.all()}
    facts = [
        Fact(row.sheet.account_id, row.seq, row.matter or 0, row.at, row.hit, row.of,
             mix_told(row.mix))
        for row in Counted.objects.filter(sheet__round=held, item=item.code, left_out=False)
        .select_related("sheet").order_by("seq")
    ]  # fmt: skip
    numbers = {} if item.listed else numbers_of(item, facts)
    listed = Counter(one.account for one in facts)
    Figure.objects.filter(sheet__round=held, item=item.code).delete()
    Figure.objects.bulk_create(
        _figure(sheet, item, numbers.get(account), listed[account])
        for account, sheet in sheets.items()
    )


def mix_told(text: str) -> dict[str, str]:
    """``category=lamp_out procedure=…`` as it was kept."""
    found: dict[str, str] = defaultdict(str)
    for part in text.split():
        key, _equals, value = part.partition("=")
        found[key] = value
    return found


def _figure(sheet: Sheet, item: Item, number: Number | None, listed: int) -> Figure:
    if item.listed:
        return Figure(sheet=sheet, item=item.code, facts=listed, hit=0, of=0, expected=None, low=0,
                      high=1, says=Says.LISTED)  # fmt: skip
    if number is None:
        return Figure(sheet=sheet, item=item.code, facts=0, hit=0, of=0, expected=None, low=0,
                      high=1, says=Says.FEW)  # fmt: skip
    return Figure(
        sheet=sheet, item=item.code, facts=number.facts, hit=number.hit, of=number.of,
        expected=number.expected, low=number.low, high=number.high, says=number.says,
    )  # fmt: skip
