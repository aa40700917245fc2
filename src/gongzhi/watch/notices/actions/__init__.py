"""Subscribing and ending, giving notices up and sending them again."""

from gongzhi.watch.notices.actions.duties import choose_duties as choose_duties
from gongzhi.watch.notices.actions.duties import end_closed as end_closed
from gongzhi.watch.notices.actions.duties import tell_own as tell_own
from gongzhi.watch.notices.actions.sending import end_gone as end_gone
from gongzhi.watch.notices.actions.sending import give_up as give_up
from gongzhi.watch.notices.actions.sending import send_again as send_again
from gongzhi.watch.notices.actions.subscribing import change_settings as change_settings
from gongzhi.watch.notices.actions.subscribing import end_all as end_all
from gongzhi.watch.notices.actions.subscribing import subscribe as subscribe
from gongzhi.watch.notices.actions.subscribing import subscribe_browser as subscribe_browser
from gongzhi.watch.notices.actions.subscribing import subscribe_feed as subscribe_feed
from gongzhi.watch.notices.actions.subscribing import unsubscribe as unsubscribe
