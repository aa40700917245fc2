"""The pages as they are asked for: who sees which sheet, what stands on it, what can be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.work.workforce.appraisal.models import Objection
from gongzhi.work.workforce.appraisal.verifying import disagreements
from tests.work.workforce.appraisal import cast
from tests.work.workforce.appraisal.cast import JULY, LATER, account, answered, sheet

pytestmark = pytest.mark.django_db


def inside(name: str, *roles: str, of: str = "station_lancheng") -> Client:
    client = Client()
    client.force_login(account(name, *roles, of=of))
    return client


def said(client: Client, path: str, **sent: object) -> str:
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    return answer.content.decode()


def county() -> str:
    """Two officers, a round that can be read; the path of bo's sheet."""
    for name in ("anna", "bo"):
        answered(name, JULY.replace(month=3, day=2), solved=True)
    return f"/appraisal/sheets/{sheet(cast.opened(), 'bo').pk}/"


def test_an_officer_reads_objects_and_sees_the_answer() -> None:
    path = county()
    with moment(JULY):
        client = inside("bo")
        page = said(client, path)
        assert "诉求按时答复" in page
        assert "等待" not in page
        behind = said(client, f"{path}answers_in_time/")
        assert "路灯" in behind
        key = sheet_row(path)
        page = said(client, f"{path}answers_in_time/", words="这件不是我办的", counted=key)
        assert "异议收到了" in page
        objection = Objection.objects.get()
        office = inside("personnel", "personnel", of="bureau")
        assert "等答复的异议" in said(office, "/appraisal/")
        where = f"/appraisal/objections/{objection.pk}/"
        said(office, where, upheld="yes", answer="查了，确实不是")
        page = said(client, path)
    assert "查了，确实不是" in page
    assert "成立" in page


def sheet_row(path: str) -> int:
    from gongzhi.work.workforce.appraisal.models import Counted

    key = int(path.strip("/").rpartition("/")[2])
    return Counted.objects.get(sheet_id=key, item="answers_in_time").pk


@pytest.mark.parametrize(
    ("who", "roles", "of", "status"),
    [
        ("bo", (), "station_lancheng", 200),
        ("anna", (), "station_lancheng", 404),
        ("head", ("unit_leader",), "station_lancheng", 200),
        ("head2", ("unit_leader",), "station_wangchao", 404),
        ("personnel", ("personnel",), "bureau", 200),
        ("inspector", ("inspector",), "bureau", 404),
        ("admin", ("admin",), "bureau", 404),
        ("supervisor", ("supervisor",), "bureau", 404),
    ],
)
def test_a_sheet_is_its_officer_s_their_head_s_and_personnel_s(
    who: str, roles: tuple[str, ...], of: str, status: int
) -> None:
    path = county()
    client = inside(who, *roles, of=of)
    for below in ("", "answers_in_time/"):
        assert client.get(path + below).status_code == status
    reads = Entry.objects.filter(kind="appraisal.sheet_read").count()
    assert bool(reads) == (status == 200 and who != "bo"), "who else reads it is on the log"


@pytest.mark.parametrize("who", ["head", "personnel"])
def test_only_the_officer_takes_a_sheet_along(who: str) -> None:
    path = county()
    role = {"head": "unit_leader", "personnel": "personnel"}[who]
    client = inside(who, role, of="station_lancheng" if who == "head" else "bureau")
    assert client.get(f"{path}sheet.json").status_code == 404
    assert client.get(f"{path}sheet.csv").status_code == 404


def test_what_is_taken_along_can_be_counted_again(tmp_path: Path) -> None:
    path = county()
    client = inside("bo")
    taken = json.loads(client.get(f"{path}sheet.json").content)
    assert list(disagreements(taken)) == []
    rows = client.get(f"{path}sheet.csv").content.decode().splitlines()
    assert rows[0].startswith("item,entry,matter")
    assert len(rows) == 1 + sum(len(one["behind"]) for one in taken["items"])


def test_a_head_proposes_and_the_leadership_decides_with_reasons() -> None:
    path = county()
    head, leader = inside("head", "unit_leader"), inside("boss", "bureau_leader", of="bureau")
    with moment(LATER):
        assert "提出结论" in said(head, path)
        assert "请选一个结论" in said(head, f"{path}propose/", grade="", why="")
        said(head, f"{path}propose/", grade="competent", why="做到了")
        assert "提出来了" in said(leader, f"/appraisal/rounds/{sheet_round(path)}/")
        said(leader, f"{path}decide/", grade="competent", why="同意，辛苦了")
        assert "同意，辛苦了" in said(inside("bo"), path)


def sheet_round(path: str) -> int:
    from gongzhi.work.workforce.appraisal.models import Sheet

    return Sheet.objects.get(pk=int(path.strip("/").rpartition("/")[2])).round_id


def test_everybody_reads_the_formula_and_what_never_counts() -> None:
    page = said(inside("bo"), "/appraisal/formulas/county_2026/")
    assert "抓了多少、罚了多少" in page
    assert "没有总分，不排名" in page


def test_a_round_of_days_that_are_not_over_says_so_beside_them() -> None:
    office = inside("personnel", "personnel", of="bureau")
    page = said(office, "/appraisal/rounds/", first="2026-01-01", last="2999-12-31")
    assert "日子要已经过完" in page


def test_before_anything_was_appraised_the_pages_say_what_to_do() -> None:
    office = inside("personnel", "personnel", of="bureau")
    page = said(office, "/appraisal/")
    assert "还没有启用考评办法" in page
    assert "还没有您的考评表" in page
