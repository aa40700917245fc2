"""An officer reports; the office arranges help, looks into it and clears the name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter, take_on, take_step
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rights.events import (
    ADDED,
    HELP_ARRANGED,
    HELP_ASKED,
    REPORTED,
    SHOWN_TO_HEAD,
)
from gongzhi.work.workforce.rights.models import Help, RightsMatter
from gongzhi.work.workforce.rights.permissions import person, require_handler, require_own
from gongzhi.work.workforce.rights.selectors.offices import office_for
from gongzhi.work.workforce.rights.states import Happened, Sort

PROCEDURE = CATEGORY = "officer_rights"
LONGEST, LONGEST_ABOUT = 4000, 80
PLATFORM = Actor.system("rights")
"""Takes the step that is the officer's own: a step of a procedure names offices, not people."""


@dataclass(frozen=True)
class NewReport:
    """What an officer tells. The words are sealed; the matter says only which sort."""

    happened: str
    words: str
    about: str = ""
    wishes: Collection[str] = field(default_factory=tuple)
    shown_to_head: bool = False


@action
def report(by: Actor, new: NewReport, *, idempotency_key: str) -> RightsMatter:
    """Open it with the rights office; each kind of help that is wanted starts its clock."""
    account = person(by)
    if new.happened not in Happened.values:
        raise _wrong("happened", _("请选是什么事。"))
    words = _checked(new.words, LONGEST, "words")
    if not words:
        raise _wrong("words", _("请写发生了什么。"))
    if lost := set(new.wishes) - set(Sort.values):
        raise _wrong("wishes", _("没有“%(sort)s”这种帮助。") % {"sort": min(lost)})
    matter = open_matter(
        by,
        NewMatter(
            procedure=PROCEDURE, category=CATEGORY, owner=office_for(account),
            words=str(Happened(new.happened).label),
            place="", answers={}, channel="counter", parties=[], files=[],
            idempotency_key=idempotency_key,
        ),
    )  # fmt: skip
    made = RightsMatter.objects.create(
        matter=matter, account=account, happened=new.happened, words=words,
        about=_checked(new.about, LONGEST_ABOUT, "about"), shown_to_head=new.shown_to_head,
    )  # fmt: skip
    record(REPORTED, matter, happened=new.happened)
    for sort in sorted(set(new.wishes)):
        _ask(made, sort)
    return made


@action
def ask_help(by: Actor, rights: RightsMatter, sort: str) -> Help:
    """One more kind of help, at any time: also after the matter was decided."""
    require_own(by, rights)
    if sort not in Sort.values:
        raise _wrong("sort", _("没有“%(sort)s”这种帮助。") % {"sort": sort})
    if rights.help.filter(sort=sort).exists():
        raise Refused(_("这一项已经要过了。"), code="asked_already", status=409)
    return _ask(rights, sort)


@action
def add_words(by: Actor, rights: RightsMatter, words: str) -> RightsMatter:
    """What the officer adds."""
    require_own(by, rights)
    held = _held(rights)
    told = _checked(words, LONGEST, "words")
    if not told:
        raise _wrong("words", _("请写要补充什么。"))
    held.more = f"{held.more}\n\n{told}".strip()[: 4 * LONGEST]
    held.save(update_fields=["more"])
    record(ADDED, held.matter)
    return held


@action
def show_to_head(by: Actor, rights: RightsMatter, *, shown: bool) -> RightsMatter:
    """Let the head of one's unit know of it, or no longer."""
    require_own(by, rights)
    held = _held(rights)
    held.shown_to_head = shown
    held.save(update_fields=["shown_to_head"])
    record(SHOWN_TO_HEAD, held.matter, shown=shown)
    return held


@action
def withdraw(by: Actor, rights: RightsMatter) -> Matter:
    """The officer takes it back, as long as nothing was decided."""
    require_own(by, rights)
    return take_step(PLATFORM, rights.matter, "withdrawn")


@action
def take_rights_step(
    by: Actor, rights: RightsMatter, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """The office takes a step with what it must show. Whoever takes it up is responsible for it."""
    account = require_handler(by, rights)
    if code == "closed" and rights.help.filter(arranged_at=None).exists():
        words = _("还有要的帮助没有安排，先安排再办结。")
        raise Refused(words, code="help_open", status=409)
    matter = take_step(by, rights.matter, code, elements=elements)
    return take_on(by, matter, account) if code == "taken_up" else matter


@action
def arrange_help(by: Actor, help_: Help, note: str) -> Help:
    """Say who, where and when; the clock ends with the last that waited."""
    account = require_handler(by, help_.rights)
    held = Help.objects.select_for_update(of=("self",)).select_related("rights__matter").get(
        pk=help_.pk
    )  # fmt: skip
    if held.arranged_at is not None:
        raise Refused(_("这一项已经安排好了。"), code="arranged", status=409)
    told = _checked(note, LONGEST, "note")
    if not told:
        raise _wrong("note", _("请写找谁、什么时候、在哪里。"))
    held.arranged_at, held.arranged_by, held.note = now(), account, told
    held.save(update_fields=["arranged_at", "arranged_by", "note"])
    record(HELP_ARRANGED, held.rights.matter, sort=held.sort)
    clock = _clock(held.sort)
    waiting = held.rights.help.filter(arranged_at=None).values_list("sort", flat=True)
    if clock not in map(_clock, waiting):
        move_clocks(held.rights.matter, f"done:{clock}")
    return held


def _ask(rights: RightsMatter, sort: str) -> Help:
    made = Help.objects.create(rights=rights, sort=sort, asked_at=now())
    record(HELP_ASKED, rights.matter, sort=sort)
    move_clocks(rights.matter, f"begin:{_clock(sort)}")
    return made


def _clock(sort: str) -> str:
    """Who is hurt doesn't wait for an office day."""
    return "rights_medical" if sort == Sort.MEDICAL else "rights_help"


def _held(rights: RightsMatter) -> RightsMatter:
    rows = RightsMatter.objects.select_for_update(of=("self",)).select_related("matter")
    return rows.get(pk=rights.pk)


def _checked(text: str, longest: int, name: str) -> str:
    told = text.strip()
    if "\x00" in told or len(told) > longest:
        raise _wrong(name, _("最多写 %(n)s 个字，请精简一些。") % {"n": longest})
    return told


def _wrong(field_name: str, words: str) -> Refused:
    return Refused(words, code=field_name, status=422, fields={field_name: words})
