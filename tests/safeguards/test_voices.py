"""Complaints, petitions, assemblies and opinions are heard, and never an input of analysis."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from gongzhi.base.catalogue.kinds.rule import NEVER_HEARD
from gongzhi.base.catalogue.load import shipped
from gongzhi.base.log.events import declared_events
from gongzhi.base.matters.residents import TOLD
from tests.house.source import PACKAGE, parsed, python_files, shown

VOICES = re.compile(
    r"complain|petition|opinion|protest|assembl(?:y|ies)|demonstration|grievance|appeal|dissent"
    r"|satisf|dissatisf|objection|rating|criticism|contribution|OpenWords|volunteer|xinfang|信访|上访|投诉|意见|集会|游行|舆情|不满",
    re.IGNORECASE,
)
"""What people say about those who govern them: their right, and no sign of danger."""


def said(path: Path) -> list[tuple[int, str]]:
    """Every name and text in a file, its documentation left out."""
    tree = parsed(path)
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.append((node.lineno, node.id))
        elif isinstance(node, ast.Attribute):
            found.append((node.lineno, node.attr))
        elif isinstance(node, ast.arg):
            found.append((node.lineno, node.arg))
        elif isinstance(node, ast.Constant) and id(node) not in silent:
            found.append((node.lineno, str(node.value)))
    return found


def calls_analysis(path: Path) -> bool:
    return any(
        (node.module or "").startswith("gongzhi.analysis")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
    )


def test_neither_analysis_nor_what_feeds_it_knows_of_them() -> None:
    files = [
        path
        for path in python_files("src")
        if PACKAGE / "analysis" in path.parents or calls_analysis(path)
    ]
    assert files
    heard = [
        f"{shown(path, line)} {name[:60]}"
        for path in files
        for line, name in said(path)
        if VOICES.search(name)
    ]
    assert not heard


def test_no_rule_of_the_catalogue_turns_them_into_a_warning() -> None:
    rules = shipped() / "rules"
    heard = [path.name for path in rules.glob("*.toml") if VOICES.search(path.read_text("utf-8"))]
    assert not heard


def test_what_residents_say_of_a_problem_is_counted_nowhere() -> None:
    """Their words, offers and hours: only their own pages and rooms read the tables."""
    rooms = {
        "Contribution": ("work/prevention/problems", "config/demo"),
        "SignUp": ("work/volunteering", "config/demo", "watch/notices/telling/volunteers"),
        "Volunteer": ("work/volunteering", "config/demo"),
    }
    for table, allowed in rooms.items():
        reading = [
            path.relative_to(PACKAGE).as_posix()
            for path in python_files("src")
            if re.search(rf"import[^\n]*\b{table}\b|\b{table}\\.objects", path.read_text("utf-8"))
        ]
        assert reading
        assert [one for one in reading if not one.startswith(allowed)] == []


def test_the_rule_hears_one_where_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "risk.py"
    file.write_text('"""About complaints."""\nweight = 2 * petitions + len("投诉")\n', "utf-8")
    assert [name for _line, name in said(file) if VOICES.search(name)] == ["petitions", "投诉"]


def test_nothing_but_their_own_app_reads_what_people_propose_answer_and_vote() -> None:
    """Neither patrol, forecasts, maps, prevention nor supervision imports it; the demo and the
    command line, which put it there and count it again, may; and those who said it see, take and
    erase their own words by their code (`work/personal`)."""
    own = PACKAGE / "work" / "proposals"
    themselves = PACKAGE / "work" / "personal"
    readers = [
        shown(path)
        for path in python_files("src")
        if not {own, themselves} & set(path.parents)
        and PACKAGE / "config" not in path.parents
        and "work.proposals" in path.read_text("utf-8")
    ]
    assert not readers


def test_no_rule_can_listen_to_them() -> None:
    kinds = {kind for kind in declared_events() if kind.startswith("proposals.")}
    residents_own = {
        kind
        for kind in kinds
        if kind.partition(".")[2].startswith(("proposal_", "comment_", "ballot_", "words_"))
        or kind in ("proposals.consultation_answered", "proposals.removal_appealed")
    }
    assert len(residents_own) >= 8
    assert residents_own <= NEVER_HEARD


def test_proposals_never_call_for_patrol() -> None:
    assert "proposal" not in TOLD
