"""Nothing in the lake can carry a person: not by its kind, its name or its place."""

from __future__ import annotations

import re

import pytest

from gongzhi.watch.exchange.lake.folding import FINEST, PROCEDURES
from gongzhi.watch.exchange.lake.models import Fact
from gongzhi.watch.exchange.lake.schema import COLUMNS, MAY_BE_EMPTY, NAMES, Kind, arrow

OF_A_PERSON = re.compile(
    r"name|phone|person|party|caller|account|officer|address|place|words|text|lat|lon|plate|"
    r"device|face|voice|email|birth|sex|age$|user|reporter|by$"
)


@pytest.mark.parametrize("name", NAMES)
def test_no_column_is_called_like_something_of_a_person(name: str) -> None:
    assert not OF_A_PERSON.search(name)


def test_there_is_no_kind_of_column_that_could_hold_words_a_point_or_a_number_of_somebody() -> None:
    assert {kind.value for kind in Kind} == {"key", "code", "time", "whole", "cell", "flag"}
    types = {str(arrow().field(one.name).type) for one in COLUMNS if one.kind is Kind.WHOLE}
    assert types == {"int32"}  # a telephone number of 11 digits does not fit


def test_what_is_kept_beside_the_columns_is_only_what_folding_needs() -> None:
    kept = {one.name for one in Fact._meta.concrete_fields}
    assert kept - set(NAMES) == {"matter", "version", "month"}
    assert not any(one.is_relation for one in Fact._meta.get_fields())


def test_only_what_may_be_empty_may_be_empty() -> None:
    assert {one.name for one in Fact._meta.concrete_fields if one.null} == MAY_BE_EMPTY


def test_no_place_is_finer_than_three_quarters_of_a_square_kilometre() -> None:
    assert FINEST == 8
    assert [one.name for one in COLUMNS if one.kind is Kind.CELL] == ["h7", "h8"]


def test_cases_and_complaints_never_come_in() -> None:
    assert set(PROCEDURES) == {"incident", "resident_request"}
