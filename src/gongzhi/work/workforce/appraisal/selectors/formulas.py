"""Which formula is in force, and which could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.appraisal import Appraisal, Item
from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.workforce.appraisal.formulas import mark_of
from gongzhi.work.workforce.appraisal.models import Adoption, Trial


@dataclass(frozen=True)
class Known:
    """A formula of the catalogue, its last trial by this very text, and since when it counts."""

    formula: Appraisal
    trial: Trial | None
    adoption: Adoption | None


def in_force(day: date) -> Adoption | None:
    """The adoption that counts on this day."""
    rows = Adoption.objects.filter(since__lte=day).select_related("trial", "by")
    return rows.order_by("-since", "-at").first()


def changes(before: Appraisal | None, after: Appraisal) -> list[str]:
    """What the second says otherwise than the first, a sentence each; none of a county's first."""
    if before is None or before == after:
        return []
    was, now_is = ({one.code: one for one in each.items} for each in (before, after))
    added = [one.name for code, one in now_is.items() if code not in was]
    gone = [one.name for code, one in was.items() if code not in now_is]
    found = [_("新加“%(item)s”") % {"item": name} for name in added]
    found += [_("去掉“%(item)s”") % {"item": name} for name in gone]
    for code, item in now_is.items():
        if code in was:
            found += _changed(was[code], item)
    if before.questions != after.questions:
        found.append(_("问同事的话改了"))
    if before.grades != after.grades:
        found.append(_("结论的词改了"))
    if (before.read_days, before.answer_days) != (after.read_days, after.answer_days):
        found.append(_("看表、答复异议的天数改了"))
    return found or [_("只改了说明的文字，怎么算没有变")]


def _changed(was: Item, item: Item) -> list[str]:
    told: dict[str, object] = {"item": item.name}
    found = []
    if was.least != item.least:
        told |= {"was": was.least, "least": item.least}
        found.append(_("“%(item)s”：不比较的最少件数从 %(was)s 件改为 %(least)s 件") % told)
    if was.mix != item.mix:
        found.append(_("“%(item)s”：和谁比改了") % told)
    if (was.source, was.better) != (item.source, item.better):
        found.append(_("“%(item)s”：从哪里算改了") % told)
    if was.part != item.part:
        found.append(_("“%(item)s”：换了一部分") % told)
    return found


def formulas() -> list[Known]:
    """All of the catalogue, in its order."""
    found = []
    for one in catalogue().appraisals.values():
        mark = mark_of(one)
        trial = Trial.objects.filter(formula=one.code, mark=mark).order_by("-at").first()
        adopted = Adoption.objects.filter(formula=one.code, mark=mark).order_by("-at").first()
        found.append(Known(one, trial, adopted))
    return found
