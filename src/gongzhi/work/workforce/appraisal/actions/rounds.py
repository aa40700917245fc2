"""A round is opened: for a span that is over, by the formula that was in force on its first day."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.counting.sheets import (
    facts_by_item,
    keep_facts,
    keep_figures,
)
from gongzhi.work.workforce.appraisal.events import ROUND_OPENED
from gongzhi.work.workforce.appraisal.formulas import mark_of
from gongzhi.work.workforce.appraisal.models import Colleagues, Round, Sheet
from gongzhi.work.workforce.appraisal.permissions import RUN, require_person
from gongzhi.work.workforce.appraisal.selectors.formulas import in_force
from gongzhi.work.workforce.appraisal.selectors.people import appraised
from gongzhi.work.workforce.appraisal.spans import after_workdays


@action
def open_round(by: Actor, first: date, last: date) -> Round:
    """Count everybody's sheet for the days from `first` to `last`, and let them read.

    Refuses a span that isn't over or overlaps another round, one whose formula nobody adopted
    before it began, and a formula whose text was changed since.
    """
    require_person(by, RUN)
    _require_over(first, last)
    formula = _formula(first)
    at, people = now(), appraised(formula)
    held = Round.objects.create(
        formula=formula.code, mark=mark_of(formula), first=first, last=last, opened_at=at,
        read_until=after_workdays(at, formula.read_days),
    )  # fmt: skip
    Sheet.objects.bulk_create(Sheet(round=held, account=one, unit_id=one.unit_id) for one in people)
    sheets = {one.account_id: one for one in held.sheets.all()}
    Colleagues.objects.bulk_create(
        Colleagues(sheet=one, sums={asked.code: [0, 0] for asked in formula.questions})
        for one in sheets.values()
    )
    facts = facts_by_item(formula, first, last, set(sheets))
    keep_facts(sheets, formula, facts)
    keep_figures(sheets, formula, facts)
    record(ROUND_OPENED, held, formula=held.formula, mark=held.mark, people=len(sheets))
    return held


def _require_over(first: date, last: date) -> None:
    if first > last or last >= timezone.localdate(now()):
        words = _("考评的日子要已经过完。")
        raise Refused(words, code="span", status=422, fields={"last": words})
    if Round.objects.filter(first__lte=last, last__gte=first).exists():
        words = _("这些日子已经考评过了。")
        raise Refused(words, code="span", status=409, fields={"first": words})


def _formula(first: date) -> Appraisal:
    adopted = in_force(first)
    formula = catalogue().appraisals.get(adopted.formula) if adopted else None
    if adopted is None or formula is None:
        words = _("%(day)s 那天还没有启用考评办法：办法要先公布，再考评。")
        raise Refused(words % {"day": first}, code="no_formula", status=409)
    if mark_of(formula) != adopted.mark:
        words = _("考评办法的文字在启用以后改过。请先试算、重新启用，改动只对以后的日子有效。")
        raise Refused(words, code="formula_changed", status=409)
    return formula
