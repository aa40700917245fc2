"""Linking is about places, times, kinds and words, never about who: nobody has room in it."""

from __future__ import annotations

import dataclasses
import typing

import pytest
from django.db import models

from gongzhi.analysis.linkage import PARTS, Fact, Rules, Series
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.terms import bare, terms_of
from gongzhi.work.prevention.linking.models import Look, Member, Verdict
from gongzhi.work.prevention.linking.models import Series as Proposed
from gongzhi.work.prevention.linking.selectors import facts
from tests.safeguards.persons import found


def test_a_fact_has_no_field_that_could_hold_words_or_somebody() -> None:
    fields = typing.get_type_hints(Fact)
    assert fields == {
        "key": int, "at": float, "clock": float, "kind": str, "group": str,
        "lat": float | None, "lon": float | None, "answers": frozenset[str],
        "terms": tuple[int, ...],
    }  # fmt: skip
    names = [field.name for kind in (Fact, Rules, Series) for field in dataclasses.fields(kind)]
    assert not found([*names, *PARTS], about_persons=True)


def test_a_fact_takes_nothing_else_on_its_way() -> None:
    assert not hasattr(Fact(1, 0.0, 0.0, "theft", "theft"), "__dict__")


def test_the_same_name_and_number_in_two_texts_links_nothing() -> None:
    one = "我叫欧阳志远，电话13812345678，车牌浙L54321，路灯坏了"
    other = "联系人：欧阳志远，13812345678，浙L54321，井盖丢了"
    assert not any(part in bare(one) + bare(other) for part in ("志远", "138", "54321"))
    introduced = terms_of("我叫，电话，车牌，路灯坏了")
    assert set(terms_of(one)) == set(introduced)


NEVER = {
    "crowd", "dispute_consumer", "dispute_family", "dispute_fishing", "dispute_neighbour",
    "dispute_traffic", "dispute_wage", "domestic_violence", "drugs", "drunk_disorder",
    "drunk_driving", "elder_help", "fight", "gambling_vice", "lost_child", "lost_elder", "medical",
    "minor_care", "other", "police_complaint", "police_other", "self_harm", "suspicious",
    "wage_arrears", "clinic",
}  # fmt: skip
"""What happens at home, to somebody's health or between people, and what people think."""


def test_what_is_somebodys_life_is_never_compared() -> None:
    linked = {code for code, one in catalogue().categories.items() if one.linked}
    assert linked
    assert not linked & NEVER


def test_only_incidents_and_requests_are_compared_and_only_what_was_told_of_them() -> None:
    assert facts.PROCEDURES == {False: "incident", True: "resident_request"}
    assert set(facts._COLUMNS) == {
        "pk", "opened_at", "category", "lat", "lon", "answers", "narrative__words",
    }  # fmt: skip


@pytest.mark.parametrize("kept", [Proposed, Member, Verdict, Look])
def test_nothing_that_was_told_is_kept(kept: type[models.Model]) -> None:
    """No column holds a sentence, and none points to anybody but the one who judged."""
    for field in kept._meta.concrete_fields:
        assert not isinstance(field, models.TextField)
        assert (field.max_length or 0) <= 40
        judged = {"by", "left_out_by"}
        assert field.is_relation is False or field.name in {"series", "matter"} | judged
