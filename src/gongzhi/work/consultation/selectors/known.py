"""All articles that there are: the catalogue's and those written here, ready to be asked.

An index is made once a process and anew when an article was published or taken down: a hundred
articles take a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from gongzhi.base.catalogue.kinds.article import Article
from gongzhi.base.catalogue.load import Catalogue, catalogue
from gongzhi.work.consultation.models import Written
from gongzhi.work.consultation.search import Index, Text
from gongzhi.work.consultation.selectors.writing import articles_out


@dataclass(frozen=True)
class Known:
    """The articles by code, and the index over them."""

    articles: Mapping[str, Article]
    index: Index


def known() -> Known:
    """As things stand now. One query, and another where something has changed."""
    stamp = Written.objects.aggregate(many=Count("pk"), last=Max("changed_at"))
    if not stamp["many"]:
        return shipped(catalogue())
    if not _kept or _kept[0][0] is not catalogue() or _kept[0][1] != stamp:
        articles = {**catalogue().articles, **articles_out()}
        _kept[:] = [(catalogue(), stamp, Known(articles, index_of(catalogue(), articles)))]
    return _kept[0][2]


def shipped(whole: Catalogue) -> Known:
    """Those of a catalogue alone."""
    if not _shipped or _shipped[0][0] is not whole:
        _shipped[:] = [(whole, Known(whole.articles, index_of(whole)))]
    return _shipped[0][1]


def index_of(whole: Catalogue, articles: Mapping[str, Article] | None = None) -> Index:
    """The index of these articles, or of all of this catalogue, with its synonyms."""
    synonyms = [group for one in whole.synonyms.values() for group in one.groups]
    told = whole.articles if articles is None else articles
    return Index(map(_text, told.values()), synonyms)


def _text(one: Article) -> Text:
    body = [said for part in one.answer for said in (part.zh, part.en)]
    asked = one.question.zh, one.question.en
    return Text(one.code, asked, [*one.also.zh, *one.also.en], body)


_kept: list[tuple[Catalogue, dict[str, Any], Known]] = []
_shipped: list[tuple[Catalogue, Known]] = []
