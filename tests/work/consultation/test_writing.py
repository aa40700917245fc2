"""An answer becomes an article: one writes it, another reads it, the search finds it at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.consultation import actions
from gongzhi.work.consultation.models import Wording
from gongzhi.work.consultation.personal import hits_in
from gongzhi.work.consultation.selectors.counts import month
from gongzhi.work.consultation.selectors.finding import answer
from gongzhi.work.consultation.wording import citations, headings
from gongzhi.work.participation.actions import answer_request, start_request, take_up

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
ASKED = "我家船上的柴油发电机要换，换完是不是还得重新检验一遍船"
FIELDS = {
    "question_zh": "渔船换了发电机，要重新检验吗？",
    "answer_zh": "要。换完以后向渔业船舶检验机构申请临时检验。\n\n带上新机器的合格证。",
    "question_en": "Does a fishing boat need a new survey after its generator is changed?",
    "answer_en": "Yes. Apply for an occasional survey.\n\nBring the new machine's certificate.",
    "group": next(iter(headings())),
    "law_1": next(iter(citations())),
    "also_zh": "船上柴油机换新的",
}
WHY = "县里没有这样的做法"


def account(name: str, role: str) -> Account:
    """Somebody of the hotline, or the bureau's lawyer."""
    found = Account.objects.filter(username=name).select_related("unit").first()
    if found:
        return found
    unit = Unit.objects.filter(code="hotline").first() or open_unit(
        SYSTEM, code="hotline", kind="department", name_zh="12345 热线", name_en="Hotline"
    )
    return open_account(SYSTEM, username=name, display_name=name, unit=unit, roles=[role])


def writer() -> Actor:
    return Actor.account(account("writer", "partner"))


def reviewer() -> Actor:
    return Actor.account(account("reviewer", "legal_reviewer"))


def asked() -> Matter:
    writer()
    told = {"name": "海听潮", "phone": "13900007788"}
    return actions.ask_person(Actor.resident(), ASKED, contact=told, key="q" * 24).matter


def answered() -> Matter:
    matter = asked()
    take_up(writer(), matter)
    start_request(writer(), matter)
    return answer_request(writer(), matter, "要的，换完申请临时检验。")


def proposed(**more: str) -> Wording:
    return actions.propose_article(writer(), {**FIELDS, **more})


def published() -> Wording:
    return actions.publish_wording(reviewer(), proposed(), looked=False)


def finds() -> str:
    return answer("渔船发电机换了还要检验吗").best


def seen(name: str, role: str) -> Client:
    client = Client()
    client.force_login(account(name, role))
    return client


def test_a_person_is_asked_without_a_name_or_a_place_and_the_clock_runs() -> None:
    writer()
    page = Client().get("/ask/person/").content.decode()
    key = page.partition('name="idempotency_key" value="')[2].partition('"')[0]
    sent = Client().post("/ask/person/", {"words": ASKED, "idempotency_key": key}, follow=True)
    assert ASKED in sent.content.decode()
    matter = Matter.objects.get(category="question")
    assert matter.clocks.filter(clock="request_answer", stopped_at=None).exists()
    again = Client().post("/ask/person/", {"words": ASKED, "idempotency_key": key})
    assert again.status_code == 302
    assert Matter.objects.filter(category="question").count() == 1


def test_what_is_published_is_found_at_once_with_who_wrote_it_and_when() -> None:
    assert not finds().startswith("written_")
    made = published()
    assert finds() == made.written.code
    page = Client().get(f"/ask/{made.written.code}/").content.decode()
    assert "12345 热线写，另一个人审过" in page
    assert "带上新机器的合格证" in page
    assert FIELDS["law_1"] in page
    english = Client(headers={"accept-language": "en"})
    assert "occasional survey" in english.get(f"/ask/{made.written.code}/").content.decode()
    assert FIELDS["question_zh"] in Client().get("/ask/").content.decode()


def test_nobody_lets_out_what_they_wrote() -> None:
    own = actions.propose_article(reviewer(), FIELDS)
    with pytest.raises(Refused, match="另一个人"):
        actions.publish_wording(reviewer(), own, looked=True)
    with pytest.raises(Refused) as refused:
        actions.publish_wording(writer(), proposed(), looked=True)
    assert refused.value.status == 403
    assert not finds().startswith("written_")


@pytest.mark.parametrize("left_out", ["question_en", "answer_en", "law_1", "group"])
def test_both_languages_and_the_law_are_there_before_it_goes_out(left_out: str) -> None:
    waits = proposed(**{left_out: ""})
    with pytest.raises(Refused) as refused:
        actions.publish_wording(reviewer(), waits, looked=True)
    assert refused.value.code == "article_gaps"
    actions.change_wording(reviewer(), waits, FIELDS)
    actions.publish_wording(reviewer(), waits, looked=True)
    assert finds()


@pytest.mark.parametrize(
    "words",
    ["打 13900007788 找他", "证件号 11010519491231002X", "写信到 hai@example.cn", "车是浙L·A1234",
     "见 SQ261124-417", "139 0000 7788"],
)  # fmt: skip
def test_numbers_of_somebody_are_refused_as_it_is_written(words: str) -> None:
    with pytest.raises(Refused) as refused:
        proposed(answer_zh=words)
    assert refused.value.code == "article"
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    "words", ["王女士去年也办过", "海平路 12 号那家", "2025年3月2日那次", "Ask Mr Hai about it"]
)
def test_what_may_be_somebody_is_looked_at_by_a_person_first(words: str) -> None:
    waits = proposed(answer_zh=words, answer_en="So it is.")
    with pytest.raises(Refused, match="看过了"):
        actions.publish_wording(reviewer(), waits, looked=False)
    actions.publish_wording(reviewer(), waits, looked=True)


