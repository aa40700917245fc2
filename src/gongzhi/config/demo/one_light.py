"""One broken light, from what forty residents said to a lane that has new ones.

Told through three channels, made one matter, mended by two departments and, as a neighbour objects,
mended again; then somebody proposes that it should not happen next year, and it is delivered.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw

from gongzhi.base.files.photos import Photo, make_anew
from gongzhi.base.log.actions import NothingRecorded, moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.base.reach.marks import mark_of
from gongzhi.config.demo.staff import Staff
from gongzhi.config.demo.taking_part import officer
from gongzhi.work.joint.actions import finish_part, join_all, keep_same, split_off, take_part
from gongzhi.work.joint.models import SameThing
from gongzhi.work.joint.readers import JOINT, look_for_same
from gongzhi.work.joint.selectors.same import same_of
from gongzhi.work.participation.actions import (
    answer_request,
    file_request,
    join_request,
    judge_outcome,
    merge_requests,
    rate_handling,
    start_request,
    take_up,
)
from gongzhi.work.participation.closing import Closing
from gongzhi.work.participation.models import Receipt
from gongzhi.work.proposals import actions as proposing
from gongzhi.work.proposals.actions.proposing import NewProposal
from gongzhi.work.proposals.models import Proposal

RESIDENT = Actor.resident()
PLACE = "渔港巷"
REPORTED, JOINED = 25, 15
"""Residents who told of it themselves, and neighbours who joined the first of them."""
KEY = "demo-one-light-report-"
CHANNELS = ("web", "web", "hotline", "web", "open311")
LIGHT = (
    "渔港巷口的路灯不亮了，晚上太黑", "渔港巷路灯坏了三天没人修", "渔港巷那盏路灯不亮，走夜路怕",
    "路灯不亮，渔港巷口", "渔港巷口的灯不亮，老人差点摔倒", "请修一下渔港巷口不亮的路灯",
    "渔港巷口路灯不亮，孩子放学看不清路", "巷口的路灯又不亮了，渔港巷",
)  # fmt: skip
AGREED = (
    "我家也在这条巷子，确实黑。",
    "同求修好，下夜班都靠手机照路。",
    "我妈昨晚在这里绊了一下。",
)
STARS = (5, 5, 4, 5, 3, 4, 5, 4, 2, 5)
"""What some of those who followed it thought of how it was handled."""
COSTED = {
    "cost_amount": "3.4 万元，列在今年的路灯维护费里",
    "cost_time": "十天：备料一周，夜里施工三晚",
    "cost_can": "做得到。灯杆不动，只换灯头和电缆，电缆走新管。",
}
DECIDED = {
    "decided_body": "综合行政执法局局务会",
    "decided_why": "一年修了五次，修的钱够换两盏。二十四人附议，没有人反对。",
}
DELIVERED = {"delivered_told": "巷子里 11 盏全换成防潮的 LED 灯，电缆全换。亮灯以后没有再报修。"}


def load_one_light(until: datetime) -> str:
    """Live through it; says how it ended."""
    told = _Told(until)
    first = told.reported()
    matter = told.made_one(first.matter)
    told.mended(matter)
    told.objected(first)
    told.mended_again(matter)
    told.judged(first)
    told.proposed()
    look_again(until)
    return (
        f"{REPORTED + JOINED} residents told of it, it was mended twice, then the lane got new ones"
    )


def look_again(until: datetime) -> None:
    """What the lane's departments say alike by now: the looks above were in the past."""
    with moment(until):
        for unit in SameThing.objects.order_by("unit").values_list("unit", flat=True).distinct():
            with suppress(NothingRecorded):
                keep_same(JOINT, Unit.objects.get(pk=unit), same_of(unit, until))


