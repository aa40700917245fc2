"""What is made public says nothing by which somebody can be reached, however it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.matters.masking import masked, private_in

BETWEEN = st.sampled_from(["", "", " ", "-", ".", " - ", "\u200b", "，", "·"])
AROUND = st.text(st.characters(exclude_categories=["Nd", "Cs", "Cc"]), max_size=20)
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SPELT = str.maketrans("0123456789", "零一二三四五六七八九")


@pytest.mark.parametrize(("words", "kind"), [
    ("找老王，13805801234，他有钥匙", "phone"),
    ("电话：0580-3012345 转 2", "phone"),
    ("打他手机 +86 138 0580 1234 就行", "phone"),
    ("call me at +44 20 7946 0958", "phone"),
    ("联系电话3012345", "phone"),
    ("他身份证 330903199001011234", "identity"),
    ("身份证33090319900101123X。", "identity"),
    ("转到 6222 0200 0000 0000 000 吧", "identity"),
    ("发到 wang.li@example.com", "email"),
    ("车牌浙L·A1234 天天停这里", "plate"),
    ("加微信 wxid_88abc", "account"),
])  # fmt: skip
def test_what_reaches_somebody_is_taken_out(words: str, kind: str) -> None:
    [found] = private_in(words)
    assert found.kind == kind
    assert words[found.start : found.end].strip() not in masked(words)
    assert "（号码已隐去）" in masked(words)


@pytest.mark.parametrize("words", [
    "请拨 12345 或者 110，也可以到海平路 12 号",
    "2026-11-24 到 2026-11-30 修好，共 1200000 元",
    "已并入 SQ261124-417，编号 20261124",
    "更换 3 盏灯，型号 LED-100，2026 年 12 月 1 日前完工",
    "路长 13.5 公里，限高 4.5 米，工期 15-20 天",
    "",
])  # fmt: skip
def test_what_names_nobody_stays(words: str) -> None:
    assert masked(words) == words


@given(AROUND, MOBILE, st.lists(BETWEEN, min_size=10, max_size=10), AROUND)
def test_no_mobile_number_stays_whatever_is_put_between(
    before: str, number: str, between: list[str], after: str
) -> None:
    written = number[0] + "".join(gap + one for gap, one in zip(between, number[1:], strict=True))
    told = masked(f"{before} {written}。{after}")
    assert number[-8:] not in "".join(one for one in told if one.isdigit())


@given(AROUND, MOBILE, st.sampled_from([WIDE, SPELT]), AROUND)
def test_nor_in_another_script(
    before: str, number: str, script: dict[int, int], after: str
) -> None:
    written = number.translate(script)
    assert written not in masked(f"{before} {written}。{after}")


@given(st.text(max_size=200))
def test_what_is_masked_stays_masked_and_nothing_is_made_up(words: str) -> None:
    told = masked(words)
    assert masked(told) == told
    if not private_in(words):
        assert told == words
