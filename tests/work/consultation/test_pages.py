"""Anybody asks in their own words, reads the answer with its law, and says whether it helped."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account
from gongzhi.work.consultation.models import Asked, Judged
from tests.work.dispatch.county import account, body

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ENGLISH = {"accept-language": "en"}


def ask(question: str, **headers: str) -> str:
    answer = Client(headers=headers or None).post("/ask/", {"question": question})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_answer_stands_first_and_open() -> None:
    page = ask("身份证被偷了")
    best = page[page.index("ask-best") :]
    assert "/ask/id_card_lost/" in best.split("</article>")[0]
    assert "到派出所办证窗口申请补领" in best


def test_it_answers_in_the_readers_language() -> None:
    assert "Apply for a replacement at a police counter" in ask("my id card was stolen", **ENGLISH)


def test_without_an_answer_a_person_is_asked() -> None:
    page = ask("怎么煮米饭")
    assert "没有现成的答案" in page
    assert 'href="/ask/person/"' in page
    assert Asked.objects.get().outcome == "nothing"


def test_an_article_tells_its_law() -> None:
    page = Client().get("/ask/residence_permit/").content.decode()
    assert "受理后十五日内制发居住证" in page
    assert "《居住证暂行条例》第九条" in page


def test_what_was_asked_is_kept_nowhere() -> None:
    """Not in the log, not in a table, not in the address: people write who they are."""
    ask("我叫赵铁柱，身份证丢了，电话13912345678")
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = repr(cursor.fetchall())
        assert "铁柱" not in rows, table
        assert "13912345678" not in rows, table
    entry = Entry.objects.get(kind="consultation.question_asked")
    told = json.loads(entry.text)
    assert told == {"language": "zh", "outcome": "answered", "article": "id_card_lost"}


def test_questions_and_judgements_are_counted_for_those_who_write() -> None:
    for question in ("身份证丢了", "身份证被偷了", "怎么煮米饭"):
        ask(question)
    for helped in ("1", "0", "0"):
        Client().post("/ask/id_card_lost/helped/", {"helped": helped})
    assert Judged.objects.values_list("helped", "failed").get() == (1, 2)
    client = Client()
    client.force_login(account("supervisor", body("a"), "counts"))
    page = client.get("/ask/counted/").content.decode()
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["3", "2", "0", "1"]
    row = page[page.index("/ask/id_card_lost/") :].split("</tr>")[0]
    assert re.findall(r'right">(\d+)<', row) == ["2", "0", "1", "2"]


def test_only_those_who_may_see_the_counts() -> None:
    client = Client()
    client.force_login(account("call_taker", body("a"), "curious"))
    assert client.get("/ask/counted/").status_code == 403
    assert Account.objects.filter(username="curious").exists()


def test_an_article_that_is_not_there_is_said_in_words() -> None:
    answer = Client().get("/ask/nothing_here/")
    assert answer.status_code == 404
    assert "没有这篇问答" in answer.content.decode()
    assert Client().post("/ask/nothing_here/helped/", {"helped": "1"}).status_code == 404


def test_who_asks_too_often_waits() -> None:
    client = Client()
    codes = {client.post("/ask/", {"question": "身份证"}).status_code for _ in range(61)}
    assert codes == {200, 429}
