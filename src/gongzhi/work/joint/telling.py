"""How joint handling reads on a matter's timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.work.joint.models import AskedOutside


@tells("joint.outside_asked")
def _asked(matter: Matter, fields: Fields) -> Line:
    return Line(_("问%(who)s") % {"who": AskedOutside.Kind(fields["kind"]).label}, "send")


@tells("joint.outside_answered")
def _answered(matter: Matter, fields: Fields) -> Line:
    return Line(_("外单位凭链接答复"), "chat", "note")


@tells("joint.link_ended")
def _ended(matter: Matter, fields: Fields) -> Line:
    return Line(_("收回了外单位的链接"), "close")


@tells("joint.escalated")
def _escalated(matter: Matter, fields: Fields) -> Line:
    clock = catalogue().clocks.get(fields["clock"])
    name = str(clock.name) if clock else fields["clock"]
    return Line(_("“%(clock)s”升级提醒") % {"clock": name}, "bell", "warn")


@tells("joint.escalation_seen")
def _seen(matter: Matter, fields: Fields) -> Line:
    return Line("")


@tells("joint.handed_to_dispatch")
def _to_110(matter: Matter, fields: Fields) -> Line:
    return Line(_("已转 110，由公安马上处理"), "bolt", "warn", public=True)


@tells("joint.came_from_request")
def _from_request(matter: Matter, fields: Fields) -> Line:
    return Line(_("从居民诉求转来"), "hand-over", "note", public=True)


@tells("joint.join_went_on")
def _joining(matter: Matter, fields: Fields) -> Line:
    return Line("")


@tells("joint.join_ended")
def _joined(matter: Matter, fields: Fields) -> Line:
    return Line(
        _("把说同一件事的 %(n)s 件并了进来") % {"n": fields["joined"]}, "merge", public=True
    )
