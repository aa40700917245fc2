"""Applications of the demo county: at one counter one at each step, so that a clerk sees all."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PIL import Image

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import Application, HandedIn
from gongzhi.work.public_services.uploads import received

RESIDENT = Actor.resident()
OFFICE = "station_lancheng"
# No place has this code, and nobody is called so: the last digit alone is right.
PERSON = {"name": "海某某", "id_number": "999999199001012337", "phone": "13800000000"}
HOME = {
    **PERSON, "address": "澜城街道海平路 12 号", "since": "2025-03-01", "dwelling": "rented",
    "handing": "counter",
}  # fmt: skip
HOW = {"registered": "elsewhere", "half_year": "yes"}
WORK = {**HOME, "employer": "望海渔具店"}
READY = {"collect": "counter", "result": "居住证制好了。带身份证来领，不用排队，报查询码就行。"}
REFUSED = {
    "legal_reason": "《居住证暂行条例》第二条",
    "told": "登记居住到今天还差两个月才满半年。满了以后直接用原来的材料再申请，不用重新准备。",
}
UNCLEAR = "工作证明的照片太暗，看不清单位名称。请重拍一张，拍到公章；其他材料都齐了。"


@dataclass(frozen=True)
class Story:
    """One application: how many days ago, on what ground, and how far it comes."""

    key: str
    days: int
    ends: str
    answers: Mapping[str, str] = field(default_factory=lambda: {**HOW, "ground": "work"})
    fields: Mapping[str, str] = field(default_factory=lambda: WORK)
    uploads: tuple[str, ...] = ("photo", "work_proof")


STORIES = (
    Story("new", 0, "received"),
    Story("home", 0, "received", {**HOW, "ground": "home"}, HOME, ("photo", "home_proof")),
    Story("dark", 2, "supplement_asked"),
    Story("going-on", 3, "accepted"),
    Story("to-follow", 4, "accepted_lacking", uploads=("photo",)),
    Story("done", 8, "ready"),
    Story("early", 12, "refused"),
    Story("over", 20, "collected"),
    Story("over-too", 26, "collected"),
)


def load_applications(until: datetime) -> int:
    """Live through them; how many there are."""
    _load_register(until)
    for one in STORIES:
        _live(one, until - timedelta(days=one.days, hours=2))
    return Application.objects.count()


def _load_register(until: datetime) -> None:
    """Two who are registered as living here: the one of the stories, and a neighbour."""
    other = {"person.name": "海一一", "person.phone": "13800000001"}
    told = {
        "person.name": PERSON["name"], "person.id_number": PERSON["id_number"],
        "person.phone": PERSON["phone"], "living.address": HOME["address"],
        "living.since": HOME["since"], "living.dwelling": HOME["dwelling"],
    }  # fmt: skip
    entered = (until - timedelta(days=600)).date()
    rows = [(entered, told), (entered, {**told, **other, "person.id_number": "99999919900101237X"})]
    with moment(until - timedelta(days=30)):
        actions.load_register(Actor.system("demo"), catalogue().registers["residence"], rows)


def _live(story: Story, began: datetime) -> None:
    service = catalogue().services["residence_permit"]
    with moment(began):
        key = f"demo-application-{story.key}"
        form = actions.begin_form(RESIDENT, service, story.answers, key=key)
        for section in service.sections_for(story.answers):
            form = actions.save_page(RESIDENT, form, section.code, story.fields)
        for material in story.uploads:
            actions.keep_material(RESIDENT, form, material, received(_picture(material)))
        receipt = actions.send(RESIDENT, form, Unit.objects.get(code=OFFICE), filled_by="self")
    one = Application.objects.select_related("matter__owner_unit").get(pk=receipt.matter_id)
    if story.ends != "received":
        _handle(story, one, began)


def _handle(story: Story, one: Application, began: datetime) -> None:
    by = Actor.account(Account.objects.select_related("unit").get(username="counter_clerk"))
    with moment(began + timedelta(minutes=50)):
        if story.ends == "supplement_asked":
            actions.check_material(by, one, "photo", good=True)
            actions.ask_for_more(by, one, UNCLEAR)
            return
        wanted = one.materials.exclude(state=HandedIn.State.HELD).exclude(code="identity")
        if story.ends == "accepted_lacking":
            wanted = wanted.exclude(code="work_proof")
        for row in wanted:
            actions.check_material(by, one, row.code, good=True)
        actions.accept(by, one, later=story.ends == "accepted_lacking")
    _decide(story, by, one, began)


def _decide(story: Story, by: Actor, one: Application, began: datetime) -> None:
    if story.ends == "refused":
        with moment(began + timedelta(days=3)):
            actions.take_application_step(by, one, "refused", elements=REFUSED)
    if story.ends in ("ready", "collected"):
        with moment(began + timedelta(days=5)):
            actions.take_application_step(by, one, "ready", elements=READY)
    if story.ends == "collected":
        with moment(began + timedelta(days=6)):
            actions.check_material(by, one, "identity", good=True)
            actions.take_application_step(by, one, "collected")


def _picture(material: str) -> io.BytesIO:
    """A plain sheet in the place of a photo: the demo shows nobody."""
    out = io.BytesIO()
    Image.new("RGB", (480, 640), "#cfe3dc" if material == "photo" else "#efe8d8").save(out, "JPEG")
    out.seek(0)
    return out
