"""Who works in the demo county: the bureau and its stations, departments, crews, demo accounts."""

from __future__ import annotations

from dataclasses import dataclass

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.county import County


@dataclass(frozen=True)
class Body:
    """A unit of organisation; ``parent`` is a code, empty at the top."""

    code: str
    kind: str
    name: plan.Name
    parent: str
    area: str = ""
    """Code of the town or community it is responsible for."""


@dataclass(frozen=True)
class Crew:
    """A response unit: who they are on the radio, what they ride in, what they can do."""

    code: str
    call_sign: plan.Name
    body: str
    kind: str
    people: int
    skills: tuple[str, ...]
    lon: float
    lat: float
    island: str


@dataclass(frozen=True)
class DemoAccount:
    """Someone to sign in as; the name says that nobody of that name works anywhere."""

    role: str
    display_name: str
    body: str
    second: bool = False
    """Whether there is one of the role elsewhere, too."""
    also: tuple[str, ...] = ()
    """Other roles that the same account has."""

    @property
    def username(self) -> str:
        """The role; with the unit behind it where that is taken."""
        return f"{self.role}.{self.body}" if self.second else self.role


BUREAU = (
    ("bureau", "bureau", "听澜县公安局", "Tinglan County Public Security Bureau", ""),
    ("command_centre", "department", "指挥中心", "Command Centre", "bureau"),
    ("traffic_police", "station", "交通警察大队", "Traffic Police", "bureau"),
    ("water_police", "station", "水上派出所", "Water Police Station", "bureau"),
    ("legal_affairs", "department", "法制大队", "Legal Affairs", "bureau"),
    ("supervision", "department", "警务督察大队", "Police Supervision", "bureau"),
    ("personnel", "department", "政工室", "Personnel", "bureau"),
)
DEPARTMENTS = (
    ("hotline", "12345 政务服务便民热线", "12345 Hotline"),
    ("city_management", "综合行政执法局", "City Management"),
    ("transport", "交通运输局", "Transport Bureau"),
    ("housing", "住房和城乡建设局", "Housing and Construction Bureau"),
    ("civil_affairs", "民政局", "Civil Affairs Bureau"),
    ("health", "卫生健康局", "Health Bureau"),
    ("emergency", "应急管理局", "Emergency Management Bureau"),
    ("market_supervision", "市场监督管理局", "Market Supervision Bureau"),
    ("ocean", "海洋与渔业局", "Ocean and Fisheries Bureau"),
    ("ecology", "生态环境局", "Ecology and Environment Bureau"),
    ("tourism", "文化和广电旅游体育局", "Culture and Tourism Bureau"),
    ("labour", "人力资源和社会保障局", "Labour and Social Security Bureau"),
    ("fire_rescue", "消防救援大队", "Fire and Rescue"),
    ("water_company", "听澜供水公司", "Tinglan Water"),
    ("power_company", "听澜供电公司", "Tinglan Power"),
    ("ambulance_120", "县急救中心（120）", "Ambulance Centre (120)"),
    ("sea_rescue_12395", "海上搜救中心（12395）", "Sea Rescue Centre (12395)"),
)
CARS = ("first_aid", "mediation")
FLEET = (
    # station's town, number, kind, people, skills
    ("lancheng", "01", "car", 3, (*CARS, "armed")),
    ("lancheng", "02", "car", 2, (*CARS, "fraud")),
    ("lancheng", "03", "car", 2, (*CARS, "female_officer")),
    ("lancheng", "05", "motorcycle", 1, ("first_aid",)),
    ("lancheng", "06", "motorcycle", 1, ("mediation",)),
    ("lancheng", "07", "car", 2, (*CARS, "forensics")),
    ("lancheng", "08", "foot", 2, ("mediation", "female_officer")),
    ("wangchao", "01", "car", 3, (*CARS, "armed")),
    ("wangchao", "02", "car", 2, (*CARS, "female_officer", "fraud")),
    ("wangchao", "03", "motorcycle", 1, ("first_aid",)),
    ("wangchao", "04", "foot", 2, ("mediation",)),
    ("luao", "01", "car", 2, (*CARS, "armed")),
    ("luao", "02", "car", 2, CARS),
    ("luao", "03", "motorcycle", 1, ("first_aid",)),
    ("chaotang", "01", "car", 2, (*CARS, "dog")),
    ("chaotang", "02", "motorcycle", 1, ("first_aid",)),
    ("yueyu", "01", "car", 2, (*CARS, "armed")),
    ("yueyu", "02", "car", 2, (*CARS, "drone")),
    ("oushan", "01", "car", 2, CARS),
    ("oushan", "02", "motorcycle", 1, ("first_aid",)),
    ("qingluo", "01", "car", 2, (*CARS, "female_officer")),
    ("qingluo", "02", "motorcycle", 1, ("mediation",)),
    ("dengzhan", "01", "car", 2, CARS),
    ("traffic", "01", "traffic_car", 2, ("traffic", "accident", "first_aid")),
    ("traffic", "02", "traffic_car", 2, ("traffic", "accident", "first_aid")),
    ("traffic", "03", "traffic_car", 2, ("traffic", "accident", "drone")),
    ("traffic", "05", "motorcycle", 1, ("traffic", "accident")),
    ("water", "01", "boat", 3, ("boat", "water_rescue", "first_aid")),
    ("water", "02", "boat", 3, ("boat", "water_rescue", "mediation")),
)
SPECIAL = {
    "traffic": ("交警", "Traffic", "traffic_police"),
    "water": ("水警", "Marine", "water_police"),
}
ACCOUNTS = (
    # A surname 海 with 小 and a word for the job: nobody is called that.
    DemoAccount("call_taker", "海小接", "command_centre"),
    DemoAccount("dispatcher", "海小调", "command_centre"),
    DemoAccount("officer", "海小巡", "station_lancheng"),
    DemoAccount("counter_clerk", "海小窗", "station_lancheng"),
    DemoAccount("counter_clerk", "海小厅", "traffic_police", second=True),
    DemoAccount("case_officer", "海小案", "station_lancheng"),
    DemoAccount("unit_leader", "海小所", "station_lancheng"),
    DemoAccount("bureau_leader", "海小局", "bureau"),
    DemoAccount("legal_reviewer", "海小法", "legal_affairs"),
    DemoAccount("supervisor", "海小督", "supervision"),
    DemoAccount("inspector", "海小察", "supervision"),
    DemoAccount("analyst", "海小析", "command_centre"),
    DemoAccount("planner", "海小划", "command_centre"),
    DemoAccount("commander", "海大指", "bureau"),
    DemoAccount("personnel", "海小政", "personnel"),
    DemoAccount("counsellor", "海小心", "personnel"),
    DemoAccount("partner", "海小联", "city_management"),
    DemoAccount("hotline_clerk", "海小热", "hotline", also=("partner",)),
    DemoAccount("partner_desk", "海小援", "fire_rescue"),
    DemoAccount("participation_officer", "海小议", "civil_affairs"),
    DemoAccount("participation_officer", "海小衡", "hotline", second=True),
    DemoAccount("data_contact", "海小约", "housing"),
    DemoAccount("data_contact", "海小源", "hotline", second=True),
    DemoAccount("data_contact", "海小灯", "city_management", second=True),
    DemoAccount("data_contact", "海小警", "command_centre", second=True),
    DemoAccount("data_steward", "海小数", "command_centre"),
    DemoAccount("admin", "海管家", "bureau"),
)


