"""Services are the categories that residents can report, and their attributes are its questions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category, Question
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused


def services() -> list[dict[str, Any]]:
    """All services, in the catalogue's order."""
    return [_service(one) for one in catalogue().categories.values() if "request" in one.kinds]


def service_named(code: str) -> Category:
    """The category of a service code. Refuses (404) an unknown one."""
    category = catalogue().categories.get(code)
    if category is None or "request" not in category.kinds:
        raise Refused(
            _("没有 service_code 为“%(code)s”的服务。") % {"code": code[:40]},
            code="unknown_service",
            status=404,
        )
    return category


def definition(category: Category) -> dict[str, Any]:
    """The questions of a category as attributes."""
    attributes = [_attribute(one, n) for n, one in enumerate(category.questions, 1)]
    return {"service_code": category.code, "attributes": attributes}


def _service(category: Category) -> dict[str, Any]:
    return {
        "service_code": category.code,
        "service_name": str(category.name),
        "description": str(category.hint),
        "metadata": bool(category.questions),
        "type": "realtime",
        "keywords": ", ".join(category.keywords),
        "group": str(category.group),
    }


def _attribute(question: Question, order: int) -> dict[str, Any]:
    number = question.kind == "number"
    attribute: dict[str, Any] = {
        "variable": True,
        "code": question.code,
        "datatype": "number" if number else "singlevaluelist",
        "required": False,
        "datatype_description": str(question.unit) if question.unit else "",
        "order": order,
        "description": str(question.ask),
    }
    if not number:
        attribute["values"] = [{"key": a.code, "name": str(a)} for a in question.answers]
    return attribute
