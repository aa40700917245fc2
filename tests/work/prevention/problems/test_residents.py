"""A problem is opened to residents in words that two people answer for; what residents say is read
by a person first, answered, and taken back when they want."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.actions import OpenText
from gongzhi.work.prevention.problems.models import Contribution, OpenWords, Problem
from tests.safeguards.test_erasure import everywhere
from tests.work.prevention.problems.hands import LAST, account, burst, by, problem, tell

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RESIDENT = Actor.resident()
TEXT = OpenText(title="车棚里老丢车", seen="半夜最多", trying="修灯")
_given = iter(range(10**6))


def second() -> Actor:
    """Somebody else who works on it: the head of its unit."""
    return by("unit_leader", "station_east")


def opened(**more: str) -> Problem:
    one = problem()
    actions.write_open_words(by(), one, OpenText(**{**TEXT.__dict__, **more}))
    actions.publish_open_words(second(), one)
    return Problem.objects.get(pk=one.pk)


def said(one: Problem, words: str = "西头围栏断了", kind: str = "sees") -> Contribution:
    key = f"contribution-of-a-test-{next(_given):06}"
    return actions.contribute(RESIDENT, one, kind=kind, words=words, key=key)


def again(one: Contribution) -> Contribution:
    return Contribution.objects.get(pk=one.pk)


class TestOpening:
    def test_takes_two_people(self) -> None:
        one = problem()
        actions.write_open_words(by(), one, TEXT)
        with pytest.raises(Refused, match="另一个人"):
            actions.publish_open_words(by(), one)
        assert not Problem.objects.get(pk=one.pk).shown
        actions.publish_open_words(second(), one)
        assert Problem.objects.get(pk=one.pk).shown
        assert OpenWords.objects.get().reviewer == account("unit_leader", "station_east")

    def test_is_the_unit_s_own(self) -> None:
        one = problem()
        with pytest.raises(Refused):
            actions.write_open_words(by("unit_leader", "station_west"), one, TEXT)
        with pytest.raises(Refused):
            actions.write_open_words(RESIDENT, one, TEXT)
        assert not OpenWords.objects.exists()

    def test_tells_counts_in_steps_of_five_that_stay_until_published_anew(self) -> None:
        one = opened()
        words = OpenWords.objects.get()
        assert words.many % 5 == 0
        before = words.many
        tell(burst(23, last=LAST))
        assert OpenWords.objects.get(pk=words.pk).many == before
        assert one.shown

    def test_names_nobody(self) -> None:
        with pytest.raises(Refused, match="不说人"):
            actions.write_open_words(by(), problem(), OpenText("题目", "找 13900007788"))

    def test_tells_no_result_before_it_was_looked_at(self) -> None:
        one = problem()
        actions.write_open_words(by(), one, OpenText("题目", "看到的", found="有用"))
        with pytest.raises(Refused, match="看效果"):
            actions.publish_open_words(second(), one)

    def test_tells_those_who_said_something_of_the_result_once(self) -> None:
        one = opened()
        said(one)
        Problem.objects.filter(pk=one.pk).update(stage="assessment")
        for _time in range(2):
            actions.write_open_words(by(), one, OpenText("题目", "看到的", found="少了一半"))
            actions.publish_open_words(second(), one)
        told = Entry.objects.filter(kind="problems.result_published")
        assert [one.text for one in told] == [told[0].text]
        assert '"many":1' in told[0].text.replace(" ", "")


class TestSaying:
    def test_is_held_sealed_and_shown_by_a_person(self) -> None:
        one = said(opened())
        assert one.state == "held"
        assert everywhere("西头围栏断了") == []
        actions.look_at_contribution(second(), one, show=True, answer="这周修")
        held = again(one)
        assert (held.state, held.answer) == ("shown", "这周修")
        assert verify().holds

    def test_about_a_person_is_refused_or_goes(self) -> None:
        one = opened()
        for words in ("是三楼那个，电话 139 0000 7788", "车牌浙L12345 的"):
            with pytest.raises(Refused, match="不说人"):
                said(one, words)
        bad = said(one, "肯定是老王偷的")
        actions.look_at_contribution(second(), bad, show=False)
        assert again(bad).words == ""

    def test_is_no_other_unit_s_to_judge(self) -> None:
        one = said(opened())
        with pytest.raises(Refused):
            actions.look_at_contribution(by("unit_leader", "station_west"), one, show=True)
        with pytest.raises(Refused, match="先看过"):
            actions.answer_contribution(second(), one, answer="好")

    def test_can_be_taken_back(self) -> None:
        one = said(opened())
        actions.take_back(RESIDENT, one)
        assert (again(one).words, again(one).state) == ("", "taken_back")

    def test_ends_where_the_page_is_taken_away(self) -> None:
        one = opened()
        actions.close_to_residents(second(), one)
        with pytest.raises(Refused, match="不收"):
            said(one)

    def test_has_an_end_when_too_much_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions.residents, "MOST_HELD", 2)
        one = opened()
        said(one)
        said(one)
        with pytest.raises(Refused, match="等着看的太多"):
            said(one)


def page(client: Client, path: str, **sent: str) -> str:
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_somebody_says_what_they_see_and_reads_the_answer(client: Client) -> None:
    one = opened()
    path = f"/problems/open/{one.pk}/"
    assert "车棚里老丢车" in page(client, "/problems/open/")
    assert "半夜最多" in page(client, path)
    told = {"kind": "sees", "words": "西头围栏断了", "key": "k" * 24}
    assert "等人看过" in page(client, path, **told)
    page(Client(), path, **told)
    assert Contribution.objects.count() == 1
    assert "西头围栏断了" not in page(Client(), path)
    staff = Client()
    staff.force_login(account("unit_leader", "station_east"))
    assert "西头围栏断了" in page(staff, f"/problems/{one.pk}/open/")
    look = f"/problems/said/{Contribution.objects.get().pk}/"
    page(staff, look, then="show", answer="这周修")
    assert "这周修" in page(Client(), path)
    other = Client()
    assert "这周修" in page(other, "/problems/open/code/", code=code_for("k" * 24))
    assert "删掉" in page(other, "/problems/open/mine/take-back/", go="1")
    assert "西头围栏断了" not in page(Client(), path)


def test_what_is_not_open_is_not_there(client: Client) -> None:
    one = problem()
    assert client.get(f"/problems/open/{one.pk}/").status_code == 404
    assert "车棚里丢车" not in page(client, "/problems/open/")
    other = Client()
    other.force_login(account("unit_leader", "station_west"))
    assert other.get(f"/problems/{one.pk}/open/").status_code == 403


@pytest.mark.parametrize("many", [1, 30])
def test_pages_ask_as_often_for_one_as_for_thirty(
    client: Client, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = opened()
    for _time in range(many):
        actions.look_at_contribution(second(), said(one), show=True)
        said(one)
    with django_assert_max_num_queries(14):
        client.get(f"/problems/open/{one.pk}/")
    staff = Client()
    staff.force_login(account("unit_leader", "station_east"))
    with django_assert_max_num_queries(16):
        staff.get(f"/problems/{one.pk}/open/")
