"""A service said simply: short lines, one thing each, in the order in which one needs them.

Nothing is written twice: the lines are made of the service's own file, so that they can't say
anything else than the guide does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.work.public_services.selectors.services import offices_of, terms_of

Part = tuple[str, str, Sequence[str]]
"""An icon, a question, and the lines that answer it."""
LONGEST = {True: 22, False: 60}
"""Characters from which on a sentence is cut at its commas: Chinese, English."""
_SENTENCE = re.compile(r"(?<=[。；！？])|(?<=[.;!?])\s+")
_COMMA = re.compile(r"(?<=，)|(?<=,)\s+")
_ENDS = re.compile(r"[\u3002\uff1b\uff0c.;, ]+$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def lines_of(text: str) -> list[str]:
    """The text in short lines."""
    found: list[str] = []
    for sentence in _SENTENCE.split(text):
        short = len(sentence) <= LONGEST[bool(_HAN.search(sentence))]
        found += [sentence] if short else _COMMA.split(sentence)
    return [bare for line in found if (bare := _ENDS.sub("", line.strip()))]


def said_simply(service: Service) -> list[Part]:
    """Everything one needs to know, part by part."""
    asked = [one for one in service.materials if one.is_asked_for]
    own = [str(one.name) for one in service.steps if one.who == "you"]
    ours = [str(one.name) for one in service.steps if one.who != "you"]
    parts: list[Part] = [
        ("info", _("这是什么"), lines_of(str(service.about))),
        ("people", _("谁能办"), lines_of(str(service.who))),
        ("clipboard", _("要带什么"), _brought(service, [str(one.name) for one in asked])),
        ("edit", _("您要做的"), [line for one in own for line in lines_of(one)]),
        ("building", _("我们来做的"), [line for one in ours for line in lines_of(one)]),
        ("clock", _("要多久"), _time(service)),
        ("tag", _("要多少钱"), _cost(service)),
        ("foot", _("要来几次"), _visits(service)),
        ("pin", _("去哪里"), [str(one) for one in offices_of(service)]),
        ("phone", _("要人帮忙"), [
            _("可以请家人替您填"), _("可以到窗口，有人当面替您填"),
            _("可以打 12345，有人在电话里替您填"),
        ]),
    ]  # fmt: skip
    return [one for one in parts if one[2]]


def _brought(service: Service, names: list[str]) -> list[str]:
    some = any(one.when for one in service.materials if one.is_asked_for)
    told = names or [_("什么都不用带")]
    return [*told, _("不一定都要，看您的情况")] if some and names else told


def _time(service: Service) -> list[str]:
    terms = terms_of(service)
    return [_("最多 %(term)s") % {"term": terms[0].words}] if terms else [_("办好马上告诉您")]


def _cost(service: Service) -> list[str]:
    if service.fee == "free":
        return [_("不要钱")]
    if service.fee == "posted":
        return [_("窗口墙上写着多少就是多少")]
    return [
        _("%(name)s：%(yuan)s 元") % {"name": one.name, "yuan": one.yuan} for one in service.fees
    ]


def _visits(service: Service) -> list[str]:
    if not service.visits or service.visit_for is None:
        return [_("不用来")]
    return [_("%(n)s 次") % {"n": service.visits}, *lines_of(str(service.visit_for))]
