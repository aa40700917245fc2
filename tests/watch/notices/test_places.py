"""Whoever follows a place is told what happens there: kinds of things and counts, never a request
of somebody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gongzhi.base.access import tries
from gongzhi.base.log.actions import moment
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.readers import catch_up
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import from_text, middle_of
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.watch.notices.actions import subscribe
from gongzhi.watch.notices.models import Notice, Subscriber, Subscription
from gongzhi.watch.notices.readers import spread, tell_weeks
from gongzhi.watch.notices.spreading import tell_these
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.telling import topics
from gongzhi.watch.notices.texts import written
from gongzhi.watch.notices.topics import TOPICS
from gongzhi.watch.notices.wishes import Pin, Want, Wish
from gongzhi.work.participation.actions import judge_outcome
from gongzhi.work.prevention.problems import actions as problems
from gongzhi.work.prevention.problems.models import Problem
from tests.safeguards.test_erasure import everywhere
from tests.work.participation.cast import RESIDENT, SQUARE, answered, lamp
from tests.work.prevention.problems import hands
from tests.work.prevention.problems.test_residents import opened as opened_problem
from tests.work.prevention.problems.test_residents import second
from tests.work.proposals.test_proposals import of, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MONDAY = datetime(2026, 3, 2, 4, tzinfo=UTC)
RESULT = problems.OpenText("题目", "看到的", found="少了一半")
_numbers = count()


@pytest.fixture(autouse=True)
def fresh(settings: Settings) -> None:
    tries.forget_all()
    settings.DEMO, settings.SMTP_URL = True, ""
    settings.CSRF_TRUSTED_ORIGINS = ["https://county.example"]


def follows(*wants: Want) -> Subscriber:
    proof = ask_code(RESIDENT, "email", f"ou{next(_numbers)}@example.org", purpose="notices")
    return subscribe(RESIDENT, prove(RESIDENT, proof.key, proof.code), Wish(wants))


def around(lat: float, lon: float, radius: int = 1000) -> Want:
    return Want(About.NEARBY, pin=Pin("家", lat, lon, radius))


def told() -> list[tuple[int, str]]:
    """Who is told of what by now."""
    catch_up("notices.followed")
    while spread():
        pass
    found = Notice.objects.exclude(template="subscribed").order_by("pk")
    return [(one.subscriber_id or 0, one.template) for one in found]


def test_a_problem_and_its_result_are_told_to_who_follows_its_place() -> None:
    one = hands.problem()
    at = middle_of(from_text(one.cells[0]))
    here, far = follows(around(at.lat, at.lon)), follows(around(at.lat + 0.2, at.lon))
    problems.write_open_words(hands.by(), one, problems.OpenText("车棚里老丢车", "半夜最多"))
    problems.publish_open_words(second(), one)
    assert told() == [(here.pk, "topic_news")]
    facts = Notice.objects.get(template="topic_news").told()
    assert facts["link"] == f"https://county.example/problems/open/{one.pk}/"
    assert "车棚" not in str(facts)
    Problem.objects.filter(pk=one.pk).update(stage="assessment")
    problems.write_open_words(
        hands.by(), one, problems.OpenText("题目", "看到的", found="少了一半")
    )
    problems.publish_open_words(second(), one)
    assert told() == [(here.pk, "topic_news")] * 2
    assert far.pk not in {whom for whom, _what in told()}


def test_a_result_really_reaches_who_follows_the_problems() -> None:
    """What the log calls published is told, not only put on a page."""
    one = opened_problem()
    whom = follows(Want(About.TOPIC, topic="problems"))
    Notice.objects.all().delete()
    told()
    Notice.objects.all().delete()
    Problem.objects.filter(pk=one.pk).update(stage="assessment")
    problems.write_open_words(
        hands.by(), one, problems.OpenText("题目", "看到的", found="少了一半")
    )
    problems.publish_open_words(second(), one)
    assert told() == [(whom.pk, "topic_news")]
    notice = Notice.objects.get()
    assert "一个社区难题有了结果" in written(notice.template, notice.told(), "zh-hans").subject


def test_a_proposal_is_told_by_its_place_its_town_or_to_the_whole_county() -> None:
    receipt = proposed(point=SQUARE)
    Matter.objects.filter(pk=receipt.matter_id).update(town="lancheng")
    near, town = follows(around(29.951, 122.25)), follows(Want(About.NEARBY, town="lancheng"))
    county, other = follows(Want(About.NEARBY)), follows(Want(About.NEARBY, town="haishan"))
    beyond = follows(around(29.99, 122.25, radius=500))
    whom = {one for one, _what in told()}
    assert whom == {near.pk, town.pk, county.pk}
    assert not {other.pk, beyond.pk} & whom


def test_a_proposal_without_a_place_is_at_no_place() -> None:
    proposed()
    follows(around(29.95, 122.25), Want(About.NEARBY, town="lancheng"))
    whole = follows(Want(About.NEARBY))
    assert [one for one, _what in told()] == [whole.pk]


def test_who_follows_the_topic_and_the_place_is_told_once() -> None:
    both = follows(Want(About.TOPIC, topic="proposals"), Want(About.NEARBY))
    assert of(proposed())
    assert told() == [(both.pk, "topic_news")]


def requests(many: int, town: str, key: str) -> None:
    """So many that were answered and called solved, in this town."""
    for nth in range(many):
        receipt = answered(lamp(f"{key}{nth:020}"))
        judge_outcome(RESIDENT, receipt, solved=True)
        Matter.objects.filter(pk=receipt.matter_id).update(town=town)


def test_once_a_week_it_says_how_many_were_done_in_fives_and_of_few_nothing() -> None:
    with moment(MONDAY + timedelta(days=2)):
        requests(7, "lancheng", "lan-")
        requests(3, "haishan", "hai-")
    here, few = (
        follows(Want(About.NEARBY, town="lancheng")),
        follows(Want(About.NEARBY, town="haishan")),
    )
    whole = follows(Want(About.NEARBY))
    with moment(MONDAY + timedelta(days=6)):
        assert tell_weeks() == 0  # the week isn't over; the one before had nothing
    with moment(MONDAY + timedelta(days=7, hours=1)):
        assert tell_weeks() == 2
        assert tell_weeks() == 0
    rows = Notice.objects.filter(template="place_week")
    assert {one.subscriber_id: one.told()["done"] for one in rows} == {here.pk: "5", whole.pk: "5"}
    assert few.pk not in {one.subscriber_id for one in rows}
    said = " ".join(written(one.template, one.told(), "zh-hans").text for one in rows)
    assert not any(one.number in said for one in Matter.objects.all())
    assert "巷口" not in said


def test_nothing_of_a_single_request_is_ever_told_to_a_neighbour() -> None:
    follows(Want(About.NEARBY), around(29.95, 122.25))
    receipt = answered(lamp(point=None))
    judge_outcome(RESIDENT, receipt, solved=False)
    assert told() == []


def test_a_place_is_pinned_or_named_and_kept_sealed(client: Client) -> None:
    form = {"area": "place", "gravity": "9", "nearby": "on", "channel": "feed", "radius": "500"}
    by_pin = client.post(
        "/subscribe/", {**form, "lat": "29.95", "lon": "122.25", "place": "奶奶家后门"}
    )
    page = client.get(by_pin["Location"]).content.decode()
    assert "奶奶家后门附近 500 米的事" in page
    one = Subscription.objects.get()
    assert (one.about, Pin.read(one.pin).lat) == ("nearby", 29.95)
    assert everywhere("奶奶家后门") == []
    unnamed = client.post("/subscribe/", {**form, "lat": "29.95", "lon": "122.25", "place": ""})
    assert "地图上的一点附近" in client.get(unnamed["Location"]).content.decode()
    nowhere = client.post("/subscribe/", {**form, "lat": "x", "lon": "1", "place": ""})
    assert nowhere.status_code == 422
    assert client.post("/subscribe/", {**form, "place": ""}).status_code == 422


def test_neither_warnings_nor_anything_else_is_nothing(client: Client) -> None:
    wrong = client.post("/subscribe/", {"area": "county", "gravity": "9", "channel": "feed"})
    assert wrong.status_code == 422
    assert "请至少选一项" in wrong.content.decode()


def test_a_page_that_leads_here_has_its_topic_ticked(client: Client) -> None:
    page = client.get("/subscribe/?topics=problems&topics=nonsense").content.decode()
    assert page.count("checked") >= 2
    assert 'value="problems"' in page


def test_every_topic_has_events_that_there_are_and_a_page() -> None:
    for topic in TOPICS.values():
        assert set(topic.kinds) <= set(declared_events())
        assert reverse(topic.page)
        assert not topic.one or reverse(topic.one, args=[1])


def test_a_topic_s_news_say_where_and_not_what() -> None:
    follows(Want(About.TOPIC, topic="articles"))
    kind, subject = "consultation.article_published", "consultation.article:lost_card"
    story = topics.told(uuid4(), kind, "articles", subject, {})
    assert tell_these(story, list(Subscription.objects.select_related("subscriber"))) == 1
    facts = Notice.objects.exclude(template="subscribed").get().told()
    assert (facts["topic"], facts["link"]) == ("一条新的问答", "https://county.example/ask/")
