"""Closed case files are drawn by lot, redrawable by their seed, and reviewed by a checklist."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.actions import draw_cases, review_case
from gongzhi.watch.supervision.models import Draw, Review
from tests.watch.supervision.cast import incident, somebody, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LIST = catalogue().checklists["case_file"]
TODAY = timezone.localdate()


def closed_cases(number: int) -> list[int]:
    """Files of cases that were closed just now."""
    made = []
    for _ in range(number):
        matter = incident(timezone.now() - timedelta(hours=1), priority=4)
        Matter.objects.filter(pk=matter.pk).update(
            procedure="administrative_case", version="2026-01", step="closed",
            closed_at=timezone.now(),
        )  # fmt: skip
        made.append(matter.pk)
    return made


def overseer() -> Actor:
    return Actor.account(somebody("overseer", "supervisor", unit("supervision", "department")))


def draw(by: Actor, number: int = 3, seed: int = 7, until: date = TODAY) -> Draw:
    since = TODAY - timedelta(days=3)
    return draw_cases(by, LIST, since=since, until=until, number=number, seed=seed)


def test_whoever_knows_the_seed_draws_the_same_files_again() -> None:
    cases, by = closed_cases(9), overseer()
    incident(timezone.now() - timedelta(hours=1))  # open, and no case: never drawn
    first = [one.matter_id for one in draw(by).reviews.order_by("place")]
    assert first == random.Random(7).sample(cases, 3)
    assert [one.matter_id for one in draw(by).reviews.order_by("place")] == first
    told = json.loads(Entry.objects.filter(kind="supervision.cases_drawn").earliest("seq").text)
    assert told == {"checklist": "case_file", "seed": 7, "among": 9, "drawn": 3}


def test_a_file_without_a_fault_has_all_points_and_each_fault_takes_its_own() -> None:
    closed_cases(2)
    by = overseer()
    good, bad = draw(by, 2).reviews.order_by("place")
    assert review_case(by, good, faults=[]).points == LIST.points == 100
    done = review_case(by, bad, faults=["rights", "archive"], remarks="没有告知笔录")
    assert (done.points, done.of, done.faults) == (85, 100, ["rights", "archive"])
    text = Entry.objects.filter(kind="supervision.case_reviewed").latest("seq").text
    assert "告知" not in text
    assert json.loads(text)["points"] == 85


def test_a_fault_needs_words_and_a_review_is_done_once_by_another_unit() -> None:
    closed_cases(1)
    by = overseer()
    [one] = draw(by, 5).reviews.all()
    with pytest.raises(Refused, match="写明问题"):
        review_case(by, one, faults=["rights"])
    own = Actor.account(somebody("own", "legal_reviewer", one.matter.owner_unit))
    with pytest.raises(Refused, match="别的单位"):
        review_case(own, one, faults=[])
    review_case(by, one, faults=[])
    with pytest.raises(Refused, match="已经评查过"):
        review_case(by, one, faults=[])
    assert Entry.objects.filter(kind="supervision.case_reviewed").count() == 1


def test_nothing_is_drawn_where_nothing_was_closed() -> None:
    by = overseer()
    with pytest.raises(Refused, match="没有办结"):
        draw(by)
    with pytest.raises(Refused, match="起止日期"):
        draw(by, until=TODAY - timedelta(days=9))
    assert not Draw.objects.exists()


def test_the_draw_and_the_checklist_on_the_pages() -> None:
    closed_cases(2)
    client = Client()
    client.force_login(somebody("overseer", "supervisor", unit("supervision", "department")))
    form = {"checklist": "case_file", "since": str(TODAY), "until": str(TODAY), "number": "1"}
    assert client.post("/supervision/reviews/", {**form, "since": "soon"}).status_code == 422
    assert client.post("/supervision/reviews/", form).status_code == 302
    one = Review.objects.get()
    page = f"/supervision/reviews/{one.pk}/"
    assert one.matter.number in client.get("/supervision/reviews/").content.decode()
    answers = {item.code: "yes" for item in LIST.items} | {"limits": "no"}
    assert client.post(page, answers).status_code == 422
    assert client.post(page, {**answers, "remarks": "延长没有审批"}).status_code == 302
    assert "90 / 100" in client.get(page).content.decode()


def test_who_does_not_oversee_draws_nothing() -> None:
    client = Client()
    client.force_login(somebody("head", "unit_leader"))
    assert client.get("/supervision/reviews/").status_code == 403


def test_a_checklist_for_a_procedure_that_is_not_there_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "checklists"
    folder.mkdir()
    text = (shipped() / "checklists" / "case_file.toml").read_text("utf-8")
    (folder / "case_file.toml").write_text(text.replace("criminal_case", "duel"), "utf-8")
    with pytest.raises(CatalogueError, match=r"checklists/case_file.toml: procedures: .*'duel'"):
        read(shipped(), Path(str(tmp_path)))
