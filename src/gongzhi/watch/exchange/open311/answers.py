"""The same answer as JSON or as XML, and refusals in the form that the specification gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement, tostring  # writes only; reads nothing

from django.http import HttpRequest, HttpResponse

from gongzhi.base.ui.errors import Refused

Format = Literal["json", "xml"]
TYPES: dict[Format, str] = {
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
ITEMS = {
    "services": "service", "service_requests": "request", "errors": "error",
    "attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
"""What one element of a list is called in XML."""
_CONTROLS = dict.fromkeys({*range(32), 0xFFFE, 0xFFFF} - {9, 10, 13})
"""Characters that XML 1.0 can't carry."""


def answer(
    root: str, content: Sequence[Mapping[str, Any]] | Mapping[str, Any], form: Format,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The content under its root (which only XML shows)."""
    if form == "json":
        body = json.dumps(content, ensure_ascii=False).encode()
    else:
        element = Element(root)
        _fill(element, content, root)
        body = tostring(element, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, status=status, content_type=TYPES[form])


def _fill(element: Element, content: Any, name: str) -> None:
    if isinstance(content, Mapping):
        for key, value in content.items():
            _fill(SubElement(element, key), value, key)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for one in content:
            item = ITEMS[name]
            _fill(SubElement(element, item), one, item)
    elif content is not None:
        element.text = _text(content)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).translate(_CONTROLS)


View = Callable[..., HttpResponse]


def in_its_form(view: View) -> View:
    """Say a `Refused` as the specification says errors: a list of code and description."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, form: str = "", **kwargs: Any) -> HttpResponse:
        chosen = _form(request, form)
        try:
            return view(request, *args, form=chosen, **kwargs)
        except Refused as refused:
            said = [{"code": str(refused.status), "description": str(refused)}]
            response = answer("errors", said, chosen, refused.status)
            if refused.retry_after is not None:
                response["Retry-After"] = str(refused.retry_after)
            return response

    return run


def _form(request: HttpRequest, ending: str) -> Format:
    """The one that the address names; else what the client would rather have, JSON first."""
    if ending:
        return "xml" if ending == "xml" else "json"
    wanted = request.get_preferred_type(["application/json", "text/xml", "application/xml"])
    return "xml" if wanted and wanted.endswith("xml") else "json"
