"""A procedure that could not be walked to its end is refused, with its file and its key."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from django.utils.translation import override

from gongzhi.base.catalogue.kinds.deed import PartyRole
from gongzhi.base.catalogue.kinds.procedure import replay
from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped
from gongzhi.base.catalogue.manual.procedures import diagram
from gongzhi.base.matters.course import shown_by
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.ui.errors import Refused

SECOND = """
[[versions]]
code = "2027-01"
in_force_from = {day}
steps = [
    {{ code = "received", name = {{ zh = "收到", en = "In" }}, plain = {{ zh = "收", en = "In" }} }},
    {{ code = "closed", name = {{ zh = "办结", en = "Closed" }}, plain = {{ zh = "结", en = "C" }}, may_follow = ["received"], ends = true }},
]
"""  # noqa: E501


def county(folder: Path, text: str) -> Path:
    """The county's own catalogue, with its own way of handling incidents."""
    path = folder / "procedures/incident.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return folder


def incident() -> str:
    return (shipped() / "procedures/incident.toml").read_text("utf-8")


def second_version(day: str) -> str:
    return incident() + SECOND.format(day=day)


def fault(folder: Path) -> str:
    with pytest.raises(CatalogueError) as wrong:
        read(shipped(), folder)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\nends = true", "", "steps.received: no way from here leads to an end"),
        (
            'may_follow = ["received", "unassigned"]\nroles = ["dispatcher", "call_taker"',
            'may_follow = ["settled"]\nroles = ["dispatcher", "call_taker"',
            "steps.settled.may_follow: no way from the first step leads here",
        ),
        ('roles = ["data_steward"]', "roles = []", "steps.13: Value error, roles: nobody may"),
        ('roles = ["data_steward"]', 'roles = ["steward"]', "there is no role 'steward'"),
        (
            'kind = "choice"',
            'basis = "penalties_1", kind = "choice"',
            "versions.2026-01.steps.cleared.disposition.basis: there is no article 'penalties_1'",
        ),
        ('kind = "choice"', 'kind = "colour"', "elements.0.kind: Input should be 'text',"),
        (
            'way = ["settled", "closed"]',
            'version = "2030-01"\nway = ["settled", "closed"]',
            "examples.3.version: there is no version '2030-01'",
        ),
    ],
)
def test_a_mistake_is_named_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = incident()
    assert old in text
    said = fault(county(tmp_path, text.replace(old, new)))
    assert "procedures/incident.toml: " in said
    assert told in said


def test_a_loop_needs_an_exit_though_other_steps_have_one(tmp_path: Path) -> None:
    """Two steps that only follow each other hold a matter for ever."""
    loop = "".join(
        f'\n[[versions.steps]]\ncode = "{code}"\nname = {{ zh = "等", en = "Wait" }}\n'
        f'plain = {{ zh = "等", en = "Wait" }}\nmay_follow = {after}\n'
        for code, after in (("waiting", '["received", "asking"]'), ("asking", '["waiting"]'))
    )
    said = fault(county(tmp_path, incident() + loop))
    assert "steps.waiting: no way from here leads to an end" in said


def test_two_versions_are_not_in_force_on_one_day(tmp_path: Path) -> None:
    said = fault(county(tmp_path, second_version("2026-01-01")))
    assert "versions.2027-01.in_force_from: 2026-01 is in force from that day, too" in said


def test_an_old_version_keeps_its_own_examples(tmp_path: Path) -> None:
    """A county may drop a step; what the old version allowed is still an example of that one."""
    text = second_version("2027-01-01")
    assert "2027-01" in fault(county(tmp_path, text))
    kept = text.replace("[[examples]]", '[[examples]]\nversion = "2026-01"')
    own = '\n[[examples]]\nversion = "2027-01"\nway = ["closed"]\n\n[[versions]]'
    kept = kept.replace("\n[[versions]]", own, 1)
    (tmp_path / "procedures/incident.toml").write_text(kept, encoding="utf-8")
    procedure = read(shipped(), tmp_path).procedures["incident"]
    assert [one.way for one in procedure.examples_of(procedure.version("2027-01"))] == [("closed",)]
    assert replay(procedure) == []


def test_the_diagram_draws_what_may_follow_and_nothing_else() -> None:
    for procedure in catalogue().procedures.values():
        for version in procedure.versions:
            drawn = {tuple(line.split()[::2]) for line in diagram(version) if " --> " in line}
            ways = {(one, step.code) for step in version.steps for one in step.may_follow}
            ends = {(step.code, "[*]") for step in version.steps if step.ends}
            assert drawn == ways | ends | {("[*]", version.steps[0].code)}


def test_a_missing_element_is_refused_with_statute_and_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = (
        '[articles.order_90]\nstatute = { zh = "《治安管理处罚法》", en = "Penalties Law" }\n'
        'article = { zh = "第九十条", en = "Art. 90" }\n\n[[versions]]'
    )
    text = incident().replace("[[versions]]", article, 1)
    folder = county(
        tmp_path, text.replace('kind = "choice"', 'basis = "order_90", kind = "choice"')
    )
    whole = read(shipped(), folder)
    monkeypatch.setattr("gongzhi.base.matters.models.matter.catalogue", lambda: whole)
    cleared = whole.procedures["incident"].versions[0].step("cleared")
    assert cleared is not None
    with override("zh-hans"), pytest.raises(Refused, match="《治安管理处罚法》第九十条"):
        shown_by(Matter(procedure="incident"), cleared, {}, ())


BAIL = 'end = { zh = "解除取保候审", en = "Bail ended" }\n'
CASE = (shipped() / "procedures/criminal_case.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            BAIL + 'of = ["suspect"]\n', BAIL,
            "deeds.bail.of: expected, as begin:crm_026 is about one person",
        ),
        ('of = ["complainant", "victim"]', 'of = ["neighbour"]', "Input should be 'suspect'"),
        ('moves_with = { victim = ', 'moves_with = { neighbour = ', "Input should be 'suspect'"),
        (
            'moves = ["begin:crm_072"]', 'moves = ["begin:crm_054"]',
            "steps.supplementary.of: expected, as begin:crm_054 is about one person",
        ),
    ],
)  # fmt: skip
def test_what_is_about_one_person_names_whom(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in CASE
    path = tmp_path / "procedures/criminal_case.toml"
    path.parent.mkdir()
    path.write_text(CASE.replace(old, new), encoding="utf-8")
    assert told in fault(tmp_path)


def test_the_roles_of_a_procedure_are_those_of_parties() -> None:
    assert set(get_args(PartyRole)) == set(Party.Role.values)
