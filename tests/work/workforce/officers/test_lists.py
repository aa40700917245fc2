"""Records are corrected with the old line kept; lists of people are tried line by line first."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.models import Holding, Limit, ReadList
from gongzhi.work.workforce.officers.selectors.away import bounds
from tests.work.workforce.officers.hands import NOW, account, personnel, post
from tests.work.workforce.officers.test_pages import inside, said

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


def test_a_line_that_was_wrong_is_corrected_and_both_can_be_read() -> None:
    one = actions.record_training(
        personnel(), account(), "急救", hours=80, on=NOW.date() - timedelta(days=9)
    )
    records = inside("records", "personnel", "personnel")
    key, line = account().pk, f"training-{one.pk}"
    new = {f"{line}-title": "急救", f"{line}-hours": "8", f"{line}-on": "2026-11-21"}
    there = f"/officers/lines/training/{one.pk}"
    shut = records.post(f"{there}/correct/", new)
    assert shut.status_code == 409  # a record that isn't open stays shut
    assert "先选为了什么" in said(records, f"/officers/{key}/")
    said(records, f"/officers/{key}/", purpose="training")
    assert records.post(f"{there}/correct/", new).status_code == 422  # no reason
    page = said(records, f"{there}/correct/", **new, **{f"{line}-why": "多写了一个零"})
    for words in ("80 学时", "8 学时", "多写了一个零"):
        assert words in page
        assert words in said(inside("officer"), "/record/")
    assert [it.hours for it in account().trainings.all()] == [8]
    assert records.post(f"{there}/strike/", {f"{line}-why": "重复"}).status_code == 404
    stranger = inside("other", "unit_leader", "station_wangchao")
    assert stranger.post(f"{there}/strike/", {}).status_code == 403


def test_a_limit_that_is_struck_out_binds_nobody_and_keeps_no_reason() -> None:
    one = actions.tell_limit(
        personnel(), account(), "no_nights", first_day=NOW.date(), reason="腰伤"
    )
    actions.strike_line(personnel(), one, why="登记错了人")
    assert bounds([account()], NOW, NOW)[account().pk] == []
    assert Limit.every.get().reason == ""
    with pytest.raises(Refused, match="已经划掉"):
        actions.strike_line(personnel(), one, why="再划一次")


LIST = """用户名,岗位,占用（%）,到岗日期,技能证书,发证日期,培训,学时,培训结束
officer,巡逻,70,2026/11/1,持枪,2026-01-05,,,
officer,内勤,40,2026-11-01,,,,,
nobody,巡逻,100,2026-11-01,,,,,
mate,巡逻,100,去年,,,,,
mate,巡逻,100,2026-11-01,,,急救,8,2026年11月21日
mate,少一格
"""


def test_a_list_is_looked_at_line_by_line_before_anything_is_written() -> None:
    post(), post("内勤"), account(), account("mate")
    records = inside("records", "personnel", "personnel")
    before = Entry.objects.count()
    page = said(records, "/officers/list/", file=a_file("名单.csv", LIST.encode("gb18030")))
    for words in (
        "其他岗位已占用 70%", "没有“nobody”这个用户名，先开账号",
        "“去年”不是日期", "格数和表头不一样",
    ):  # fmt: skip
        assert words in page, words
    assert not Holding.objects.exists()
    assert Entry.objects.count() == before + 1  # that a list was read; what was tried left nothing
    rest = records.post("/officers/list/rest/").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rest[1:]] == ["officer", "nobody", "mate", ""]
    assert "登记了 2 行" in said(records, "/officers/list/write/", go="1")
    assert sorted(one.account.username for one in Holding.objects.all()) == ["mate", "officer"]
    assert not ReadList.objects.exists()
    page = said(records, "/officers/list/", file=a_file("again.xlsx", as_excel(LIST)))
    assert "已经有了，不再写" in page
    assert "会登记</" not in page
    said(records, "/officers/list/drop/", go="1")
    assert not ReadList.objects.exists()


@pytest.mark.parametrize(("content", "said_of_it"), [
    (b"name\nsomebody\n", "没有“用户名”这一列"), (b"", "没有“用户名”这一列"),
    ("用户名\n".encode(), "没有一行人员"), (b"PK\x03\x04 no workbook", "不是能读的 Excel"),
])  # fmt: skip
def test_what_is_no_list_is_refused_in_words(content: bytes, said_of_it: str) -> None:
    personnel()
    records = inside("records", "personnel", "personnel")
    answer = records.post("/officers/list/", {"file": a_file("x.csv", content)})
    assert said_of_it in answer.content.decode()
    assert not ReadList.objects.exists()


def test_only_personnel_reads_lists() -> None:
    for client in (inside("head", "unit_leader"), inside("officer")):
        assert client.get("/officers/list/").status_code == 403


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or b" ")


def as_excel(text: str) -> bytes:
    book = Workbook()
    for line in text.splitlines()[:2] + text.splitlines()[5:6]:
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
