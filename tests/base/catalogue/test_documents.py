"""What ships as documents can be made out; a template that names what isn't there is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped


def fault(folder: Path, old: str, new: str, code: str = "evidence_order") -> str:
    """What is said of a county's own template in which this was changed."""
    text = (shipped() / "documents" / f"{code}.toml").read_text("utf-8")
    assert old in text
    (folder / "documents").mkdir()
    changed = text.replace(old, new, 1)
    (folder / "documents" / f"{code}.toml").write_text(changed, "utf-8")
    with pytest.raises(CatalogueError) as wrong:
        read(shipped(), folder)
    return str(wrong.value)


def test_the_usual_papers_of_both_kinds_of_cases_ship() -> None:
    assert len(catalogue().documents) >= 12
    for document in catalogue().documents.values():
        assert document.versions[0].basis, document.code


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{items}", "{itmes}", "versions.0: Value error, body.2: it has no field 'itmes'"),
        ('code = "law"', 'code = "lex"', "it has no field 'law'"),
        (
            "matter.category",
            "matter.colour",
            "fields.cause.source: a matter has no 'matter.colour'",
        ),
        ("{items}", "{items.__class__}", "it has no field 'items.__class__'"),
        ("{items}", "{items!r}", "expected a name alone between the braces"),
        ('"commander"', '"king"', "approved_by: there is no role 'king'"),
    ],
)
def test_a_template_that_names_what_is_not_there_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    said = fault(tmp_path, old, new)
    assert "documents/evidence_order.toml: " in said
    assert told in said


def test_a_template_may_only_name_elements_that_its_procedure_has(tmp_path: Path) -> None:
    said = fault(tmp_path, "matter.category", "element.colour")
    assert "expected procedures, whose element it is" in said


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", "fields.cause.source: incident has no element 'colour'"),
        ('step = "nowhere"\n', "step: incident has no step 'nowhere'"),
        ('fulfils = "paper"\n', "fulfils: incident has no element 'paper' there"),
    ],
)
def test_what_a_procedure_lacks_is_named(tmp_path: Path, more: str, told: str) -> None:
    text = (shipped() / "documents" / "evidence_order.toml").read_text("utf-8")
    text = text.replace("matter.category", "element.colour")
    text = text.replace("order = 90\n", f'order = 90\nprocedures = ["incident"]\n{more}')
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "evidence_order.toml").write_text(text, "utf-8")
    with pytest.raises(CatalogueError, match="evidence_order") as wrong:
        read(shipped(), tmp_path)
    assert told in str(wrong.value)


def test_two_versions_from_one_day_are_refused(tmp_path: Path) -> None:
    text = (shipped() / "documents" / "evidence_order.toml").read_text("utf-8")
    version = text[text.index("[[versions]]") :]
    again = version.replace('code = "', 'code = "1999-01" # was "', 1)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "evidence_order.toml").write_text(f"{text}\n{again}", "utf-8")
    with pytest.raises(CatalogueError, match="is in force from that day, too"):
        read(shipped(), tmp_path)
