"""What a table's fields are, read from the models: never typed twice."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.dataset import Element
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.sealed_text import SealedText

KINDS: tuple[tuple[type[models.Field[Any, Any]], str, Any], ...] = (
    (SealedText, "sealed", _("加密的文字")),
    (models.BinaryField, "bytes", _("加密的内容")),
    (models.DateTimeField, "time", _("时刻")),
    (models.DateField, "date", _("日期")),
    (models.TimeField, "hour", _("钟点")),
    (models.BooleanField, "flag", _("是或否")),
    (models.FloatField, "number", _("数")),
    (models.IntegerField, "whole", _("整数")),
    (models.UUIDField, "key", _("编号")),
    (models.JSONField, "codes", _("代码和数字")),
    (models.TextField, "text", _("文字")),
    (models.CharField, "text", _("文字")),
)
"""Of a column: its class, the code of its kind, and how people call it; the first that fits."""
SEALED = frozenset({"sealed", "bytes"})
PACKED = re.compile(r"forecasts\.outlook\..*|.*\.public_key")
"""Bytes that are numbers in a row, or the public half of a key: nothing to hide."""


@dataclass(frozen=True)
class FieldTold:
    """One field of a table."""

    name: str
    kind: str
    kind_words: Any
    says: Any
    """What it means; "" where nobody has said."""
    from_code: bool = False
    """Whether that is the code's own comment, in English."""
    standard: str = ""
    leads_to: str = ""
    """The table whose row it names, as ``app.model``."""
    optional: bool = False
    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether nobody reads it without a key."""
        return self.kind in SEALED


@dataclass(frozen=True)
class Table:
    """One table and what its model says of itself."""

    label: str
    model: type[models.Model]
    fields: tuple[FieldTold, ...]

    @property
    def sealed(self) -> bool:
        """Whether some of its fields are."""
        return any(one.sealed for one in self.fields)


def table_of(model: type[models.Model]) -> Table:
    """The table of a model, its fields in their order."""
    label = model._meta.label_lower  # noqa: SLF001  (Django's documented API)
    return Table(label, model, tuple(_told(label, model, one) for one in columns(model)))


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a model's table."""
    return list(model._meta.concrete_fields)  # noqa: SLF001  (as above)


def _told(label: str, model: type[models.Model], field: models.Field[Any, Any]) -> FieldTold:
    kind, words = next(
        ((c, w) for cls, c, w in KINDS if isinstance(field, cls)), ("key", _("编号"))
    )
    if PACKED.fullmatch(f"{label}.{field.name}"):
        kind, words = "packed", _("排成一列的数")
    optional = field.null or field.blank
    if field.remote_field is not None:
        other = field.related_model._meta.label_lower  # type: ignore[union-attr]  # noqa: SLF001
        said = _meaning(label, model, field.name)
        return FieldTold(field.name, "link", _("指向另一行"), *said, other, optional)
    if field.primary_key or field.name == "id":
        return FieldTold(field.name, "key", _("编号"), _("本表每行的编号"))
    choices = tuple((str(code), said) for code, said in field.flatchoices) if field.choices else ()
    return FieldTold(
        field.name, kind, words, *_meaning(label, model, field.name), "", optional, choices
    )  # fmt: skip


def _meaning(label: str, model: type[models.Model], name: str) -> tuple[Any, bool, str]:
    """What the field says, whether only the code says so, and the standard."""
    known = _elements()
    element = known.get(f"{label}.{name}") or known.get(name)
    if element is not None:
        return element.says, False, element.standard
    said = next((said for cls in model.__mro__ if (said := _comments(cls).get(name))), "")
    return said, bool(said), ""


def element_named(name: str) -> Element:
    """The element of a field's name, for whoever tells what the field holds elsewhere. Raises
    KeyError where nobody has said what it means."""
    return _elements()[name]


@cache
def _elements() -> Mapping[str, Element]:
    """Name of a field → its data element, of this county's catalogue."""
    return {
        name: element
        for theme in catalogue().elements.values()
        for element in theme.elements
        for name in element.fields
    }


@cache
def _comments(cls: type) -> Mapping[str, str]:
    """The sentence that stands below each field in the code (PEP 257's attribute docstring)."""
    if not cls.__module__.startswith("gongzhi."):
        return {}
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    return dict(_sentences(body.body)) if isinstance(body, ast.ClassDef) else {}


def _sentences(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, said in pairwise(body):
        if not (isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant)):
            continue
        named = field.targets[0] if isinstance(field, ast.Assign) else None
        if isinstance(named, ast.Name):
            yield named.id, " ".join(str(said.value.value).split())
