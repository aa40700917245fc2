"""What stands beside an export for whoever opens it: every table and column, from the models."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import override

from gongzhi.base.crypto.county import suite
from gongzhi.config.keeping.shape import Table

_TABLE = Path(__file__).with_name("export_table.md")
_HEAD = Path(__file__).with_name("export_readme.md")
_IN_A_CELL = str.maketrans({"|": "\\|", "\n": " "})

_ALGORITHMS = {
    "international": {
        "hashed_by": "SHA-256",
        "sealed_by": "AES-256-GCM; scrypt, n = 65536, r = 8, p = 1",
    },
    "commercial": {
        "hashed_by": "SM3",
        "sealed_by": "SM4-GCM; PBKDF2-HMAC-SM3, 600000 rounds",
    },
}


def readme(told: dict[str, Any], all_tables: Iterable[Table]) -> str:
    """The README of an export that `told` tells of."""
    head = told["head"]
    text = _HEAD.read_text("utf-8").format(
        at=told["at"], seq=head["seq"], hash=head["hash"], tables=len(told["tables"]),
        **_ALGORITHMS[suite().name],
    )  # fmt: skip
    rows = {one["table"]: one["rows"] for one in told["tables"]}
    return text + "".join(_section(table, rows[table.name]) for table in all_tables)


def _section(table: Table, rows: int) -> str:
    model = _model(table.name)
    said = inspect.cleandoc(model.__doc__ or "").split("\n\n", 1)[0].replace("\n", " ")
    if said.startswith(f"{model.__name__}("):  # Django's own, where nobody wrote one
        said = ""
    text = _TABLE.read_text("utf-8").format(
        name=table.name, said=f"{said}\n\n" if said else "", rows=rows, key=table.key
    )
    lines = [text]
    lines += [f"| `{name}` | {kind} | {text} |\n" for name, kind, text in _columns(table, model)]
    return "".join(lines)


def _model(name: str) -> Any:
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    return next(one for one in models if one._meta.db_table == name)  # noqa: SLF001


def _columns(table: Table, model: Any) -> Iterator[tuple[str, str, str]]:
    said = _said_of_fields(model)
    for column, one in zip(table.columns, model._meta.concrete_fields, strict=True):  # noqa: SLF001
        kind = column.kind + (" · null" if one.null else "")
        parts = [_sealed(one), _refers(table, column.name), _choices(one), said.get(one.name, "")]
        yield column.name, kind, " · ".join(part.translate(_IN_A_CELL) for part in parts if part)


def _sealed(one: Any) -> str:
    from gongzhi.base.people.sealed_text import SealedText

    return "sealed" if isinstance(one, SealedText) or "sealed" in one.name else ""


def _refers(table: Table, column: str) -> str:
    return f"→ `{table.refers[column]}`" if column in table.refers else ""


def _choices(one: Any) -> str:
    if not one.choices:
        return ""
    pairs = []
    for value, label in one.flatchoices:
        with override("zh-hans"):
            chinese = str(label)
        with override("en"):
            pairs.append(f"`{value}` {chinese} {label}")
    return "; ".join(pairs)


def _said_of_fields(model: Any) -> dict[str, str]:
    """The sentence that stands below a field in the code, by the field's name."""
    try:
        source = textwrap.dedent(inspect.getsource(model))
    except (OSError, TypeError):  # a table between two others has no code of its own
        return {}
    (body,) = [one.body for one in ast.parse(source).body if isinstance(one, ast.ClassDef)]
    found = {}
    for before, after in pairwise(body):
        if isinstance(before, ast.Assign | ast.AnnAssign) and isinstance(after, ast.Expr):
            target = before.targets[0] if isinstance(before, ast.Assign) else before.target
            if isinstance(target, ast.Name) and isinstance(after.value, ast.Constant):
                found[target.id] = " ".join(str(after.value.value).split())
    return found
