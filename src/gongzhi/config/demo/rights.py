"""Two matters of officers' rights: one was hurt last night, one was wrongly accused and cleared."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.rights import actions
from gongzhi.work.workforce.rights.actions import NewReport
from gongzhi.work.workforce.rights.models import RightsMatter

HURT = "昨夜在渔港劝架，被其中一人用酒瓶划伤左手，缝了四针。那个人已经带回所里。"
ACCUSED = "网上有人发视频，说我在码头推倒老人。视频只有后半段，前面是他自己往水边退，我伸手拉他。"
LOOKED = "调了码头和执法记录仪的完整录像：是伸手拉人，没有推。发视频的人已经认错删除。"
CLEARING = "网传“民警推倒老人”不属实。完整录像显示，民警是拉住退向水边的老人。感谢他伸出手。"
HELPED = (("legal", "法律顾问已看过视频，周三上午面谈"), ("talk", "心理服务室，随时"))
DAY = timedelta(days=1)


def load_rights(until: datetime) -> str:
    """Live through both."""
    office = _by("inspector")
    with moment(until - 12 * DAY):
        accused = _report("case_officer", "slander", ACCUSED, ("legal", "talk"))
        actions.take_rights_step(office, accused, "taken_up")
        for asked, note in (
            ("legal", "法律顾问已看过视频，周三上午面谈"),
            ("talk", "心理服务室，随时"),
        ):
            actions.arrange_help(office, accused.help.get(sort=asked), note)
    with moment(until - 8 * DAY):
        told = {"finding": "untrue", "told": LOOKED}
        actions.take_rights_step(office, accused, "decided", elements=told)
    with moment(until - 7 * DAY):
        told = {"where_told": "public", "clearing": CLEARING}
        actions.take_rights_step(office, accused, "cleared", elements=told)
    with moment(until - timedelta(hours=9)):
        hurt = _report("officer", "assault", HURT, ("medical", "damages"))
        actions.take_rights_step(office, hurt, "taken_up")
        note = "县医院急诊，验伤单由所里陪同去开"
        actions.arrange_help(office, hurt.help.get(sort="medical"), note)
    return f"{RightsMatter.objects.count()} matters, one cleared"


def _report(name: str, happened: str, words: str, wishes: tuple[str, ...]) -> RightsMatter:
    key = f"demo-rights-of-{name}"
    return actions.report(_by(name), NewReport(happened, words, wishes=wishes), idempotency_key=key)


def _by(username: str) -> Actor:
    return Actor.account(Account.objects.select_related("unit").get(username=username))
