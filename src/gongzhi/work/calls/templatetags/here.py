"""What is sent to a caller's phone, in each language: the desk sends the one the caller reads."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from gongzhi.base.ui.context import county_name

register = template.Library()


@dataclass(frozen=True)
class Text:
    """One text message: ``language`` is its name in that language; "" is the desk's own."""

    code: str
    language: str
    words: str


@register.simple_tag(takes_context=True)
def here_texts(context: Context, path: str) -> list[Text]:
    """The message with the link at `path`, first in the language of the desk."""
    request: HttpRequest = context["request"]
    link, mine = request.build_absolute_uri(path), get_language()
    told = [_text(code, "" if code == mine else name, link) for code, name in settings.LANGUAGES]
    return sorted(told, key=lambda text: text.language != "")


def _text(code: str, language: str, link: str) -> Text:
    with override(code):
        words = _(
            "%(county)s 110：请打开这个链接，按“发送”告诉我们您在哪里。不按就什么也不发。%(link)s"
        )
        return Text(code, language, words % {"county": county_name(), "link": link})
