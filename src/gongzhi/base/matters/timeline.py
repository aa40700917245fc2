"""The timeline: what the log knows of a matter, with the words that people left beside it.

An app that records events about a matter says how they read: ``@tells("dispatch.unit_assigned")``
above a function that makes a `Line` of an `Entry`. Without one an event reads as its label.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.masking import masked
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.matters.reasons import REASONS
from gongzhi.base.people.models import Account
from gongzhi.base.ui.parts import Happening, Tone
from gongzhi.base.ui.spans import moment

Fields = Mapping[str, Any]
VOICES = "voices"
"""Residents who say the same as another has said."""


@dataclass(frozen=True)
class Line:
    """How one entry reads. ``public``: the resident sees it, too. No title: nobody sees it."""

    title: str
    icon: str = "dot"
    tone: Tone = "plain"
    words: str = ""
    public: bool = False
    fold: str = ""
    """Of a kind that comes many times in a row: a long run is folded."""


Teller = Callable[[Matter, Fields], Line]
_tellers: dict[str, Teller] = {}


def tells(kind: str) -> Callable[[Teller], Teller]:
    """Register how events of this kind read on a matter's timeline."""

    def register(function: Teller) -> Teller:
        if kind in _tellers:
            raise ValueError(f"there are two ways to tell {kind}")
        _tellers[kind] = function
        return function

    return register


def timeline(matter: Matter, *, public: bool = False, words: bool = True) -> list[Happening]:
    """Everything that happened, the newest first; with `public`, what the resident may see.

    Without `words` what people said is left out: for neighbours who joined another's matter.
    A fixed number of queries, however long it is.
    """
    prefetch_related_objects([matter], "handovers__taker")
    entries = list(Entry.objects.filter(subject=subject_of(matter)).order_by("-at", "-seq"))
    messages = {message.pk: message for message in (_messages(matter) if words else ())}
    names = {} if public else _names(entries)
    told = (_told(matter, entry, messages, names, public=public) for entry in entries)
    return [happening for happening in told if happening is not None]


def _messages(matter: Matter) -> Sequence[Message]:
    return list(matter.messages.select_related("author").prefetch_related("attachments"))


def _names(entries: Iterable[Entry]) -> dict[str, str]:
    """Who acted, by the log's name for them; residents have none."""
    ids = {entry.by.partition(":")[2] for entry in entries if entry.by.startswith("account:")}
    accounts = Account.objects.filter(pk__in=ids)
    return {f"account:{account.pk}": str(account) for account in accounts}


def _told(
    matter: Matter,
    entry: Entry,
    messages: Mapping[int, Message],
    names: Mapping[str, str],
    *,
    public: bool,
) -> Happening | None:
    fields = json.loads(entry.text)
    line = _line(matter, entry.kind, fields)
    message = messages.get(fields.get("message", 0))
    if message is not None:
        # What staff write may be read by neighbours who follow it; residents read their own.
        said = masked(message.words) if public and message.author_id else message.words
        line = replace(line, words=said, public=message.public)
    if not line.title or (public and not line.public):
        return None
    by = "" if public else names.get(entry.by, _by(entry.by))
    photos = _photos(message, public=public) if message is not None else []
    return Happening(
        entry.at, line.title, by, line.words, line.icon, line.tone, photos=photos, fold=line.fold
    )


def _photos(message: Message, *, public: bool) -> list[str]:
    shown = [one for one in message.attachments.all() if one.public or not public]
    return [reverse("files:picture", args=[one.file_id]) for one in shown]


def _line(matter: Matter, kind: str, fields: Fields) -> Line:
    teller = _tellers.get(kind)
    if teller is not None:
        return teller(matter, fields)
    known = declared_events().get(kind)
    return Line(str(known.label) if known else kind)


def _by(actor: str) -> str:
    said = {
        "resident": _("居民"), "system": _("系统"), "key": _("接口"), "partner": _("联动单位"),
    }  # fmt: skip
    return said.get(actor.partition(":")[0], "")


