"""A partner's program at a running county: it polls, answers, loses its line, and comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.county import RunningCounty, copied

pytestmark = pytest.mark.slow
COUNTY = """
from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.people.actions import open_unit
from gongzhi.work.linked.actions import ask_partner

by = Actor.system("test")
centre = open_unit(by, code="centre", kind="department", name_zh="指挥中心", name_en="Centre")
unit = open_unit(by, code="ambulance_120", kind="department", name_zh="120", name_en="120")
matter = open_matter(by, NewMatter(procedure="incident", category="medical", owner=centre,
                                   channel="phone", words="有人晕倒", place="海平路"))
ask_partner(by, matter, "ambulance", words="四楼")
print(issue_key(by, name="120", unit=unit, permissions=["linked.answer_request"])[1])
"""


@pytest.fixture(scope="module")
def county(empty_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCounty]:
    with RunningCounty(copied(empty_county, tmp_path_factory)) as running:
        yield running


def test_a_program_polls_answers_and_survives_a_lost_line(county: RunningCounty) -> None:
    bearer = {"Authorization": f"Bearer {county.python(COUNTY).strip()}"}
    with httpx.Client(base_url=f"{county.url}/api/linked/v1", headers=bearer) as program:
        begun = program.get("/changes").json()["next"]
        (one,) = program.get("/requests").json()["requests"]
        at = f"/requests/{one['id']}/answers"
        send = {"Idempotency-Key": "a-send-of-our-own-1"}
        with pytest.raises(httpx.TimeoutException):  # the answer is lost on its way back
            program.post(at, json={"answer": "under_way"}, headers=send, timeout=1e-4)
        again = program.post(at, json={"answer": "under_way", "words": ""}, headers=send).json()
        assert again["request"]["state"] == "under_way"
        assert program.post(at, json={"answer": "done"}).json()["changed"]
        assert not program.post(at, json={"answer": "there"}).json()["changed"]
        time.sleep(0.2)
        told = program.get("/changes", params={"after": begun}).json()["changes"]
        assert [change["what"] for change in told] == ["request_answered"] * 2
        problem = program.post(at, json={"answer": "refused", "reason": "none_free"})
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["status"] == problem.status_code == 409
