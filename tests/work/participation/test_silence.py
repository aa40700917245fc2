"""What was answered and never judged is closed in the end; the resident knows ahead, and may
reopen it afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from gongzhi.base.catalogue.kinds.procedure import Version
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import NothingRecorded, moment
from gongzhi.base.log.jobs import registered
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.work.participation.actions import judge_outcome, lapse, rate_handling
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.readers import SILENCE, close_the_silent
from gongzhi.work.participation.selectors.month import just_solved, month_in_numbers
from gongzhi.work.participation.selectors.silence import lapses_on
from tests.work.participation.cast import KEY, RESIDENT, answered, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def after(days: int) -> int:
    """What the job closes so many days from now."""
    with moment(timezone.now() + timedelta(days=days)):
        return close_the_silent()


def test_after_fifteen_whole_days_of_silence_it_is_closed_and_the_log_says_why() -> None:
    receipt = answered(lamp())
    assert after(15) == 0
    assert after(16) == 1
    matter = Matter.objects.get()
    assert matter.step == "lapsed"
    assert matter.closed_at
    entry = Entry.objects.get(kind="participation.request_lapsed")
    assert entry.by == "system:silence"
    assert '"days":15' in entry.text.replace(" ", "")
    assert any("自动办结" in one.title for one in timeline(receipt.matter, public=True))
    assert after(17) == 0
    assert verify().holds


def test_only_what_waits_for_the_resident_s_word_is_closed() -> None:
    lamp()
    judged = answered(lamp("j" * 24, place="别处"))
    judge_outcome(RESIDENT, judged, solved=False)
    assert after(400) == 0


def test_the_resident_reads_ahead_until_when(client: Client) -> None:
    receipt = answered(lamp())
    client.post("/follow/", {"code": code_for(KEY)})
    page = client.get("/follow/matter/").content.decode()
    last = lapses_on(receipt.matter)
    assert last
    assert f"到 {last:%Y-%m-%d} 还没有回应的话" in page
    after(16)
    page = client.get("/follow/matter/").content.decode()
    assert "还没有回应的话" not in page
    assert "还没解决" in page


def test_it_can_be_rated_and_reopened_afterwards_and_then_waits_anew() -> None:
    receipt = answered(lamp())
    after(16)
    receipt.refresh_from_db()
    rate_handling(RESIDENT, receipt, stars=3)
    judge_outcome(RESIDENT, receipt, solved=False, words="还是黑的")
    matter = Matter.objects.get()
    assert (matter.step, matter.closed_at) == ("reopened", None)
    assert after(400) == 0


def test_silence_is_not_told_as_solved() -> None:
    answered(lamp())
    after(16)
    cache.clear()
    assert just_solved() == []
    assert month_in_numbers().solved is None


def test_who_spoke_a_moment_before_is_heard() -> None:
    receipt = answered(lamp())
    judge_outcome(RESIDENT, receipt, solved=True)
    with moment(timezone.now() + timedelta(days=99)), pytest.raises(NothingRecorded):
        lapse(SILENCE, [receipt.matter_id])
    assert Matter.objects.get().step == "closed"


def test_the_county_s_catalogue_says_how_long_and_the_job_is_registered() -> None:
    assert "participation.silence" in registered()
    version = catalogue().procedures["resident_request"].versions[0]
    told = version.model_dump(exclude_unset=True)
    step = next(one for one in told["steps"] if one["code"] == "answered")
    step["silence"] = {"days": 15, "step": "withdrawn"}
    with pytest.raises(ValueError, match="may not follow"):
        Version.model_validate(told)
