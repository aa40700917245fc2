"""What says on every page of a drill that it is one, in both languages; and keeps it inside."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

register = template.Library()
LANGUAGES = (("zh-hans", "zh-Hans"), ("en", "en"))


@register.simple_tag
def exercise_banner() -> SafeString:
    """The strip above everything; nothing in a county at work."""
    if not settings.EXERCISE:
        return SafeString("")
    each = format_html_join(
        "", '<span lang="{}"><b>{}</b> {}</span>', ((tag, *_said(code)) for code, tag in LANGUAGES)
    )
    return format_html('<p class="exercise">{}</p>', each)


@register.simple_tag
def exercise_title() -> str:
    """What a drill's page is called first."""
    words = " ".join(_said(code)[0] for code, _tag in LANGUAGES)
    return f"{words} · " if settings.EXERCISE else ""


@register.simple_tag
def call_to(number: str, keys: str = "") -> SafeString:
    """A telephone number to tap, or to ring by these keys. In a drill it can be read and not
    tapped: nobody real is rung."""
    if settings.EXERCISE:
        return format_html('<span class="number">{}</span>', number)
    by_key = format_html(' data-keys="{}" data-keys-label="{}"', keys, _("拨打")) if keys else ""
    return format_html('<a class="number" href="tel:{0}"{1}>{0}</a>', number, by_key)


def _said(language: str) -> tuple[str, str]:
    with override(language):
        return _("演练中"), _("这里的一切都不是真的，不会派出任何人。")