@tells("matters.matter_opened")
def _opened(matter: Matter, fields: Fields) -> Line:
    return Line(str(matter.version_item.steps[0].name), "inbox", public=True)


@tells("matters.step_taken")
def _step(matter: Matter, fields: Fields) -> Line:
    step = matter.version_item.step(fields["step"])
    if step is None:
        return Line(fields["step"])
    shown = [_choice(matter, pair) for pair in fields.get("choices", ())]
    tone: Tone = "good" if step.ends else "plain"
    who = whose(matter, fields)
    said = _("、").join([who, *shown] if who else shown)
    return Line(str(step.name), "check" if step.ends else "dot", tone, said, public=True)


def _choice(matter: Matter, pair: str) -> str:
    element, _colon, code = pair.partition(":")
    for step in matter.version_item.steps:
        for one in step.elements:
            choice = one.choice(code) if one.code == element else None
            if choice is not None:
                return str(choice)
    return code


@tells("matters.matter_handed_over")
def _handed_over(matter: Matter, fields: Fields) -> Line:
    takers = {one.taker_id: one.taker for one in matter.handovers.all()}
    title = _("移交给%(unit)s") % {"unit": takers.get(fields["taker"], "")}
    reason = str(REASONS.get(fields["reason"], ""))
    return Line(title, "hand-over", "warn" if fields["bounce"] else "plain", reason, public=True)


@tells("matters.priority_changed")
def _priority(matter: Matter, fields: Fields) -> Line:
    raised = fields["priority"] < fields["previous"]
    words = _("升级为 P%(level)s") if raised else _("调整为 P%(level)s")
    return Line(words % {"level": fields["priority"]}, "flag", "warn" if raised else "plain")


@tells("matters.recategorised")
def _recategorised(matter: Matter, fields: Fields) -> Line:
    kinds = catalogue().categories
    said = {name: str(kinds[fields[name]].name) if fields[name] in kinds else fields[name]
            for name in ("category", "previous")}  # fmt: skip
    title = _("类别从“%(previous)s”改为“%(category)s”") % said
    return Line(title, "edit", public=True)


@tells("matters.words_added")
def _words(matter: Matter, fields: Fields) -> Line:
    kind = Message.Kind(fields["use"])
    return Line(str(kind.label), "chat", fold=VOICES if kind == Message.Kind.JOINED else "")


@tells("matters.matter_merged")
def _merged(matter: Matter, fields: Fields) -> Line:
    target = matter.merged_into
    return Line(_("并入 %(number)s") % {"number": target}, "merge", public=True)


@tells("matters.matter_absorbed")
def _absorbed(matter: Matter, fields: Fields) -> Line:
    return Line(_("合并进来一件"), "merge", fold=VOICES)


@tells("matters.part_asked")
def _part_asked(matter: Matter, fields: Fields) -> Line:
    title = _("请%(unit)s一起办") % {"unit": _unit_of_part(matter, fields)}
    return Line(title, "split", public=True)


@tells("matters.part_ended")
def _part_ended(matter: Matter, fields: Fields) -> Line:
    unit = _unit_of_part(matter, fields)
    if fields["step"] == "done":
        return Line(_("%(unit)s办完了他们的部分") % {"unit": unit}, "check", "good", public=True)
    if fields["step"] == "declined":
        return Line(_("%(unit)s说这部分不归他们办") % {"unit": unit}, "undo", "warn")
    return Line(_("不再请%(unit)s办") % {"unit": unit}, "undo")


@tells("matters.parts_left_open")
def _parts_left_open(matter: Matter, fields: Fields) -> Line:
    return Line(_("还有 %(n)s 部分没办完，先答复") % {"n": fields["parts"]}, "split", "warn")


@tells("matters.parts_moved")
def _parts_moved(matter: Matter, fields: Fields) -> Line:
    return Line(_("随合并转来 %(n)s 部分") % {"n": fields["parts"]}, "split")