def test_the_residents_own_sentences_are_noticed() -> None:
    copied = actions.propose_article(writer(), {**FIELDS, "also_zh": ASKED}, answered())
    with pytest.raises(Refused, match="看过了"):
        actions.publish_wording(reviewer(), copied, looked=False)


@pytest.mark.parametrize("text", FIELDS.values())
def test_an_innocent_article_is_left_alone(text: str) -> None:
    assert hits_in([text, "到 3 号窗口办，打 12345 或 110，15 个工作日。"], ASKED) == []


def test_only_an_answered_request_of_ones_own_becomes_an_article() -> None:
    with pytest.raises(Refused, match="先答复居民"):
        actions.propose_article(writer(), FIELDS, asked())
    other = open_unit(SYSTEM, code="health", kind="department", name_zh="卫健", name_en="Health")
    nurse = open_account(
        SYSTEM, username="nurse", display_name="n", unit=other, roles=["partner"]
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.propose_article(Actor.account(nurse), FIELDS, Matter.objects.get())
    assert refused.value.code == "not_your_matter"


def test_a_new_version_replaces_the_old_one_and_both_stay_to_be_read() -> None:
    made = published()
    again = actions.revise_article(
        writer(), made.written, {**FIELDS, "answer_zh": "不用。\n\n好。"}
    )
    assert "要。换完" in Client().get(f"/ask/{made.written.code}/").content.decode()
    with pytest.raises(Refused, match="已经有一版在等审"):
        actions.revise_article(writer(), made.written, FIELDS)
    actions.publish_wording(reviewer(), again, looked=True)
    page = Client().get(f"/ask/{made.written.code}/").content.decode()
    assert "不用。" in page
    assert "第 2 版" in page
    kept = seen("reviewer", "legal_reviewer").get(f"/ask/desk/{made.written_id}/").content.decode()
    assert "要。换完" in kept
    assert "被新版代替" in kept


def test_what_is_taken_down_is_found_no_more_and_says_why() -> None:
    made = published()
    with pytest.raises(Refused, match="原因"):
        actions.retire_article(reviewer(), made.written, why=" ")
    actions.retire_article(reviewer(), made.written, why=WHY)
    assert not finds().startswith("written_")
    assert Client().get(f"/ask/{made.written.code}/").status_code == 404
    page = seen("writer", "partner").get(f"/ask/desk/{made.written_id}/").content.decode()
    assert WHY in page


def test_what_is_declined_is_erased() -> None:
    waits = proposed()
    actions.decline_wording(reviewer(), waits, why=WHY)
    waits.refresh_from_db()
    assert waits.fields == {}
    with pytest.raises(Refused, match="没有采用"):
        actions.publish_wording(reviewer(), waits, looked=True)


def test_the_log_has_which_article_and_never_a_word_of_it() -> None:
    published()
    kinds = ["consultation.article_proposed", "consultation.article_published"]
    told = list(Entry.objects.filter(kind__in=kinds).order_by("seq").values_list("text", flat=True))
    assert len(told) == 2
    assert not any("发电机" in one for one in told)


def test_by_hand_from_the_request_to_the_search() -> None:
    """The clerk opens the answered request, writes; the lawyer reads and lets it out."""
    matter = answered()
    clerk, lawyer = seen("writer", "partner"), seen("reviewer", "legal_reviewer")
    assert "写成问答" in clerk.get(f"/requests/{matter.pk}/").content.decode()
    address = f"/ask/desk/write/?request={matter.pk}"
    assert "换完申请临时检验" in clerk.get(address).content.decode()
    page = clerk.post(address, FIELDS, follow=True).content.decode()
    assert "要由另一个人来审" in page
    waits = Wording.objects.get()
    assert waits.written.matter == matter
    assert "渔船换了发电机" in lawyer.get("/ask/desk/").content.decode()
    page = lawyer.get(f"/ask/desk/{waits.written_id}/").content.decode()
    assert "没有找到手机号" in page
    lawyer.post(f"/ask/desk/{waits.written_id}/publish/", {"looked": "yes"})
    assert finds() == waits.written.code
    assert "由居民的提问整理" in Client().get(f"/ask/{finds()}/").content.decode()


def test_the_desk_asks_as_much_for_many_as_for_one(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _number in range(12):
        proposed()
    lawyer = seen("reviewer", "legal_reviewer")
    with django_assert_max_num_queries(12):
        lawyer.get("/ask/desk/")


def test_unanswered_questions_are_counted_by_what_they_come_near() -> None:
    missed = answer("残疾证怎么办", None)
    assert missed.articles == ()
    assert missed.near
    actions.count_question(Actor.resident(), "zh", missed)
    found = month(timezone.localdate(Entry.objects.latest("seq").at))
    assert (found.asked, found.nothing) == (1, 1)
    assert [times for _question, times in found.near] == [1]
    assert found.articles == []
