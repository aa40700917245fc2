"""Run cards as a duty inspector writes them: what ships holds, and what is wrong is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongzhi.base.catalogue.kinds.run_card import Facts, When
from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped


def fault(folder: Path, old: str, new: str, code: str = "fight", kind: str = "run_cards") -> str:
    """What is said of a county's own file in which this was changed."""
    text = (shipped() / kind / f"{code}.toml").read_text("utf-8")
    assert old in text
    (folder / kind).mkdir()
    (folder / kind / f"{code}.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError) as wrong:
        read(shipped(), folder)
    return str(wrong.value)


def test_every_kind_of_incident_has_a_card_that_sends_somebody() -> None:
    whole = catalogue()
    for code, category in whole.categories.items():
        if "incident" not in category.kinds:
            continue
        card = whole.run_card_of(code)
        assert card is not None, code
        for priority in (1, 2, 3, 4):
            for at_sea in (True, False):
                assert card.versions[-1].plan(Facts(priority, at_sea=at_sea)).wants, code


def test_more_is_wanted_at_a_higher_level_and_never_less() -> None:
    for card in catalogue().run_cards.values():
        usual, raised = (
            {want.code for want in card.versions[-1].plan(Facts(2, level)).wants}
            for level in (1, 2)
        )
        assert usual <= raised, card.code


def test_a_condition_holds_only_when_all_of_it_does() -> None:
    when = When(priority=(1, 2), alarm=2, answers={"weapon": ("yes",)}, at_least={"people": 3})
    answers = {"weapon": "yes", "people": "3"}
    assert when.holds(Facts(2, 2, answers))
    assert not when.holds(Facts(3, 2, answers))
    assert not when.holds(Facts(2, 1, answers))
    assert not when.holds(Facts(2, 2, {**answers, "weapon": "no"}))
    assert not when.holds(Facts(2, 2, {**answers, "people": "2"}))
    assert not when.holds(Facts(2, 2, {**answers, "people": "三个"}))
    assert not When(at_sea=True).holds(Facts(1))
    uncalled = When(unless={"ambulance": ("yes",)})
    assert uncalled.holds(Facts(1))
    assert uncalled.holds(Facts(1, answers={"ambulance": "no"}))
    assert not uncalled.holds(Facts(1, answers={"ambulance": "yes"}))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('skills = ["armed"]', 'skills = ["arms"]', "没有“arms”这项能力"),
        ('{ code = "shield"', '{ code = "armed"', "没有“armed”这种装备"),
        ('categories = ["fight"]', 'categories = ["lamp_out"]', "没有“lamp_out”这个警情类别"),
        ('categories = ["fight"]', 'categories = ["robbery"]', "“robbery”已经有一张方案了"),
        ('categories = ["fight"]', "categories = []", "现在有 2 张"),
        ('{ weapon = "yes" }', '{ wepon = "yes" }', "这些类别都不问“wepon”"),
        ('{ weapon = "yes" }', '{ weapon = "gun" }', "“weapon”没有“gun”这个答案"),
        ("at_least = { people = 6 }", "at_least = { weapon = 6 }", "“weapon”问的不是数"),
        ("sends = { first = 1 }", "sends = { first = 2 }", "应派 first 2，结果是 first 1"),
        ('partners = ["ambulance"]', "partners = []", "应请 -，结果是 ambulance"),
        ('code = "second"', 'code = "first"', "每个代号只能出现一次：first"),
        ('crew = 2, officers = 1 }', 'crew = 2, when = { alarm = 2 } }', "至少要派一个单位"),
    ],
)  # fmt: skip
def test_a_card_that_can_not_work_is_refused_in_words_with_file_and_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    said = fault(tmp_path, old, new)
    assert "run_cards" in said
    assert told in said


def test_what_is_said_of_a_mistake_is_said_in_english_too(tmp_path: Path) -> None:
    assert " / There is no skill “arms”" in fault(tmp_path, '["armed"]', '["arms"]')


def test_a_card_is_read_as_it_was_in_force_that_day(tmp_path: Path) -> None:
    text = (shipped() / "run_cards" / "gas_leak.toml").read_text("utf-8")
    later = text[text.index("[[versions]]") : text.index("[[examples]]")]
    later = later.replace('code = "first"', 'code = "second"').replace("2026-01-01", "2027-01-01")
    later = later.replace('{ code = "cordon"', '{ code = "ring", count = 2')
    example = (
        '[[examples]]\ncategory = "gas_leak"\non = 2026-06-01\nsends = { people = 1, cordon = 1 }\n'
    )
    now = text.replace("people = 1, cordon = 1, aid = 1", "people = 1, ring = 2, aid = 1")
    (tmp_path / "run_cards").mkdir()
    path = tmp_path / "run_cards" / "gas_leak.toml"
    path.write_text(now.replace("[[examples]]", later + example + "[[examples]]", 1), "utf-8")
    assert len(read(shipped(), tmp_path).run_cards["gas_leak"].versions) == 2


@pytest.mark.parametrize(
    ("kind", "code", "old", "new", "told"),
    [
        ("unit_limits", "set_off", "minutes = 5 }", "minutes = 5, priority = [3] }", "最后一条"),
        ("unit_limits", "set_off", 'says = "late"', 'says = "soon"', "应是 soon，结果是 late"),
        ("unit_limits", "on_scene", '"noise"', '"noyse"', "there is no category 'noyse'"),
        ("unit_limits", "paused", '"paperwork"', '"papers"', "there is no status 'papers'"),
    ],
)
def test_a_limit_that_can_not_work_is_refused(
    tmp_path: Path, kind: str, code: str, old: str, new: str, told: str
) -> None:
    assert told in fault(tmp_path, old, new, code, kind)


def test_a_county_may_rename_a_status_but_not_what_it_means(tmp_path: Path) -> None:
    (tmp_path / "unit_statuses").mkdir()
    path = tmp_path / "unit_statuses" / "busy.toml"
    words = 'name = { zh = "占用", en = "Engaged" }'
    path.write_text(f'code = "busy"\nmeaning = "busy"\n{words}', "utf-8")
    assert read(shipped(), tmp_path).unit_statuses["busy"].name.zh == "占用"
    path.write_text(f'code = "busy"\nmeaning = "free"\n{words}', "utf-8")
    with pytest.raises(CatalogueError, match="meaning 要写 busy"):
        read(shipped(), tmp_path)


def test_a_partner_that_says_itself_when_to_ask_it_is_told_what_to_write_instead(
    tmp_path: Path,
) -> None:
    suggest = """
[[suggest]]
category = "fire"
priority = 2
answers = { what = ["home", "shop"] }
offers = ["cut_off"]
"""
    whole = (shipped() / "partners" / "power.toml").read_text("utf-8")
    said = fault(tmp_path, whole, whole + suggest, "power", "partners")
    assert "出警方案" in said
    assert (
        'fire: { code = "power", offers = ["cut_off"], '
        'when = { priority = [1, 2], answers = { what = ["home", "shop"] } } }'
    ) in said


def test_a_partner_is_asked_once_for_all_that_several_lines_say() -> None:
    card = catalogue().run_cards["traffic_injury"].versions[-1]
    trapped = card.plan(Facts(1, answers={"trapped": "yes"}))
    assert trapped.partners["fire_rescue"] == ("rescue",)
    assert trapped.partners["traffic_control"] == ("close_road", "tow")


def test_what_a_partner_does_not_offer_is_not_asked_of_it(tmp_path: Path) -> None:
    said = fault(tmp_path, 'offers = ["ambulance"]', 'offers = ["ladder"]')
    assert "“ambulance”没有“ladder”这一项" in said
