"""A draft as a CAP message: what stands in its XML, and under which name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.base.places.models import County
from gongzhi.base.places.selectors import own_county
from gongzhi.work.prevention.warnings.cap.message import Alert, Block, Reference
from gongzhi.work.prevention.warnings.content import ALL_CLEAR_SHOWN
from gongzhi.work.prevention.warnings.models import Said, Warning
from gongzhi.work.prevention.warnings.shapes import Place
from gongzhi.work.prevention.warnings.words import OTHER

LANGUAGES = {"zh": ("zh-CN", "zh-hans"), "en": ("en", "en")}
"""Suffix of a column → CAP's language and ours."""
EXERCISE = "Exercise only: nobody is in danger and nobody need act."


def identifier_of(warning: Warning, serial: int) -> str:
    """Unique and stable: the county, the warning's number, which message of it."""
    county = own_county()
    return f"{county.code if county else 'county'}-{warning.number}-{serial}"


def sender() -> str:
    """``GONGZHI_CAP_SENDER``, or a name made of the county's code."""
    county = own_county()
    told: str = settings.CAP_SENDER
    return told or f"{county.code if county else 'county'}@gongzhi"


def composed(
    warning: Warning, said: Said, msg_type: str, sent: datetime, serial: int, source: str = ""
) -> Alert:
    """The message, ready to be written."""
    whole: Any = msg_type
    earlier = warning.messages.order_by("serial").values_list("sender", "identifier", "sent")
    return Alert(
        identifier=identifier_of(warning, serial),
        sender=sender(),
        sent=_plain(sent),
        status="Exercise" if warning.exercise else "Actual",
        msg_type=whole,
        source=source,
        note=EXERCISE if warning.exercise else "",
        references=tuple(_references(earlier)) if msg_type != "Alert" else (),
        incidents=warning.number,
        blocks=tuple(_blocks(warning, said, msg_type, sent)),
    )


def _references(earlier: Iterable[tuple[str, str, datetime]]) -> Iterable[Reference]:
    return (Reference(who, identifier, _plain(sent)) for who, identifier, sent in earlier)


def _plain(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _blocks(warning: Warning, said: Said, msg_type: str, sent: datetime) -> Iterable[Block]:
    """One for each language that something is said in."""
    for suffix, (code, language) in LANGUAGES.items():
        if getattr(said, f"headline_{suffix}"):
            with translation.override(language):
                yield _block(warning, said, msg_type, sent, suffix, code)


def _block(
    warning: Warning, said: Said, msg_type: str, sent: datetime, suffix: str, code: str
) -> Block:
    kind, over = warning.kind, msg_type == "Cancel"
    words = {name: getattr(said, f"{name}_{suffix}") for name in (
        "headline", "description", "instruction",
    )}  # fmt: skip
    urgency: Any = "Past" if over else said.urgency
    severity: Any = said.severity
    certainty: Any = said.certainty
    area = Place.read(said.parts).cap(said.said("place"))
    return Block(
        language=code,
        categories=kind.categories,
        event=str(kind.name) if kind.code != OTHER else words["headline"],
        responses=("AllClear",) if over else kind.responses,
        urgency=urgency,
        severity=severity,
        certainty=certainty,
        effective=_plain(sent),
        onset=None if over or said.onset is None else _plain(said.onset),
        expires=_plain(sent + ALL_CLEAR_SHOWN if over else said.expires or sent),
        sender_name=warning.issuer or _county_name(own_county()),
        areas=(area,),
        **words,
    )


def _county_name(county: County | None) -> str:
    return str(county) if county else _("共治")
