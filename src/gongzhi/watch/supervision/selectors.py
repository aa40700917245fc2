"""Findings by unit, rule, severity and week; and what one of them stands on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.checklist import Checklist
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now, subject_of
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.parts import Happening
from gongzhi.base.ui.spans import moment
from gongzhi.watch.supervision.models import Finding
from gongzhi.watch.supervision.permissions import readable_by
from gongzhi.watch.supervision.states import TO_ANSWER, Severity

WEEKS = 12
HEIGHT = 90
"""Of the trend's drawing."""
STEP = 40
SAID_IN = {
    "supervision.finding_answered": "answer",
    "supervision.finding_accepted": "acceptance",
    "supervision.finding_sent_back": "return",
    "supervision.finding_escalated": "escalation",
}
"""Which words go with which event."""


@dataclass(frozen=True)
class Bar:
    """One week of the trend, as it is drawn."""

    x: int
    y: int
    height: int
    number: int
    day: str
    labelled: bool
    """Every other week says its day: more don't fit on a phone."""


@dataclass(frozen=True)
class Row:
    """One unit or rule of the board."""

    code: str
    name: str
    total: int
    grave: int
    open: int


def readable(account: Account) -> QuerySet[Finding]:
    """What this account may see, the gravest that are still open first."""
    order = Case(
        *(When(severity=one, then=Value(n)) for n, one in enumerate(Severity.values)),
        output_field=IntegerField(),
    )
    found = Finding.objects.filter(readable_by(account)).select_related("unit", "matter")
    shut = Case(When(closed_at=None, then=Value(0)), default=Value(1))
    return found.order_by(shut, order, "-happened_at", "-pk")


def to_answer(account: Account) -> QuerySet[Finding]:
    """What this account's unit must answer, what is due first before the others."""
    mine = Finding.objects.filter(answerer=account.unit_id, state__in=TO_ANSWER)
    return mine.select_related("unit", "matter").order_by("due_at")


def by_severity(found: QuerySet[Finding]) -> list[tuple[str, str, int]]:
    """So many of each severity still go on: code, words, number; the gravest first."""
    counts = Counter(found.filter(closed_at=None).order_by().values_list("severity", flat=True))
    return [(code, str(words), counts[code]) for code, words in Severity.choices]


def by_unit(found: QuerySet[Finding]) -> list[Row]:
    """So many of each unit, in the order of the units: no table of who is worst."""
    counts = _grouped(found, "unit")
    units = Unit.objects.in_bulk([one["unit"] for one in counts])
    rows = [_row(str(one["unit"]), str(units[one["unit"]]), one) for one in counts]
    return sorted(rows, key=lambda row: int(row.code))


def by_rule(found: QuerySet[Finding]) -> list[Row]:
    """So many of each rule, in the catalogue's order."""
    rules, counts = catalogue().rules, {one["rule"]: one for one in _grouped(found, "rule")}
    known = [code for code in rules if code in counts] + sorted(set(counts) - set(rules))
    return [_row(c, str(rules[c].name) if c in rules else c, counts[c]) for c in known]


def _grouped(found: QuerySet[Finding], key: str) -> list[dict[str, Any]]:
    grave, going = Q(severity=Severity.GRAVE), Q(closed_at=None)
    return list(
        found.order_by().values(key).annotate(
            total=Count("pk"), grave=Count("pk", filter=grave), open=Count("pk", filter=going)
        )
    )  # fmt: skip


def _row(code: str, name: str, counts: dict[str, Any]) -> Row:
    return Row(code, name, counts["total"], counts["grave"], counts["open"])


def closed_between(checklist: Checklist, since: date, until: date) -> QuerySet[Matter]:
    """The case files that a review can draw from: closed in these days of the county."""
    return Matter.objects.filter(
        procedure__in=checklist.procedures, county=None, merged_into=None,
        closed_at__date__gte=since, closed_at__date__lte=until,
    ).order_by("pk")  # fmt: skip


def trend(found: QuerySet[Finding]) -> list[Bar]:
    """The last twelve weeks, by when it happened."""
    today = timezone.localdate(now())
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    since = now() - timedelta(weeks=WEEKS + 1)
    times = found.order_by().filter(happened_at__gte=since).values_list("happened_at", flat=True)
    days = [timezone.localdate(at) for at in times]
    counts = Counter(day - timedelta(days=day.weekday()) for day in days)
    most = max((counts[week] for week in weeks), default=0) or 1
    return [_bar(n, counts[week], most, f"{week:%m-%d}") for n, week in enumerate(weeks)]


def _bar(nth: int, number: int, most: int, day: str) -> Bar:
    height = round(HEIGHT * number / most)
    labelled = (WEEKS - nth) % 2 == 1  # this week's always
    return Bar(nth * STEP + 4, 20 + HEIGHT - height, height, number, day, labelled)


def evidence(finding: Finding) -> list[Happening]:
    """The entries that it stands on: what happened and when. Who it was stays with the unit."""
    entries = Entry.objects.filter(seq__in=finding.entries).order_by("seq")
    return [Happening(one.at, _label(one.kind), words=_entry_words(one)) for one in entries]


def course(finding: Finding) -> list[Happening]:
    """What became of it, with what was said."""
    entries = Entry.objects.filter(subject=subject_of(finding)).order_by("seq")
    words = list(finding.said.select_related("author").order_by("-pk"))
    told = []
    for entry in entries:
        kind = SAID_IN.get(entry.kind)
        one = words.pop() if words and words[-1].kind == kind else None
        by = str(one.author) if one else ""
        told.append(Happening(entry.at, _label(entry.kind), by, one.words if one else ""))
    return told


def _label(kind: str) -> str:
    known = declared_events().get(kind)
    return str(known.label) if known else kind


def _entry_words(entry: Entry) -> str:
    fields = json.loads(entry.text)
    said = [_("日志第 %(seq)s 条") % {"seq": entry.seq}]
    if item := catalogue().clocks.get(str(fields.get("clock"))):
        said += [str(item.name), str(item.basis)]
    if party := Party.objects.filter(pk=fields.get("party")).first():
        said.append(party.label)  # never who it is
    if due := fields.get("due_at"):
        said.append(_("到期：%(at)s") % {"at": moment(datetime.fromisoformat(due))})
    return " · ".join(said)


def facts_in_words(finding: Finding) -> Sequence[str]:
    """The numbers that led to it."""
    facts, said = finding.facts, []
    if "percent" in facts:
        told = _("%(of)s 件中有 %(number)s 件，占 %(percent)s%%")
        said.append(told % {key: facts[key] for key in ("of", "number", "percent")})
    elif "usual" in facts:
        told = _("这一期 %(number)s 次，本单位平时约 %(usual)s 次")
        said.append(told % {key: facts[key] for key in ("number", "usual")})
    elif "least" in facts:
        told = _("应有 %(least)s 人，只有 %(number)s 人")
        said.append(told % {key: facts[key] for key in ("number", "least")})
    elif facts.get("number", 1) > 1:
        said.append(_("共 %(number)s 次") % {"number": facts["number"]})
    if "hours" in facts:
        said.append(_("应在 %(hours)g 小时内") % {"hours": facts["hours"]})
    if "period" in facts:
        said.append(_("从 %(day)s 起的一期") % {"day": facts["period"]})
    return said
