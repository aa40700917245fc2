"""Linking is about places, times, kinds and words, never about who: nobody has room in it."""

from __future__ import annotations

import dataclasses
import typing

from gongzhi.analysis.linkage import PARTS, Fact, Rules, Series
from gongzhi.base.matters.terms import bare, terms_of
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
