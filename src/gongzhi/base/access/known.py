"""Every permission there is, in one place: ``app.verb_noun`` and what it allows, in words.

Roles in the catalogue are lists of these. A permission that stands in a role or in code but not
here fails: the catalogue check names the file, and the decorator stops the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise

PERMISSIONS: Mapping[str, _StrOrPromise] = {
    # requests of residents
    "participation.view_requests": _("查看居民诉求"),
    "participation.answer_request": _("答复居民诉求"),
    "participation.ask_resident": _("请居民补充情况"),
    "participation.file_request": _("代居民登记诉求"),
    "participation.view_routing": _("查看分派建议准不准、各单位移交多少"),
    "joint.view_escalations": _("查看等得太久、升级到本单位的诉求"),
    # questions
    "consultation.view_counts": _("查看咨询的统计：问了多少、哪些没有答案"),
    "consultation.write_article": _("把答复写成问答，提出修改"),
    "consultation.review_article": _("审核、发布、下架问答"),
    # calls and dispatch
    "calls.view_calls": _("查看来电记录"),
    "calls.take_call": _("接警登记"),
    "calls.erase_words": _("清除警情里的内容"),
    "calls.report_ringing": _("报告电话响铃和挂断（电话交换机）"),
    "calls.answer_referred": _("办理 110 转来的事，或者退回"),
    "calls.note_premises": _("登记、撤下处所提示"),
    "calls.enter_paper": _("补录纸质接警单"),
    "dispatch.view_console": _("查看调度台"),
    "dispatch.assign_unit": _("派警、改派"),
    "dispatch.set_condition": _("记录路况：封闭、限行、恢复"),
    "dispatch.report_progress": _("报告赶赴现场、到场和处置结果"),
    "dispatch.set_duty": _("登记上岗、离岗和位置"),
    "dispatch.view_units": _("查看出警单位和班次"),
    "dispatch.keep_units": _("设立、调整、撤销出警单位，排班次"),
    "dispatch.work_unit": _("在出警单位执勤，使用出警终端"),
    # partners
    "linked.ask_partner": _("请求联动单位，登记它们在电话里的答复"),
    "linked.answer_request": _("答复发给本单位的联动请求"),
    # command of large incidents
    "command.view_lane": _("查看指挥专班，记情况日志"),
    "command.run_lane": _("成立、指挥和撤销指挥专班"),
    # matters of every kind
    "matters.view_matter": _("查看办件"),
    "matters.take_step": _("推进办件环节"),
    "matters.hand_over": _("移交办件"),
    "matters.change_priority": _("调整紧急程度"),
    # cases
    "cases.view_case": _("查看自己办理、审批或者监督的案件"),
    "cases.work_case": _("立案、办案"),
    "cases.approve_case": _("审批本单位和下级单位的案件"),
    "cases.oversee_cases": _("查看全县案件"),
    # complaints against police
    "complaints.handle_complaint": _("办理对民警的投诉（投诉本单位、本人的看不到）"),
    # taking part
    "proposals.run_participation": _("主持建议、投票和征求意见"),
    "proposals.work_proposal": _("测算、落实交给本单位的建议，以单位名义答复"),
    "proposals.give_right": _("在窗口看证件，给没有手机的人一个投票号"),
    "proposals.moderate_text": _("按公开的规则撤下发言，决定别人撤下的申诉"),
    # public services
    "public_services.view_applications": _("查看本窗口的办事申请和办事数字"),
    "public_services.handle_application": _("受理、办理办事申请"),
    "public_services.file_application": _("替来办事的人、经他同意提交申请"),
    "public_services.file_by_phone": _("听电话，经来电人同意替他提交申请"),
    # appointments and counters
    "appointments.view_counters": _("查看本网点的预约和排队"),
    "appointments.serve_counter": _("登记到了没有，取号、叫号、转窗口"),
    # documents and exhibits
    "dossier.view_dossier": _("查看案卷（调阅文书说明用途，留下记录）"),
    "dossier.write_document": _("起草、制发文书，固定电子证据"),
    "dossier.approve_document": _("批准文书"),
    "dossier.keep_exhibit": _("提取、交接、保管物证"),
    "dossier.erase_case": _("提出或者批准清除案卷内容（两人），要求或者解除保全"),
    # warnings to residents
    "prevention.write_warning": _("起草预警；发布黄色、蓝色预警和演练"),
    "prevention.publish_warning": _("审定、发布别人起草的橙色、红色预警"),
    # linked incidents
    "prevention.view_series": _("查看疑似串并的警情"),
    "prevention.judge_series": _("确认或者排除串并，撤销判断"),
    # volunteers
    "volunteering.view_tasks": _("查看本单位的志愿任务"),
    "volunteering.run_task": _(
        "发布、取消志愿任务，登记到场和培训，查看报名人的联系方式（说明用途，留下记录）"
    ),
    # prevention
    "prevention.view_problems": _("查看异常上升和防范问题"),
    "prevention.judge_rise": _("判断异常上升：确认立为防范问题，或者排除"),
    "prevention.work_problem": _("办理本单位的防范问题"),
    # patrol
    "patrol.view_forecasts": _("查看各处、各班次的预测"),
    "patrol.view_simulations": _("查看推演"),
    "patrol.run_simulation": _("安排、停下、删除推演"),
    "patrol.view_plans": _("查看巡逻点、巡逻方案和落实情况"),
    "patrol.make_plan": _("设立巡逻点，编排、调整巡逻方案"),
    "patrol.publish_plan": _("发布、撤回巡逻方案"),
    # the workforce
    "officers.view_people": _("查看本单位的岗位和人员（不含个人档案）"),
    "officers.read_record": _("查看本单位人员的档案（说明用途，留下记录）"),
    "officers.keep_records": _("设立岗位，登记到岗离岗、警衔、技能证书、培训"),
    "officers.decide_leave": _("审批本单位的请假"),
    "rosters.view_rosters": _("查看本单位的班表"),
    "rosters.plan_roster": _("排班、发布班表，决定补班和换班"),
    "officers.view_organisation": _("查看编制、一线占比和人均工作量的变化"),
    "care.give_support": _("放出可以预约的谈话时间，看约自己的人写下的话"),
    "care.view_pulse": _("查看无记名心情问卷的结果（按单位，五人以上）"),
    "care.run_pulse": _("发起、结束无记名心情问卷"),
    "integrity.oversee_register": _("查看、处理礼品和利益冲突登记，核对权力清单、轮岗和报告"),
    "integrity.decide_recusal": _("决定本单位办案民警的回避"),
    # supervision
    "supervision.view_findings": _("查看本单位的监督问题"),
    "supervision.answer_finding": _("答复本单位的监督问题"),
    "supervision.oversee_findings": _("查看全县监督问题，认可、退回或者提级"),
    "supervision.view_recordings": _("查看录音录像登记"),
    "supervision.register_recording": _("登记录音录像"),
    # replay
    "replay.view_shift": _("回放过去的班次"),
    "replay.note_lesson": _("记复盘要点"),
    # the three maps
    "maps.view_maps": _("查看三张图，导出数字"),
    # notices
    "notices.oversee_notices": _("查看消息发得怎么样（看不到发给谁），重新发送"),
    # people
    "people.read_person": _("查看本单位承办事项的联系方式（说明用途，留下记录）"),
    "people.read_any_person": _("查看其他单位承办事项的联系方式（说明用途，留下记录）"),
    "people.erase_person": _("清除个人信息"),
    "people.view_reads": _("查看谁看过个人信息"),
    "people.manage_units": _("设立和调整单位"),
    "people.manage_accounts": _("开通、停用账号，调整岗位"),
    "people.provision_accounts": _("从本县的人员目录同步账号（SCIM）"),
    "personal.decide_request": _("办理居民关于自己信息的请求：查阅、更正、删除、转移、撤回同意"),
    "personal.keep_files": _("登记、处置个人信息安全事件，起草影响评估"),
    "personal.view_files": _("查看个人信息安全事件和影响评估，审查别人起草的评估"),
    # the platform
    "appraisal.run_rounds": _("开展考评、答复考评异议"),
    "appraisal.propose_grade": _("提出本单位民警的考评结论"),
    "appraisal.decide_grade": _("审定考评结论，启用考评办法"),
    "appraisal.note_conduct": _("按文号登记表彰和处理决定"),
    "rights.handle_matter": _("办理民警维权"),
    "movement.run_movement": _("公布空缺岗位、测算轮岗、答复岗位申诉"),
    "movement.decide_move": _("决定空缺岗位和轮岗"),
    "outcomes.view_measures": _("查看成效指标"),
    "outcomes.set_target": _("定、撤本县的成效目标（写明谁定的、为什么）"),
    "log.view_log": _("查看日志"),
    "access.manage_keys": _("发放和收回接口密钥"),
    "operations.view_operations": _("查看平台自己运行得怎么样"),
    "operations.read_figures": _("读取运行指标（监控程序）"),
    "receiving.view_sources": _("查看本单位负责的数据来源"),
    "opendata.propose_version": _("准备公共数据的新版本"),
    "opendata.confirm_version": _("审核、发布和撤下公共数据"),
    "receiving.decide_batch": _("查看全部数据来源，决定收不收、怎么读、停下和重放"),
    "agreements.view_agreements": _("查看与本单位有关的数据共享约定和用量"),
    "agreements.ask_agreement": _("替本单位申请共享数据，领取约定的密钥"),
    "agreements.consent_agreement": _("以数据归口单位的名义同意、不同意或者结束共享"),
    "agreements.decide_agreement": _("审定、结束数据共享约定，查看全部使用报告"),
    "agreements.read_agreed": _("按共享约定读取数据（每个密钥只开一份约定）"),
}


FOR_PROGRAMS = (
    "public_services.file_application",
    "participation.file_request",
    "participation.view_requests",
    "participation.answer_request",
    "participation.ask_resident",
    "calls.report_ringing",
    "linked.answer_request",
    "outcomes.view_measures",
    "maps.view_maps",
    "operations.read_figures",
    "people.provision_accounts",
    "agreements.read_agreed",
)
"""What an API key may be given: nothing that shows who somebody of the public is, nothing
that sends a unit."""


def known(permission: str) -> str:
    """`permission` itself; ValueError when nobody has said what it allows."""
    if permission not in PERMISSIONS:
        raise ValueError(f"there is no permission {permission!r}")
    return permission
