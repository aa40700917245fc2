"""Appraisal is made of a short list of facts; it adds nothing up, puts nobody in an order, and what
cares for officers, follows them or counts force and fines is out of its reach."""

from __future__ import annotations

import ast
import re

import pytest
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.appraisal import SOURCES, Item
from gongzhi.base.catalogue.kinds.rule import APART
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.work.workforce.appraisal.counting.facts import FINDERS
from gongzhi.work.workforce.appraisal.models import Figure, Sheet
from tests.house.source import PACKAGE, parsed
from tests.house.test_events import events

HERE = PACKAGE / "work" / "workforce" / "appraisal"
OUT_OF_REACH = (
    "dispatch.", "crews.", "patrol.", "care.", "complaints.", "calls.", "people.", "access.",
    "rosters.", "officers.", "proposals.", "volunteering.", "cases.deed", "dossier.",
)  # fmt: skip
"""Whom one was sent to, where one was, what one did to somebody, how one feels, what residents
complain of, whether one was ill."""


def test_no_source_listens_to_what_is_out_of_reach() -> None:
    events()
    listened = {kind for source in SOURCES.values() for kind in source.listens}
    assert not [kind for kind in listened if kind.startswith(OUT_OF_REACH)]
    assert listened <= set(declared_events()), "each is an event that there is"


def test_each_source_that_the_log_tells_of_has_one_finder_and_no_more() -> None:
    """Conduct and trainings are read where they are written down, one by one."""
    assert set(FINDERS) == set(SOURCES) - {"conduct", "trainings"}


def test_of_what_is_listed_no_number_is_made() -> None:
    """A county's file can't make it comparable either; thanks are worth nothing in any sum."""
    listed = {code for code, source in SOURCES.items() if source.listed}
    assert listed == {"conduct", "thanks", "trainings"}
    for item in next(iter(catalogue().appraisals.values())).items:
        if item.listed:
            with pytest.raises(ValidationError, match="listed, not counted"):
                Item.model_validate(item.model_dump() | {"mix": ["category"]})


def test_of_an_officer_s_record_appraisal_reads_trainings_alone() -> None:
    """Neither leave nor limits, neither checks of health nor certificates."""
    named = {
        alias.name
        for path in HERE.rglob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and "workforce.officers" in (node.module or "")
        for alias in node.names
    }
    assert named == {"Training", "is_police"}


@pytest.mark.parametrize("source", ["arrests", "fines", "calls_taken", "positions", "pulse"])
def test_a_county_s_file_can_t_count_anything_else(source: str) -> None:
    item = next(iter(catalogue().appraisals.values())).items[0].model_dump()
    with pytest.raises(ValidationError, match="source: expected one of"):
        Item.model_validate(item | {"source": source})


def test_no_rule_may_listen_to_an_appraisal() -> None:
    assert "appraisal." in APART


def test_there_is_no_total_and_no_order() -> None:
    """A sheet has no number of its own, and nothing sorts people by a figure."""
    kinds = {one.get_internal_type() for one in Sheet._meta.concrete_fields}
    assert not kinds & {"FloatField", "DecimalField", "IntegerField", "PositiveIntegerField"}
    figures = "|".join(one.name for one in Figure._meta.concrete_fields if one.name != "id")
    for path in [*HERE.rglob("*.py"), *HERE.rglob("*.html")]:
        text = path.read_text("utf-8")
        assert not re.search(rf"order_by\([^)]*figures__({figures})", text), path
        assert not re.search(r"dictsort", text), path


def test_grades_numbers_and_words_are_never_on_the_log() -> None:
    events()
    told = {
        kind: event for kind, event in declared_events().items() if kind.startswith("appraisal.")
    }
    assert told
    for event in told.values():
        assert set(event.fields) <= {
            "formula", "mark", "people", "since", "account", "sort", "item", "upheld",
        }  # fmt: skip


def test_nothing_outside_reads_a_sheet() -> None:
    """Neither outcomes, exports, the lake nor another room of the house imports appraisal."""
    readers = [
        path.relative_to(PACKAGE)
        for path in PACKAGE.rglob("*.py")
        if HERE not in path.parents and "workforce.appraisal" in path.read_text("utf-8")
    ]
    assert {path.parts[0] for path in readers} == {"config"}
