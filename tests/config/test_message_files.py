"""A petition office's file is read as it comes, judged, and told in words when it can't be."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongzhi.config.cli import app
from gongzhi.config.message_files import BODY, LABEL, SUBJECT, written_messages

CALLED = "我叫王小明，电话13800000000。"
PLACES = ["东港", "沈家门", "虾峙", "桃花", "六横", "登步", "白沙", "朱家尖"]
SAID = {
    "城乡建设": ["路灯不亮", "井盖松动", "小区漏水", "工地扬尘"],
    "交通运输": ["公交晚点", "渡船停航", "出租车拒载", "站牌不清"],
}


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [["留言编号", SUBJECT, BODY, LABEL, "点赞数"]]
    for number in range(48):
        label = list(SAID)[number % 2]
        said = SAID[label][number % 4]
        place = PLACES[number % 8]
        body = f"\t\n{place}街道这里{said}，已经{number}天了，\n请尽快处理。{CALLED}"
        rows.append([str(number), f"{place}{said}问题", body, label, str(number)])
    return write(tmp_path_factory.mktemp("messages") / "messages.csv", rows)


def test_suggestions_are_judged_on_a_file_and_the_figures_written(
    file: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "figures.json"
    done = CliRunner().invoke(app, ["route", "evaluate", "--data", str(file), "--json", str(kept)])
    assert done.exit_code == 0, done.output
    found = json.loads(kept.read_text("utf-8"))
    assert found["messages"] == 48
    assert found["macro_f1"] > 0.9
    assert set(found["by_label"]) == set(SAID)
    assert "macro_f1" in done.output
    assert "城乡建设" in done.output


def test_topics_are_named_by_their_own_words_and_by_nobody_s_name(
    file: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "topics.json"
    command = ["topics", "--data", str(file), "--least", "3", "--json", str(kept)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    found = json.loads(kept.read_text("utf-8"))
    assert sum(topic["messages"] for topic in found["topics"]) >= 30
    told = done.output + kept.read_text("utf-8")
    assert "小明" not in told
    assert "13800000000" not in told


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["标题", "内容"], ["a", "b"]], "no column"),
        ([[SUBJECT, BODY, LABEL]], "no messages"),
        ([[SUBJECT, BODY, LABEL], ["路灯", "不亮", "城乡建设"]], "fewer than two labels"),
    ],
)
def test_a_file_that_can_t_be_judged_says_why(
    tmp_path: Path, rows: list[list[str]], said: str
) -> None:
    wrong = write(tmp_path / "wrong.csv", rows)
    done = CliRunner().invoke(app, ["route", "evaluate", "--data", str(wrong)])
    assert done.exit_code == 1
    assert said in done.output
    assert str(wrong.name) in done.output


def test_a_packed_file_is_read_and_a_broken_one_says_where(tmp_path: Path, file: Path) -> None:
    packed = tmp_path / "messages.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert len(written_messages(packed, needs=[SUBJECT])) == 48
    packed.write_bytes(gzip.compress(file.read_bytes())[:-200])
    with pytest.raises(ValueError, match="after row"):
        written_messages(packed, needs=[SUBJECT])
    with pytest.raises(OSError, match=r"nothing\.csv"):
        written_messages(tmp_path / "nothing.csv", needs=[SUBJECT])
