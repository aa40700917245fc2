"""Partners in the demo county: what they are asked as its history ends, and how they go on.

The fire brigade's desk is the demo account ``partner_desk``: it answers what somebody at a screen
answers. The water company never answers, so that one sees what the desk does then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import Point
from gongzhi.config.demo.geography.county import County
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.linked.actions import answer_request, ask_partner, make_link
from gongzhi.work.linked.actions.answering import Told
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.states import State, Via

DEMO = Actor.system("demo")
SILENT = ("fire_rescue", "water")
NEXT = {State.ASKED: State.ACCEPTED, State.ACCEPTED: State.UNDER_WAY,
        State.UNDER_WAY: State.THERE, State.THERE: State.DONE}  # fmt: skip
SECONDS = {State.ASKED: 40, State.ACCEPTED: 60, State.UNDER_WAY: 420, State.THERE: 900}
"""About how long a partner stands at a step while somebody looks at the demo."""
MOST = 20


@dataclass(frozen=True)
class Asked:
    """A partner, what for, and minutes after the call at which it was asked and said what."""

    partner: str
    offers: Sequence[str]
    words: str
    at: float
    said: Sequence[tuple[float, Told]] = ()
    way: str = ""


@dataclass(frozen=True)
class Scene:
    """An incident that goes on, begun so many minutes ago, near a place of this kind."""

    ago: float
    category: str
    words: str
    near: str
    town: str
    answers: dict[str, str]
    asked: Sequence[Asked]


def _api(answer: str, minutes: int | None = None) -> Told:
    return Told(answer, Via.API, minutes=minutes)


SCENES = (
    Scene(
        11, "fire", "沿街店铺二楼冒浓烟，楼上有人喊。", "market", "lancheng",
        {"what": "shop", "people": "yes", "gas": "no"},
        (
            Asked("fire_rescue", ["engine", "ladder"], "二楼冒烟，楼上有人，门前巷子窄。", 1,
                  [(1.6, Told("accepted", minutes=9)), (2.5, Told("under_way"))]),
            Asked("ambulance", ["ambulance"], "可能有人吸入烟气，请先来一台车。", 1.2,
                  [(2, _api("accepted", 10)), (3, _api("under_way"))]),
            Asked("power", ["cut_off"], "请断这一段沿街店铺的电。", 1.5),
            Asked("water", ["pressure"], "请给附近消火栓加压。", 2, way="link",
                  said=[(4, Told("refused", Via.LINK, reason="none_free",
                                 words="泵站检修，半小时后可以。"))]),
        ),
    ),
    Scene(
        34, "lost_elder", "老人早上出门没回来，穿灰外套。", "park", "lancheng", {},
        (
            Asked("grid", ["search"], "请在附近小巷和公园找一找：八十岁上下，灰外套。", 3,
                  [(6, Told("accepted", Via.PHONE)), (9, Told("under_way", Via.PHONE)),
                   (16, Told("there", Via.PHONE))]),
        ),
    ),
    Scene(
        3, "gas_leak", "楼道里煤气味很重，不敢开灯。", "school", "lancheng", {},
        (
            Asked("fire_rescue", ["engine"], "居民楼楼道煤气味重，已让住户不要开关电器。", 1),
            Asked("grid", ["door_to_door"], "请上门通知本单元住户先到楼下空地。", 1.4),
        ),
    ),
)  # fmt: skip


def load_partners(county: County, until: datetime) -> int:
    """Live through the scenes; how many requests there are."""
    for scene in SCENES:
        began = until - timedelta(minutes=scene.ago)
        matter = _call(county, scene, began)
        for asked in scene.asked:
            _ask(matter, asked, began)
    return LinkedRequest.objects.count()


def _call(county: County, scene: Scene, began: datetime) -> Matter:
    point, place = somewhere(county, scene.near, scene.town)
    with moment(began):
        return receive_call(
            DEMO,
            NewCall(scene.category, scene.words, place, point, answers=scene.answers,
                    caller={"name": "海某某", "phone": "13800000000"}, answered_at=began),
        ).matter  # fmt: skip


def somewhere(county: County, kind: str, town: str) -> tuple[Point, str]:
    """A place of this kind in the town, or any there; and what it is called."""
    here = [poi for poi in county.pois if poi.properties["town"] == town]
    poi = next((one for one in here if one.properties["kind"] == kind), here[0])
    return Point(poi.shape.y, poi.shape.x), f"{poi.name.zh}附近"


def _ask(matter: Matter, asked: Asked, began: datetime) -> None:
    with moment(began + timedelta(minutes=asked.at)):
        request = ask_partner(
            DEMO, matter, asked.partner, offers=asked.offers, words=asked.words, way=asked.way
        )
        if request.way == Via.LINK:
            make_link(DEMO, request)
    for minutes, told in asked.said:
        with moment(began + timedelta(minutes=minutes)):
            answer_request(DEMO, request, told)


def waiting() -> Iterable[LinkedRequest]:
    """Requests that have stood long enough at their step, of partners nobody here plays."""
    open_ones = LinkedRequest.objects.filter(ended_at=None).exclude(partner__in=SILENT)
    found = open_ones.order_by("state_since").select_related("matter")[:MOST]
    return [one for one in found if _stood(one)]


def _stood(request: LinkedRequest) -> bool:
    spread = 0.7 + (request.pk * 37 % 61) / 100
    wait = SECONDS[State(request.state)] * spread
    return now() - request.state_since >= timedelta(seconds=wait) and not _unheard(request)


def _unheard(request: LinkedRequest) -> bool:
    """The power company's first request stays late, for somebody to phone."""
    return request.partner == "power" and request.state == State.ASKED and not request.phoned_at


def go_on(request: LinkedRequest) -> None:
    """The partner's next word."""
    via = request.way if request.way != Via.LINK else Via.PHONE
    answer_request(DEMO, request, Told(NEXT[State(request.state)], via))
