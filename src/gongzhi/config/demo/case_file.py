"""Two cases of the demo county: a theft that went its whole way, and one nearly too late."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewParty, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.cases import actions
from gongzhi.work.cases.actions import NewCase
from gongzhi.work.cases.models import Case, CaseDeed
from gongzhi.work.dossier import actions as dossier
from gongzhi.work.dossier.archive.exporting import archive_in_home
from gongzhi.work.dossier.models import Exhibit

DEMO = Actor.system("demo")
COLLEAGUES = (
    ("case_officer.2", "海小办", "station_lancheng"),
    ("case_officer.3", "海小助", "station_wangchao"),
)
OFFICERS = "海小案、海小办"
WHO = {
    "person": "海某", "sex_birth": "男，一九九〇年一月一日", "id_number": "居民身份证，号码略",
    "address": "听澜县澜城镇",
}  # fmt: skip
FACTS = "海某在观澜码头候船厅，趁旅客不备，把放在座位上的一部黑色手机拿走。"
EVIDENCE = "询问笔录、扣押清单、鉴定意见。"
LAW = "《中华人民共和国治安管理处罚法》"


@dataclass
class Story:
    """A case as it is told: from its first minute on, each deed at its own time."""

    began: datetime
    case: Case
    by: Actor

    def at(self, days: float, hours: float = 0) -> AbstractContextManager[None]:
        """That long after the beginning."""
        return moment(self.began + timedelta(days=days, hours=hours))

    def step(self, code: str, **elements: str) -> None:
        """Take a step."""
        actions.take_case_step(self.by, self.case, code, elements=elements)

    def approve(self, who: str, code: str) -> None:
        """Somebody of the rank approves."""
        actions.approve_in_case(somebody(who), self.case, code)

    def issue(self, kind: str, values: Mapping[str, str], approved_by: str = "") -> bool:
        """A document, drafted and issued; where no font can set it, it stays a draft."""
        made = dossier.draft_document(self.by, self.case.matter, kind, values)
        if approved_by:
            dossier.approve_document(somebody(approved_by), made)
        try:
            dossier.issue_document(self.by, made)
        except Refused as refused:
            if refused.code != "no_chinese_font":
                raise
            return False
        return True


def load_case_file(until: datetime) -> int:
    """Live through both cases; how many there are."""
    for name, said, unit in COLLEAGUES:
        if not Account.objects.filter(username=name).exists():
            home = Unit.objects.get(code=unit)
            open_account(DEMO, username=name, display_name=said, unit=home, roles=["case_officer"])
    tell_theft(_seventeenth_day_a_tuesday(until - timedelta(days=50)))
    tell_late(until - timedelta(days=29, hours=4))
    return Case.objects.count()


def _seventeenth_day_a_tuesday(latest: datetime) -> datetime:
    """When the case began: a hearing asked for on a Monday and set on Tuesday for Thursday week
    leaves the parties seven working days, and is held within ten."""
    asked = timezone.localtime(latest + timedelta(days=16))
    return latest - timedelta(days=asked.weekday())


def somebody(username: str) -> Actor:
    """One of the staff."""
    return Actor.account(Account.objects.select_related("unit").get(username=username))


def begin(began: datetime, words: str, place: str) -> Story:
    """Somebody calls, officers go there, and a case is opened with its victim."""
    lead, second = somebody("case_officer"), somebody("case_officer.2")
    assert isinstance(lead.source, Account)  # noqa: S101  (for the type checker)
    assert isinstance(second.source, Account)  # noqa: S101
    with moment(began):
        call = NewCall(
            "theft", words, place, owner=lead.source.unit,
            caller={"name": "海某某", "phone": "13800000000"},
        )  # fmt: skip
        incident = receive_call(DEMO, call).matter
    _deal_with(incident, began)
    with moment(began + timedelta(hours=1)):
        new = NewCase(
            "administrative_case", "theft", lead.source, second.source, words, place, incident,
            parties=[NewParty("victim", {"name": "海某某", "phone": "13800000000"})],
        )  # fmt: skip
        return Story(began, actions.open_case(lead, new), lead)


def _deal_with(incident: Matter, began: datetime) -> None:
    way = (("dispatched", 2), ("en_route", 3), ("on_scene", 11), ("cleared", 40), ("closed", 42))
    for code, minutes in way:
        with moment(began + timedelta(minutes=minutes)):
            told = {"disposition": "case_opened"} if code == "cleared" else {}
            take_step(DEMO, incident, code, elements=told)


def tell_theft(began: datetime) -> None:
    """Thirty days that stood still for an appraisal and a hearing; decided, served, archived."""
    story = begin(began, "在码头候船时，放在座位上的手机被人拿走了。", "观澜码头候船厅")
    _file(story)
    _question_and_seize(story)
    _appraise(story)
    heard = _hear(story)
    _decide(story, heard)
    _serve_and_close(story, heard)


def tell_late(began: datetime) -> None:
    """A case whose thirty days are nearly over, with somebody at the station just now."""
    story = begin(began, "店门口充电的电动车电池被人拆走了。", "澜城老街 18 号门口")
    with story.at(0, 1.5):
        story.step("filed", acceptance_record="受案登记表（纸质），在卷第 1 页")
    joining = somebody("case_officer.3").source
    assert isinstance(joining, Account)  # noqa: S101  (for the type checker)
    with story.at(1):
        actions.join_team(story.by, story.case, joining)
        due = story.began + timedelta(days=4)
        task = actions.give_task(story.by, story.case, "调取望潮方向渡口的监控录像", joining, due)
    with story.at(3):
        actions.finish_task(somebody("case_officer.3"), task, "录像两段，已刻盘交主办")
    with story.at(29):
        due = story.began + timedelta(days=30)
        lead = story.case.lead
        actions.give_task(story.by, story.case, "核对失主提供的购车发票", lead, due)
        actions.add_party(story.by, story.case, "suspect", {"name": "海某"})
        actions.begin_deed(story.by, story.case, "summons")


def _file(story: Story) -> None:
    with story.at(0, 1.5):
        told = {
            **WHO, "person": "海某某", "channel": "电话", "facts": FACTS,
            "opinion": "属于本单位管辖，建议立案调查。", "officers": OFFICERS,
        }  # fmt: skip
        done = story.issue("case_intake", told)
        story.step("filed", **({} if done else {"acceptance_record": "受案登记表（纸质）"}))


def _question_and_seize(story: Story) -> None:
    with story.at(1):
        actions.add_party(story.by, story.case, "suspect", {"name": "海某"})
        story.approve("unit_leader", "summons_approval")
        summons = actions.begin_deed(story.by, story.case, "summons")
    with story.at(1, 3):
        story.step(
            "questioned", questioning_officers="2", questioning_recording="录像 01 号",
            family_told="已电话通知其父，在卷第 6 页",
        )  # fmt: skip
    with story.at(1, 4.5):
        actions.end_deed(story.by, story.case, summons)
    with story.at(2):
        story.approve("bureau_leader", "seizure_approval")
        thing = dossier.take_exhibit(
            story.by, story.case.matter, name="黑色手机", quantity="一部",
            features="屏幕左上角有裂纹", found_at="澜城老街口", second=story.case.second,
            seal_number="F2026-001",
        )  # fmt: skip
        items = "手机一部，黑色，屏幕左上角有裂纹。"
        place = "澜城老街口"
        story.issue(
            "seizure_list",
            {"holder": "海某", "place": place, "items": items, "officers": OFFICERS},
        )
        story.step("evidence", inspection_record="检查笔录，在卷第 9 页", inspection_officers="2")
    keeper = somebody("officer")
    with story.at(2, 2):
        _hand_on(thing, story.by, keeper, "store", where="物证室三号柜")
    with story.at(3):
        _hand_on(
            thing, keeper, story.by, "lend", where="二楼收件窗口", outside="价格认定中心",
            basis="鉴定聘请书",
        )  # fmt: skip


def _appraise(story: Story) -> None:
    with story.at(3, 1):
        appraisal = actions.begin_deed(story.by, story.case, "appraisal")
    with story.at(12):
        actions.end_deed(story.by, story.case, appraisal)
    with story.at(13):
        actions.begin_deed(story.by, story.case, "opinion_served")


def _hear(story: Story) -> float:
    """The day of the hearing."""
    with story.at(15):
        told = {
            **WHO, "facts": FACTS, "evidence": EVIDENCE, "law": f"{LAW}有关规定",
            "planned": "行政拘留五日。", "hearing": "可以要求听证。", "officers": OFFICERS,
        }  # fmt: skip
        done = story.issue("penalty_notice", told)
        story.step("informed", **({} if done else {"penalty_notice": "告知笔录（纸质）"}))
    with story.at(16):
        hearing = actions.begin_deed(story.by, story.case, "hearing")
    with story.at(17):
        actions.begin_deed(story.by, story.case, "hearing_accepted")
        setting, day = _set_hearing(story)
    with story.at(17, 1):
        actions.end_deed(story.by, story.case, setting)
    with story.at(day, 2):
        actions.end_deed(story.by, story.case, hearing)
    return day


def _set_hearing(story: Story) -> tuple[CaseDeed, int]:
    """For the tenth day after it was asked for; around the holidays, for the first that leaves the
    parties their seven working days."""
    for day in range(26, 40):
        try:
            at = story.began + timedelta(days=day, hours=1)
            return actions.begin_deed(story.by, story.case, "hearing_set", at), day
        except Refused:
            continue
    raise AssertionError("no day for the hearing")


def _decide(story: Story, heard: float) -> None:
    with story.at(heard + 1):
        story.approve("legal_reviewer", "legal_review")
        story.approve("bureau_leader", "penalty_approval")
        story.step(
            "reviewed", six_points="主体、事实、定性、法律适用、程序、处理六项都已审核。",
            hearing_held="held", hearing_record="听证笔录和听证报告书（纸质）",
        )  # fmt: skip
    with story.at(heard + 2):
        told = {
            **WHO, "facts": FACTS, "evidence": EVIDENCE, "law": f"{LAW}有关规定",
            "decision": "行政拘留五日。", "carry_out": "送拘留所执行。",
            "remedies": "六十日内可以申请行政复议，六个月内可以提起行政诉讼。",
        }  # fmt: skip
        done = story.issue("penalty_decision", told, approved_by="bureau_leader")
        story.step("decided", **({} if done else {"decision_document": "决定书（纸质）"}))


def _serve_and_close(story: Story, heard: float) -> None:
    with story.at(heard + 3):
        told = {
            "recipient": "海某", "what": "行政处罚决定书", "how": "直接送达", "place": "澜城派出所",
            "served_at": "当日", "officers": OFFICERS,
        }  # fmt: skip
        done = story.issue("service_receipt", told)
        story.step("served", **({} if done else {"service_receipt": "送达回执（纸质）"}))
    with story.at(heard + 9):
        story.step("enforced", enforcement_record="拘留已执行完毕，手机已发还。")
    with story.at(heard + 10):
        manifest = archive_in_home(story.by, story.case.matter)
        actions.note_archived(story.by, story.case, manifest=manifest)
        story.step("closed")


def _hand_on(
    thing: Exhibit, giver: Actor, taker: Actor, purpose: str, *, where: str,
    outside: str = "", basis: str = "",
) -> None:  # fmt: skip
    assert isinstance(taker.source, Account)  # noqa: S101  (for the type checker)
    offer = dossier.offer_exhibit(
        giver, thing, purpose, taker.source, where=where, outside=outside, basis=basis
    )
    dossier.confirm_offer(taker, offer)
