"""Two cases become one, and one becomes two; each keeps its number and its timeline."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import merge_into
from gongzhi.base.matters.models import Party
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.actions.opening import NewCase, open_case
from gongzhi.work.cases.events import CASE_JOINED, CASE_SPLIT, CASE_SPLIT_OFF, CASE_TOOK_IN
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.permissions import require_lead, require_worker


@action
def join_cases(by: Actor, case: Case, into: Case) -> Case:
    """Go on with this case in another of the same kind, on which the asker works, too. It asks
    for the approval that the step 并案 asks for; it keeps number, papers and timeline."""
    require_worker(by, case)
    require_worker(by, into)
    require_lead(by, case)
    merge_into(by, case.matter, into.matter)
    record(CASE_JOINED, case.matter, into=into.pk)
    record(CASE_TOOK_IN, into.matter, other=case.pk)
    return into


@action
def split_case(by: Actor, case: Case, parties: Collection[Party], words: str) -> Case:
    """Open another case for some of the parties, by the same officers and under a number of its
    own. The parties go with it; what was done so far stays with the first, which it refers to."""
    require_worker(by, case)
    require_lead(by, case)
    if case.matter.closed_at is not None:
        raise Refused(_("案件已经办结。"), code="closed", status=409)
    going = [one for one in parties if one.matter_id == case.pk]
    if not going or len(going) == case.matter.parties.count():
        wrong = _("请选要分出去的当事人，至少留一个。")
        raise Refused(wrong, code="nobody_to_split", fields={"parties": wrong})
    made = open_case(
        by,
        NewCase(
            case.matter.procedure, case.matter.category, case.lead, case.second, words,
            split_from=case,
        ),
    )  # fmt: skip
    Party.objects.filter(pk__in=[one.pk for one in going]).update(matter=made.matter)
    record(CASE_SPLIT, case.matter, other=made.pk, parties=len(going))
    record(CASE_SPLIT_OFF, made.matter, origin=case.pk)
    return made
