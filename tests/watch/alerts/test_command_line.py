"""``gongzhi warnings``: sources are kept by the operator, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongzhi.config.cli_warnings import warnings_app
from gongzhi.watch.exchange.alerts.models import Heard, Source
from tests.watch.alerts.offices import Office, xml
from tests.work.prevention.warnings.hands import county

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NAMED = ["--name", "省气象台", "--name-en", "Weather Office"]


def told(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(warnings_app, list(words))
    return answer.exit_code, answer.output + str(answer.exception or "")


def test_a_source_is_kept_asked_listed_and_ended(office: Office) -> None:
    county()
    address = office.put("/one.xml", xml())
    assert told("source", "weather", address, *NAMED)[0] == 0
    assert "1 proposed" in told("fetch")[1]
    assert "1 known" in told("fetch", "weather")[1]
    assert "proposes" in told("sources")[1]
    assert told("end", "weather")[0] == 0
    assert Source.objects.get().ended_at
    assert "no source" in told("end", "weather")[1]


def test_a_file_and_an_address_are_read_by_hand_and_only_proposed(
    office: Office, tmp_path: Path
) -> None:
    county()
    path = tmp_path / "one.xml"
    path.write_bytes(xml("f-1"))
    assert "1 proposed" in told("fetch", str(path))[1]
    assert "1 proposed" in told("fetch", office.put("/two.xml", xml("f-2")))[1]
    assert {one.source.code for one in Heard.objects.all()} == {"by_hand"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["source", "Weather", "https://office/feed", *NAMED], "small letters"),
        (["source", "weather", "file:///etc/passwd", *NAMED], "http"),
        (["fetch", "nothing.xml"], "neither"),
        (["fetch", "http://127.0.0.1:9/feed"], "GONGZHI_INTRANET"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(words: list[str], why: str) -> None:
    code, said = told(*words)
    assert code != 0
    assert why in said
    assert not Source.objects.exists()
    assert not Heard.objects.exists()
