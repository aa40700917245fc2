"""The made-up organisation that `gongzhi demo` begins with: a bureau and its departments."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit

BUREAU = ("bureau", "县公安局", "County Public Security Bureau")
UNITS = (
    ("station", "station", "城关派出所", "Chengguan Police Station"),
    ("traffic_police", "station", "交警大队", "Traffic Police"),
    ("water_police", "station", "水上派出所", "Water Police"),
    ("city_management", "department", "综合行政执法局", "City Management"),
    ("civil_affairs", "department", "民政局", "Civil Affairs"),
    ("ecology", "department", "生态环境分局", "Ecology and Environment"),
    ("emergency", "department", "应急管理局", "Emergency Management"),
    ("fire_rescue", "department", "消防救援大队", "Fire and Rescue"),
    ("health", "department", "卫生健康局", "Health"),
    ("hotline", "department", "12345 热线中心", "12345 Hotline"),
    ("housing", "department", "住房和城乡建设局", "Housing and Construction"),
    ("labour", "department", "人力资源和社会保障局", "Labour and Social Security"),
    ("market_supervision", "department", "市场监督管理局", "Market Supervision"),
    ("ocean", "department", "海洋与渔业局", "Ocean and Fisheries"),
    ("power_company", "department", "供电公司", "Power Company"),
    ("tourism", "department", "文化和旅游局", "Culture and Tourism"),
    ("transport", "department", "交通运输局", "Transport"),
    ("water_company", "department", "自来水公司", "Water Company"),
)


def make_organisation() -> int:
    """Open the units that aren't there yet; says how many."""
    by = Actor.system("demo")
    known = set(Unit.objects.values_list("code", flat=True))
    code, zh, en = BUREAU
    if code not in known:
        open_unit(by, code=code, kind="bureau", name_zh=zh, name_en=en)
    bureau = Unit.objects.get(code=code)
    for code, kind, zh, en in UNITS:
        if code not in known:
            open_unit(by, code=code, kind=kind, name_zh=zh, name_en=en, parent=bureau)
    return Unit.objects.count() - len(known)
