"""No table, event, form or page has room for a face, a plate, a voice, a device, a score or a watch
list of persons; no place hangs on a person."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re

import pytest
from django import forms
from django.apps import apps
from django.db.models import Model

import gongzhi
from gongzhi.base.log.events import declared_events
from gongzhi.base.people.models import Account, Person
from tests.house.source import PACKAGE, ROOT, parsed, python_files, shown, tracked
from tests.house.test_events import events
from tests.safeguards.persons import found, judges, watches

PLACES = {"places", "patrol", "prevention"}
"""Apps whose events are about places and times, where a forecast may have a score."""
POSITION = {"lat", "lon", "h7", "h9", "point", "position", "place", "address"}
NOT_WHERE_SOMEBODY_IS = {"notices.Subscriber": {"address"}}
"""An e-mail address or a number that staff asked to be told at: no place."""
LISTENING = re.compile(
    r"getUserMedia|mediaDevices|RTCPeerConnection|<video|<audio|SpeechRecognition|navigator\.bluetooth"
    r"|FaceDetector|watchPosition|navigator\.usb|deviceMemory",
    re.IGNORECASE,
)


def models() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("gongzhi.")]


def is_about_persons(model: type[Model]) -> bool:
    """A person, an account, or what hangs on one as its own."""
    if model in (Person, Account):
        return True
    related = {f.related_model for f in model._meta.get_fields() if f.one_to_one and f.concrete}
    return bool(related & {Person, Account})


def test_no_table_has_room_for_it() -> None:
    assert len(models()) > 10
    wrong = {
        model._meta.label: bad
        for model in models()
        if (
            bad := found(
                [model.__name__, *(field.name for field in model._meta.get_fields())],
                about_persons=is_about_persons(model),
            )
        )
    }
    assert not wrong


def test_no_place_hangs_on_a_person() -> None:
    """Units have a position while on duty; residents and accounts have none at all."""
    placed = {
        model._meta.label: names
        for model in models()
        if is_about_persons(model)
        and (
            names := {field.name for field in model._meta.get_fields()}
            & POSITION - NOT_WHERE_SOMEBODY_IS.get(model._meta.label, set())
        )
    }
    assert not placed


def test_no_event_has_room_for_it() -> None:
    events()  # the ones that nothing imports yet, too
    wrong = {
        kind: bad
        for kind, event in declared_events().items()
        if (bad := found([kind, *event.fields], about_persons=kind.split(".")[0] not in PLACES))
    }
    assert not wrong


def all_forms() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(gongzhi.__path__, "gongzhi."):
        if module.name.rpartition(".")[2] in {"forms", "style"}:
            importlib.import_module(module.name)
    pending, seen = [forms.BaseForm], []
    while pending:
        pending += (below := pending.pop().__subclasses__())
        seen += [form for form in below if form.__module__.startswith("gongzhi.")]
    return seen


def test_no_form_asks_for_it() -> None:
    assert len(all_forms()) > 5
    wrong = {
        form.__qualname__: bad
        for form in all_forms()
        if (bad := found(form.base_fields, about_persons=True))  # type: ignore[attr-defined]
    }
    assert not wrong


def test_no_page_shows_a_field_for_it() -> None:
    wrong = []
    for path in tracked():
        if path.suffix == ".html" and PACKAGE in path.parents:
            named = re.findall(r'\b(?:name|id)="([\w-]+)"', path.read_text("utf-8"))
            wrong += [f"{shown(path)} {name}" for name in found(named, about_persons=True)]
    assert not wrong


def test_no_class_or_argument_is_for_it() -> None:
    """The same for everything that has a name in the code."""
    wrong = [
        f"{shown(path, node.lineno)} {name}"
        for path in python_files("src")
        for node in ast.walk(parsed(path))
        for name in [
            node.name if isinstance(node, ast.ClassDef | ast.FunctionDef) else "",
            node.arg if isinstance(node, ast.arg) else "",
        ]
        if name and watches(name)
    ]
    assert not wrong


def test_no_script_listens_films_or_follows() -> None:
    """A photo is chosen by hand; a position is asked for once, when its button is pressed."""
    front_end = (ROOT / "frontend", PACKAGE)
    wrong = [
        f"{shown(path)}: {match[0]}"
        for path in tracked()
        if path.suffix in {".js", ".mjs", ".html"}
        and any(root in path.parents for root in front_end)
        for match in LISTENING.finditer(path.read_text("utf-8"))
    ]
    assert not wrong


@pytest.mark.parametrize(
    "name",
    ["face_id", "licence_plate", "deviceId", "voiceprint", "watch_list", "WatchList", "imei"],
)
def test_the_rule_sees_what_watches(name: str) -> None:
    assert watches(name)


@pytest.mark.parametrize("name", ["place", "surface", "template", "interface", "priority"])
def test_the_rule_lets_other_words_be(name: str) -> None:
    assert not watches(name)
    assert not judges(name)


def test_the_rule_sees_a_verdict_on_a_person() -> None:
    assert found(["risk_score"], about_persons=True)
    assert not found(["risk_score"], about_persons=False)
