"""The pages as they are asked for, without a script: from the list to the counter."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.participation.codes import code_for
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import Application, Unfinished
from gongzhi.work.public_services.selectors.forms import next_page
from tests.work.public_services import hands
from tests.work.public_services.hands import ANSWERS, FIELDS, KEY, NAME, NUMBER, account, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PERMIT = "/services/residence_permit/"
FORM = "/services/form/"


def inside(name: str = "clerk") -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def said(client: Client, path: str, **sent: object) -> str:
    """The page behind a GET, or a POST where something is sent."""
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def filled(client: Client) -> Unfinished:
    """From the check through every page of the form."""
    hands.county()
    said(client, f"{PERMIT}apply/", **ANSWERS)
    while (section := next_page(Unfinished.objects.get())) is not None:
        given = {one.code: FIELDS[one.code] for one in section.fields}
        said(client, f"{FORM}page/{section.code}/", **given)
    return Unfinished.objects.get()


class TestGuidance:
    def test_is_found_by_a_plain_word_in_either_language(self, client: Client) -> None:
        hands.county()
        for words in ("居住证", "newcomer", "residence"):
            assert PERMIT in said(client, f"/services/?q={words}")
        assert "没有找到" in said(client, "/services/?q=宇宙飞船")
        assert "/services/" in said(client, "/")

    @pytest.mark.parametrize("code", list(catalogue().services))
    def test_of_every_service_says_who_how_long_how_much_and_where(
        self, client: Client, code: str
    ) -> None:
        hands.county()
        page = said(client, f"/services/{code}/")
        service = catalogue().services[code]
        for words in (service.name, service.about, service.who):
            assert str(words) in page.replace("&#x27;", "'").replace("&quot;", '"')

    def test_tells_law_from_promise(self, client: Client) -> None:
        hands.county()
        page = said(client, PERMIT)
        assert "法律规定 15 日" in page
        assert "《居住证暂行条例》第九条" in page
        assert "我们承诺 7 个工作日" in page

    def test_names_what_nobody_needs_to_bring(self, client: Client) -> None:
        hands.county()
        assert "我们自己查，不用您交" in said(client, PERMIT)

    def test_one_that_there_isn_t_is_said_in_words(self, client: Client) -> None:
        answer = client.get("/services/time_travel/")
        assert answer.status_code == 404
        assert "没有这项服务" in answer.content.decode()


class TestTheCheck:
    def test_leads_by_links_to_a_verdict_with_its_papers(self, client: Client) -> None:
        page = said(client, f"{PERMIT}check/")
        assert "您的户口在哪里" in page
        for _question in ANSWERS:
            wanted = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page)]
            links = [one for one in wanted if "check/?" in one]
            good = [one for one in links if all(f"{k}={v}" in one for k, v in _told(one).items())]
            page = said(client, next(one for one in good if _is_ours(one)))
        assert "可以办" in page
        assert "工作证明" in page
        assert "就读证明" not in page

    def test_of_what_can_t_be_says_why_and_offers_no_form(self, client: Client) -> None:
        page = said(client, f"{PERMIT}check/?registered=elsewhere&half_year=no")
        assert "满半年再来" in page
        assert "/apply/" not in page


def _told(link: str) -> dict[str, str]:
    return dict(one.split("=") for one in link.partition("?")[2].split("&"))


def _is_ours(link: str) -> bool:
    told = _told(link)
    return all(ANSWERS[code] == answer for code, answer in told.items())


class TestApplying:
    def test_goes_from_the_check_to_the_receipt(self, client: Client) -> None:
        filled(client)
        page = said(client, f"{FORM}papers/", material="photo", file=hands.picture())
        assert "/small/" in page
        page = said(client, f"{FORM}send/")
        assert NAME in page
        assert "来领的时候出示" in page
        sent = {"office": "station_lancheng", "filled_by": "self", "agreed": "on"}
        page = said(client, f"{FORM}send/", **sent)
        assert "提交好了" in page
        assert "办居住证" in page
        one = Application.objects.get()
        assert one.matter.number in page
        assert NAME not in page
        assert not client.cookies["service-form"].value

    def test_sent_again_leads_to_the_same_receipt(self, client: Client) -> None:
        filled(client)
        sent = {"office": "station_lancheng", "filled_by": "self", "agreed": "on"}
        said(client, f"{FORM}send/", **sent)
        assert "提交好了" in said(client, f"{FORM}send/", **sent)
        assert Application.objects.count() == 1

    def test_needs_consent_and_a_counter(self, client: Client) -> None:
        filled(client)
        answer = client.post(f"{FORM}send/", {"filled_by": "self"})
        assert answer.status_code == 422
        assert "请选一个窗口" in answer.content.decode()
        assert "请勾选同意" in answer.content.decode()
        assert not Application.objects.exists()

    def test_what_is_wrong_on_a_page_stands_beside_it_and_what_was_typed_stays(
        self, client: Client
    ) -> None:
        hands.county()
        said(client, f"{PERMIT}apply/", **ANSWERS)
        wrong = {"name": NAME, "id_number": NUMBER[:-1] + "1", "phone": "x"}
        answer = client.post(f"{FORM}page/who/", wrong)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "最后一位对不上" in page
        assert NAME in page

    def test_goes_on_on_another_device_by_the_code_and_later_follows_by_it(
        self, client: Client
    ) -> None:
        form = filled(client)
        code = code_for(form.key)
        other = Client()
        assert "材料" in said(other, "/services/resume/", code=code)
        sent = {"office": "station_lancheng", "filled_by": "self", "agreed": "on"}
        said(other, f"{FORM}send/", **sent)
        third = Client()
        assert "办到哪一步" in said(third, "/services/resume/", code=code)
        answer = Client().post("/services/resume/", {"code": "WRONGCODE222"})
        assert answer.status_code == 422

    def test_gone_on_with_after_the_conditions_changed_asks_anew_and_loses_nothing(
        self, client: Client
    ) -> None:
        form = filled(client)
        Unfinished.objects.update(version="2020-01", answers={"registered": "elsewhere"})
        code = code_for(form.key)
        page = said(Client(), "/services/resume/", code=code)
        assert "条件变了" in page
        assert "您的户口在哪里" in page
        other = actions.begin_form(hands.RESIDENT, hands.permit(), ANSWERS, key="q" * 24)
        offers = actions.show_facts(hands.RESIDENT, other, code, hands.PHONE[-4:])
        assert NAME in [one.text for one in offers]

    def test_a_lying_upload_is_refused_in_words_on_the_page(self, client: Client) -> None:
        filled(client)
        liar = hands.picture()
        liar.write(b"MZ this is a program")
        liar.seek(0)
        liar.name = "me.jpg"
        answer = client.post(f"{FORM}papers/", {"material": "photo", "file": liar})
        assert answer.status_code == 422
        assert "notice" in answer.content.decode()

    def test_is_erased_at_once_when_one_asks(self, client: Client) -> None:
        filled(client)
        said(client, f"{FORM}erase/", yes="1")
        assert not Unfinished.objects.exists()

    def test_nobody_else_sees_an_upload(self, client: Client) -> None:
        form = filled(client)
        kept = actions.keep_material(hands.RESIDENT, form, "photo", hands.upload())
        path = f"/files/{kept.file_id}/"
        assert client.get(path).status_code == 200
        assert Client().get(path).status_code == 404
        assert inside().get(path).status_code == 404
        actions.send(hands.RESIDENT, form, unit("station_lancheng"), filled_by="self")
        holder = Client()
        said(holder, "/services/resume/", code=code_for(form.key))
        assert holder.get(path).status_code == 200
        assert Client().get(path).status_code == 404
        # Staff look through the counter's own page, which leaves a trace.
        assert inside().get(path).status_code == 404


class TestTheCounter:
    def test_opens_by_the_code_and_by_the_number(self) -> None:
        one = hands.applied()
        for typed in (code_for(KEY), one.matter.number):
            page = said(inside(), "/applications/", code=typed)
            assert "办居住证" in page
            assert NAME not in page
        answer = inside("other").post("/applications/", {"code": code_for(KEY)})
        assert answer.status_code == 404

    def test_accepts_decides_and_hands_over(self) -> None:
        one = hands.applied()
        clerk, here = inside(), f"/applications/{one.pk}/"
        for code in ("photo", "work_proof"):
            said(clerk, f"{here}material/{code}/", good="yes")
        said(clerk, f"{here}accept/", yes="1")
        ready = {"collect": "counter", "result": "带身份证来领"}
        said(clerk, f"{here}step/ready/", **ready)
        said(clerk, f"{here}material/identity/", good="yes")
        page = said(clerk, f"{here}step/collected/", yes="1")
        assert "已领取" in page
        assert "第 1 趟窗口" in page
        follower = Client()
        page = said(follower, "/services/resume/", code=code_for(KEY))
        assert "带身份证来领" in page

    def test_shows_a_paper_once_and_only_to_the_counter_that_has_it(self) -> None:
        one = hands.applied()
        file = one.materials.get(code="photo").files.get().attachment.file
        path = f"/applications/{one.pk}/file/{file.pk}/"
        answer = inside().post(path)
        assert answer["Content-Type"] == "image/jpeg"
        assert "no-store" in answer["Cache-Control"]
        assert inside("other").post(path).status_code == 404

    def test_a_refusal_tells_the_applicant_the_law_and_how_to_appeal(self) -> None:
        one = hands.accepted()
        told = {"legal_reason": "《居住证暂行条例》第二条", "told": "还不满半年"}
        said(inside(), f"/applications/{one.pk}/step/refused/", **told)
        page = said(Client(), "/services/resume/", code=code_for(KEY))
        for words in ("《居住证暂行条例》第二条", "还不满半年", "行政复议法", "六十日", "六个月"):
            assert words in page

    def test_the_receipt_has_no_name_on_it(self) -> None:
        one = hands.accepted()
        page = said(inside(), f"/applications/{one.pk}/receipt/")
        assert one.matter.number in page
        assert NAME not in page
        assert NUMBER not in page

    def test_asks_the_database_the_same_however_many_lie_there(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        hands.applied()
        clerk = inside()
        clerk.get("/applications/")
        with django_assert_max_num_queries(14) as few:
            clerk.get("/applications/")
        for number in range(5):
            hands.applied(f"{number}" * 24, photos=())
        with django_assert_max_num_queries(len(few)):
            clerk.get("/applications/")
