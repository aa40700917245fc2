"""What ships as clocks can be counted, moved and cited; what a county gets wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped


def clock_file(folder: Path, text: str, code: str = "request_answer") -> Path:
    """The county's own catalogue, with one clock in it."""
    path = folder / "clocks" / f"{code}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def changed(code: str, old: str, new: str) -> str:
    text = (shipped() / "clocks" / f"{code}.toml").read_text("utf-8")
    assert old in text
    return text.replace(old, new)


def fault(folder: Path) -> str:
    with pytest.raises(CatalogueError) as wrong:
        read(shipped(), folder)
    return str(wrong.value)


def test_the_shipped_examples_come_out_as_they_say() -> None:
    whole = read(shipped())
    assert whole.clocks
    assert all(clock.examples for clock in whole.clocks.values())


def test_law_cites_its_article_and_a_promise_never_looks_like_law() -> None:
    for clock in catalogue().clocks.values():
        if clock.authority == "law":
            assert clock.citation == str(clock.basis)
        else:
            assert clock.citations.zh.startswith("本县服务承诺")
            assert "promise" in clock.citations.en


def test_petition_law_is_not_put_on_ordinary_requests() -> None:
    """信访工作条例 governs petitions; a request about a street lamp is none."""
    ordinary = [one for one in catalogue().clocks.values() if one.domain != "petitions"]
    said = [clock.citations.zh for clock in ordinary]
    assert not [one for one in said if "信访" in one]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"step:answered"', '"step:anwsered"', "stops_on: there is no step:anwsered"),
        ('"step:received"', '"matters.nothing"', "starts_on: there is no matters.nothing"),
        ('"resident_request"', '"petition"', "procedures: there is no petition"),
        ("due = 2026-11-23", "due = 2026-11-24", "examples.1: expected 2026-11-24, counted 2026"),
        ("[basis]", "[when]\ncolour = ['red']\n[basis]", "when: nothing that starts it tells 'col"),
        (
            "[basis]",
            "[when]\ncategory = ['lamps']\n[basis]",
            "when.category: there is no category 'lamps'",
        ),
        ('limit = "P5WD"', 'limit = "5 days"', "limit: Value error, expected a period"),
        ('bearer = "owner"', "", "bearer: Field required"),
        (
            "[[examples]]",
            '[[examples]]\ncalendar = "mars"',
            "examples.1: there is no calendar 'mars'",
        ),
    ],
)
def test_a_mistake_is_named_with_file_key_and_what_was_expected(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    said = fault(clock_file(tmp_path, changed("request_answer", old, new)))
    assert "clocks/request_answer.toml: " in said
    assert told in said


def test_two_clocks_of_one_code_are_impossible(tmp_path: Path) -> None:
    twin = (shipped() / "clocks" / "request_answer.toml").read_text("utf-8")
    assert 'code: expected "another"' in fault(clock_file(tmp_path, twin, "another"))


def test_an_event_that_stops_a_clock_does_not_let_it_lapse(tmp_path: Path) -> None:
    both = changed("request_answer", "limit =", 'lapses_on = ["step:answered"]\nlimit =')
    assert "already stops it" in fault(clock_file(tmp_path, both))


def test_a_county_works_by_the_first_of_its_calendars(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "here.toml").write_text(
        'code = "here"\norder = 1\nname = { zh = "双休", en = "Weekends" }\nsource = "weekends"\n'
        '[[holidays]]\nname = { zh = "开渔节", en = "Fishing festival" }\n'
        "first = 2026-09-16\nlast = 2026-09-16\n",
        encoding="utf-8",
    )
    assert read(shipped()).calendar.code == "china"
    assert read(shipped(), tmp_path).calendar.code == "here"
