"""The procedures of cases: no way through skips an element, and no one approves their own."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.procedure import Element, Procedure, Step
from gongzhi.base.catalogue.load import catalogue, shipped
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import (
    NewMatter,
    approve_element,
    open_matter,
    take_on,
    take_step,
)
from gongzhi.base.matters.course import shown_by
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused

CASES = ("administrative_case", "criminal_case")


def words(element: Element) -> str:
    return {"people": str(element.least), "choice": "", "approval": ""}.get(element.kind, "在卷")


@given(st.data(), st.sampled_from(CASES))
def test_no_way_through_skips_an_element(draw: st.DataObject, code: str) -> None:
    version = catalogue().procedures[code].versions[-1]
    matter = Matter(procedure=code, version=version.code)
    at, known = version.steps[0].code, set[str]()
    for _ in range(14):
        following = [step for step in version.steps if at in step.may_follow]
        if not following:
            break
        step: Step = draw.draw(st.sampled_from(following))
        approved = known | {one.code for one in step.elements if one.kind == "approval"}
        chosen = {
            one.code: draw.draw(st.sampled_from(one.choices)).code
            for one in step.elements if one.kind == "choice"
        }  # fmt: skip
        given_ = {one.code: words(one) for one in step.elements} | chosen
        for one in step.elements:
            if one.code not in known and one.is_needed(chosen):
                less = {key: text for key, text in given_.items() if key != one.code}
                with pytest.raises(Refused, match=str(one.name)[:6]):
                    shown_by(matter, step, less, approved - {one.code})
        known = approved | set(shown_by(matter, step, given_, approved))
        at = step.code


@pytest.fixture
def case(db: None) -> Matter:
    bureau = Unit.objects.create(code="b", kind="bureau", name_zh="公安局", name_en="Bureau")
    station = Unit.objects.create(
        code="s", kind="station", name_zh="派出所", name_en="Station", parent=bureau
    )
    for name, roles, unit in (
        ("asks", ["case_officer", "unit_leader"], station),
        ("leads", ["unit_leader"], station),
        ("heads", ["bureau_leader"], bureau),
    ):
        Account.objects.create(username=name, display_name=name, unit=unit, roles=roles)
    new = NewMatter(procedure="administrative_case", category="theft", owner=station, words="被盗")
    matter = open_matter(by("asks"), new)
    matter = take_on(by("asks"), matter, Account.objects.get(username="asks"))
    return take_step(by("asks"), matter, "filed", elements={"acceptance_record": "1 号"})


def by(name: str) -> Actor:
    return Actor.account(Account.objects.select_related("unit").get(username=name))


QUESTIONED = {
    "questioning_officers": "2",
    "questioning_recording": "R-1",
    "family_told": "已通知",
}


def test_a_step_waits_for_the_approval_that_somebody_else_gives(case: Matter) -> None:
    with pytest.raises(Refused, match="传唤审批"):
        take_step(by("asks"), case, "questioned", elements=QUESTIONED)
    with pytest.raises(Refused) as own:
        approve_element(by("asks"), case, "summons_approval")
    assert own.value.code == "own_approval"
    approve_element(by("leads"), case, "summons_approval")
    assert take_step(by("asks"), case, "questioned", elements=QUESTIONED).step == "questioned"


def test_nobody_writes_an_approval_into_the_form(case: Matter) -> None:
    with pytest.raises(Refused) as wrong:
        take_step(by("asks"), case, "questioned", elements={"summons_approval": "同意"})
    assert wrong.value.code == "element_wrong"


def test_two_officers_are_two(case: Matter) -> None:
    approve_element(by("heads"), case, "summons_approval")
    with pytest.raises(Refused, match="2"):
        take_step(
            by("asks"), case, "questioned", elements=QUESTIONED | {"questioning_officers": "1"}
        )


def test_a_rank_approves_only_what_is_its_own_and_next(case: Matter) -> None:
    with pytest.raises(Refused) as rank:
        approve_element(by("leads"), case, "seizure_approval")
    assert rank.value.code == "not_your_rank"
    with pytest.raises(Refused) as early:
        approve_element(by("heads"), case, "penalty_approval")
    assert early.value.code == "nothing_to_approve"


REVIEW = catalogue().procedures["administrative_case"].versions[-1].step("reviewed")


@pytest.mark.parametrize(
    ("held", "lacks"), [("held", True), ("not_asked", False), ("not_due", False)]
)
def test_a_hearing_is_on_record_only_where_there_was_one(held: str, lacks: bool) -> None:
    version = catalogue().procedures["administrative_case"].versions[-1]
    matter = Matter(procedure="administrative_case", version=version.code)
    approved = {"legal_review", "penalty_approval"}
    told = {"six_points": "无误", "hearing_held": held}
    assert REVIEW is not None
    if lacks:
        with pytest.raises(Refused, match="听证笔录"):
            shown_by(matter, REVIEW, told, approved)
        told["hearing_record"] = "在卷第 30 页"
    assert shown_by(matter, REVIEW, told, approved) == told


def test_whether_there_was_a_hearing_has_to_be_said() -> None:
    version = catalogue().procedures["administrative_case"].versions[-1]
    matter = Matter(procedure="administrative_case", version=version.code)
    assert REVIEW is not None
    with pytest.raises(Refused, match="听证情况"):
        shown_by(matter, REVIEW, {"six_points": "无误"}, {"legal_review"})


def test_an_element_that_waits_for_a_choice_nobody_can_make_is_refused() -> None:
    text = (shipped() / "procedures" / "administrative_case.toml").read_text("utf-8")
    wrong = text.replace('hearing_held = ["held"]', 'hearing_held = ["perhaps"]')
    assert wrong != text
    with pytest.raises(ValidationError, match=r"hearing_record\.needed_when"):
        Procedure.model_validate(tomllib.loads(wrong))


def test_an_element_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValidationError, match="kind"):
        Element.model_validate({"code": "ee", "name": {"zh": "项", "en": "e"}, "kind": "wish"})
