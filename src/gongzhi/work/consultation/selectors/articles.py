"""The articles of the county, one by one and by group."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.article import Article
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.work.consultation.selectors.known import known


def article_of(code: str) -> Article:
    """The article. Refuses (404) a code that isn't there."""
    found = known().articles.get(code)
    if found is None:
        raise Refused(
            _("没有这篇问答，可能已经换了说法。请再搜一次。"), code="no_article", status=404
        )
    return found


def clocks_of(article: Article) -> Sequence[Clock]:
    """The legal limits that it names."""
    return [catalogue().clocks[code] for code in article.clocks]


def basis_of(article: Article) -> list[str]:
    """Its citations, those of its clocks first, in the active language."""
    clocks = [f"{one.obligation} {one.basis}" for one in clocks_of(article)]
    return clocks + [str(one) for one in article.basis]


def groups() -> list[tuple[str, list[Article]]]:
    """All articles under their headings, in the catalogue's order, those
    written here behind."""
    found: dict[str, list[Article]] = {}
    for one in known().articles.values():
        found.setdefault(str(one.group), []).append(one)
    return list(found.items())
