"""The components of our pages as template tags. `/style/` shows every one of them.

Registered as built-ins: no page needs to load them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gongzhi.base.ui import assets, navigation, spans
from gongzhi.base.ui.folding import runs_of
from gongzhi.base.ui.parts import Clock, Happening, Step
from gongzhi.base.ui.pieces import drawn_at
from gongzhi.base.ui.words import words

register = template.Library()

PRIORITIES = {1: _("特急"), 2: _("紧急"), 3: _("一般"), 4: _("不急")}
CLOCK_ICONS = {
    "running": "clock",
    "soon": "hourglass",
    "late": "late",
    "met": "check",
    "missed": "late",
    "paused": "pause",
    "waiting": "hourglass",
    "over": "check",
}
CLOCK_WORDS = {"met": _("按时办结"), "missed": _("超时办结"), "paused": _("暂停计时")}
CLOCK_OPENS = {
    "wait": (_("%(day)s期满后可办"), _("期限已满，可以办理")),
    "keep": (_("保存到%(day)s"), _("保存期已满")),
    "delete": (_("%(day)s期满后删除"), _("期限已满，应当删除")),
}
"""What is never late, before its end and after."""
TONE_ICONS = {"good": "check-circle", "note": "info", "warn": "alert", "bad": "alert"}


@register.simple_tag
def built(entry: str) -> str:
    """Address of a built style or script: ``{% built "app.css" %}``."""
    return assets.built(entry)


@register.simple_tag
def icon(name: str, words: str = "", size: str = "") -> SafeString:
    """A drawing from the sprite. Without ``words`` it is decoration and silent to readers."""
    spoken = format_html('role="img" aria-label="{}"', words) if words else SafeString(_SILENT)
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        spoken,
        assets.sprite(),
        name,
    )


@register.simple_tag
def rail_blocks(links: list[navigation.Link]) -> list[navigation.Block]:
    """The places of the rail in their blocks: ``{% rail_blocks rail as blocks %}``."""
    return navigation.blocks(links)


_SILENT = 'aria-hidden="true"'


@register.simple_tag
def sprite() -> str:
    """Address of the icons, for scripts that draw some."""
    return assets.sprite()


@register.filter
def toast_tone(level_tag: str) -> str:
    """The tone of a Django message's level."""
    return {"success": "good", "warning": "warn", "error": "bad"}.get(level_tag, "note")


@register.simple_tag(takes_context=True)
def pieces(context: template.Context, place: str, about: int | None = None) -> SafeString:
    """What other rooms show here, to whoever looks: ``{% pieces "crew" %}``; ``about`` is the id
    of what the page shows."""
    return SafeString("".join(drawn_at(place, context.get("request"), about)))


@register.simple_tag
def script_words() -> SafeString:
    """The sentences that scripts show, as a JSON block."""
    return json_script(words(), "gz-words")


@register.simple_tag
def priority(level: int, in_words: bool = False) -> SafeString:
    """P1 to P4: each with its own shape, weight and word; colour comes last."""
    level = min(max(int(level), 1), 4)
    said = format_html(
        '<span class="{}">{}</span>',
        "priority-words" if in_words else "visually-hidden",
        PRIORITIES[level],
    )
    return format_html(
        '<span class="priority" data-priority="{}">{}<b>P{}</b> {}</span>',
        level,
        icon(f"p{level}"),
        level,
        said,
    )


@register.simple_tag
def badge(words: Any, tone: str = "plain", icon_name: str = "") -> SafeString:
    """A short state in words. ``tone``: plain, good, note, warn, bad."""
    drawn = icon(icon_name) if icon_name else ""
    return format_html('<span class="badge" data-tone="{}">{}{}</span>', tone, drawn, words)


@register.simple_tag
def keys(*names: str) -> SafeString:
    """Keys to press, drawn as keys."""
    each = format_html_join("", "<kbd>{}</kbd>", ((name,) for name in names))
    return format_html('<span class="keys">{}</span>', each)


