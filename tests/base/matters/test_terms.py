"""What is compared of a narrative says what happened, never to whom."""

from __future__ import annotations

import pytest

from gongzhi.base.matters.terms import bare, shared_words, terms_of


@pytest.mark.parametrize(
    ("told", "gone"),
    [
        ("我叫张伟明，昨晚店里被撬", "张伟明"),
        ("联系人：赵小六，路灯坏了", "赵小六"),
        ("电话13800001111，路灯坏了", "13800001111"),
        ("电话139 0000 1111，路灯坏了", "0000"),
        ("身份证33090319900101123X被偷", "33090319900101123X"),
        ("车牌浙L12345停在消防通道", "L12345"),
        ("微信abc_12345转走了钱", "abc_12345"),
        ("邮箱 someone@example.org", "someone"),
        ("隔壁王女士说有人翻窗", "王"),
        ("黄某和陈某打起来了", "黄某"),
        ("村民刘建国把路灯砸了", "刘建国"),
        ("老李家门口的井盖没了", "老李"),
        ("姓周的把路堵了", "周"),
    ],
)
def test_what_names_or_reaches_somebody_is_taken_out(told: str, gone: str) -> None:
    assert gone not in bare(told)


@pytest.mark.parametrize(
    "told",
    ["望潮镇海平路12号二楼窗户被撬，丢了现金", "澜城码头 3 号泊位电动车被偷", "陈家岙路灯不亮"],
)
def test_what_happened_and_where_stays(told: str) -> None:
    assert bare(told) == told


def test_where_nothing_was_said_nothing_is_left_and_nothing_breaks() -> None:
    """The comparison of all reports must not stop at one that came without words."""
    assert bare("") == ""
    assert terms_of("") == ()


def test_a_name_makes_no_two_texts_alike() -> None:
    one, other = terms_of("我叫张伟明，13800001111"), terms_of("我叫李小龙，13900002222")
    assert set(one) == set(other)  # what introduces the name is left, and says nothing


def test_the_terms_are_numbers_and_the_same_ones_in_every_process() -> None:
    assert terms_of("撬窗") == (1_267_343_184,)
    assert set(terms_of("后窗被撬，现金被偷")) & set(terms_of("有人撬后窗"))


def test_words_in_common_are_said_without_names() -> None:
    texts = ["刘建国家后窗被撬，现金丢失", "后窗被撬，刘建国的现金不见了", "后窗撬开，丢现金"]
    said = shared_words(texts)
    assert "现金" in said
    assert not any("刘" in word or "建国" in word for word in said)
    assert shared_words(texts[:1]) == []
