"""The mappings that ship: their examples come out as they say, and so do the files they are for."""

from __future__ import annotations

import csv
import gzip
import re
import tomllib
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.mapping import (
    Categories,
    Dispatches,
    Example,
    Foreseen,
    Limits,
    MappedStep,
    Mapping,
    Position,
    Times,
)
from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped
from gongzhi.base.files.tables import Row
from gongzhi.base.matters.models import ClockRun
from gongzhi.base.matters.recalled import Recalled
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports.convert import Converter
from gongzhi.watch.exchange.imports.crews import went
from gongzhi.watch.exchange.imports.run import import_file
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from tests.watch.imports.files import MAPPING, mapping

ROOT = Path(__file__).resolve().parents[3]
# Beside the project, or beside the folder of its worktrees.
BESIDE = [folder / "shared" / "data" for folder in ROOT.parents[:2]]
REAL = next((folder for folder in BESIDE if folder.is_dir()), BESIDE[0])
EXAMPLES = [
    pytest.param(one, example, id=f"{one.code}-{n}")
    for one in read(shipped()).mappings.values()
    for n, example in enumerate(one.examples, start=1)
]


@pytest.mark.parametrize(("one", "example"), EXAMPLES)
def test_an_example_comes_out_as_the_mapping_says(one: Mapping, example: Example) -> None:
    headings = list(example.row)
    missing = set(one.columns) - set(headings)
    assert not missing, f"the example lacks the columns {missing}"
    converter = Converter(one, headings, Unit(code="x"), County(code="x"))
    row = Row(2, list(example.row.values()))
    if example.rejected:
        with pytest.raises(Refused) as refused:
            Recalled(converter.past(converter.key(row), [row]))
        assert refused.value.code == example.rejected
        return
    past = converter.past(converter.key(row), [row])
    matter = Recalled(past).matter
    assert (matter.category, matter.priority) == (example.category, example.priority)
    assert past.opened_at == example.opened
    assert tuple(step.code for step in past.course) == example.steps
    assert past.due_at == example.due
    assert [one.sign for one in went(converter, [row], past.opened_at)] == [
        sign for sign in [example.sent] if sign
    ]
    point = past.new.point
    assert (None if point is None else (round(point.lat, 6), round(point.lon, 6))) == example.place


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"times": {"zone": "Mars/Olympus"}}, "time zone"),
        ({"position": {"crs": "EPSG:1"}}, "WGS84, CGCS2000"),
        ({"position": {"text": "where", "pattern": "(?P<x>.)(?P<y>.)"}}, "x and y, or text"),
        ({"position": {"box": {"south": 2, "west": 1, "north": 1, "east": 2}}}, "south < north"),
        ({"category": {"rules": [{"matches": "(", "category": "medical"}]}}, "regular expression"),
        ({"category": {"rules": [{"category": "medical"}]}}, "exactly one of"),
        ({"encoding": "klingon"}, "utf-8 or gb18030"),
        ({"nonsense": 1}, "Extra inputs"),
        ({"id": []}, "at least 1"),
    ],
)
def test_a_wrong_mapping_says_what_was_expected(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        mapping(**changes)


def test_a_mapping_can_lead_only_to_categories_and_steps_that_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "mappings"
    folder.mkdir()
    (folder / "elsewhere.toml").write_text(
        """
        code = "elsewhere"
        name = { zh = "别处", en = "Elsewhere" }
        procedure = "incident"
        id = ["no"]
        opened = "when"
        words = ["what"]
        times = { zone = "Asia/Shanghai", formats = ["%Y"] }
        category = { column = "what", rules = [{ equals = "a", category = "lamp_out" }] }
        steps = [{ code = "answered" }]
        examples = [{ row = {}, rejected = "no_id" }]
        """
    )
    with pytest.raises(CatalogueError) as wrong:
        read(shipped(), tmp_path)
    assert str(wrong.value).splitlines() == [
        "mappings/elsewhere.toml: category: there is no category 'lamp_out' for incident",
        "mappings/elsewhere.toml: steps: incident has no step 'answered'",
    ]


def test_all_columns_that_a_mapping_reads_are_asked_for() -> None:
    assert set(mapping().columns) == {*MAPPING["id"], "when", "what", "where", "lon", "lat"} | {
        "sent", "there", "done",
    }  # fmt: skip


def test_the_mapping_in_the_manual_is_one() -> None:
    page = (ROOT / "docs" / "how-to" / "import-calls.md").read_text("utf-8")
    shown = Mapping.model_validate(tomllib.loads(page.split("```toml")[1].split("```")[0]))
    test_an_example_comes_out_as_the_mapping_says(shown, shown.examples[0])


def test_the_manual_tells_of_every_key_and_nothing_else() -> None:
    page = (ROOT / "docs" / "reference" / "mappings.md").read_text("utf-8")
    told = {
        name
        for line in page.split("## Reasons")[0].splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    parts = (
        Mapping, Limits, Categories, Times, Position, MappedStep, Dispatches, Foreseen, Example,
    )  # fmt: skip
    assert told == {name for part in parts for name in part.model_fields}


FIRST = 10_000
"""Rows of each file that are read: what is odd in them comes early, and all would take minutes."""
FILES = {
    "montgomery911": ("montgomery911_2015-12_2016-08.csv.gz", (9_878, 120, 2), {}),
    "sffd": ("sffd_2016-12-31_2017-01-07.csv.gz", (7_704, 0, 0), {"unit_left_out": 5}),
    "boone": ("boone_mo_ems_2016.csv.gz", (FIRST, 0, 0), {"time_left_out": 29}),
    "boston311": ("boston311_2011H2.csv.gz", (FIRST, 0, 0), {"due_left_out": 3}),
}
"""Of each: imported, known already, rejected; and some of what is left out of the rest."""


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("code", FILES)
def test_the_real_files_are_read(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dry run: every row is read and gone through, nothing is written."""
    name, rest, notes = FILES[code]
    if not (REAL / name).is_file():
        pytest.skip(f"{name} is not in {REAL}: third parties' data doesn't come with the project")
    monkeypatch.chdir(tmp_path)
    one = catalogue().mappings[code]
    run = import_file(REAL / name, one, lambda share, run: None, limit=FIRST, dry=True)
    assert (run.imported, run.known, run.rejected) == rest
    assert run.read == sum(rest)
    assert run.notes.items() >= notes.items()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("code", ["sffd", "boston311"])
def test_units_and_due_dates_of_the_real_files_are_read(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first rows, written: units under their own county, due dates as the source has them."""
    name = FILES[code][0]
    if not (REAL / name).is_file():
        pytest.skip(f"{name} is not in {REAL}: third parties' data doesn't come with the project")
    monkeypatch.chdir(tmp_path)
    one = catalogue().mappings[code]
    for _again in range(2):
        import_file(REAL / name, one, lambda share, run: None, limit=400)
    with gzip.open(REAL / name, "rt", encoding="utf-8", newline="") as file:
        rows = list(islice(csv.DictReader(file), 400))
    if code == "sffd":
        told = {(row["Call Number"], row["Unit ID"]) for row in rows if row["Available DtTm"]}
        assert Assignment.objects.count() == len(told)
        assert set(ResponseUnit.every.values_list("name_zh", flat=True)) == {u for _, u in told}
        assert not ResponseUnit.objects.exists()
        arrived = Assignment.objects.filter(on_scene_at__isnull=False).count()
        assert 0 < arrived <= sum(bool(row["On Scene DtTm"]) for row in rows)
    else:
        runs = ClockRun.objects.filter(matter__county__code=code)
        assert runs.count() == sum(row["target_dt"] > row["open_dt"] for row in rows)
        late = runs.filter(missed_at__isnull=False)
        assert late.count() == sum(
            row["ontime"] == "OVERDUE" for row in rows if row["target_dt"] > row["open_dt"]
        )


@pytest.mark.parametrize("code", FILES)
def test_no_example_is_a_row_of_the_real_file(code: str) -> None:
    """Third parties' data isn't ours to publish."""
    name = FILES[code][0]
    if not (REAL / name).is_file():
        pytest.skip(f"{name} is not in {REAL}: third parties' data doesn't come with the project")
    one = catalogue().mappings[code]
    with gzip.open(REAL / name, "rt", encoding="utf-8", newline="") as file:
        real = {tuple(row[column] for column in one.id) for row in csv.DictReader(file)}
    assert not [e for e in one.examples if tuple(e.row[column] for column in one.id) in real]
