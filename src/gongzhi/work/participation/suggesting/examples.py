"""What there is to learn from: the catalogue's own words, and requests that a unit has answered.

Of the requests only terms are taken that several of them have, or the catalogue itself: a name
that slipped through is in one of them, and so in no file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from gongzhi.analysis.routing import Message
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.terms import counted_terms
from gongzhi.work.participation.selectors.categories import request_categories

MOST = 3_000
"""Requests that are learned from, the newest; and of one category at most:"""
MOST_OF_ONE = 150
IN_SEVERAL = 3
"""So many requests must have a term, unless the catalogue has it."""
CONFIRMED = ("answered", "closed", "lapsed")
"""A unit has answered it under this category, so it was its own."""
_CLAUSE = re.compile(r"[，。；！？,.;!?\n]")
LONGEST_HEAD = 30


def message_of(key: str, words: str) -> Message:
    """Words as routing gets them: numbers of their terms, the first clause as the subject."""
    head = _CLAUSE.split(words.strip(), maxsplit=1)[0][:LONGEST_HEAD]
    return Message(key, counted_terms(head), counted_terms(words))


def examples() -> tuple[list[Message], list[str]]:
    """Messages and the category of each."""
    told = [(one.code, text) for one in request_categories() for text in _own_words(one)]
    messages = [message_of("", text) for _code, text in told]
    labels = [code for code, _text in told]
    known = {term for one in messages for term in (*one.head, *one.body)}
    answered = _answered({one.code for one in request_categories()})
    common = _in_several([message for message, _code in answered]) | known
    messages += [_only(message, common) for message, _code in answered]
    return messages, labels + [code for _message, code in answered]


def _own_words(category: Category) -> list[str]:
    """What the catalogue says of a category, a text each in both languages."""
    answers = ", ".join(a.zh for q in category.questions for a in q.answers if q.kind == "choice")
    texts = [
        category.name.zh, category.hint.zh, ", ".join(category.keywords),
        f"{category.group.zh}, {category.name.zh}, {answers}",
        f"{category.name.en}. {category.hint.en}",
    ]  # fmt: skip
    return [text for text in texts if text]


def _answered(codes: set[str]) -> list[tuple[Message, str]]:
    rows = Matter.objects.filter(
        procedure="resident_request", county=None, merged_into=None, step__in=CONFIRMED,
        category__in=codes,
    ).order_by("-opened_at")  # fmt: skip
    seen, found = Counter[str](), []
    for category, words in rows.values_list("category", "narrative__words")[:MOST]:
        if words and seen[category] < MOST_OF_ONE:
            seen[category] += 1
            found.append((message_of("", words), category))
    return found


def _in_several(messages: Iterable[Message]) -> set[int]:
    """Terms that several different messages have; copies of one count once."""
    different = {frozenset((*one.head, *one.body)) for one in messages}
    times = Counter(term for terms in different for term in terms)
    return {term for term, many in times.items() if many >= IN_SEVERAL}


def _only(message: Message, common: set[int]) -> Message:
    head, body = (tuple(it for it in part if it in common) for part in (message.head, message.body))
    return Message("", head, body)