@register.inclusion_tag("ui/parts/button.html")
def button(words: Any, kind: str = "plain", **more: Any) -> dict[str, Any]:
    """A button, or a link that looks like one when ``href`` is given.

    ``kind``: primary, plain, quiet, danger. ``icon``, ``size`` (small, large), ``type``, ``name``,
    ``value``, ``href``, ``id``, ``form``, ``opens`` (id of a dialog), ``keys``, ``label`` (spoken
    instead of an icon-only button's missing words), ``disabled``, ``current``, ``wide``.
    """
    link = bool(more.get("href"))
    opens, keys, label = (more.get(name) or None for name in ("opens", "keys", "label"))
    attributes = {
        "href" if link else "type": more.get("href") or more.get("type") or "button",
        "class": "button",
        "data-kind": kind,
        "data-size": more.get("size") or None,
        "data-wide": bool(more.get("wide")),
        "id": more.get("id") or None,
        "name": more.get("name") or None,
        "value": None if more.get("value") == "" else more.get("value"),
        "form": more.get("form") or None,
        "command": opens and "show-modal",
        "commandfor": opens,
        "aria-haspopup": opens and "dialog",
        "aria-label": label,
        "title": label,
        "aria-keyshortcuts": keys,
        "data-keys": keys,
        "disabled": bool(more.get("disabled")),
        "aria-current": "true" if more.get("current") else None,
    }
    # flatatt leaves out what is None or False
    return {"words": words, "link": link, "attributes": flatatt(attributes), **more}


@register.inclusion_tag("ui/parts/surely.html")
def surely(words: Any, to: str, *, icon: str, said: Any, done: Any) -> dict[str, Any]:
    """What can't be taken back, asked about once more, without a script: ``words`` opens what
    ``said`` tells of it, and ``done`` is the button that sends it ``to`` that address.

    The form's token comes along: inclusion tags take it from the page.
    """
    return {"words": words, "to": to, "icon_name": icon, "said": said, "done": done}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, **more: Any) -> dict[str, Any]:
    """A form field with label, help and errors. ``kind``: cards (radio buttons as large choices).

    ``help``, ``label`` override the field's own; ``icon`` stands before the label.
    """
    widget = type(bound.field.widget).__name__
    single_box = widget == "CheckboxInput"
    return {"field": bound, "widget": widget, "single_box": single_box, **more}


@register.inclusion_tag("ui/parts/steps.html")
def steps(stops: Sequence[Step]) -> dict[str, Any]:
    """How far a matter has come. Long procedures scroll sideways on a phone."""
    now = next((stop for stop in stops if stop.state == "now"), None)
    reached = sum(stop.state in {"done", "now"} for stop in stops)
    return {"stops": stops, "now": now, "reached": reached, "all": len(stops)}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(happenings: Sequence[Happening], dense: bool = False) -> dict[str, Any]:
    """What happened, newest first or last as given, with the day said once, and many alike in a
    row folded behind the first."""
    days: list[tuple[str, list[Happening]]] = []
    for happening in happenings:
        said = spans.day(happening.at)
        if not days or days[-1][0] != said:
            days.append((said, []))
        days[-1][1].append(happening)
    return {"days": [(day, runs_of(told)) for day, told in days], "dense": dense}


@register.inclusion_tag("ui/parts/clock.html")
def clock(due: Clock, explain: bool = True) -> dict[str, Any]:
    """A time limit: how much is left or over, and on demand by which rule."""
    state = due.state
    return {
        "due": due,
        "state": state,
        "icon_name": CLOCK_ICONS[state],
        "said": _clock_said(due, state),
        "explain": explain and bool(due.basis or due.sum),
    }


