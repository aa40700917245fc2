"""A wording of an article: the fields in which it is written, and the article that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.article import Also, Article
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.load import Catalogue, catalogue
from gongzhi.base.catalogue.words import Words

Fields = Mapping[str, str]
LONGEST = {
    "question_zh": 60, "question_en": 120, "group": 40, "answer_zh": 1200, "answer_en": 3000,
    "also_zh": 600, "also_en": 900, "service": 40, "law_1": 300, "law_2": 300, "law_3": 300,
    "own_way": 3,
}  # fmt: skip
"""Each field, and how many characters it takes."""
LAWS = ("law_1", "law_2", "law_3")
MOST_PARTS = 6
ORDER = 900
"""Behind the catalogue's own articles of its group."""
_BLANK = re.compile(r"\n\s*\n")


def citations(whole: Catalogue | None = None) -> dict[str, Basis]:
    """Every citation of law that the catalogue has, by its words in Chinese: whoever writes an
    article chooses among what somebody has looked up."""
    known = whole or catalogue()
    found = [one.basis for one in known.clocks.values() if one.authority == "law"]
    found += [it for one in known.services.values() for it in one.basis]
    found += [
        it.basis for one in known.services.values() for it in one.verdicts if it.basis is not None
    ]
    found += [it for one in known.articles.values() for it in one.basis]
    by_words = {one.said_in("zh-hans"): one for one in found if one.article is not None}
    return dict(sorted(by_words.items()))


def headings(whole: Catalogue | None = None) -> dict[str, Words]:
    """The headings that articles stand under, by their Chinese words."""
    known = whole or catalogue()
    return {one.group.zh: one.group for one in known.articles.values()}


def texts_of(fields: Fields) -> list[str]:
    """All that is read of it."""
    named = ("question_zh", "question_en", "answer_zh", "answer_en", "also_zh", "also_en")
    return [fields.get(name, "") for name in named]


def parts_of(text: str) -> list[str]:
    """Paragraphs; between them is an empty line."""
    return [part.strip() for part in _BLANK.split(text.replace("\r", "")) if part.strip()]


def gaps_in(fields: Fields) -> list[str]:
    """What an article still needs, a sentence each."""
    chinese, english = parts_of(fields.get("answer_zh", "")), parts_of(fields.get("answer_en", ""))
    gaps = []
    if not fields.get("question_zh") or not chinese:
        gaps.append(_("中文的问题和答案都要写。"))
    if not fields.get("question_en") or not english:
        gaps.append(_("英文的问题和答案都要写。"))
    elif chinese and len(chinese) != len(english):
        words = _("中文 %(zh)s 段，英文 %(en)s 段：要一段对一段。")
        gaps.append(words % {"zh": len(chinese), "en": len(english)})
    if len(chinese) > MOST_PARTS:
        gaps.append(_("最多 %(n)s 段，请精简一些。") % {"n": MOST_PARTS})
    if fields.get("group", "") not in headings():
        gaps.append(_("请选放在哪一类。"))
    if not _laws(fields) and not fields.get("own_way"):
        gaps.append(_("请选依据的法律；没有法律规定的，勾选“这是本县的做法”。"))
    return gaps


def article_from(code: str, fields: Fields) -> Article:
    """The article; ask `gaps_in` first. Raises ValueError for one that has some."""
    parts = zip(
        parts_of(fields["answer_zh"]), parts_of(fields["answer_en"]), strict=True
    )  # fmt: skip
    known = citations()
    service = fields.get("service", "")
    return Article(
        code=code, order=ORDER, group=headings()[fields["group"]],
        question=Words(zh=fields["question_zh"], en=fields["question_en"]),
        answer=tuple(Words(zh=zh, en=en) for zh, en in parts),
        also=Also(zh=_lines(fields.get("also_zh", "")), en=_lines(fields.get("also_en", ""))),
        service=service if service in catalogue().services else "",
        basis=tuple(known[one] for one in _laws(fields) if one in known),
    )  # fmt: skip


def _laws(fields: Fields) -> list[str]:
    return list(dict.fromkeys(fields[one] for one in LAWS if fields.get(one)))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_stripped(text.replace("\r", "").split("\n")))


def _stripped(lines: Iterable[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
