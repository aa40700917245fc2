"""What residents of the demo county ask, in the box and of a person, and what became an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.consultation import actions
from gongzhi.work.consultation.models import Wording
from gongzhi.work.consultation.selectors.finding import answer
from gongzhi.work.participation.actions import answer_request, start_request, take_up

TIMES = 90
"""Questions in the box, over thirty days."""
ELSEWHERE = ("结婚证丢了去哪里补", "公交车早班几点", "渔船柴油补贴怎么领", "How do I pay my taxes")
"""What a police bureau has no article for, and is asked all the same."""


@dataclass(frozen=True)
class Asked:
    """One question to a person: how many days ago, and what it was answered, if it was."""

    days: int
    words: str
    answer: str = ""


PERSONS = (
    Asked(
        12,
        "我爸七十多了不会用手机，身份证快到期，能不能我替他先在网上填，他只去一趟拍照？",
        "可以。您在网上替他填，选“我替家人填”，他本人同意就行；照片和指纹要他本人来采集一次。"
        "走不动的，打派出所电话约上门。",
    ),
    Asked(
        9,
        "租的房子房东不肯给合同，我拿什么证明住在这里？",
        "没有合同也行：房东、单位或者村社写的住宿证明，有一样就可以。",
    ),
    Asked(6, "无人机拍海钓视频，要不要先到你们那里登记？", "要先在民航的系统里实名登记；"
          "岛上军事设施附近不能飞。"),
    Asked(1, "民宿新换了老板，特种行业许可证要不要重新办？"),
    Asked(0, "外地驾驶证在岛上能不能换，体检去哪家医院？"),
)  # fmt: skip
OUT = {
    "question_zh": "家里老人不会用手机，能替他在网上填吗？",
    "answer_zh": "能。您替他填，选“我替家人填”，他本人同意就行。\n\n"
    "要采集照片、指纹的，本人来一趟；走不动的，打派出所电话约上门。",
    "question_en": "Can I fill in a form for an old relative who has no smartphone?",
    "answer_en": "Yes. Choose “I fill in for a relative”; they have to agree.\n\n"
    "Where a photo or fingerprints are taken they come once themselves; for those who can't walk, "
    "call the police station and we come to them.",
    "also_zh": "替父母办身份证\n老人不会上网怎么办",
    "also_en": "apply for my parents",
    "own_way": "yes",
}
WAITS = {
    "question_zh": "房东不给租房合同，拿什么证明住处？",
    "answer_zh": "房东、单位或者村社写的住宿证明，有一样就行。海平路 12 号那样的自建房也一样。",
    "service": "residence_permit",
}
"""For a second person to read: English and law are missing, and a house number is too much."""


@transaction.atomic  # a start that is broken off begins them anew
def load_questions(until: datetime, seed: int) -> str:
    """Live through them; says how many there are."""
    _ask_the_box(until, np.random.default_rng([seed, 43]))
    answered = [_ask(one, number, until) for number, one in enumerate(PERSONS)]
    group = next(iter(catalogue().articles.values())).group.zh
    clerk, lawyer = _account("hotline_clerk"), _account("legal_reviewer")
    with moment(until - timedelta(days=8)):
        out = actions.propose_article(clerk, {**OUT, "group": group}, answered[0])
    with moment(until - timedelta(days=7)):
        actions.publish_wording(lawyer, out, looked=True)
    with moment(until - timedelta(days=2)):
        actions.propose_article(clerk, {**WAITS, "group": group}, answered[1])
    return f"{TIMES} questions, {len(PERSONS)} of a person, {Wording.objects.count()} articles"


def _ask_the_box(until: datetime, rng: np.random.Generator) -> None:
    """Mostly what articles answer, in the words that they know; some helped, some didn't."""
    articles = list(catalogue().articles.values())
    for _number in range(TIMES):
        at = until - timedelta(minutes=int(rng.integers(1, 29 * 24 * 60)))
        article = articles[min(int(rng.exponential(12)), len(articles) - 1)]
        english = rng.random() < 0.2
        said = article.also.en if english else article.also.zh
        words = str(rng.choice(said or (article.question.zh,)))
        if rng.random() < 0.2:
            words = str(rng.choice(ELSEWHERE))
        with moment(at):
            found = answer(words)
            actions.count_question(Actor.resident(), "en" if english else "zh", found)
            if found.articles and rng.random() < 0.3:
                helped = bool(rng.random() < 0.85)
                actions.judge_answer(Actor.resident(), found.best, helped=helped)


def _ask(one: Asked, number: int, until: datetime) -> Matter:
    began = until - timedelta(days=one.days, hours=3)
    key = f"demo-question-to-a-person-{number:04d}"
    nobody: Mapping[str, str] = {}
    with moment(began):
        matter = actions.ask_person(Actor.resident(), one.words, contact=nobody, key=key).matter
    if one.answer:
        by = _account("hotline_clerk")
        with moment(began + timedelta(hours=2)):
            matter = start_request(by, take_up(by, matter))
        with moment(began + timedelta(hours=26)):
            matter = answer_request(by, matter, one.answer)
    return matter


def _account(name: str) -> Actor:
    return Actor.account(Account.objects.select_related("unit").get(username=name))
