"""What only the whole catalogue shows of run cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.ability import Ability
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.kinds.partner import Partner
from gongzhi.base.catalogue.kinds.run_card import CardVersion, Example, Facts, RunCard, When
from gongzhi.base.catalogue.words import in_both

NO_CATEGORY = _("没有“%(code)s”这个警情类别")
NO_SKILL = _("没有“%(code)s”这项能力")
NO_EQUIPMENT = _("没有“%(code)s”这种装备")
NO_PARTNER = _("没有“%(code)s”这个联动单位")
NO_OFFER = _("“%(partner)s”没有“%(code)s”这一项")
NO_QUESTION = _("这些类别都不问“%(code)s”")
NO_ANSWER = _("“%(question)s”没有“%(code)s”这个答案")
NO_NUMBER = _("“%(question)s”问的不是数，要写在 answers 里")
TWICE = _("“%(category)s”已经有一张方案了：%(other)s")
DEFAULTS = _("要有一张、也只能有一张不写 categories 的方案，用于其余的类别；现在有 %(n)s 张")
COMES_OUT = _("例子第 %(n)s 条：应派 %(expected)s，结果是 %(found)s")
ASKS = _("例子第 %(n)s 条：应请 %(expected)s，结果是 %(found)s")

Cards = Mapping[str, RunCard]


def unfit_cards(
    cards: Cards,
    categories: Mapping[str, Category],
    abilities: Mapping[str, Ability],
    partners: Mapping[str, Partner],
) -> list[str]:
    """All that is wrong with them, a line each."""
    if not cards:
        return []
    wrong = [*_overlaps(cards)]
    for card in cards.values():
        where = f"run_cards/{card.code}.toml"
        found = [*_lost(card, categories, abilities, partners), *_otherwise(card, categories)]
        wrong += [f"{where}: {one}" for one in found]
    return wrong


def _overlaps(cards: Cards) -> Iterator[str]:
    known: dict[str, str] = {}
    for card in cards.values():
        for category in card.categories:
            if other := known.get(category):
                words = in_both(TWICE, category=category, other=f"run_cards/{other}.toml")
                yield f"run_cards/{card.code}.toml: categories: {words}"
            known[category] = card.code
    if (n := sum(not card.categories for card in cards.values())) != 1:
        yield f"run_cards: {in_both(DEFAULTS, n=n)}"


def _lost(
    card: RunCard,
    categories: Mapping[str, Category],
    abilities: Mapping[str, Ability],
    partners: Mapping[str, Partner],
) -> Iterator[str]:
    """Codes that lead nowhere."""
    incidents = {code for code, one in categories.items() if "incident" in one.kinds}
    for code in card.categories:
        if code not in incidents:
            yield f"categories: {in_both(NO_CATEGORY, code=code)}"
    own = [categories[code] for code in card.categories if code in incidents]
    for version in card.versions:
        named = _named(version)
        for key, said in (("skill", NO_SKILL), ("equipment", NO_EQUIPMENT)):
            known = {code for code, one in abilities.items() if one.kind == key}
            for place, code in named[key]:
                if code not in known:
                    yield f"versions.{version.code}.{place}: {in_both(said, code=code)}"
        yield from _lost_partners(version, partners)
        for when in version.conditions():
            yield from _unasked(f"versions.{version.code}.when", when, own)


def _lost_partners(version: CardVersion, partners: Mapping[str, Partner]) -> Iterator[str]:
    """Partners that aren't there, and what they don't offer."""
    where = f"versions.{version.code}.partners"
    for one in version.partners:
        known = partners.get(one.code)
        if known is None:
            yield f"{where}: {in_both(NO_PARTNER, code=one.code)}"
            continue
        for code in one.offers:
            if known.offer(code) is None:
                yield f"{where}.offers: {in_both(NO_OFFER, partner=one.code, code=code)}"


def _named(version: CardVersion) -> dict[str, list[tuple[str, str]]]:
    """Skills and equipment that it names, each with where."""
    wants = version.wants
    skills = [(f"wants.{one.code}.skills", code) for one in wants for code in one.skills]
    things = [(f"wants.{one.code}.equipment", code) for one in wants for code in one.equipment]
    return {"skill": skills, "equipment": [*things, *(("bring", o.code) for o in version.bring)]}


def _unasked(where: str, when: When, categories: list[Category]) -> Iterator[str]:
    """Questions that none of its categories asks, and answers that nobody can give."""
    for code in sorted(when.asked):
        asked = [question for one in categories if (question := one.question(code))]
        if not asked:
            yield f"{where}: {in_both(NO_QUESTION, code=code)}"
        elif code in when.at_least and all(one.kind != "number" for one in asked):
            yield f"{where}.at_least: {in_both(NO_NUMBER, question=code)}"
        named = (*when.answers.get(code, ()), *when.unless.get(code, ()))
        for answer in named if asked else ():
            if not any(one.answer(answer) for one in asked):
                yield f"{where}.answers: {in_both(NO_ANSWER, question=code, code=answer)}"


def _otherwise(card: RunCard, categories: Mapping[str, Category]) -> Iterator[str]:
    """Examples that come out otherwise."""
    for n, one in enumerate(card.examples, 1):
        category = categories.get(one.category)
        if category is None or (card.categories and one.category not in card.categories):
            yield f"examples: {in_both(NO_CATEGORY, code=one.category)}"
            continue
        plan = _version(card, one).plan(facts_of(one, category))
        found = Counter({want.code: want.count for want in plan.wants})
        if found != Counter(one.sends):
            told = {"n": n, "expected": _counted(one.sends), "found": _counted(found)}
            yield f"examples: {in_both(COMES_OUT, **told)}"
        if one.partners is not None and set(one.partners) != set(plan.partners):
            told = {"n": n, "expected": _listed(one.partners), "found": _listed(plan.partners)}
            yield f"examples: {in_both(ASKS, **told)}"


def facts_of(example: Example, category: Category) -> Facts:
    """The incident that the example is about."""
    priority = example.priority or category.priority_for(dict(example.answers))
    return Facts(priority, example.alarm, example.answers, example.at_sea)


def _version(card: RunCard, example: Example) -> CardVersion:
    return card.on(example.on or date.max)


def _counted(sends: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {n}" for code, n in sorted(sends.items())) or "-"


def _listed(codes: Collection[str]) -> str:
    return ", ".join(sorted(codes)) or "-"
