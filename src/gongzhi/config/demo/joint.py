"""A broken light that a dozen residents report, and what several units make of it: joined, split
across departments, asked outside; and beside it what units don't agree on, and what waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import Point
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.staff import Staff
from gongzhi.work.joint.actions import (
    answer_outside,
    ask_outside,
    finish_part,
    join_all,
    split_off,
    take_part,
)
from gongzhi.work.joint.models import SameThing
from gongzhi.work.joint.readers import climb, look_for_same
from gongzhi.work.participation.actions import (
    answer_request,
    file_request,
    plan_request,
    remind_of_own,
    send_on,
    start_request,
    take_up,
)
from gongzhi.work.participation.closing import Closing
from gongzhi.work.participation.models import Receipt

RESIDENT = Actor.resident()
PLACE = "海平路与晚霞街路口"
LIGHT = (
    "海平路口的路灯不亮了，晚上太黑", "海平路口路灯坏了三天没人修",
    "海平路口那盏路灯不亮，走夜路怕",
    "路灯不亮，海平路口", "海平路口的灯不亮，老人差点摔倒", "请修一下海平路口不亮的路灯",
    "海平路口路灯不亮，孩子放学看不清路", "路口的路灯又不亮了，海平路",
)  # fmt: skip
RUBBISH = (
    "菜市场后门垃圾堆成山没人清", "菜市场后门的垃圾好几天没清，臭",
    "菜市场后门垃圾桶满了，垃圾堆到路上",
    "垃圾没人清，菜市场后门", "菜市场后门垃圾太臭了，请清运",
)  # fmt: skip
IMPOSSIBLE = (
    "和燃气公司去看过：立柱三面都是燃气管，往哪边挪都压着，现有条件挪不了。"
    "车库门改成往里开就够得着，要图纸的话我们可以帮着画。"
)
PLANNED = "这条街 14 个垃圾桶下个月一起换成 240 升的，已经列进采购，换之前每天多清一次。"
CHANNELS = ("web", "hotline", "grid")
REPORTS = 12


def load_joint(county: County, until: datetime) -> str:
    """All of it; says how many told of the light."""
    staff = Staff.of_county()
    town = next(iter(county.pois)).shape
    spot = Point(town.y, town.x)
    lead = _the_light(spot, until, staff)
    _together(lead, until, staff)
    for n, words in enumerate(RUBBISH):
        with moment(until - timedelta(hours=9 - n)):
            _report("rubbish", n, words, "litter", Point(spot.lat + 0.01, spot.lon), "菜市场后门")
    _nobodys(until, staff)
    _ended_otherwise(until, staff)
    _waits(until)
    for days in (5, 4, 3, 2, 1, 0):
        with moment(until - timedelta(days=days)):
            climb()
    with moment(until):
        look_for_same()
    return f"{REPORTS} reports of one light are one matter now, with two parts"


def _report(
    kind: str, n: int, words: str, category: str, point: Point | None, place: str
) -> Receipt:
    return file_request(
        RESIDENT, category=category, words=words, place=place, point=point,
        channel=CHANNELS[n % len(CHANNELS)], idempotency_key=f"demo-joint-{kind}-{n:08d}",
    )  # fmt: skip


def _the_light(spot: Point, until: datetime, staff: Staff) -> Matter:
    """Reports through three channels within a night, made one in the morning."""
    for n in range(REPORTS):
        with moment(until - timedelta(hours=40) + timedelta(minutes=11 * n)):
            near = Point(spot.lat + 0.0002 * (n % 5), spot.lon + 0.0002 * (n % 3))
            _report("light", n, LIGHT[n % len(LIGHT)], "lamp_out", near, PLACE)
    by = staff.clerk_of(staff.units["city_management"])
    with moment(until - timedelta(hours=30)):
        look_for_same()
        group = SameThing.objects.filter(category="lamp_out", state="found").order_by("-size")[0]
        return join_all(by, group).into


def _together(lead: Matter, until: datetime, staff: Staff) -> None:
    """The lead takes it up, two units do a part, the property management answers by a link."""
    by = staff.clerk_of(staff.units["city_management"])
    power, housing = staff.units["power_company"], staff.units["housing"]
    with moment(until - timedelta(hours=29)):
        lead = start_request(by, take_up(by, lead))
        cable = split_off(by, lead, power, "请查路口配电箱到灯杆的电缆，可能被挖断了。")
        split_off(by, lead, housing, "灯杆基础被工地车压裂，请把灯杆扶正、修好基础。")
        asked = ask_outside(
            by, lead, "contractor", "你们在海平路口施工，周一有没有挖到路灯电缆？请拍一张现场照片。"
        )
    with moment(until - timedelta(hours=25)):
        take_part(staff.clerk_of(power), cable)
        answer_outside(Actor.partner("outside", asked), asked, "是挖到了一根，已经停工等供电来修。")
    with moment(until - timedelta(hours=5)):
        finish_part(staff.clerk_of(power), cable, "断的电缆已经接好，路口送电正常。")


def _nobodys(until: datetime, staff: Staff) -> None:
    """A request that two units hand to each other until the hotline has to decide."""
    units = [staff.units[code] for code in ("city_management", "transport")]
    with moment(until - timedelta(hours=26)):
        words = "观澜桥头的护栏倒了半截，谁来修？"
        matter = _report("nobodys", 0, words, "pothole", None, "观澜桥头").matter
    owner = Matter.objects.select_related("owner_unit").get(pk=matter.pk).owner_unit
    sides = [owner, next(one for one in units if one.pk != owner.pk)]
    for n in range(3):
        with moment(until - timedelta(hours=24 - 5 * n)):
            giver, taker = sides[n % 2], sides[(n + 1) % 2]
            matter = send_on(staff.clerk_of(giver), matter, taker, reason="not_ours")


def _ended_otherwise(until: datetime, staff: Staff) -> None:
    """What can't be done, and why; and what will be done until a day that is promised."""
    pole, bins = (
        _begun(until, staff, n, told)
        for n, told in enumerate((
            ("巷口指路牌的立柱挡住了我家车库门，能不能挪走？", "traffic_facility", "晚霞街 21 号"),
            ("这一片的垃圾桶又小又破，能不能换大的？", "litter", "晚霞街中段"),
        ))
    )  # fmt: skip
    office = staff.clerk_of(staff.units["city_management"])
    with moment(until - timedelta(days=2)):
        answer_request(office, pole, IMPOSSIBLE, closing=Closing("impossible", because="technical"))
    with moment(until - timedelta(days=1)):
        plan_request(office, bins, PLANNED, promised=f"{until + timedelta(days=40):%Y-%m-%d}")


def _begun(until: datetime, staff: Staff, n: int, told: tuple[str, str, str]) -> Matter:
    words, category, place = told
    office = staff.units["city_management"]
    with moment(until - timedelta(days=4)):
        matter = file_request(
            RESIDENT, category=category, words=words, place=place, unit=office,
            idempotency_key=f"demo-joint-otherwise-{n:08d}",
        ).matter  # fmt: skip
    with moment(until - timedelta(days=3)):
        by = staff.clerk_of(office)
        return start_request(by, take_up(by, matter))


def _waits(until: datetime) -> None:
    """One that nobody has accepted for days, and that its resident reminds of."""
    with moment(until - timedelta(days=6)):
        receipt = _report("waits", 0, "死树快倒了，树枝压着电线", "trees", None, "星沙公园东侧")
    with moment(until - timedelta(hours=3)):
        remind_of_own(RESIDENT, receipt)
