"""What lies on the demo county's desk: notes on places, somebody who hung up, a drill."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.work.calls.actions import NewCall, hang_up, note_premises, receive_call, ring
from gongzhi.work.dispatch.actions import move_incident

NOBODY = "10000000110"
"""A number that no telephone has."""
NOTES = (
    ("pier", "趸船夜里不亮灯，跳板湿滑，从北侧上岸", 365),
    ("hospital", "救护车通道在后门，正门台阶抬不了担架", 90),
    ("school", "放学时门口堵，车停东侧空地走过去", 90),
)


def load_desk(until: datetime) -> str:
    """Put it there; says what."""
    by, notes = Actor.system("demo"), 0
    with moment(until - timedelta(days=9)):
        for kind, words, days in NOTES:
            place = GazetteerEntry.objects.filter(kind=kind, county__own=True).first()
            if place is not None:
                note_premises(by, place.point, place=place.name_zh, words=words, days=days)
                notes += 1
    _drill(by, until - timedelta(hours=5))
    with moment(until - timedelta(minutes=6)):
        rung = ring(by, "demo:hung-up", phone=NOBODY, line="110-2")
    with moment(until - timedelta(minutes=5)):
        hang_up(by, rung)
    return f"{notes} notes on places, a drill, somebody to call back"


def _drill(by: Actor, at: datetime) -> None:
    """A fire at the school, practised this morning."""
    place = GazetteerEntry.objects.filter(kind="school", county__own=True).first()
    with moment(at):
        call = receive_call(
            by,
            NewCall(
                category="fire", trial="drill", words="演练：教学楼二楼起火，正在疏散学生。",
                place=place.name_zh if place else "", point=place.point if place else None,
            ),
        )  # fmt: skip
    with moment(at + timedelta(minutes=20)):
        told = {"settled_how": "演练结束：四分钟疏散完，已讲评。"}
        move_incident(by, call.matter, "settled", elements=told)
        move_incident(by, call.matter, "closed")