class _Told:
    """The story's days, counted back from now."""

    def __init__(self, until: datetime) -> None:
        self.until, self.staff = until, Staff.of_county()
        found = GazetteerEntry.objects.filter(kind="pier", county__own=True).order_by("pk").first()
        self.spot = found.point if found else None
        self.lead = self.staff.units["city_management"]
        self.clerk = self.staff.clerk_of(self.lead)

    def at(self, days: float) -> AbstractContextManager[None]:
        """So many days ago."""
        return moment(self.until - timedelta(days=days))

    def reported(self) -> Receipt:
        """Forty residents tell of it within a night; the first one's receipt."""
        first = self._report(0)
        for number in range(1, REPORTED):
            self._report(number)
        for number in range(JOINED):
            with self.at(24.2 - number / 40):
                join_request(
                    RESIDENT, first.matter, words=AGREED[number % len(AGREED)],
                    idempotency_key=f"demo-one-light-joined-{number:04d}",
                )  # fmt: skip
        return first

    def _report(self, number: int) -> Receipt:
        with self.at(24.5 - number / 60):
            return file_request(
                RESIDENT, category="lamp_out", words=LIGHT[number % len(LIGHT)], place=PLACE,
                point=self._near(number), unit=self.lead, channel=CHANNELS[number % len(CHANNELS)],
                idempotency_key=f"{KEY}{number:04d}",
            )  # fmt: skip

    def _near(self, number: int) -> Point | None:
        spot = self.spot
        return spot and Point(spot.lat + 0.0001 * (number % 5), spot.lon + 0.0001 * (number % 3))

    def made_one(self, first: Matter) -> Matter:
        """In the morning the clerk sees that they say the same, and makes them one; what was said
        in other words the clerk adds by hand."""
        with self.at(24.09):
            look_for_same()
        with self.at(23.6):
            group = SameThing.objects.get(unit=self.lead, into=first, state=SameThing.State.FOUND)
            join_all(self.clerk, group)
            rest = Matter.objects.filter(idempotency_key__startswith=KEY, closed_at=None)
            for one in rest.exclude(pk=first.pk):
                merge_requests(self.clerk, one, first)
        return Matter.objects.select_related("owner_unit").get(pk=first.pk)

    def mended(self, matter: Matter) -> None:
        """Two departments do their parts, and the lead answers."""
        with self.at(23.5):
            matter = start_request(self.clerk, take_up(self.clerk, matter))
        self._part(
            matter,
            "power_company",
            23.4,
            "请查渔港巷配电箱到灯杆的电缆。",
            "配电箱跳闸，已复位、换了开关。",
        )
        self._part(
            matter, "housing", 23.3, "灯杆歪了，请扶正、修好基础。", "灯杆已扶正，基础重新浇过。"
        )
        self._answer(
            matter, 21, "电跳闸了，换了开关；灯杆扶正了。昨晚七点去看过，灯亮了。"
        )  # fmt: skip

    def objected(self, first: Receipt) -> None:
        """A neighbour sees it dark again."""
        neighbour = Receipt.objects.filter(matter=first.matter, message__isnull=False).earliest(
            "pk"
        )
        with self.at(19.6):
            judge_outcome(
                RESIDENT, neighbour, solved=False, words="亮了一晚，下雨以后又灭了。",
                photos=[_night(lit=False)],
            )  # fmt: skip

    def mended_again(self, matter: Matter) -> None:
        """The cause is found: damp in the cable."""
        with self.at(19.4):
            matter = start_request(self.clerk, matter)
        self._part(
            matter, "power_company", 19.3, "雨后又灭，请查电缆有没有进水。",
            "电缆接头进水，整段换了新的。",
        )  # fmt: skip
        self._answer(matter, 17.5, "雨水进了电缆接头，整段电缆换了新的。下雨那晚去看过，一直亮着。")

    def judged(self, first: Receipt) -> None:
        """It is solved, says the one who told of it first; some say how they found it."""
        with self.at(16.8):
            judge_outcome(RESIDENT, first, solved=True)
        receipts = Receipt.objects.filter(matter=first.matter).order_by("pk")
        for number, (receipt, stars) in enumerate(zip(receipts, STARS, strict=False)):
            with self.at(16.5 - number / 10):
                rate_handling(RESIDENT, receipt, stars=stars)

    def proposed(self) -> None:
        """What follows, so that nobody needs to tell of it next year."""
        with self.at(16):
            new = NewProposal(
                "渔港巷的路灯整条换成防潮的",
                "这条巷子一年报修五次，都是海风潮气进了电缆。与其一盏一盏修，不如一次换好。",
                place=PLACE, point=self.spot,
            )  # fmt: skip
            receipt = proposing.propose(
                RESIDENT, new, idempotency_key="demo-one-light-proposal-0001"
            )
        one = Proposal.objects.select_related("matter").get(pk=receipt.matter_id)
        for number in range(24):
            with self.at(15.5 - number / 8):
                mark = mark_of(f"proposal-{one.pk}", "sms", f"one light {number}")
                proposing.support_proposal(RESIDENT, one, mark)
        self._decided(one)
        self._delivered(one)

    def _decided(self, one: Proposal) -> None:
        lead = proposing.lead_proposal
        with self.at(12):
            proposing.ask_costing(officer(), one, Unit.objects.get(pk=self.lead.pk))
        with self.at(11):
            lead(self.clerk, one, "costed", elements=COSTED)
        with self.at(10):
            lead(officer(), one, "adopted", elements=DECIDED)

    def _delivered(self, one: Proposal) -> None:
        day = timezone.localdate(self.until) - timedelta(days=4)
        with self.at(9.8):
            kept = proposing.promise(self.clerk, one, "换好 11 盏灯和全部电缆", day)
            proposing.lead_proposal(self.clerk, one, "delivering")
        with self.at(5):
            proposing.end_promise(self.clerk, kept, kept=True, told="比答应的早一天换完。")
            proposing.tell_progress(
                self.clerk, one, "第三晚收工，11 盏都亮了。", photos=[_night(lit=True)]
            )
            proposing.lead_proposal(self.clerk, one, "delivered", elements=DELIVERED)

    def _part(self, matter: Matter, unit: str, days: float, asked: str, done: str) -> None:
        by = self.staff.clerk_of(self.staff.units[unit])
        with self.at(days):
            part = split_off(self.clerk, matter, self.staff.units[unit], asked)
        with self.at(days - 0.3):
            take_part(by, part)
        with self.at(days - 1.2):
            finish_part(by, part, done)

    def _answer(self, matter: Matter, days: float, words: str) -> None:
        closing = Closing(evidence="photo", note="夜里现场拍的")
        with self.at(days):
            answer_request(self.clerk, matter, words, photos=[_night(lit=True)], closing=closing)


def _night(*, lit: bool) -> Photo:
    """A lane at night, drawn: the demo has no photo of any real place."""
    picture = Image.new("RGB", (960, 720), (18, 24, 38))
    pen = ImageDraw.Draw(picture)
    if lit:
        for radius, shade in ((330, 38), (230, 62), (130, 104)):
            pen.ellipse(
                (480 - radius, 180 - radius, 480 + radius, 180 + radius), (shade, shade, 40)
            )
    pen.polygon([(300, 720), (440, 300), (560, 300), (780, 720)], (52, 56, 66))
    pen.rectangle((474, 170, 486, 560), (120, 124, 130))
    pen.ellipse((452, 150, 508, 206), (255, 236, 170) if lit else (70, 74, 82))
    picture.save(kept := BytesIO(), "JPEG", quality=80)
    kept.seek(0)
    return make_anew(kept)
