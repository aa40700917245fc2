"""An outside office's message as content of ours: its words, its place, its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.prevention.warnings.cap import Alert, Block
from gongzhi.work.prevention.warnings.content import Content, copy_of
from gongzhi.work.prevention.warnings.models import Warning
from gongzhi.work.prevention.warnings.shapes import place_of
from gongzhi.work.prevention.warnings.words import OTHER

LENGTHS = {"headline": 200, "place": 300}
"""What the columns hold; a longer text is cut, the whole one is in the outside message."""


def kind_of(block: Block) -> str:
    """The code of the first kind in the catalogue whose words its event has; else `OTHER`."""
    event = f"{block.event} {block.headline}".casefold()
    kinds: Iterable[tuple[str, tuple[str, ...]]] = (
        (code, item.matches) for code, item in catalogue().warnings.items()
    )
    return next((code for code, words in kinds if any(word in event for word in words)), OTHER)


def content_of(alert: Alert, block: Block) -> Content:
    """What we hand on of it; ``block`` is the one that says how grave and where."""
    zh, en = _in(alert, "zh"), _in(alert, "en")
    return Content(
        **_words(zh, "zh"), **_words(en, "en"),
        urgency=block.urgency, severity=block.severity, certainty=block.certainty,
        expires=block.expires, onset=block.onset, place=place_of(block.areas),
    )  # fmt: skip


def _in(alert: Alert, language: str) -> Block | None:
    """What it says in this language and no other."""
    fitting = (one for one in alert.blocks if one.language.lower().startswith(language))
    other = "en" if language == "zh" else "zh"
    rest = (one for one in alert.blocks if not one.language.lower().startswith(other))
    return next(fitting, next(rest, None))


def _words(block: Block | None, suffix: str) -> dict[str, str]:
    said = {
        "headline": (block.headline or block.event) if block else "",
        "description": block.description if block else "",
        "instruction": block.instruction if block else "",
        "place": ", ".join(area.description for area in block.areas) if block else "",
    }
    return {f"{name}_{suffix}": words[: LENGTHS.get(name)] for name, words in said.items()}


def all_clear_of(warning: Warning, alert: Alert) -> Content:
    """The office's own words; else our kind's."""
    assert warning.current is not None  # noqa: S101  (an active one says something)
    before, over = copy_of(warning.current), warning.kind.over
    told = {
        f"{name}_{suffix}": words
        for suffix in ("zh", "en")
        for name, words in (
            (name, getattr(getattr(over, name), suffix))
            for name in ("headline", "description", "instruction")
        )
    }
    own = {k: v for suffix in ("zh", "en") for k, v in _words(_in(alert, suffix), suffix).items()}
    told |= {name: words for name, words in own.items() if words and name in told}
    return replace(before, **told)
