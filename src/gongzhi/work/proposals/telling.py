"""How taking part reads on a proposal's timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.work.proposals.models import Promise

SILENT = (
    "proposals.proposal_made", "proposals.proposal_supported", "proposals.comment_made",
    "proposals.comment_erased", "proposals.text_flagged", "proposals.text_left",
)  # fmt: skip
"""What the page tells elsewhere, or what is told nobody."""


def _nothing(matter: Matter, fields: Fields) -> Line:
    return Line("")


for _kind in SILENT:
    tells(_kind)(_nothing)


@tells("proposals.words_erased")
def _erased(matter: Matter, fields: Fields) -> Line:
    return Line(_("按提建议的人要求清除了内容"), "trash", public=True)


@tells("proposals.promise_made")
def _promised(matter: Matter, fields: Fields) -> Line:
    said = _("答应：%(words)s，%(day)s 以前")
    return Line(said % {"words": _words(fields), "day": fields["due"]}, "flag", public=True)


@tells("proposals.promise_ended")
def _promise_ended(matter: Matter, fields: Fields) -> Line:
    if fields["kept"]:
        return Line(_("做到了：%s") % _words(fields), "check-circle", "good", public=True)
    return Line(_("没做到：%s") % _words(fields), "alert", "warn", public=True)


@tells("proposals.promise_missed")
def _promise_missed(matter: Matter, fields: Fields) -> Line:
    return Line(_("日子过了，还没做到：%s") % _words(fields), "late", "warn", public=True)


@tells("proposals.text_removed")
def _removed(matter: Matter, fields: Fields) -> Line:
    rule = catalogue().moderation.get(str(fields["rule"]))
    said = _("按规则撤下了一段文字：%s") % (rule.name if rule else fields["rule"])
    return Line(said, "eye", public=True)


@tells("proposals.removal_appealed")
def _appealed(matter: Matter, fields: Fields) -> Line:
    return Line(_("作者对撤下提出了申诉"), "undo", public=True)


@tells("proposals.appeal_decided")
def _appeal_decided(matter: Matter, fields: Fields) -> Line:
    if fields["restored"]:
        return Line(_("申诉成立，文字放回去了"), "undo", "good", public=True)
    return Line(_("申诉不成立，文字仍然撤下"), "eye", public=True)


def _words(fields: Fields) -> str:
    found = Promise.objects.filter(pk=fields["promise"]).first()
    return found.words if found else "…"
