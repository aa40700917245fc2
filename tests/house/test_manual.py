"""The manual says what the code does, and every page of it can be found."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

import pytest

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.manual import (
    clocks_page,
    events_page,
    measures_page,
    procedures_page,
    run_cards_page,
)
from gongzhi.config.sizing import sizing_page
from gongzhi.watch.exchange.lake.manual import lake_page
from tests.house.source import PACKAGE, ROOT, parsed

DOCS = ROOT / "docs"
MADE: dict[str, Callable[[], str]] = {
    "clocks.md": lambda: clocks_page(catalogue()),
    "events.md": events_page,
    "measures.md": lambda: measures_page(catalogue()),
    "procedures.md": lambda: procedures_page(catalogue()),
    "run-cards.md": lambda: run_cards_page(catalogue()),
    "lake.md": lake_page,
    "sizing.md": sizing_page,
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_from_the_code_is_what_the_code_says(name: str) -> None:
    written = (DOCS / "reference" / name).read_text("utf-8")
    assert written == MADE[name](), "run `gongzhi reference` and look at what has changed"


def test_the_list_of_events_has_every_declaration() -> None:
    """Found in the source, so that one which nothing imports is missed here and nowhere else."""
    listed = set(re.findall(r"^\| `([a-z_.]+\.[a-z_]+)`", events_page(), re.MULTILINE))
    declared = {
        call.args[0].value
        for path in PACKAGE.rglob("events.py")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "event"
        and isinstance(call.args[0], ast.Constant)
    }
    assert declared == listed


def test_a_step_lists_all_that_may_follow_and_nothing_else() -> None:
    incident = procedures_page(catalogue()).partition("`incident`")[2]
    cleared = next(line for line in incident.splitlines() if "`cleared` |" in line)
    assert set(re.findall(r"`([a-z]+)`", cleared.split("|")[2])) == {"closed", "archived"}


def test_every_page_of_the_manual_is_in_its_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:\n")[1]
    pages = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}
    assert pages == set(re.findall(r"[\w./-]+\.md", contents))
