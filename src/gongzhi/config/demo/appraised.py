"""The demo county's appraisal: a formula tried and adopted, a round open to read, an objection that
was upheld and one that waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from gongzhi.base.catalogue.load import shipped
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.config.demo.noise import load_noise
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.models import Counted, Round, Sheet

FORMULA = "county_2026"
WHY = "全县第一次公布：只看办得好不好、规矩不规矩、群众认不认，不算抓了多少、罚了多少。"
ANSWERS = {"shares_work": True, "keeps_word": True, "fair_to_people": True}
NUMBER, DEED = "演示〔2026〕7 号", "台风夜里把十一户老人转到安置点，一户没有落下。"
DRAFT = (
    ('code = "county_2026"', 'code = "county_2027"'), ("order = 10", "order = 20"),
    ("least = 10", "least = 20"),
    ("县局年度考评办法（2026）", "县局年度考评办法（2027 修改稿）"),
    ("The county's way of appraising (2026)", "The county's way of appraising (draft for 2027)"),
)  # fmt: skip
"""Too few is said of fewer than twenty requests, not ten: one storm makes ten."""
SAYING = 60
DAY = timedelta(days=1)


def load_appraised(until: datetime, founded: datetime) -> str:
    """Adopt the formula when the county was founded, and open a round for its days until now."""
    with moment(founded):
        trial = actions.try_formula(_by("personnel"), FORMULA)
        first = timezone.localdate(founded)
        actions.adopt_formula(_by("bureau_leader"), trial, since=first, why=WHY)
    load_noise(until)
    with moment(until - 2 * DAY):
        officer, day = Account.objects.get(username="officer"), timezone.localdate(until - 2 * DAY)
        note = actions.NewNote(officer, "commended", day, NUMBER, DEED)
        actions.note_conduct(_by("inspector"), note)
    with moment(until):
        last = timezone.localdate(until) - DAY
        held = actions.open_round(_by("personnel"), first, last)
        objections = _objections(held)
        answers = _colleagues(held)
        told = _backgrounds()
    _draft()
    return (
        f"{held.sheets.count()} sheets, {objections} objections, {answers} answers, "
        f"{told} told for the audit"
    )


def _draft() -> None:
    """A formula that somebody proposes, in the county's own catalogue: nobody has adopted it."""
    text = (shipped() / "appraisals" / f"{FORMULA}.toml").read_text("utf-8")
    for was, becomes in DRAFT:
        text = text.replace(was, becomes)
    folder = settings.HOME.catalogue / "appraisals"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "county_2027.toml").write_text(text, "utf-8")


def _backgrounds() -> int:
    """Some officers tell their sex and decade for the audit of fairness; others don't."""
    people = [one for one in Account.objects.order_by("pk") if "officer" in one.roles][:SAYING]
    for nth, one in enumerate(people):
        sex, decade = ("woman", "man", "man")[nth % 3], ("1970", "1980", "1990")[nth % 3]
        actions.tell_background(Actor.account(one), sex=sex, decade=decade)
    return len(people)


def _objections(held: Round) -> int:
    """The officer's first matter is left out; another's waits for its answer."""
    found = list(
        Counted.objects.filter(sheet__round=held, item="answers_in_time")
        .select_related("sheet__account", "sheet__round").order_by("hit", "seq")[:2]
    )  # fmt: skip
    words = "居民留的电话打不通，等补充的时间应该扣掉，系统里当时没有点“等居民补充”。"
    for nth, row in enumerate(found):
        by = Actor.account(row.sheet.account)
        one = actions.object_to(by, row.sheet, row.item, words, row)
        if nth == 0:
            answer = "查了通话记录，确实打了三次。这一件不算。"
            actions.answer_objection(_by("personnel"), one, upheld=True, answer=answer)
    return len(found)


def _colleagues(held: Round) -> int:
    """Whoever works in the officer's unit answers about the officer."""
    sheet = Sheet.objects.select_related("round", "unit").filter(
        round=held, account__username="officer"
    ).first()  # fmt: skip
    if sheet is None:
        return 0
    mates = Account.objects.filter(unit=sheet.unit, is_active=True).exclude(pk=sheet.account_id)
    for mate in mates[:6]:
        actions.answer_about_colleague(Actor.account(mate), sheet, ANSWERS)
    return len(mates[:6])


def _by(username: str) -> Actor:
    return Actor.account(Account.objects.get(username=username))
