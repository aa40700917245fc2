"""A bureau with two police stations, a clerk at each counter, and somebody who wants a permit."""

from __future__ import annotations

import io

from PIL import Image

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.participation.models import Receipt
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import Application, Unfinished
from gongzhi.work.public_services.selectors.desk import lacking
from gongzhi.work.public_services.uploads import Upload, received

SYSTEM, RESIDENT = Actor.system("test"), Actor.resident()
KEY = "s" * 24
UNITS = {
    "bureau": ("bureau", "听澜县公安局", ""),
    "station_lancheng": ("station", "澜城派出所", "bureau"),
    "station_wangchao": ("station", "望潮派出所", "bureau"),
}
STAFF = {"clerk": "station_lancheng", "other": "station_wangchao"}
NAME, PHONE, ADDRESS, EMPLOYER = "海听潮", "13900007788", "澜城街道观海路 12 号", "望海渔具店"
NUMBER = "999999199001012337"
"""Of no place that there is; its last digit is right."""
ANSWERS = {"registered": "elsewhere", "half_year": "yes", "ground": "work"}
FIELDS = {
    "name": NAME, "id_number": NUMBER, "phone": PHONE, "address": ADDRESS, "since": "2025-11-02",
    "dwelling": "rented", "employer": EMPLOYER, "handing": "counter",
}  # fmt: skip


def permit() -> Service:
    """The residence permit, as it ships."""
    return catalogue().services["residence_permit"]


def unit(code: str) -> Unit:
    """One of the units, with those above it."""
    found = Unit.objects.filter(code=code).first()
    kind, name, above = UNITS[code]
    return found or open_unit(
        SYSTEM, code=code, kind=kind, name_zh=name, name_en=code.title(),
        parent=unit(above) if above else None,
    )  # fmt: skip


def account(name: str = "clerk") -> Account:
    """One of the clerks."""
    found = Account.objects.filter(username=name).select_related("unit").first()
    return found or open_account(
        SYSTEM, username=name, display_name=f"海小{name}", unit=unit(STAFF[name]),
        roles=["counter_clerk"],
    )  # fmt: skip


def by(name: str = "clerk") -> Actor:
    """One of them, as actions want them."""
    return Actor.account(account(name))


def county() -> None:
    """Every unit and clerk."""
    for code in UNITS:
        unit(code)
    for name in STAFF:
        account(name)


def picture(colour: str = "teal") -> io.BytesIO:
    """A photo as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    out.seek(0)
    out.name = "photo.jpg"
    return out


def upload() -> Upload:
    """The same, checked."""
    return received(picture())


def form(key: str = KEY, **more: str) -> Unfinished:
    """A form with every page filled in."""
    county()
    begun = actions.begin_form(RESIDENT, permit(), ANSWERS, key=key)
    given = {**FIELDS, **more}
    for section in permit().sections_for(ANSWERS):
        begun = actions.save_page(RESIDENT, begun, section.code, given)
    return begun


def applied(key: str = KEY, *, photos: tuple[str, ...] = ("photo", "work_proof")) -> Application:
    """The same, sent with these materials."""
    begun = form(key)
    for code in photos:
        actions.keep_material(RESIDENT, begun, code, upload())
    sent = actions.send(RESIDENT, begun, unit("station_lancheng"), filled_by="self")
    return again(sent.matter_id)


def again(key: int) -> Application:
    """The application as the database has it now."""
    found = Application.objects.select_related("matter__owner_unit", "matter__owner")
    return found.get(pk=key)


def receipt_of(one: Application) -> Receipt:
    """The applicant's."""
    return Receipt.objects.select_related("matter").get(matter=one.matter)


def looked_at(one: Application, *codes: str) -> Application:
    """The clerk finds these materials good; without any, all that acceptance waits for."""
    wanted = codes or [paper.item.code for paper in lacking(one)]
    for code in wanted:
        actions.check_material(by(), one, code, good=True)
    return again(one.pk)


def accepted(key: str = KEY) -> Application:
    """One that was accepted with everything there."""
    one = looked_at(applied(key))
    actions.accept(by(), one)
    return again(one.pk)


def ready(key: str = KEY, how: str = "counter") -> Application:
    """One that is done."""
    one = accepted(key)
    told = {"collect": how, "result": "居住证制好了，带身份证来。"}
    actions.take_application_step(by(), one, "ready", elements=told)
    return again(one.pk)
