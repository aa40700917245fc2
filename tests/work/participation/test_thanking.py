"""A resident's thanks reach who helped, and become no number."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import erase_own, judge_outcome, thank_helpers
from gongzhi.work.participation.models import Thanks
from tests.safeguards.test_erasure import everywhere
from tests.work.participation.cast import RESIDENT, answered, clerk, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "当天就来换了，孩子下晚自习不怕了"


def test_thanks_go_sealed_to_who_helped_and_nobody_else_reads_them() -> None:
    receipt = answered(lamp())
    made = thank_helpers(RESIDENT, receipt, words=WORDS)
    [helper] = made.helpers.all()
    assert helper == clerk("city_management")
    assert everywhere(WORDS) == []
    [entry] = Entry.objects.filter(kind="participation.thanked")
    assert WORDS not in entry.text
    for who, sees in ((helper, True), (clerk("city_management", "unit_leader"), False)):
        client = Client()
        client.force_login(who)
        page = client.get(f"/requests/{receipt.matter_id}/").content.decode()
        assert (WORDS in page) is sees


def test_once_after_an_answer_and_in_words() -> None:
    receipt = lamp()
    with pytest.raises(Refused, match="办出结果"):
        thank_helpers(RESIDENT, receipt, words=WORDS)
    answered(receipt)
    for words in ("", "好" * 301):
        with pytest.raises(Refused, match="最多"):
            thank_helpers(RESIDENT, receipt, words=words)
    thank_helpers(RESIDENT, receipt, words=WORDS)
    with pytest.raises(Refused, match="已经谢过"):
        thank_helpers(RESIDENT, receipt, words="再谢一次")


def test_who_has_their_words_erased_takes_the_thanks_along() -> None:
    receipt = answered(lamp())
    thank_helpers(RESIDENT, receipt, words=WORDS)
    judge_outcome(RESIDENT, receipt, solved=True)
    erase_own(RESIDENT, receipt)
    assert Thanks.objects.get().words == ""
