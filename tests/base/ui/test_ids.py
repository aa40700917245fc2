"""An id that comes as text is that number, or nobody's."""

from __future__ import annotations

import pytest

from gongzhi.base.ui.ids import id_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("417", 417), (" JQ261124-417 ", 417), ("-417", 417), ("", 0), (None, 0), ("JQ261124-", 0),
        ("四一七", 0), ("４１７", 0), ("²", 0), ("1\x00", 0), ("9" * 16, 0), ("4.0", 0),
    ],
)  # fmt: skip
def test_an_id_is_a_number_or_nobody_s(text: str | None, found: int) -> None:
    assert id_in(text) == found