def _unit_of_part(matter: Matter, fields: Fields) -> str:
    """Whom the lead asked. One query a timeline, however many parts there are."""
    units: dict[int, str] | None = matter.__dict__.get("part_units")
    if units is None:
        units = {one.pk: str(one.unit) for one in matter.parts.select_related("unit")}
        matter.__dict__["part_units"] = units
    return units.get(fields["part"], "")


@tells("matters.many_absorbed")
def _many_absorbed(matter: Matter, fields: Fields) -> Line:
    return Line(_("合并进来 %(n)s 件") % {"n": fields["many"]}, "merge", fold=VOICES)


@tells("matters.clock_warned")
def _clock_warned(matter: Matter, fields: Fields) -> Line:
    words = _("“%(clock)s”时限快到了") % {"clock": _clock_of(matter, fields)}
    return Line(words, "hourglass", "warn", _due(fields))


@tells("matters.clock_missed")
def _clock_missed(matter: Matter, fields: Fields) -> Line:
    words = _("“%(clock)s”超过时限") % {"clock": _clock_of(matter, fields)}
    return Line(words, "late", "bad", _due(fields))


@tells("matters.clock_passed")
def _clock_passed(matter: Matter, fields: Fields) -> Line:
    return Line(_("“%(clock)s”期限已满") % {"clock": _clock_of(matter, fields)}, "clock", "note")


@tells("matters.clock_recounted")
def _clock_recounted(matter: Matter, fields: Fields) -> Line:
    words = _("放假安排已公布，重新计算“%(clock)s”时限") % {"clock": _clock_of(matter, fields)}
    return Line(words, "calendar", "plain", _due(fields))


@tells("matters.clock_extended")
def _clock_extended(matter: Matter, fields: Fields) -> Line:
    words = _("延长了“%(clock)s”时限") % {"clock": _clock_of(matter, fields)}
    return Line(words, "calendar", "warn", _due(fields), public=True)


@tells("matters.journey_left_out")
def _journey(matter: Matter, fields: Fields) -> Line:
    words = _("“%(clock)s”扣除了在途时间") % {"clock": _clock_of(matter, fields)}
    return Line(words, "calendar", "plain", _due(fields))


@tells("matters.party_moved")
def _party_moved(matter: Matter, fields: Fields) -> Line:
    return Line(_("一名当事人转到另一件"), "split")


@tells("matters.party_came")
def _party_came(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(who)s 从另一件转来") % {"who": whose(matter, fields)}, "merge")


@tells("matters.element_approved")
def _approved(matter: Matter, fields: Fields) -> Line:
    return Line(_("批准：%(element)s") % {"element": _element(matter, fields)}, "check", "good")


@tells("matters.element_shown")
def _element_shown(matter: Matter, fields: Fields) -> Line:
    return Line(_("补上：%(element)s") % {"element": _element(matter, fields)}, "file")


def _element(matter: Matter, fields: Fields) -> str:
    for step in matter.version_item.steps:
        for one in step.elements:
            if one.code == fields["element"]:
                return str(one.name)
    return str(fields["element"])


def _clock_name(fields: Fields) -> str:
    item = catalogue().clocks.get(fields["clock"])
    return str(item.name) if item else str(fields["clock"])


def whose(matter: Matter, fields: Fields) -> str:
    """What the party is called whom it is about; empty when it is about nobody. One query a
    timeline, however many are named."""
    key = fields.get("party")
    if key is None:
        return ""
    labels: dict[int, str] | None = matter.__dict__.get("party_labels")
    if labels is None:
        labels = {one.pk: one.label for one in matter.parties.all()}
        matter.__dict__["party_labels"] = labels
    return labels.get(key, "")


def _clock_of(matter: Matter, fields: Fields) -> str:
    name, who = _clock_name(fields), whose(matter, fields)
    return _("%(who)s：%(what)s") % {"who": who, "what": name} if who else name


def _due(fields: Fields) -> str:
    due = fields.get("due_at")
    return _("到期时间：%(time)s") % {"time": moment(datetime.fromisoformat(due))} if due else ""
