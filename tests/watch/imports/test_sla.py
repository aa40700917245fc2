"""Who kept a source's own limits, from the log: the same as the source says, or a reason."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongzhi.base.catalogue.kinds.mapping import Mapping
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import ClockRun
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports.run import import_file, mapping_of
from gongzhi.watch.exchange.imports.sla import Recomputed, recompute
from tests.house.source import ROOT
from tests.watch.imports.files import mapping

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FILES = [folder / "shared/data/boston311_2011H2.csv.gz" for folder in ROOT.parents[:3]]
HEADINGS = ["no", "when", "what", "until", "done", "flag", "office"]


def requests() -> Mapping:
    """A mapping of requests, which have limits and flags."""
    answered = {"answer": {"otherwise": "done"}}
    return mapping(
        procedure="resident_request", place=[], position=None, due="until",
        category={"column": "what", "rules": [], "otherwise": "other"},
        limits={"column": "flag", "on_time": ["yes"], "late": ["no"], "by": {"office": "office"}},
        steps=[
            {"code": "accepted", "at": ["when"]}, {"code": "in_progress", "at": ["when"]},
            {"code": "answered", "at": ["done"], "elements": answered},
            {"code": "closed", "at": ["done"]},
        ],
    )  # fmt: skip


def written(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "requests.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number, row in enumerate(rows):
            writer.writerow([str(number), "2026-03-01 08:00", "lamp", *row])
    return path


def counted(path: Path) -> Recomputed:
    import_file(path, requests(), lambda share, run: None)
    return recompute(path, requests(), datetime(2026, 6, 1, tzinfo=UTC))


DAY3, DAY5 = "2026-03-03 08:00", "2026-03-05 08:00"


def test_the_log_says_what_the_source_says(folder: Path) -> None:
    made = counted(written(
        folder, (DAY5, DAY3, "yes", "A"), (DAY3, DAY5, "no", "A"), (DAY3, "", "no", "B"),
        (DAY3, DAY3, "yes", "B"),
    ))  # fmt: skip
    assert (made.rows, made.equal, sum(made.reasons.values())) == (4, 4, 0)
    told = made.told()
    assert told["office"]["A"]["share"] == 0.5  # type: ignore[index]
    assert (made.whole.kept, made.whole.limited) == (2, 4)


def test_each_row_that_differs_has_its_reason(folder: Path) -> None:
    made = counted(written(
        folder, ("", DAY3, "yes", "A"), (DAY5, DAY3, "", "A"),
        ("2026-02-01 08:00", DAY3, "no", "A"), (DAY5, DAY3, "no", "A"), ("", DAY3, "no", "A"),
        ("2026-03-05", "never", "yes", "A"),
    ))  # fmt: skip
    assert made.reasons == {
        "no_limit": 1, "flag_missing": 1, "limit_before_opening": 1, "unexplained": 2,
        "not_imported": 1,
    }  # fmt: skip
    assert made.examples["unexplained"] == ["3", "4"]
    assert made.equal == 0


def test_a_clock_that_kept_another_outcome_is_noticed(folder: Path) -> None:
    path = written(folder, (DAY5, DAY3, "yes", "A"))
    import_file(path, requests(), lambda share, run: None)
    ClockRun.objects.update(outcome="missed")
    assert recompute(path, requests(), now()).reasons == {"clock_differs": 1}


def test_without_flags_or_without_an_import_it_says_so(folder: Path) -> None:
    path = written(folder, (DAY5, DAY3, "yes", "A"))
    with pytest.raises(Refused, match="还没有导入"):
        recompute(path, requests(), now())
    with pytest.raises(Refused, match="按时标志"):
        recompute(path, mapping(), now())


@pytest.mark.slow
def test_boston_s_flags_follow_from_the_log(folder: Path, tmp_path: Path) -> None:
    """The first rows of the real file; `docs/how-to/import-calls.md` has the whole of it."""
    path = next((one for one in FILES if one.exists()), None)
    if path is None:
        pytest.skip("shared/data/boston311_2011H2.csv.gz is not beside the project")
    boston = mapping_of("boston311")
    import_file(path, boston, lambda share, run: None, limit=3000)
    made = recompute(path, boston, now())
    assert made.rows - made.reasons["not_imported"] == 3000
    assert made.reasons["unexplained"] == made.reasons["clock_differs"] == 0
    assert made.equal > 2000
    assert json.dumps(made.told())
