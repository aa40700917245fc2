"""What is read to a caller: there for whatever is grave, in both languages, and overlaid."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped

INCIDENTS = [one for one in catalogue().categories.values() if "incident" in one.kinds]
HAN = re.compile("[\u4e00-\u9fff]")


def grave_ways(category: Category) -> list[dict[str, str | int]]:
    """Answers after which an incident of the category is P1 or P2: none at all, or a single one."""
    ways: list[dict[str, str | int]] = [{}] if category.priority <= 2 else []
    for question in category.questions:
        grave = [one.code for one in question.answers if (one.priority or 4) <= 2]
        ways += [{question.code: code} for code in grave]
    return ways


@pytest.mark.parametrize("category", INCIDENTS, ids=lambda one: one.code)
def test_whatever_is_grave_has_advice_in_both_languages(category: Category) -> None:
    for answers in grave_ways(category):
        cards = category.cards_for(answers)
        assert cards, (category.code, answers)
        for step in catalogue().advice[cards[0]].steps:
            assert HAN.search(step.zh)
            assert not HAN.search(step.en)


@pytest.mark.parametrize(
    ("category", "answers", "first"),
    [
        ("medical", {"awake": "no", "breathing": "no"}, "cpr"),
        ("medical", {"awake": "no", "breathing": "no", "child": "yes"}, "cpr_child"),
        ("medical", {"awake": "no", "breathing": "yes"}, "recovery"),
        ("medical", {"sign": "choking"}, "choking"),
        ("medical", {"sign": "electric"}, "electric_shock"),
        ("medical", {}, "check_ill"),
        ("fire", {"what": "boat"}, "fire_boat"),
        ("fire", {"trapped": "yes"}, "fire_building"),
        ("shore_rescue", {"where": "water"}, "water_rescue"),
        ("shore_rescue", {"where": "shore", "breathing": "no"}, "drowned"),
        ("sea_rescue", {"what": "overboard"}, "overboard"),
        ("animal", {"what": "snake", "bitten": "yes"}, "snake"),
        ("animal", {"what": "dog", "bitten": "yes"}, "bite"),
        ("fight", {"weapon": "yes"}, "armed"),
        ("self_harm", {"who": "self"}, "listen"),
        ("fraud_online", {"within_hour": "yes"}, "fraud_now"),
        ("help_public", {"what": "building"}, "building"),
        ("lost_child", {"role": "found"}, "child_found"),
    ],
)
def test_the_answers_bring_up_the_card_that_fits(
    category: str, answers: dict[str, str | int], first: str
) -> None:
    assert catalogue().categories[category].cards_for(answers)[0] == first


def test_chest_compressions_say_rate_and_depth() -> None:
    cpr = catalogue().advice["cpr"]
    assert cpr.beat is not None
    assert 100 <= cpr.beat <= 120
    assert any("5 到 6 厘米" in step.zh and "5 to 6 cm" in step.en for step in cpr.steps)


def test_every_card_names_its_source_and_is_read_somewhere() -> None:
    read_somewhere = {one.card for each in INCIDENTS for one in each.advice}
    assert set(catalogue().advice) == read_somewhere | {"silent_call"}
    assert all(len(card.source) > 8 for card in catalogue().advice.values())


def test_a_county_s_doctor_confirms_a_card_by_laying_a_file_over_it(tmp_path: Path) -> None:
    assert catalogue().advice["cpr"].waits_for_a_doctor
    (tmp_path / "advice").mkdir()
    own = tmp_path / "advice" / "cpr.toml"
    shutil.copy(shipped() / "advice" / "cpr.toml", own)
    own.write_text('confirmed = "县人民医院急诊科，2026-11-01"\n' + own.read_text("utf-8"), "utf-8")
    assert not read(shipped(), tmp_path).advice["cpr"].waits_for_a_doctor


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('card = "prayer"', "no card 'prayer'"),
        ('card = "cpr"\nwhen = { colour = ["red"] }', "no question 'colour'"),
        ('card = "cpr"\nwhen = { injured = ["perhaps"] }', "perhaps"),
    ],
)
def test_advice_that_nobody_could_read_is_named(tmp_path: Path, wrong: str, said: str) -> None:
    (tmp_path / "categories").mkdir()
    text = (shipped() / "categories" / "fight.toml").read_text("utf-8")
    own = tmp_path / "categories" / "fight.toml"
    own.write_text(f"{text}\n[[advice]]\n{wrong}\n", "utf-8")
    with pytest.raises(CatalogueError, match=said):
        read(shipped(), tmp_path)
