"""From the landing page to the receipt on a phone: three minutes, 25 answers, 150 kB of script.

Two services here; `benchmarks/one_visit.py` goes through five, as slowly as people are.
"""

from __future__ import annotations

import pytest

from gongzhi.base.catalogue.load import catalogue
from tests.browser.conftest import OpenPage
from tests.browser.visiting import Visitor

MOST_SECONDS, MOST_ANSWERS, MOST_SCRIPT_KB = 180, 25, 150


@pytest.mark.parametrize("code", ["residence_permit", "household_move_in"])
def test_one_applies_within_three_minutes(open_page: OpenPage, code: str) -> None:
    """The machine's own time isn't counted here: others use it, too."""
    took = Visitor(open_page(view="phone")).applies_for(catalogue().services[code])
    assert took.person <= MOST_SECONDS
    assert took.answers <= MOST_ANSWERS
    assert took.script_kb <= MOST_SCRIPT_KB, took.heaviest
