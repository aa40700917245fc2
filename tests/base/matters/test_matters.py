"""A matter has one owner and one way: no step out of order, none without what it must show."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import NewMatter, hand_over, open_matter, take_step
from gongzhi.base.matters.models import Matter, Narrative
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")


def unit(code: str) -> Unit:
    return open_unit(SYSTEM, code=code, kind="department", name_zh=f"{code}局", name_en=code)


def clerk(of: Unit, role: str = "partner") -> Actor:
    account = open_account(
        SYSTEM, username=f"{of.code}_{role}", display_name="办事员", unit=of, roles=[role]
    )
    return Actor.account(account)


def lamp(owner: Unit, **more: Any) -> Matter:
    told = {"words": "巷口的灯不亮了", "category": "lamp_out", **more}
    return open_matter(
        Actor.resident(), NewMatter(procedure="resident_request", owner=owner, **told)
    )


def test_a_resident_s_word_becomes_a_solved_matter_and_every_step_is_on_the_log() -> None:
    owner = unit("a")
    by, matter = clerk(owner), lamp(owner)
    for step in ("accepted", "in_progress"):
        matter = take_step(by, matter, step)
    matter = take_step(by, matter, "answered", elements={"answer": "灯已修好"})
    matter = take_step(Actor.resident(), matter, "closed")
    assert matter.closed_at is not None
    kinds = Entry.objects.filter(subject=f"matters.matter:{matter.pk}").values_list(
        "kind", flat=True
    )
    assert list(kinds) == ["matters.matter_opened"] + ["matters.step_taken"] * 4
    assert verify().holds
    assert not Entry.objects.filter(text__contains="灯").exists()


def test_unhappy_reopens() -> None:
    owner = unit("a")
    by, matter = clerk(owner), lamp(owner)
    for step in ("accepted", "in_progress"):
        take_step(by, matter, step)
    take_step(by, matter, "answered", elements={"answer": "修好了"})
    matter = take_step(Actor.resident(), matter, "closed")
    matter = take_step(Actor.resident(), matter, "reopened")
    assert matter.closed_at is None


def test_an_answer_can_not_be_skipped_and_the_refusal_says_so() -> None:
    owner = unit("a")
    by, matter = clerk(owner), lamp(owner)
    with pytest.raises(Refused, match="还不能进入“已办结”"):
        take_step(Actor.resident(), matter, "closed")
    for step in ("accepted", "in_progress"):
        take_step(by, matter, step)
    with pytest.raises(Refused, match="还差“给居民的答复”"):
        take_step(by, matter, "answered", elements={"answer": "  "})
    matter.refresh_from_db()
    assert matter.step == "in_progress"


def test_only_the_unit_that_owns_it_and_the_role_that_may_take_a_step() -> None:
    owner, other = unit("a"), unit("b")
    matter = lamp(owner)
    with pytest.raises(Refused, match="由a局负责"):
        take_step(clerk(other), matter, "accepted")
    with pytest.raises(Refused, match="不由您的岗位"):
        take_step(clerk(owner, "analyst"), matter, "accepted")
    with pytest.raises(Refused, match="由承办单位"):
        take_step(Actor.resident(), matter, "accepted")


def test_a_matter_handed_back_is_counted_and_never_nobody_s() -> None:
    a, b = unit("a"), unit("b")
    matter = hand_over(clerk(a), lamp(a), b, reason="not_ours")
    assert (matter.owner_unit, matter.bounces) == (b, 0)
    matter = hand_over(clerk(b), matter, a, reason="not_ours")
    assert (matter.owner_unit, matter.bounces) == (a, 1)
    with pytest.raises(Refused, match="本来就由"):
        hand_over(Actor.system("desk"), matter, a, reason="not_ours")


@pytest.mark.parametrize("words", ["", "  \n", "灯\x00不亮", "灯" * 4001])
def test_what_can_not_be_a_report_leaves_nothing(words: str) -> None:
    owner = unit("a")
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        lamp(owner, words=words)
    assert "words" in refused.value.fields
    assert (Matter.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize("words", ["😀", "𠮷𡈁村的灯", "<script>alert(1)</script>"])
def test_rare_characters_and_markup_are_kept_as_they_are(words: str) -> None:
    lamp(unit("a"), words=words)
    assert Narrative.objects.get().words == words


def test_a_category_of_another_kind_is_refused() -> None:
    with pytest.raises(Refused, match="没有这个类别"):
        lamp(unit("a"), category="nonsense")


def test_the_same_key_makes_one_matter() -> None:
    owner = unit("a")
    lamp(owner, idempotency_key="k1")
    with pytest.raises(IntegrityError), transaction.atomic():
        lamp(owner, idempotency_key="k1")
    assert Matter.objects.count() == 1


def test_the_number_says_kind_and_day() -> None:
    matter = lamp(unit("a"))
    assert matter.number.startswith("SQ")
    assert matter.number.endswith(f"-{matter.pk}")


class AnyWay(RuleBasedStateMachine):
    """Whatever is tried, a matter stands on a step that may follow the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.owner = Unit.objects.first() or unit("a")
        self.matter = lamp(self.owner)
        self.way = [self.matter.step]

    @rule(
        code=st.sampled_from(
            [s.code for s in catalogue().procedures["resident_request"].versions[0].steps]
        )
    )
    def try_step(self, code: str) -> None:
        try:
            take_step(SYSTEM, self.matter, code, elements={"answer": "好了"})
        except Refused:
            return
        self.way.append(code)

    @invariant()
    def stands_where_it_may(self) -> None:
        self.matter.refresh_from_db()
        assert self.matter.step == self.way[-1]
        version = self.matter.version_item
        for before, after in zip(self.way, self.way[1:], strict=False):
            step = version.step(after)
            assert step is not None
            assert before in step.may_follow
        assert (self.matter.closed_at is not None) == self.matter.step_item.ends


def test_no_sequence_of_tries_breaks_the_procedure() -> None:
    run_state_machine_as_test(
        AnyWay, settings=hypothesis_settings(max_examples=15, stateful_step_count=12, deadline=None)
    )