def bodies(county: County) -> list[Body]:
    """All units of organisation, parents before children."""
    found = [Body(code, kind, plan.Name(zh, en), top) for code, kind, zh, en, top in BUREAU]
    found += [Body(f"station_{town.code}", "station", town.station, "bureau", town.code)
              for town in plan.TOWNS]  # fmt: skip
    found += [Body(code, "department", plan.Name(zh, en), "") for code, zh, en in DEPARTMENTS]
    for town in plan.TOWNS:
        rank = "办事处" if town.name.zh.endswith("街道") else "人民政府"
        name = plan.Name(town.name.zh + rank, f"{town.name.en} Office")
        found.append(Body(f"town_{town.code}", "department", name, "", town.code))
    for village in county.villages:
        committee = "居民委员会" if village.properties["kind"] == "community" else "村民委员会"
        name = plan.Name(
            village.name.zh.removesuffix("村") + ("村" if committee[0] == "村" else "") + committee,
            f"{village.name.en} Committee",
        )
        code = village.code.replace("-", "_")
        parent = f"town_{village.properties['town']}"
        found.append(Body(f"village_{code}", "community", name, parent, village.code))
    return found


def crews(county: County) -> list[Crew]:
    """All response units, standing where they start from."""
    posts = {poi.name.zh: poi for poi in county.pois if poi.properties["kind"] == "police"}
    stations = {town.code: town.station for town in plan.TOWNS}
    islands = {village.code: village.properties["island"] for village in county.villages}
    found = []
    for town, number, kind, people, skills in FLEET:
        if town in SPECIAL:
            zh, en, body = SPECIAL[town]
            post = posts["交通警察大队" if town == "traffic" else "水上派出所"]
        else:
            body, post = f"station_{town}", posts[stations[town].zh]
            zh, en = stations[town].zh.removesuffix("派出所"), stations[town].en.split(" ")[0]
        island = islands[post.properties["settlement"]]
        name = plan.Name(f"{zh} {number}", f"{en} {number}")
        code, point = f"{town}_{number}", post.shape
        found.append(Crew(code, name, body, kind, people, skills, point.x, point.y, island))
    return found
