"""Two cases become one, and one becomes two; each keeps its number and its timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import merge_into, move_parties
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.models import Party
from gongzhi.base.matters.parting import go_on_as
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.actions.opening import NewCase, open_case
from gongzhi.work.cases.events import (
    CASE_JOINED,
    CASE_SPLIT,
    CASE_SPLIT_OFF,
    CASE_TOOK_IN,
    DEED_BEGUN,
)
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.permissions import require_lead, require_worker
from gongzhi.work.cases.selectors.course import is_held
from gongzhi.work.participation.models import Receipt


@action
def join_cases(by: Actor, case: Case, into: Case) -> Case:
    """Go on with this case in another of the same kind, on which the asker works, too. It asks
    for the approval that the step 并案 asks for; it keeps number, papers and timeline. Its parties
    go along, each with their own clocks and what lasts of them."""
    require_worker(by, case)
    require_worker(by, into)
    require_lead(by, case)
    _move(by, case, list(case.matter.parties.all()), into)
    merge_into(by, case.matter, into.matter)
    record(CASE_JOINED, case.matter, into=into.pk)
    record(CASE_TOOK_IN, into.matter, other=case.pk)
    return into


@action
def split_case(by: Actor, case: Case, parties: Collection[Party], words: str) -> Case:
    """Open another case for some of the parties, by the same officers and under a number of its
    own. It stands where the first stands, with what that has shown and with the clocks of its
    course as they run; the parties go with it, each with their own clocks and what lasts of them.
    Papers and exhibits stay with the first, which it refers to."""
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
    go_on_as(case.matter, made.matter)
    _move(by, case, going, made)
    Receipt.objects.filter(case_party__party__in=going).update(matter=made.matter)
    _share_holds(case, made)
    record(CASE_SPLIT, case.matter, other=made.pk, parties=len(going))
    record(CASE_SPLIT_OFF, made.matter, origin=case.pk)
    return made


def _move(by: Actor, case: Case, parties: Sequence[Party], into: Case) -> None:
    """The parties, with their clocks and with their deeds that still last."""
    if parties:
        move_parties(by, case.matter, parties, into.matter)
    case.deeds.filter(party__in=parties, ended_at=None).update(case=into)


def _share_holds(case: Case, made: Case) -> None:
    """What holds the clocks of the course and is about nobody holds them in both cases; what is
    about one person, where that person is. A clock that nothing holds any more goes on."""
    for deed in case.deeds.filter(party=None, ended_at=None):
        if deed.item and not deed.item.of and any(m.startswith("hold:") for m in deed.item.begins):
            deed.pk, deed.case = None, made
            deed.save(force_insert=True)
            record(DEED_BEGUN, made.matter, deed=deed.code, number=deed.pk)
    for one in (case, made):
        held = {run.clock for run in one.matter.clocks.filter(
            party=None, stopped_at=None, due_at=None, opens_at=None,
        )}  # fmt: skip
        freed = [f"resume:{code}" for code in held if not is_held(one, code, None)]
        move_clocks(one.matter, *freed)
