"""A certificate of hours for whoever holds the code. What it says goes in as data, never as
markup, so no name can be a command."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.places.own import own_name
from gongzhi.base.ui.spans import day
from gongzhi.work.dossier.paper.pdf import fonts
from gongzhi.work.volunteering.models import SignUp, Volunteer
from gongzhi.work.volunteering.selectors.mine import hours_of, trainings_of

_LAYOUT = Path(__file__).with_name("certificate.typ")


def certificate(volunteer: Volunteer) -> bytes:
    """The PDF, in the active language. Refuses where no font can show Chinese."""
    inputs = {"told": json.dumps(said_on_it(volunteer)), "fonts": json.dumps(fonts())}
    made = typst.compile(_LAYOUT.read_bytes(), sys_inputs=inputs, format="pdf")
    assert isinstance(made, bytes)  # noqa: S101  (one document, no output path)
    return made


def said_on_it(volunteer: Volunteer) -> dict[str, object]:
    """All that stands on it: tasks, days and hours, trainings. No comparison with anybody."""
    hours = hours_of(volunteer)
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "title": _("志愿服务时长证明"),
        "name": [_("姓名"), volunteer.name or "__________________"],
        "sum": _("共参加 %(n)s 次，%(hours)s 小时。")
        % {"n": len(hours.parts), "hours": hours.hours},
        "heads": [_("日期"), _("任务"), _("地点"), _("小时")],
        "rows": [_row(one) for one in hours.parts],
        "trainings": [
            f"{date_format(on, 'DATE_FORMAT')} {name}" for name, on in trainings_of(volunteer)
        ],
        "trained": _("参加过的培训"),
        "foot": _("由本人凭志愿者码打印。时长只告诉本人，不排名、不打分。"),
        "authority": own_name() or _("共治"),
        "date": day(now()),
    }


def _row(part: SignUp) -> list[str]:
    task = part.task
    return [day(task.starts_at), task.title, task.place, f"{part.minutes / 60:.1f}"]
