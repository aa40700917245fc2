"""The steward's own files: breaches with their clocks, and impact assessments that somebody else
reviews."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.personal.events import FILE_OPENED
from gongzhi.work.personal.models import StewardFile
from gongzhi.work.personal.permissions import KEEP, file_found_by

PROCEDURES = {"breach": "data_breach", "assessment": "impact_assessment"}


@action
def open_file(
    by: Actor, sort: str, *, dataset: str, words: str, drill: bool = False
) -> StewardFile:  # fmt: skip
    """Put down a breach, or begin an assessment, of one dataset. Refuses a sort that is none, a
    dataset that isn't in the catalogue, and no words."""
    require(by, KEEP)
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    if sort not in PROCEDURES:
        wrong = _("请选是安全事件还是影响评估。")
        raise Refused(wrong, code="sort", status=422, fields={"sort": wrong})
    if dataset not in catalogue().datasets:
        wrong = _("请选是哪一类数据。")
        raise Refused(wrong, code="dataset", status=422, fields={"dataset": wrong})
    procedure = PROCEDURES[sort]
    new = NewMatter(
        procedure=procedure, category=procedure, owner=by.source.unit, words=words, channel="web"
    )
    matter = open_matter(by, new)
    made = StewardFile.objects.create(
        matter=matter, sort=sort, dataset=dataset, drill=drill and sort == "breach",
        opened_by=by.source,
    )  # fmt: skip
    record(FILE_OPENED, matter, sort=sort, dataset=dataset, drill=made.drill)
    return made


@action
def pass_file_step(
    by: Actor, one: StewardFile, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take the step with what it must show. Refuses whoever may not know of it, and whoever began
    an assessment as its reviewer."""
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    held = file_found_by(by.source, one.pk)
    if code in ("approved", "needs_change") and held.opened_by_id == by.source.pk:
        raise Refused(_("自己起草的评估要由别人审。"), code="own_assessment", status=403)
    return take_step(by, held.matter, code, elements=elements)
