"""Choosing on the map: what may be compared with, and what is watched; or a sentence why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import h3.api.basic_int as h3
import pytest
from django.test import Client

from gongzhi.base.log.actions import moment
from gongzhi.base.places.cells import as_text, from_text, middle_of
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.selectors import assess
from gongzhi.work.prevention.problems.shapes import numbers, ring_around
from tests.work.dispatch.county import body
from tests.work.prevention.problems.hands import (
    MIDDLE,
    TODAY,
    account,
    at,
    by,
    matter,
    problem,
    tell,
)
from tests.work.prevention.problems.test_problems import far_disks, leader, refused

pytestmark = pytest.mark.django_db


def going(**more: Any) -> Problem:
    """A problem with an intervention that began eight weeks ago."""
    made = problem(**more)
    since = TODAY - timedelta(weeks=8)
    actions.plan_intervention(leader(), made, "lighting", unit=body("station_east"), since=since)
    return made


def pressed(made: Problem, cell: int, what: str = "comparison", **more: Any) -> dict[str, Any]:
    """What the map is told of a press in this cell."""
    client, here = Client(), middle_of(cell)
    client.force_login(account("analyst"))
    asked = {"what": what, "lat": here.lat, "lon": here.lon, "ring": 2, **more}
    with moment(at(TODAY)):
        answer = client.get(
            f"/problems/{made.pk}/pick/", asked, headers={"Accept": "application/json"}
        )
    return {"status": answer.status_code, **answer.json()}


def test_a_press_far_away_chooses_an_area_as_large_and_the_form_takes_it() -> None:
    made, [far] = going(), far_disks(1)
    assert "一起也没有" in pressed(made, far)["detail"]
    tell([matter(TODAY - timedelta(weeks=10), far) for _ in range(4)])
    told = pressed(made, far)
    assert (told["status"], told["cells"][0], len(told["cells"])) == (200, as_text(far), 7)
    assert len(told["outlines"]) == 7
    with moment(at(TODAY)):
        actions.choose_comparison(by(), made, [told["cells"][0]])
    assert made.comparison.get().cells == told["cells"]


def test_what_cannot_be_compared_with_is_said_in_a_sentence() -> None:
    made, [far] = going(), far_disks(1)
    beside = max(h3.grid_ring(far, 1), key=lambda one: h3.grid_distance(one, MIDDLE))
    own = pressed(made, MIDDLE)
    near = pressed(made, int(next(iter(ring_around(made.cells, 2)))))
    over = pressed(made, int(beside), middle=[as_text(far)])
    assert {one["status"] for one in (own, near, over)} == {422}
    assert "不能和自己比" in own["detail"]
    assert "和周边一圈重叠" in near["detail"]
    assert "和已经选的对照区域重叠" in over["detail"]


def test_cells_around_are_chosen_one_by_one_and_assessed_so() -> None:
    made, [far] = going(), far_disks(1)
    ring = sorted(ring_around(made.cells, 1))
    beyond = int(next(iter(ring_around(made.cells, 4) - ring_around(made.cells, 3))))
    assert pressed(made, beyond, "near")["cells"] == [as_text(beyond)]
    assert "不能又算周边" in pressed(made, MIDDLE, "near")["detail"]
    assert "不能又算周边" in pressed(made, far, "near", middle=[as_text(far)])["detail"]
    away = int(next(iter(ring_around(made.cells, 7) - ring_around(made.cells, 6))))
    assert "离得太远" in pressed(made, away, "near")["detail"]
    chosen = [as_text(one) for one in [*ring[:3], beyond]]
    with moment(at(TODAY)):
        held = actions.choose_comparison(by(), made, [as_text(far)], around=chosen)
        assert assess(Problem.objects.get(pk=made.pk)) is not None
        assert held.watched == {from_text(one) for one in chosen}
        with refused("near"):
            actions.choose_comparison(by(), made, [as_text(far)], around=[as_text(far)])
        with refused("own"):
            actions.choose_comparison(by(), made, [], around=[made.cells[0]])
        assert actions.choose_comparison(by(), made, []).watched is None
    assert set(numbers(made.cells)).isdisjoint(held.watched or ())


def test_whoever_may_not_see_prevention_is_told_nothing() -> None:
    made, client = going(), Client()
    client.force_login(account("officer"))
    assert client.get(f"/problems/{made.pk}/pick/").status_code in (302, 403)
    assert client.get("/problems/effects/pick/").status_code in (302, 403)
