"""The drawn sample: who is asked, that nobody knows who answered what, and what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.apps import apps
from django.test import Client

from gongzhi.analysis.outcomes.weights import rake, weighted_share
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices.actions import subscribe
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.texts import written
from gongzhi.watch.notices.wishes import Want, Wish
from gongzhi.watch.outcomes.actions import answer_survey, draw_survey
from gongzhi.watch.outcomes.models import Invited, Survey
from gongzhi.watch.outcomes.survey.frame import drawn_of, frame_of
from gongzhi.watch.outcomes.survey.results import result_of
from gongzhi.watch.outcomes.survey.units import by_unit
from gongzhi.watch.outcomes.turns import draw_what_is_due, invite_who_was_drawn
from gongzhi.work.participation.actions import judge_outcome
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from tests.watch.outcomes.hands import MONDAY, SYSTEM, analyst
from tests.work.participation.cast import RESIDENT, answered, lamp

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 8, 31), date(2026, 9, 7)
LATER = MONDAY + timedelta(days=10)


def closed(number: int) -> list[Receipt]:
    """So many requests that were answered and called solved."""
    made = []
    for nth in range(number):
        with moment(MONDAY + timedelta(minutes=nth)):
            receipt = answered(lamp(f"{nth:024}"))
            judge_outcome(RESIDENT, receipt, solved=True)
            made.append(receipt)
    return made


def drawn(size: int = 10, seed: int = 7) -> Survey:
    with moment(LATER):
        return draw_survey(SYSTEM, SINCE, UNTIL, size=size, seed=seed)


@pytest.mark.both_databases
def test_a_seed_draws_the_same_again_and_days_are_drawn_once() -> None:
    closed(6)
    made = drawn(size=3)
    assert (made.frame, made.drawn) == (6, 3)
    again = {one.matter for one in drawn_of(frame_of(SINCE, UNTIL), 3, 7)}
    assert again == set(Invited.objects.values_list("matter_id", flat=True))
    with pytest.raises(Refused, match="已经抽过样"):
        drawn()


@pytest.mark.both_databases
def test_days_in_which_nothing_ended_draw_nobody() -> None:
    with pytest.raises(Refused, match="没有办结"):
        drawn()
    assert not Survey.objects.exists()


@pytest.mark.both_databases
def test_who_was_drawn_answers_once_and_others_are_told_why_not() -> None:
    receipts = closed(4)
    drawn(size=2)
    asked = set(Invited.objects.values_list("matter_id", flat=True))
    mine = next(one for one in receipts if one.matter_id in asked)
    other = next(one for one in receipts if one.matter_id not in asked)
    with moment(LATER):
        answer_survey(RESIDENT, mine, solved=True, stars=5)
        with pytest.raises(Refused, match="已经答过"):
            answer_survey(RESIDENT, mine, solved=False, stars=1)
        with pytest.raises(Refused, match="没有抽到"):
            answer_survey(RESIDENT, other, solved=True, stars=5)
    with moment(LATER + timedelta(days=60)):
        left = next(one for one in receipts if one.matter_id in asked and one != mine)
        with pytest.raises(Refused, match="已经结束"):
            answer_survey(RESIDENT, left, solved=True, stars=5)
    (n,) = Survey.objects.get().cells.values()
    assert n == 1


def test_no_table_and_no_event_ties_an_answer_to_its_matter() -> None:
    """Whoever has the database knows how often each answer was given, and no more: no row is
    written for an answer, nothing beside the invitation changes, and no time stands by it."""
    receipts = closed(3)
    survey = drawn(size=3)
    before = list(Invited.objects.order_by("pk").values())
    with moment(LATER):
        for nth, receipt in enumerate(receipts):
            answer_survey(RESIDENT, receipt, solved=nth > 0, stars=nth + 1)
    assert list(Invited.objects.order_by("pk").values()) == before
    told = Survey.objects.get(pk=survey.pk)
    assert told.marks == sorted(told.marks)
    assert list(told.cells) == sorted(told.cells)
    written = " ".join(
        Entry.objects.filter(kind="outcomes.survey_answered").values_list("text", flat=True)
    )
    assert set(written) <= set("{} ")
    hashes = [one.code_hash for one in receipts]
    assert not any(part in mark for mark in told.marks for part in hashes)
    own = list(apps.get_app_config("outcomes").get_models())
    assert not any(field.name == "receipt" for model in own for field in model._meta.get_fields())


def test_a_resident_answers_by_the_code_without_an_account(client: Client) -> None:
    closed(1)
    drawn()
    code = code_for(f"{0:024}")
    with moment(LATER):
        assert "回执上的查询码" in client.get("/survey/").content.decode()
        assert "解决了吗" in client.post("/survey/", {"code": code}).content.decode()
        half = client.post("/survey/", {"code": code, "solved": "yes"})
        assert half.status_code == 422
        assert "解决了吗" in half.content.decode()
        done = client.post("/survey/", {"code": code, "solved": "no", "stars": "2"})
        assert "记下了" in done.content.decode()
        again = client.post("/survey/", {"code": code, "solved": "no", "stars": "2"})
        assert again.status_code == 409
        assert client.post("/survey/", {"code": "NOPE"}).status_code == 404
    assert list(Survey.objects.get().cells.values()) == [1]


def test_while_it_runs_and_of_few_answers_nothing_is_told(client: Client) -> None:
    receipts = closed(4)
    survey = drawn()
    with moment(LATER):
        for one in receipts:
            answer_survey(RESIDENT, one, solved=True, stars=5)
        assert "还在问" in client.get("/about/results/surveys/").content.decode()
    with moment(LATER + timedelta(days=40)):
        told = result_of(Survey.objects.get(pk=survey.pk))
        assert (told.answered, told.solved) == (0, None)
        assert "不到 20 份回答" in client.get("/about/results/surveys/").content.decode()


def drawn_by_itself(at: datetime) -> Survey | None:
    with moment(at):
        return draw_what_is_due()


OCTOBER = datetime(2026, 10, 1, 2, tzinfo=UTC)


@pytest.mark.both_databases
def test_last_months_sample_is_drawn_by_itself_once() -> None:
    closed(6)  # on the last day of August and in the first hour of September's first week
    assert drawn_by_itself(MONDAY) is None
    made = drawn_by_itself(OCTOBER - timedelta(days=29))
    assert made is not None
    assert (made.since, made.until, made.frame) == (date(2026, 8, 1), date(2026, 9, 1), 6)
    assert drawn_by_itself(OCTOBER - timedelta(days=28)) is None
    assert drawn_by_itself(OCTOBER) is None  # nothing ended in September
    assert {
        one.matter for one in drawn_of(frame_of(made.since, made.until), 400, made.seed)
    } == set(Invited.objects.values_list("matter_id", flat=True))


def test_days_that_somebody_drew_by_hand_are_not_drawn_again() -> None:
    closed(3)
    Survey.objects.create(
        code="by-hand", since=date(2026, 8, 20), until=date(2026, 8, 31), seed=1, frame=0, drawn=0,
        margins=[{}, {}, {}], drawn_at=LATER, closes_at=LATER,
    )  # fmt: skip
    made = drawn_by_itself(LATER)
    assert made is not None
    assert (made.since, made.until) == (date(2026, 8, 31), date(2026, 9, 1))


@pytest.mark.both_databases
def test_whoever_follows_a_drawn_request_by_message_is_told_once() -> None:
    receipts = closed(3)
    proof = ask_code(RESIDENT, "email", "ou@example.org", purpose="notices")
    wish = Wish(tuple(Want(About.MATTER, matter=one.matter_id) for one in receipts[:2]))
    subscribe(RESIDENT, prove(RESIDENT, proof.key, proof.code), wish)
    drawn()
    with moment(LATER):
        assert invite_who_was_drawn() == 2
        assert invite_who_was_drawn() == 0
        told = Notice.objects.filter(template="survey_asked").first()
        assert told is not None
        said = written(told.template, told.told(), "zh-hans")
    assert "/survey/" in said.text
    assert not any(one.matter.number in said.text + said.subject for one in receipts)


def test_by_unit_few_answers_say_nothing_and_enough_have_bounds() -> None:
    survey = Survey(units={"1": [200, 60, 40, 30, 20], "2": [50, 20, 19, 19, 19]})
    survey.closes_at = LATER
    with moment(LATER):
        many, few = by_unit(survey)
    assert many.solved is not None
    assert many.solved.low < 0.75 < many.solved.high
    assert (few.solved, few.good) == (None, None)


@pytest.mark.both_databases
def test_an_answer_counts_for_the_unit_that_had_the_matter_when_it_was_drawn(
    client: Client,
) -> None:
    (receipt,) = closed(1)
    drawn()
    unit = receipt.matter.owner_unit_id
    with moment(LATER):
        answer_survey(RESIDENT, receipt, solved=True, stars=3)
    assert Survey.objects.get().units == {f"{unit}": [1, 1, 1, 1, 0]}
    client.force_login(analyst())
    with moment(LATER + timedelta(days=40)):
        assert "答的太少，说不出什么" in client.get("/outcomes/surveys/").content.decode()


def test_weights_put_right_who_answers_more_often() -> None:
    """Of two kinds that are as many, one answers four times as often and is content more often."""
    rng = np.random.default_rng(4)
    held, plain = 0, []
    for _trial in range(400):
        told = {}
        for kind, rate, good in (("a", 0.6, 0.9), ("b", 0.15, 0.5)):
            n = int(rng.binomial(200, rate))
            told[kind, "web", "east"] = (n, int(rng.binomial(n, good)))
        weights = rake(
            {key: n for key, (n, _yes) in told.items()},
            [{"a": 1000, "b": 1000}, {"web": 2000}, {"east": 2000}],
        )
        found = weighted_share([(weights[key], *told[key]) for key in told], 2000)
        assert found is not None
        held += found.low <= 0.7 <= found.high
        plain.append(sum(yes for _n, yes in told.values()) / sum(n for n, _yes in told.values()))
    assert held / 400 > 0.9
    assert np.mean(plain) > 0.8


def test_margins_fit_after_raking_and_no_answer_speaks_for_too_many() -> None:
    counts = {("a", "web", "x"): 30.0, ("a", "phone", "y"): 10.0, ("b", "web", "y"): 20.0}
    weights = rake(counts, [{"a": 50, "b": 50, "nobody": 9}, {"web": 70, "phone": 30}, {}])
    total = sum(counts[key] * weight for key, weight in weights.items())
    share = sum(counts[key] * weights[key] for key in counts if key[0] == "b") / total
    assert share == pytest.approx(0.5, abs=0.01)
    assert max(rake({("a", "", ""): 99.0, ("b", "", ""): 1.0}, [{"a": 1, "b": 99}]).values()) <= 5
