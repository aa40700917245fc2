"""``gongzhi services search``: the answer on the command line, and nothing counted."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from gongzhi.config.cli_services import services_app
from gongzhi.work.consultation.models import Asked

pytestmark = [pytest.mark.django_db]


def told(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(services_app, ["search", *words])
    return answer.exit_code, answer.output


def test_the_articles_are_ranked_and_the_best_one_is_told_with_its_law() -> None:
    code, said = told("来打工要办居住证吗")
    assert code == 0
    assert "1. residence_permit: 外地人怎么办居住证？" in said
    assert "《居住证暂行条例》第九条" in said
    assert not Asked.objects.exists()


def test_it_answers_in_english() -> None:
    assert "1. passport_lost: I lost my passport." in told("my passport is gone", "--lang", "en")[1]


def test_without_an_answer_it_ends_with_one() -> None:
    assert told("怎么煮米饭") == (1, "没有答案\n")
