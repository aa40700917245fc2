"""A way of appraising is tried on a year that is over before anybody adopts it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.events import FORMULA_ADOPTED, FORMULA_TRIED
from gongzhi.work.workforce.appraisal.formulas import mark_of
from gongzhi.work.workforce.appraisal.models import Adoption, Trial
from gongzhi.work.workforce.appraisal.permissions import DECIDE, RUN, require_person
from gongzhi.work.workforce.appraisal.selectors.formulas import in_force
from gongzhi.work.workforce.appraisal.selectors.trying import compared

YEAR = timedelta(days=364)


@action
def try_formula(by: Actor, code: str) -> Trial:
    """What a formula would have said of the last year, beside the one in force: how many stand
    where, by item and by unit; nobody's own numbers."""
    account = require_person(by, RUN)
    formula = _known(code)
    last = timezone.localdate(now()) - timedelta(days=1)
    first = last - YEAR
    adopted = in_force(last)
    before = catalogue().appraisals.get(adopted.formula) if adopted else None
    people, outcome = compared(formula, before, first, last)
    made = Trial.objects.create(
        formula=code, mark=mark_of(formula), first=first, last=last, people=people,
        outcome=outcome, by=account, at=now(),
    )  # fmt: skip
    record(FORMULA_TRIED, made, formula=code, mark=made.mark, people=people)
    return made


@action
def adopt_formula(by: Actor, trial: Trial, *, since: date, why: str) -> Adoption:
    """From a day to come on, this formula is the county's: nobody is appraised by what they
    couldn't know. Refuses one that was changed since it was tried, and a day that has begun."""
    account = require_person(by, DECIDE)
    formula = _known(trial.formula)
    if mark_of(formula) != trial.mark:
        words = _("试算以后办法的文字改过，请重新试算。")
        raise Refused(words, code="formula_changed", status=409)
    first_one = not Adoption.objects.exists()
    if since <= timezone.localdate(now()) and not first_one:
        words = _("要从以后的一天起用：已经过去的日子按当时公布的办法算。")
        raise Refused(words, code="since", status=422, fields={"since": words})
    if not why.strip():
        words = _("请写明为什么这样改，这段话会公布。")
        raise Refused(words, code="why", status=422, fields={"why": words})
    made = Adoption.objects.create(
        formula=trial.formula, mark=trial.mark, since=since, why=why.strip()[:2000], trial=trial,
        by=account, at=now(),
    )  # fmt: skip
    record(FORMULA_ADOPTED, made, formula=made.formula, mark=made.mark, since=since.isoformat())
    return made


def _known(code: str) -> Appraisal:
    formula = catalogue().appraisals.get(code)
    if formula is None:
        words = _("目录里没有这个考评办法。")
        raise Refused(words, code="no_formula", status=404)
    return formula
