"""English that a page couldn't show is found before anybody reads it."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from gongzhi.config.messages import unfit


@pytest.mark.parametrize(
    ("chinese", "english", "fits"),
    [
        ("%(n)s 起", "%(n)s calls", True),
        ("约 %(n)s 起", "about %(many)s", False),
        ("%(n)s 起，误差 95%%", "%(n)s calls, 95 % interval", False),
        ("%(n)s 起，误差 95%%", "%(n)s calls, 95 %% interval", True),
        (("%(n)s 起", "%(n)s 起"), ("one call", "%(n)s calls"), True),
        (("%(n)s 起", "%(n)s 起"), ("one call", "%(m)s calls"), False),
        ("九成", "90 % of them", True),
    ],
)
def test_english_is_filled_in_with_what_the_chinese_names(
    chinese: str | tuple[str, str], english: str | tuple[str, str], fits: bool
) -> None:
    texts = Catalog(locale="en")
    texts.add(chinese, english)
    assert (not unfit(texts)) == fits
