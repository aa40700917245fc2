"""Every verified time limit of the collected law that binds an authority is in the catalogue."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

import pytest

from gongzhi.base.calendar.periods import Period
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.load import catalogue, shipped

LAW = [folder / "shared" / "law" for folder in shipped().parents[:3]]
AUTHORITIES = {
    "police": "police", "upper-police": "higher_police", "police-forensic": "forensic",
    "detention-centre": "detention_house", "procuratorate": "procuratorate",
    "petition-office": "petition_office", "review-body": "review_body",
    "appeal-body": "appeal_body", "next-organ": "next_authority",
}  # fmt: skip
KINDS = {
    "notice_before": "notice", "min_period": "wait", "min_retention": "keep",
    "delete_after": "delete",
}  # fmt: skip
OTHERS = {
    "PET-10": "another county's own", "PET-11": "another county's own",
    "PET-12": "another county's own", "PET-13": "another county's own",
    "SVC-22": "another county's own",
    "OTH-01": "what is due to somebody, no time limit",
    "OTH-02": "what is due to somebody, no time limit",
}  # fmt: skip
"""Rows that are no clock of law here, and why."""
LENGTHENED = {
    "ADM-011": "adm_010", "CRM-002": "crm_001", "CRM-003": "crm_001", "CRM-044": "crm_043",
    "CRM-055": "crm_054", "CRM-056": "crm_054", "CRM-057": "crm_054",
}  # fmt: skip
"""Rows that say how another clock is extended."""
BY_DAYS_IN_CUSTODY = {"ADM-016", "ADM-062"}
"""The collection lets these roll; they limit liberty, so here they don't."""


def rows(name: str) -> Iterator[Mapping[str, str]]:
    folder = next((one for one in LAW if one.is_dir()), None)
    if folder is None:
        pytest.skip("the collected law is not beside this checkout")
    with (folder / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def bound() -> dict[str, tuple[Mapping[str, str], Mapping[str, str]]]:
    """The verified rows that bind an authority, with what is known about each."""
    more = {one["id"]: one for one in rows("deadlines_meta.csv")}
    return {
        one["id"]: (one, more[one["id"]])
        for one in rows("deadlines.csv")
        if one["confidence"] == "verified" and more[one["id"]]["bearer"] in AUTHORITIES
    }


def of_law() -> dict[str, Clock]:
    found = [one for one in catalogue().clocks.values() if one.authority == "law"]
    return {str(one.basis.source_id): one for one in found}


def test_every_verified_row_is_a_clock_or_lengthens_one() -> None:
    missing = set(bound()) - set(of_law()) - set(OTHERS) - set(LENGTHENED)
    assert not missing


def test_each_is_as_long_as_its_row_and_of_its_kind() -> None:
    clocks = of_law()
    for code, (row, more) in bound().items():
        if code in clocks:
            clock = clocks[code]
            assert clock.limit == Period.parse(row["limit"]), code
            assert clock.kind == KINDS.get(more["kind"], "deadline"), code


def test_none_rolls_that_the_law_does_not_let_roll() -> None:
    clocks = of_law()
    for code, (_row, more) in bound().items():
        if code in clocks and clocks[code].rolls:
            assert more["last_day_rolls_over_holiday"] == "yes", code


def test_what_was_only_recalled_is_never_shown_as_law() -> None:
    recalled = {one["id"] for one in rows("deadlines.csv") if one["confidence"] != "verified"}
    assert not recalled & set(of_law())