def _clock_said(due: Clock, state: str) -> Any:
    """What the chip says in place of the time that is left."""
    if not due.never_late:
        return CLOCK_WORDS.get(state, "")
    if state == "met":
        return _("已办结")
    before, after = CLOCK_OPENS[due.kind]
    day = date_format(timezone.localtime(due.due_at), "MONTH_DAY_FORMAT")
    return after if state == "over" else before % {"day": day}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: Any, words: Any = "", **more: Any) -> dict[str, Any]:
    """Nothing here, said kindly. ``icon``; ``href`` and ``action`` for what to do instead."""
    return {"title": title, "words": words, "icon_name": "inbox", **more}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Page numbers that keep the rest of the address."""
    paginator = page.paginator
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is not None:
        query.pop("page", None)
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    kept = f"{query.urlencode()}&" if query else ""
    return {"page": page, "numbers": list(numbers), "kept": kept, "gap": paginator.ELLIPSIS}


@register.simple_block_tag
def card(content: str, title: Any = "", icon_name: str = "", tone: str = "") -> SafeString:
    """A framed piece of a page: ``{% card title=… %}…{% endcard %}``."""
    drawn = icon(icon_name) if icon_name else ""
    head = format_html('<h2 class="card-title">{}{}</h2>', drawn, title) if title else ""
    said = format_html(' data-tone="{}"', tone) if tone else ""
    return format_html('<section class="card"{}>{}{}</section>', said, head, content)


@register.simple_block_tag
def notice(content: str, tone: str = "note", title: Any = "") -> SafeString:
    """A boxed remark: ``{% notice tone="warn" title=… %}…{% endnotice %}``."""
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    role = SafeString(' role="alert"') if tone == "bad" else ""
    drawn = icon(TONE_ICONS.get(tone, "info"))
    return format_html(
        '<div class="notice" data-tone="{}"{}>{}<div>{}{}</div></div>',
        tone,
        role,
        drawn,
        head,
        content,
    )


@register.simple_block_tag
def table(content: str, label: Any) -> SafeString:
    """A table that scrolls in its own box, also by keyboard: rows between the tags."""
    return format_html(
        '<div class="table-box" tabindex="0" role="region" aria-label="{}">'
        '<table class="table">{}</table></div>',
        label,
        content,
    )


@register.simple_block_tag
def dialog(
    content: str, name: str, title: Any, wide: bool = False, shown: Any = None
) -> SafeString:
    """A dialog, opened by any button with ``opens="<name>"``, also before scripts have come.
    ``shown``: it stands open, as the form in it came back."""
    here = {"content": content, "name": name, "title": title, "wide": wide, "shown": shown}
    return render_to_string("ui/parts/dialog.html", here)


@register.simple_block_tag
def asked(content: str, name: str, label: Any, of: str, again: Any = None) -> SafeString:
    """A field that a page writes by hand: ``{% asked "words" _("做什么") "task-words" again.task %}
    <input …>{% endasked %}``, with what was wrong with it when its form came back."""
    wrong = again.wrong.get(name, "") if again else ""
    here = {"content": content, "name": name, "label": label, "of": of, "wrong": wrong}
    return render_to_string("ui/parts/asked.html", here)


@register.filter
def typed(again: Any, name: str) -> str:
    """What was typed into this field of a form that came back."""
    return again.typed.get(name, "") if again else ""


@register.filter
def wrong(again: Any, name: str) -> str:
    """What was wrong with this field of a form that came back."""
    return again.wrong.get(name, "") if again else ""


def _time(at: datetime, kind: str, shown: str, style: str = "") -> SafeString:
    return format_html(
        '<time datetime="{}" data-clock="{}" data-style="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        kind,
        style,
        spans.moment(at),
        shown,
    )


@register.filter
def ago(at: datetime) -> SafeString:
    """``3 分钟前``; goes on counting in the browser."""
    return _time(at, "ago", spans.ago(at))


@register.filter
def waited(at: datetime, style: str = "") -> SafeString:
    """Time since ``at``, ticking: ``3 分 17 秒``, or ``3:17`` with ``"short"``."""
    seconds = max(0.0, (timezone.now() - at).total_seconds())
    shown = spans.short_span(seconds) if style == "short" else spans.span(seconds)
    return _time(at, "since", shown, style)


@register.filter
def until(at: datetime, style: str = "") -> SafeString:
    """``还剩 4 分`` or ``已超 3 分``, ticking; ``4:20`` or ``+3:05`` with ``"short"``."""
    seconds = (at - timezone.now()).total_seconds()
    shown = spans.until(at)
    if style == "short":
        shown = f"{'+' if seconds < 0 else ''}{spans.short_span(seconds)}"
    return _time(at, "until", shown, style)


@register.filter
def moment(at: datetime) -> SafeString:
    """``今天 14:32``; the exact time is in the attribute."""
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), spans.moment(at)
    )


@register.filter
def day_hour(at: datetime) -> SafeString:
    """``11月3日 14:32``, never “today”: for pages that are printed, or read without a line."""
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), spans.day_hour(at)
    )


@register.filter
def hour(at: datetime) -> SafeString:
    """``14:32`` in the county's time."""
    here = timezone.localtime(at)
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), f"{here:%H:%M}")


@register.filter
def span(seconds: float) -> str:
    """A number of seconds as people say it."""
    return spans.span(seconds)
