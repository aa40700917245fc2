"""Every event can be read by people in both languages, and names its app."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from gongzhi.base.log.events import Event, declared_events
from tests.house.source import PACKAGE
from tests.house.test_texts import CHINESE


def events() -> list[Event]:
    """All events of the installed apps, the ones nothing imports yet included."""
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if PACKAGE in folder.parents and (
            (folder / "events.py").exists() or (folder / "events").is_dir()
        ):
            importlib.import_module(f"{config.name}.events")
    return list(declared_events().values())


def label(event: Event, language: str) -> str:
    with translation.override(language):
        return str(event.label)


@pytest.mark.parametrize(
    ("language", "chinese"), [("zh-hans", True), ("en", False)], ids=["zh", "en"]
)
def test_every_event_has_a_label(language: str, chinese: bool) -> None:
    labels = {event.kind: label(event, language) for event in events()}
    assert labels
    wrong = {k: said for k, said in labels.items() if bool(CHINESE.search(said)) is not chinese}
    assert not wrong, f"no {language} label: {wrong}"


def test_no_two_events_read_the_same() -> None:
    for language in ("zh-hans", "en"):
        said: dict[str, list[str]] = {}
        for event in events():
            said.setdefault(label(event, language), []).append(event.kind)
        assert not {text: kinds for text, kinds in said.items() if len(kinds) > 1}


def test_every_event_is_named_after_its_app() -> None:
    labels = {
        config.label for config in apps.get_app_configs() if PACKAGE in Path(config.path).parents
    }
    foreign = [event.kind for event in events() if event.kind.split(".")[0] not in labels]
    assert not foreign, foreign
