"""What was given and why something was not, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.load import catalogue

REFUSALS = {
    "agreement_over": gettext_lazy("约定没有在生效"),
    "budget_spent": gettext_lazy("本月的新问题用完了"),
    "not_agreed": gettext_lazy("约定里没有这个问题"),
    "no_question": gettext_lazy("没有这个问题"),
    "no_answer": gettext_lazy("还没有答案"),
    "no_rows": gettext_lazy("约定不给数据行"),
    "not_over": gettext_lazy("问的时间还没有过完"),
    "too_early": gettext_lazy("问的时间太早"),
    "cursor": gettext_lazy("翻页的记号不对"),
    "period": gettext_lazy("时间写得不对"),
}


def refusal_words(code: str) -> str:
    """Why nothing was given."""
    return str(REFUSALS.get(code, code))


def what_words(what: str) -> str:
    """What was asked for."""
    if what == "rows":
        return _("数据行")
    question = catalogue().questions.get(what)
    return str(question.name) if question else what
