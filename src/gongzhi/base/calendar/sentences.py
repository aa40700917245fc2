"""The sum in words, in the reader's language: one sentence a step, with its article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from gongzhi.base.calendar.periods import Period
from gongzhi.base.calendar.steps import Step

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

BASES: dict[str, _StrOrPromise] = {
    "civil.start": _lazy("《民法典》第二百零一条"),
    "civil.month": _lazy("《民法典》第二百零二条"),
    "civil.roll": _lazy("《民法典》第二百零三条"),
    "civil.end": _lazy("《民法典》第二百零三条"),
    "administrative.start": _lazy("《公安机关办理行政案件程序规定》第三十五条"),
    "administrative.roll": _lazy("《公安机关办理行政案件程序规定》第三十五条"),
    "criminal.start": _lazy("《刑事诉讼法》第一百零五条"),
    "criminal.roll": _lazy("《刑事诉讼法》第一百零五条"),
    "notice": _lazy("国务院办公厅节假日安排通知"),
}
"""What a step can cite, by the key it carries."""

_WEEKDAYS = (
    _lazy("周一"), _lazy("周二"), _lazy("周三"), _lazy("周四"), _lazy("周五"), _lazy("周六"),
    _lazy("周日"),
)  # fmt: skip


def explain(steps: Iterable[Step]) -> list[str]:
    """A sentence for every step, in the active language. Dates carry a year when it changes."""
    speaker = _Speaker()
    return [speaker.say(step) for step in steps]


def explanation(steps: Iterable[Step]) -> str:
    """All sentences as one paragraph."""
    return ("" if _chinese() else " ").join(explain(steps))


def in_words(period: Period) -> str:
    """``30 日``, ``5 个工作日``, ``24 小时``; in English ``30 days``, ``5 working days``."""
    if period.word:
        return str(_WORDS[period.word])
    parts = [
        str(one if number == 1 else many) % {"n": number}
        for number, (one, many) in zip(period.numbers, _UNITS, strict=True)
        if number
    ]
    return " ".join(parts)


_WORDS: dict[str, _StrOrPromise] = {
    "IMMEDIATE": _lazy("立即"),
    "PROMPT": _lazy("及时"),
    "CONTINUOUS": _lazy("持续"),
    "PERMANENT": _lazy("长期"),
}
_UNITS: Sequence[tuple[_StrOrPromise, _StrOrPromise]] = (
    (_lazy("1 个月"), _lazy("%(n)s 个月")),
    (_lazy("1 日"), _lazy("%(n)s 日")),
    (_lazy("1 个工作日"), _lazy("%(n)s 个工作日")),
    (_lazy("1 小时"), _lazy("%(n)s 小时")),
    (_lazy("1 分钟"), _lazy("%(n)s 分钟")),
    (_lazy("1 秒"), _lazy("%(n)s 秒")),
)


def _chinese() -> bool:
    return not (get_language() or "zh").startswith("en")


class _Speaker:
    """Says one sum; remembers which year it is in."""

    def __init__(self) -> None:
        self.year: int | None = None

    def say(self, step: Step) -> str:
        """The sentence of one step, with what it cites."""
        sentence: str = _SENTENCES[step.code](self, step)
        if step.basis not in BASES:
            return _("%(sentence)s。") % {"sentence": sentence}
        return _("%(sentence)s（%(basis)s）。") % {
            "sentence": sentence,
            "basis": BASES[step.basis],
        }

    def day(self, step: Step, key: str) -> str:
        """A date with its weekday."""
        return self._date(date.fromisoformat(str(step.facts[key])))

    def moment(self, step: Step, key: str) -> str:
        """A date with its weekday, and the time; seconds only where there are some."""
        at = datetime.fromisoformat(str(step.facts[key]))
        clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
        return f"{self._date(at.date())} {clock}"

    def length(self, step: Step, key: str) -> str:
        """A period in words."""
        return in_words(Period.parse(str(step.facts[key])))

    def name(self, step: Step, otherwise: str) -> str:
        """What the step's holiday or suspension is called."""
        return str(step.facts.get("name_zh" if _chinese() else "name_en", otherwise))

    def _date(self, on: date) -> str:
        with_year, self.year = on.year != self.year, on.year
        forms = ("Y年n月j日", "n月j日") if _chinese() else ("j M Y", "j M")
        said = date_format(on, forms[0 if with_year else 1])
        return _("%(date)s（%(weekday)s）") % {"date": said, "weekday": _WEEKDAYS[on.weekday()]}


def _at_once(say: _Speaker, step: Step) -> str:
    law = _("应当立即办理") if step.facts["word"] == "IMMEDIATE" else _("应当及时办理")
    if "taken_as" not in step.facts:
        return law
    return _("%(law)s，法律没有规定具体时限；本县按 %(length)s掌握") % {
        "law": law,
        "length": say.length(step, "taken_as"),
    }


def _no_date(_say: _Speaker, step: Step) -> str:
    if step.facts["word"] == "PERMANENT":
        return _("长期有效，没有到期日")
    return _("持续履行，没有到期日")


