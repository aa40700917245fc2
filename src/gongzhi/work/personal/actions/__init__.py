"""What people do with what is held of them, and how their requests are decided."""

from gongzhi.work.personal.actions.asking import ask, withdraw_request
from gongzhi.work.personal.actions.deciding import pass_step
from gongzhi.work.personal.actions.files import open_file, pass_file_step
from gongzhi.work.personal.actions.keeping import let_go
from gongzhi.work.personal.actions.own import show_own, take_copy

__all__ = [
    "ask",
    "let_go",
    "open_file",
    "pass_file_step",
    "pass_step",
    "show_own",
    "take_copy",
    "withdraw_request",
]
