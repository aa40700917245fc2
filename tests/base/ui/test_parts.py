"""Components: what they say when colour and sight are missing, and what they must escape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from gongzhi.base.ui import navigation
from gongzhi.base.ui.parts import Clock, Happening, Step
from tests.markup import tight

NASTY = "<img src=x onerror=alert(1)>"


def drawn(source: str, **context: Any) -> str:
    with override("zh-hans"):
        return str(engines["django"].from_string(source).render(context))


@pytest.mark.parametrize(
    ("level", "word"), [(1, "特急"), (2, "紧急"), (3, "一般"), (4, "不急"), (9, "不急")]
)
def test_a_priority_has_shape_number_and_word(level: int, word: str) -> None:
    badge = drawn("{% priority level %}", level=level)
    assert f"#p{min(level, 4)}" in badge
    assert word in badge


def test_nothing_typed_becomes_markup() -> None:
    happening = Happening(datetime.now(UTC), NASTY, NASTY, NASTY)
    page = drawn(
        "{% badge x %}{% button x label=x %}{% empty x x %}{% timeline hs %}{% steps ss %}"
        "{% card title=x %}ok{% endcard %}{% notice title=x %}ok{% endnotice %}"
        '{% dialog "d" x %}ok{% enddialog %}{% clock c %}{% icon "pin" x %}'
        "{% table x %}{% endtable %}",
        x=NASTY,
        hs=[happening],
        ss=[Step(NASTY, "now")],
        c=Clock(NASTY, datetime.now(UTC), basis=NASTY),
    )
    assert "<img" not in page


def test_many_that_say_the_same_are_folded_behind_the_first_and_what_differs_is_not() -> None:
    at = datetime.now(UTC)
    same = [Happening(at, f"又有一位 {n}", fold="voices") for n in range(15)]
    few = [Happening(at, f"评了 {n} 星", fold="stars") for n in range(3)]
    page = drawn("{% timeline hs %}", hs=[Happening(at, "已答复"), *same, *few])
    before, _open, folded = page.partition("<details")
    assert "还有 13 条" in folded
    assert "又有一位 1" in before
    assert "又有一位 2" not in before
    assert all(f"又有一位 {n}<" in page for n in range(15))
    assert page.count("<details") == 1
    assert "评了 2 星" in folded.partition("</details>")[2]


def test_a_late_clock_says_so_in_words() -> None:
    due = datetime.now(UTC) - timedelta(minutes=3, seconds=5)
    chip = drawn(
        "{% clock c %}", c=Clock("到场", due, basis="《规范》第九条", sum="接警后 10 分钟")
    )
    assert "已超 3 分 5 秒" in chip
    assert "#late" in chip
    assert "《规范》第九条" in chip
    assert "<details" in chip


def test_steps_name_the_current_one_and_how_far() -> None:
    bar = drawn(
        "{% steps s %}", s=[Step("接警", "done"), Step("派警", "now"), Step("到场", "next")]
    )
    assert 'aria-current="step"' in bar
    assert "办到第 2 步，共 3 步" in bar


class OneField(forms.Form):
    place = forms.CharField(label="地点", help_text="写到门牌号")


def test_a_wrong_field_is_tied_to_its_sentence() -> None:
    form = OneField({"place": ""})
    form.is_valid()
    shown = drawn("{% field f %}", f=form["place"])
    assert 'aria-describedby="id_place_helptext id_place_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_place_error"' in shown


def test_page_numbers_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(500), 25).get_page(3)
    request = RequestFactory().get("/x/?page=3&kind=noise")
    shown = drawn("{% pages page %}", page=page, request=request)
    assert "?kind=noise&amp;page=4" in shown
    assert 'aria-current="page">3<' in tight(shown)


def test_the_rail_shows_what_one_may_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_places", {})
    navigation.add_place(navigation.Place("ui:style", "规范", "book", 2))
    navigation.add_place(navigation.Place("ui:offline", "离线", "offline", 1, lambda _: False))
    navigation.add_place(navigation.Place("nobody:home", "没有", "home", 3))
    links = navigation.rail(RequestFactory().get("/style/"))
    assert [(link.words, link.current) for link in links] == [("规范", True)]


def test_two_places_never_answer_to_the_same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_places", {})
    taken = navigation.Place("ui:style", "规范", "book", 2, keys="g !")
    navigation.add_place(taken)
    navigation.add_place(taken)  # the same again
    with pytest.raises(ValueError, match="ui:style answers to 'g !'"):
        navigation.add_place(navigation.Place("ui:offline", "离线", "offline", 1, keys="g !"))


def many(*orders: int, here: int = -1) -> list[navigation.Link]:
    return [
        navigation.Link(f"/{n}/", str(n), "home", n == here, "", order)
        for n, order in enumerate(orders)
    ]


def test_a_long_rail_folds_from_its_end_until_the_rest_fits() -> None:
    few = navigation.blocks(many(10, 60, 850, 851, 900))
    assert [(len(one.links), one.folded) for one in few] == [
        (1, False), (1, False), (2, False), (1, False),
    ]  # fmt: skip
    long = navigation.blocks(many(*range(10, 19), 60, 61, *range(850, 857), 900, here=12))
    assert [(len(one.links), one.folded, one.current) for one in long] == [
        (9, False, False), (2, False, False), (7, True, True), (1, False, False),
    ]  # fmt: skip


def test_a_phone_s_bar_holds_four_places_and_always_the_one_where_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(navigation, "_places", {})
    for n, name in enumerate(("style", "offline", "waiting", "manifest", "worker", "words")):
        monkeypatch.setitem(
            navigation._places, name, navigation.Place(f"at:{name}", name, "home", n)
        )
    monkeypatch.setattr(navigation, "reverse", lambda name: f"/{name[3:]}/")
    at_first = navigation.rail(RequestFactory().get("/style/"))
    assert [link.first for link in at_first] == [True] * 4 + [False] * 2
    far = navigation.rail(RequestFactory().get("/words/"))
    assert [link.first for link in far] == [True] * 3 + [False] * 2 + [True]
