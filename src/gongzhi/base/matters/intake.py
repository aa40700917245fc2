"""What a matter may be made of: words, a place, answers, each checked before it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category, Question
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.cells import cells_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused

LONGEST = 4000
"""Characters of a narrative or a message."""
LONGEST_PLACE = 200
MOST = 100_000
"""The largest number that can be the answer to a question."""


def checked_words(words: str) -> str:
    """The words without blanks around them. Refuses none, NUL and more than `LONGEST`."""
    told = words.strip()
    wrong = ""
    if not told or "\x00" in told:
        wrong = _("请写几句发生了什么。")
    elif len(told) > LONGEST:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": LONGEST}
    if wrong:
        raise Refused(wrong, code="words", fields={"words": wrong})
    return told


def checked_place(place: str) -> str:
    """An address as it may be kept. Refuses NUL; longer than `LONGEST_PLACE` is cut."""
    if "\x00" in place:
        wrong = _("地点里有无法保存的字符，请重新填写。")
        raise Refused(wrong, code="place", fields={"place": wrong})
    return place.strip()[:LONGEST_PLACE]


def checked_answers(category: Category, given: Mapping[str, str | int]) -> dict[str, str | int]:
    """The answers by question. Refuses a question or an answer that the category doesn't have."""
    answers: dict[str, str | int] = {}
    for code, answer in given.items():
        question = category.question(code)
        if question is None:
            raise Refused(_("这类事项没有这个问题，请刷新页面。"), code="unknown_question")
        if answer != "":
            answers[code] = _checked_answer(question, answer)
    return answers


def fitting_answers(category: Category, given: Mapping[str, str | int]) -> dict[str, str | int]:
    """Those of the answers that this category asks for, too, and knows."""
    fitting: dict[str, str | int] = {}
    for code, answer in given.items():
        try:
            fitting |= checked_answers(category, {code: answer})
        except Refused:
            continue
    return fitting


def priority_for(category: Category, answers: Mapping[str, str | int]) -> int:
    """How urgent a matter of this category is, given these answers."""
    return category.priority_for({code: str(answer) for code, answer in answers.items()})


def put(matter: Matter, point: Point | None, accuracy: int | None = None) -> None:
    """Give the matter its place in every column that has to do with places; doesn't save."""
    put_all([(matter, point, accuracy)])


def put_all(places: Sequence[tuple[Matter, Point | None, int | None]]) -> None:
    """The same for many matters, each with its place and accuracy, in one go."""
    inside: list[tuple[Matter, Point]] = []
    for matter, point, accuracy in places:
        matter.accuracy = accuracy if point else None
        matter.town = matter.beat = ""
        if point is None:
            matter.lat = matter.lon = matter.h7 = matter.h9 = None
            continue
        matter.lat, matter.lon = round(point.lat, 6), round(point.lon, 6)
        matter.h7, matter.h9 = cells_of(point)
        if matter.county_id is None:  # areas are the own county's
            inside.append((matter, point))
    if not inside:
        return
    points = [point for _matter, point in inside]
    towns, beats = areas_of(points, "town"), areas_of(points, "beat")
    for (matter, _point), town, beat in zip(inside, towns, beats, strict=True):
        matter.town, matter.beat = (town.code if town else ""), (beat.code if beat else "")


def _checked_answer(question: Question, answer: str | int) -> str | int:
    if question.kind == "number":
        return _checked_number(question, answer)
    if question.answer(str(answer)) is None:
        wrong = _("请从给出的答案里选一个。")
        raise Refused(wrong, code="unknown_answer", fields={question.code: wrong})
    return str(answer)


def _checked_number(question: Question, answer: str | int) -> int:
    try:
        number = int(answer)
    except ValueError:
        number = -1
    if not 0 <= number <= MOST:
        wrong = _("请填 0 到 %(most)s 的数字。") % {"most": MOST}
        raise Refused(wrong, code="not_a_number", fields={question.code: wrong})
    return number