def _suspended(say: _Speaker, step: Step) -> str:
    name = _("在途") if "journey" in step.facts else say.name(step, _("中止"))
    if "seconds" in step.facts:
        return _("%(since)s至%(until)s%(name)s，这段时间不计") % {
            "name": name, "since": say.moment(step, "since"), "until": say.moment(step, "until"),
        }  # fmt: skip
    spans = {"since": say.day(step, "since"), "until": say.day(step, "until")}
    words = (
        _("%(since)s至%(until)s%(name)s，扣除 1 日")
        if step.facts["days"] == 1
        else _("%(since)s至%(until)s%(name)s，扣除 %(days)s 日")
    )
    return words % {"name": name, "days": step.facts["days"], **spans}


def _months(say: _Speaker, step: Step) -> str:
    words = (
        _("计 1 个月，对应日为%(last)s")
        if step.facts["months"] == 1
        else _("计 %(months)s 个月，对应日为%(last)s")
    )
    return words % {"months": step.facts["months"], "last": say.day(step, "last")}


def _month_end(say: _Speaker, step: Step) -> str:
    words = (
        _("计 1 个月，当月没有 %(day)s 日，以月末%(last)s为最后一日")
        if step.facts["months"] == 1
        else _("计 %(months)s 个月，当月没有 %(day)s 日，以月末%(last)s为最后一日")
    )
    return words % {
        "months": step.facts["months"], "day": step.facts["day"], "last": say.day(step, "last"),
    }  # fmt: skip


def _days(say: _Speaker, step: Step) -> str:
    words = (
        _("按自然日计 1 日，为%(last)s")
        if step.facts["days"] == 1
        else _("按自然日计 %(days)s 日，最后一日为%(last)s")
    )
    return words % {"days": step.facts["days"], "last": say.day(step, "last")}


def _working_days(say: _Speaker, step: Step) -> str:
    return _("第 %(days)s 个工作日为%(last)s") % {
        "days": step.facts["days"],
        "last": say.day(step, "last"),
    }


def _holiday(say: _Speaker, step: Step) -> str:
    name, first = say.name(step, ""), say.day(step, "first")
    if step.facts["days"] == 1:
        return _("%(first)s%(name)s放假，不计") % {"first": first, "name": name}
    return _("%(first)s至%(last)s%(name)s放假，不计") % {
        "first": first, "last": say.day(step, "last"), "name": name,
    }  # fmt: skip


def _weekends(_say: _Speaker, step: Step) -> str:
    if step.facts["days"] == 1:
        return _("其间双休日 1 天，不计")
    return _("其间双休日 %(days)s 天，不计") % {"days": step.facts["days"]}


def _unknown_days(say: _Speaker, step: Step) -> str:
    return _("%(year)s年的放假安排还没有录入，%(first)s起暂按双休日推算，录入后重新计算") % {
        "year": step.facts["year"],
        "first": say.day(step, "first"),
    }


def _roll_unknown(say: _Speaker, step: Step) -> str:
    return _("%(year)s年的放假安排还没有录入，%(first)s是否顺延待定，暂不顺延") % {
        "year": step.facts["year"],
        "first": say.day(step, "first"),
    }


def _rolled(say: _Speaker, step: Step) -> str:
    name = say.name(step, "")
    words = (
        _("%(first)s正值%(name)s放假，顺延至%(last)s")
        if name
        else _("%(first)s是双休日，顺延至%(last)s")
    )
    return words % {"first": say.day(step, "first"), "name": name, "last": say.day(step, "last")}


def _stopped(say: _Speaker, step: Step) -> str:
    return _("自%(since)s起%(name)s，期间不计，恢复后再定到期日") % {
        "since": say.moment(step, "since"),
        "name": say.name(step, _("中止")),
    }


_SENTENCES: dict[str, Callable[[_Speaker, Step], str]] = {
    "at_once": _at_once,
    "no_date": _no_date,
    "start_day": lambda say, step: _("自%(on)s起算，当日不计") % {"on": say.day(step, "on")},
    "start_moment": lambda say, step: _("自%(at)s起算") % {"at": say.moment(step, "at")},
    "extended": lambda say, step: _("经批准延长 %(by)s") % {"by": say.length(step, "by")},
    "suspended": _suspended,
    "months": _months,
    "month_end": _month_end,
    "days": _days,
    "working_days": _working_days,
    "hours": lambda say, step: (
        _("连续计 %(length)s，夜间和节假日不扣除") % {"length": say.length(step, "length")}
    ),
    "made_up": lambda say, step: _("%(on)s为调休上班日，计入") % {"on": say.day(step, "on")},
    "holiday": _holiday,
    "weekends": _weekends,
    "unknown_days": _unknown_days,
    "rolled": _rolled,
    "not_rolled": lambda say, step: (
        _("%(last)s是休息日，按规定不顺延") % {"last": say.day(step, "last")}
    ),
    "roll_unknown": _roll_unknown,
    "stopped": _stopped,
    "planned": lambda say, step: _("定在%(on)s") % {"on": say.day(step, "on")},
    "days_back": lambda say, step: (
        _("往前推 %(days)s 日，最迟为%(last)s")
        % {"days": step.facts["days"], "last": say.day(step, "last")}
    ),
    "working_days_back": lambda say, step: (
        _("往前推 %(days)s 个工作日，其间休息日 %(rest)s 天不计，最迟为%(last)s")
        % {
            "days": step.facts["days"],
            "rest": step.facts["rest"],
            "last": say.day(step, "last"),
        }
    ),
    "day_ends": lambda say, step: _("%(last)s24时到期") % {"last": say.day(step, "last")},
    "moment_ends": lambda say, step: _("%(at)s到期") % {"at": say.moment(step, "at")},
}
