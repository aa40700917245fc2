"""Both procedures walked at random: no step without what it must show, and the log alone tells how
each case stands."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.base.catalogue.kinds.procedure import Element, Step
from gongzhi.base.log.actions import moment, now, subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.course import known_for
from gongzhi.base.matters.models import ClockRun, Matter, Party
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case, CaseDeed
from tests.work.cases.hands import account, again, by, case

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CASES = ("administrative_case", "criminal_case")
BEGAN = datetime(2026, 9, 1, 1, 30, tzinfo=UTC)
MOVES = ("step", "hasty_step", "approve", "begin", "end", "party", "join", "leave", "hand_over")
REFUSED = {
    "deed_out_of_order",
    "lasts",
    "closed",
    "no_planned_time",
    "no_party",
    "which_party",
    "not_during",
}
PAIRS = (("lead", "second"), ("second", "lead"), ("lead", "third"))


@dataclass
class Told:
    """How a case stands, as its entries on the log tell it, the first to the last."""

    step: str = ""
    officers: tuple[int, int] = (0, 0)
    unit: int = 0
    team: set[int] = field(default_factory=set)
    lasting: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    parties: int = 0
    shown: set[str] = field(default_factory=set)

    def hear(self, kind: str, said: dict[str, Any]) -> None:
        """One entry."""
        if kind == "matters.matter_opened":
            self.step, self.unit = "received", said["unit"]
        elif kind == "matters.step_taken":
            self.step = said["step"]
            self.shown |= set(said["elements"])
        elif kind in ("matters.element_approved", "matters.element_shown"):
            self.shown.add(said["element"])
        elif kind in ("cases.case_opened", "cases.case_handed_over"):
            self.officers, self.unit = (said["lead"], said["second"]), said["unit"]
        elif kind == "cases.team_joined":
            self.team.add(said["account"])
        elif kind == "cases.team_left":
            self.team.discard(said["account"])
        elif kind == "cases.deed_begun":
            self.lasting[said["number"]] = (said["deed"], said.get("party"))
        elif kind == "cases.deed_ended":
            self.lasting.pop(said["number"])
        elif kind == "cases.party_added":
            self.parties += 1


def told_by_the_log(matter: Matter) -> Told:
    told = Told()
    for entry in Entry.objects.filter(subject=subject_of(matter)).order_by("seq"):
        told.hear(entry.kind, json.loads(entry.text))
    told.lasting = {
        number: deed
        for number, deed in told.lasting.items()
        if (item := matter.version_item.deed(deed[0])) and item.lasts
    }
    return told


def stands(one: Case) -> Told:
    held = again(one)
    return Told(
        step=held.matter.step,
        officers=(held.lead_id, held.second_id),
        unit=held.matter.owner_unit_id,
        team=set(held.members.filter(left_at=None).values_list("account", flat=True)),
        lasting={one.pk: (one.code, one.party_id) for one in held.deeds.filter(ended_at=None)},
        parties=held.matter.parties.count(),
        shown=set(held.matter.elements.values_list("code", flat=True)),
    )


def words(element: Element) -> str:
    return str(element.least) if element.kind == "people" else "在卷"


def held_parties(one: Case) -> list[Party]:
    return list(Party.objects.filter(matter_id=one.pk).order_by("pk"))


def following(one: Case) -> list[Step]:
    matter = again(one).matter
    steps = matter.version_item.steps
    return [step for step in steps if matter.step in step.may_follow and step.code != "merged"]


class Walk:
    """One case, and somebody who tries whatever comes into their head."""

    def __init__(self, draw: st.DataObject, procedure: str) -> None:
        self.draw, self.case = draw, case(procedure)
        self.pair = ("lead", "second")

    def pick(self, choices: Any) -> Any:
        return self.draw.draw(st.sampled_from(choices))

    def step(self, *, hasty: bool = False) -> None:
        if not (steps := following(self.case)):
            return
        step = self.pick(steps)
        for element in () if hasty else step.elements:
            if element.kind == "approval":
                self._approve(element)
        known = known_for(again(self.case).matter, step)
        given_ = {e.code: self.words(e) for e in step.elements if e.kind != "approval"}
        wanting = [e.code for e in step.elements if e.code not in known | set(given_)]
        if hasty and given_:
            left_out = self.pick(sorted(given_))
            del given_[left_out]
            lost = next(e for e in step.elements if e.code == left_out)
            wanting += [left_out] if left_out not in known and lost.is_needed(given_) else []
        party = next((one for one in held_parties(self.case) if one.role in step.of), None)
        if step.of and party is None:
            with pytest.raises(Refused) as nobody:
                actions.take_case_step(by(self.pair[0]), self.case, step.code, elements=given_)
            assert nobody.value.code == "no_party"
        elif wanting:
            with pytest.raises(Refused) as wrong:
                self.take(step.code, given_, party)
            assert wrong.value.code == "element_missing"
        else:
            self.take(step.code, given_, party)
            assert {e.code for e in step.elements} <= stands(self.case).shown

    def take(self, code: str, told: dict[str, str], party: Party | None) -> None:
        actions.take_case_step(by(self.pair[0]), self.case, code, elements=told, party=party)

    def somebody(self) -> Party | None:
        return self.pick([None, *held_parties(self.case)])

    def words(self, element: Element) -> str:
        if element.kind == "choice":
            return str(self.pick([one.code for one in element.choices]))
        return words(element)

    def hasty_step(self) -> None:
        self.step(hasty=True)

    def approve(self) -> None:
        waiting = [e for s in following(self.case) for e in s.elements if e.kind == "approval"]
        if waiting:
            self._approve(self.pick(waiting))

    def _approve(self, element: Element) -> None:
        who = {"unit_leader": "chief", "bureau_leader": "head", "legal_reviewer": "legal"}
        matter = again(self.case).matter
        asking = [s for s in following(self.case) if element in s.elements]
        if any(element.code not in known_for(matter, step) for step in asking):
            with pytest.raises(Refused):
                actions.approve_in_case(by(self.pair[0]), self.case, element.code)
            actions.approve_in_case(by(who[element.ranks[0]]), self.case, element.code)

    def begin(self) -> None:
        held = again(self.case)
        deeds = [d.code for d in held.matter.version_item.deeds]
        try:
            later, party = now() + timedelta(days=99), self.somebody()
            actions.begin_deed(by(self.pair[1]), held, self.pick(deeds), later, party=party)
        except Refused as refused:
            if refused.code not in REFUSED:
                raise

    def end(self) -> None:
        lasting = list(CaseDeed.objects.filter(case=self.case, ended_at=None))
        if lasting:
            try:
                actions.end_deed(by(self.pair[0]), again(self.case), self.pick(lasting))
            except Refused as refused:
                if refused.code != "too_early":  # a demand's ten days, a notice's sixty
                    raise

    def party(self) -> None:
        role = self.pick(("victim", "suspect", "witness"))
        actions.add_party(by(self.pair[0]), again(self.case), role, {"name": "某某"})

    def join(self) -> None:
        self._allowed(lambda: actions.join_team(by(self.pair[0]), self.case, account("far")))

    def leave(self) -> None:
        self._allowed(lambda: actions.leave_team(by("far"), self.case, account("far")))

    def hand_over(self) -> None:
        pair = self.pick(PAIRS)
        lead, second = account(pair[0]), account(pair[1])
        held = again(self.case)
        if self._allowed(lambda: actions.hand_over_case(by("chief"), held, lead, second)):
            self.pair = pair

    def _allowed(self, deed: Any) -> bool:
        try:
            deed()
        except Refused as refused:
            if refused.status >= 500:
                raise
            return False
        return True


@settings(max_examples=9)
@given(st.data(), st.sampled_from(CASES))
def test_no_walk_skips_an_element_and_the_log_tells_where_it_came_to(
    draw: st.DataObject, procedure: str
) -> None:
    with transaction.atomic():
        with moment(BEGAN):
            walk = Walk(draw, procedure)
        for n in range(10):
            with moment(BEGAN + timedelta(hours=7 * (n + 1))):
                getattr(walk, walk.pick(MOVES[:1] * 3 + MOVES))()
            held = again(walk.case)
            assert told_by_the_log(held.matter) == stands(walk.case)
            running = ClockRun.objects.filter(matter=held.matter, stopped_at=None)
            assert held.matter.closed_at is None or not running.filter(clock="adm_036").exists()
        transaction.set_rollback(True)
