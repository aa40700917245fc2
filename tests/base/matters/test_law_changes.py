"""Before the law changes one can see which open matters it touches, and which keep the old one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongzhi.base.catalogue.changes import changes
from gongzhi.base.catalogue.load import read, shipped
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.touched import told
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit
from tests.base.matters.test_clocks import local

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")


@pytest.fixture
def desk() -> Unit:
    return open_unit(SYSTEM, code="desk", kind="station", name_zh="指挥中心", name_en="Desk")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return overlay(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return overlay(tmp_path / "new")


def overlay(folder: Path) -> Path:
    """A county's folder with copies of two shipped files, to be changed by the test."""
    for name in ("procedures/resident_request.toml", "clocks/request_answer.toml"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text((shipped() / name).read_text("utf-8"), "utf-8")
    return folder


def opened(desk: Unit, day: str) -> Matter:
    with moment(local(f"{day} 10:00")):
        return open_matter(
            SYSTEM,
            NewMatter("resident_request", "lamp_out", desk, "路灯不亮", place="海平路 12 号"),
        )


def lines(old: Path, new: Path) -> str:
    return "\n".join(told(changes(read(shipped(), old), read(shipped(), new))))


def add_version(folder: Path, code: str, day: str) -> None:
    """The whole of the newest version again, from another day on."""
    file = folder / "procedures/resident_request.toml"
    text = file.read_text("utf-8")
    begin = text.index("[[versions]]")
    version = re.split(r"^\[\[examples\]\]", text[begin:], flags=re.MULTILINE)[0]
    version = re.sub(r'(?m)^code = "\d{4}-\d{2}"', f'code = "{code}"', version, count=1)
    version = re.sub(r"(?m)^in_force_from = .*", f"in_force_from = {day}", version, count=1)
    file.write_text(f"{text}\n{version}", "utf-8")


def change(folder: Path, name: str, before: str, after: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), "utf-8")


def test_two_that_say_the_same_change_nothing(old: Path, new: Path, desk: Unit) -> None:
    opened(desk, "2026-11-20")
    assert lines(old, new) == ""


def test_a_new_version_leaves_those_that_began_before_it_with_the_old(
    old: Path, new: Path, desk: Unit
) -> None:
    first, later = opened(desk, "2026-11-20"), opened(desk, "2026-12-02")
    add_version(new, "2026-12", "2026-12-01")
    said = lines(old, new)
    assert "procedures/resident_request.toml: changed: versions.2026-12" in said
    assert f"version 2026-12 from 2026-12-01: 1 open matter ({first.number}) keep" in said
    assert f"1 open matter ({later.number}) began since" in said


def test_a_version_that_is_rewritten_touches_those_that_stand_under_it(
    old: Path, new: Path, desk: Unit
) -> None:
    matter = opened(desk, "2026-11-20")
    change(new, "procedures/resident_request.toml", "承办单位正在办。", "承办单位正在抓紧办。")
    said = lines(old, new)
    assert f"version {matter.version} is rewritten (steps.in_progress.plain.zh)" in said
    assert f"touches 1 open matter ({matter.number}) under it" in said


def test_what_has_ended_is_not_touched(old: Path, new: Path, desk: Unit) -> None:
    matter = opened(desk, "2026-11-20")
    Matter.objects.filter(pk=matter.pk).update(closed_at=local("2026-11-21 10:00"))
    change(new, "procedures/resident_request.toml", "承办单位正在办。", "承办单位正在抓紧办。")
    assert "touches 0 open matters under it" in lines(old, new)


def test_a_clock_that_runs_keeps_the_sum_it_was_started_with(
    old: Path, new: Path, desk: Unit
) -> None:
    matter = opened(desk, "2026-11-20")
    limit = read(shipped()).clocks["request_answer"].limit
    text = (new / "clocks/request_answer.toml").read_text("utf-8")
    longer = text.replace(f'limit = "{limit}"', 'limit = "P30WD"', 1)
    assert longer != text
    examples = longer.index("[[examples]]")
    (new / "clocks/request_answer.toml").write_text(
        longer[:examples] + "[[examples]]\nstart = 2026-03-02T10:00:00+08:00\ndue = 2026-04-14\n",
        "utf-8",
    )
    said = lines(old, new)
    assert "clocks/request_answer.toml: changed: limit" in said
    assert "1 running: each keeps the sum that it was started with" in said
    assert f"counts the new way where it starts again: 1 open matter ({matter.number})" in said


def test_a_clock_of_no_procedure_can_start_in_any_open_matter(
    old: Path, new: Path, desk: Unit
) -> None:
    matter = opened(desk, "2026-11-20")
    text = (shipped() / "clocks/adm_005.toml").read_text("utf-8")
    (new / "clocks/adm_005.toml").write_text(text, "utf-8")
    change(new, "clocks/adm_005.toml", "order = ", "order = 1 # ")
    said = lines(old, new)
    assert "clocks/adm_005.toml: changed: order" in said
    # In force from 2026 on: the matter of November is among those in which it can start.
    assert f"counts the new way where it starts again: 1 open matter ({matter.number})" in said


def test_of_many_only_a_few_are_named(old: Path, new: Path, desk: Unit) -> None:
    for _ in range(5):
        opened(desk, "2026-11-20")
    change(new, "procedures/resident_request.toml", "承办单位正在办。", "承办单位正在抓紧办。")
    said = lines(old, new)
    assert "touches 5 open matters (" in said
    assert said.count("SQ261120-") == 3
    assert ", …)" in said
