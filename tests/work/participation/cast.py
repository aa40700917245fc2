"""Who plays in these tests: a county's units, their clerks, and residents who report a lamp."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.work.participation.actions import answer_request, file_request, start_request, take_up
from gongzhi.work.participation.closing import Closing
from gongzhi.work.participation.models import Receipt

SYSTEM = Actor.system("test")
RESIDENT = Actor.resident()
KEY = "k" * 24
LOOKED = Closing(evidence="visit", note="当天下午到现场看过")
SQUARE = Point(29.9501, 122.2502)
NAMES = {
    "bureau": "县公安局", "hotline": "12345 热线", "city_management": "综合行政执法局",
    "housing": "住建局", "station_lancheng": "澜城派出所",
}  # fmt: skip


def unit(code: str) -> Unit:
    """The unit of this code, opened when it isn't there."""
    found = Unit.objects.filter(code=code).first()
    kind = "bureau" if code == "bureau" else "station" if "station" in code else "department"
    name = NAMES.get(code, code)
    return found or open_unit(SYSTEM, code=code, kind=kind, name_zh=name, name_en=code)


def clerk(of: str, *roles: str) -> Account:
    """Somebody of this unit; a department's partner unless told otherwise."""
    name = f"{of}_{'_'.join(roles) or 'partner'}"
    found = Account.objects.filter(username=name).first()
    return found or open_account(
        SYSTEM, username=name, display_name="海小办", unit=unit(of), roles=roles or ("partner",)
    )


def by(of: str, *roles: str) -> Actor:
    """The same, as the actor of an action."""
    return Actor.account(clerk(of, *roles))


def lamp(key: str = KEY, **more: Any) -> Receipt:
    """A resident's report of a dark lamp, at the city management's."""
    unit("bureau"), unit("city_management")
    told = {"category": "lamp_out", "words": "巷口的灯不亮", "place": "海平路 12 号", **more}
    return file_request(RESIDENT, idempotency_key=key, **told)


def answered(receipt: Receipt) -> Receipt:
    """The same receipt, its matter answered."""
    office = by("city_management")
    take_up(office, receipt.matter)
    start_request(office, receipt.matter)
    answer_request(office, receipt.matter, "灯已经换好了", closing=LOOKED)
    receipt.refresh_from_db()
    return receipt


def photo(name: str = "a.jpg", size: tuple[int, int] = (320, 200)) -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", size, (40, 90, 110)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
