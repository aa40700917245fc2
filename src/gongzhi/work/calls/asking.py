"""What the call-taker's page knows of the categories: enough to ask and to judge while one types,
with no word to the server."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.advice import Advice
from gongzhi.base.catalogue.kinds.category import Category, Question
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.templatetags.ui import PRIORITIES
from gongzhi.work.calls.selectors import frequent_categories, incident_categories


def sheet() -> dict[str, Any]:
    """Categories with their questions, the number keys, and the sentences that the script says."""
    return {
        "categories": [_category(one) for one in incident_categories()],
        "advice": {code: _card(one) for code, one in catalogue().advice.items()},
        "language": "en" if (get_language() or "").startswith("en") else "zh",
        "keys": [one.code for one in frequent_categories()],
        "priorities": {level: str(said) for level, said in PRIORITIES.items()},
        "words": {
            "by_category": _("“%(category)s”一般是 P%(level)s"),
            "by_answer": _("因为“%(ask)s %(answer)s”，提到 P%(level)s"),
            "by_hand": _("人工定为 P%(level)s；自动是 P%(auto)s"),
            "not_yet": _("选好类别后自动定级"),
            "located": _("已定位"),
            "near": _("已定位：%(place)s"),
            "wide": _("只定位到“%(place)s”一带，请再问具体些，或在地图上点一下。"),
            "no_point": _("还没有定位：从列表里选一个地点，或在地图上点一下。"),
            "join": _("并入"),
            "joined": _("并入的警情已经是 P%(level)s，来电只会提高，不会降低"),
            "save": _("登记"),
            "unconfirmed": _("还没有经本县医生确认"),
            "confirmed": _("本县已确认：%(who)s"),
            "source": _("依据：%(source)s"),
            "beat": _("每分钟 %(beat)s 下，跟着圆点数"),
            "next_step": _("下一步"),
            "read_en": _("用英语念"),
            "read_zh": _("用中文念"),
            "more_advice": _("其他可念的"),
        },
        "shortcuts": {
            "F1": _("接听正在响的"),
            "F8": _("类别"),
            "F9": _("地点"),
            "F7": _("紧急程度"),
            "F6": _("指导换语言"),
            "F10": _("指导下一步"),
            "Alt+L": _("请对方发位置"),
            "Ctrl+Enter": _("登记"),
        },
    }


def _category(category: Category) -> dict[str, Any]:
    names = (category.name.zh, category.name.en, category.hint.zh, *category.keywords)
    return {
        "value": category.code,
        "label": str(category.name),
        "about": str(category.hint),
        "side": f"P{category.priority}",
        "icon": category.icon,
        "priority": category.priority,
        "search": "\n".join(names).lower(),
        "questions": [_question(one) for one in category.questions],
        "advice": [{"card": one.card, "when": one.when} for one in category.advice],
    }


def _card(card: Advice) -> dict[str, Any]:
    """In both languages: the caller's need not be the call-taker's."""
    return {
        "name": card.name.model_dump(),
        "steps": [step.model_dump() for step in card.steps],
        "source": card.source,
        "waits": card.waits_for_a_doctor,
        "confirmed": card.confirmed,
        "beat": card.beat,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "kind": question.kind,
        "ask": str(question.ask),
        "unit": str(question.unit or ""),
        "answers": [
            {"code": one.code, "words": str(one), "priority": one.priority}
            for one in question.answers
        ],
    }
