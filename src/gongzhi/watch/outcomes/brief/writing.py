"""The brief as the body of a mail: plain text, with nobody in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.watch.outcomes import saying
from gongzhi.watch.outcomes.brief.making import Brief, Line


@dataclass(frozen=True)
class Mail:
    """What is sent: a subject, and a body in plain text. To whom is for others to say."""

    subject: str
    text: str


def mail_of(brief: Brief, *, address: str = "") -> Mail:
    """The mail of a brief; ``address`` is where its page can be opened."""
    return Mail(
        _("%(title)s：%(words)s") % {"title": brief.title, "words": brief.summary},
        "\n".join(_lines(brief, address)) + "\n",
    )


def _lines(brief: Brief, address: str) -> Iterator[str]:
    yield from [f"{brief.title} · {brief.period}", "", brief.summary]
    if brief.changed:
        yield from ["", _("和平常不一样的")]
        yield from (_said(one) for one in brief.changed)
    words = saying.serves()
    serves = ""
    for one in brief.lines:
        if one.serves != serves:
            serves = one.serves
            yield from ["", f"{words[serves]}"]
        yield _said(one)
    if brief.unmeasured:
        yield from ["", _("还没有统计")]
        told = ({"title": name, "words": why} for name, why in brief.unmeasured)
        yield from ("- " + _("%(title)s：%(words)s") % one for one in told)
    if address:
        yield from ["", _("怎么数的、能怎么作假、每周的数：%(address)s") % {"address": address}]


def _said(one: Line) -> str:
    usual = _("（平常 %(usual)s）") % {"usual": one.usual} if one.usual else ""
    usual += _("（目标 %(target)s）") % {"target": one.target} if one.target else ""
    told = {"name": one.words, "value": f"{one.value}{usual}", "verdict": one.verdict}
    words = _("- %(name)s：%(value)s，%(verdict)s") % told
    return f"{words} · {one.side}" if one.side else words
