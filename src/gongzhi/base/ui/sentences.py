"""What we say when a page can't be shown: a title and what to do now, for each HTTP status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Sentence(NamedTuple):
    """A heading and one or two sentences of advice."""

    title: _StrOrPromise
    advice: _StrOrPromise


REFUSED = Sentence(_("没有办成"), _("请照下面的提示改一改，再试一次。"))
SENTENCES = {
    400: Sentence(
        _("没看懂这次请求"),
        _("链接可能不完整，或者填写的内容有不能识别的字符。请返回上一页，检查后再试一次。"),
    ),
    401: Sentence(_("请先登录"), _("登录后才能打开这一页。")),
    403: Sentence(
        _("这一页没有对您开放"),
        _("您现在的身份不能打开这一页。如果工作需要，请联系本单位的管理员。"),
    ),
    404: Sentence(_("没有找到这一页"), _("地址可能输错了，也可能内容已经移走。请从首页重新进入。")),
    405: Sentence(
        _("这个地址不能直接打开"), _("它只接收页面上提交的内容。请回到上一页，用页面上的按钮操作。")
    ),
    408: Sentence(_("等得太久了"), _("网络可能不稳定，内容没有收全。请再发一次。")),
    409: Sentence(_("现在还不能这样做"), _("情况可能刚刚有变化，请刷新页面看看最新状态。")),
    410: Sentence(_("已经过期了"), _("这个链接或验证码已经失效，请重新获取。")),
    413: Sentence(_("内容太大了"), _("照片请一次少选几张，每张不超过 20 MB；文字请精简一些。")),
    415: Sentence(_("不支持这种文件"), _("请换成常见的照片格式，例如 JPG 或 PNG。")),
    429: Sentence(_("操作太频繁了"), _("请稍等一会儿再试。紧急情况请直接拨打 110。")),
    500: Sentence(
        _("系统出了点问题"),
        _("不是您操作的问题，这次故障已经记录下来。请过几分钟再试；紧急情况请直接拨打 110。"),
    ),
    503: Sentence(_("系统正在维护"), _("很快就好，请过几分钟再来。紧急情况请直接拨打 110。")),
}
FORM_EXPIRED = Sentence(
    _("页面打开太久了"),
    _("为了安全，这次提交没有被接受，什么也没有保存。请返回上一页，刷新后再提交一次。"),
)
COOKIE_MISSING = Sentence(
    _("浏览器没有允许使用 Cookie"),
    _("没有它就无法确认是您本人在操作。请在浏览器设置里允许本站使用 Cookie，再试一次。"),
)
NUL_BYTES = _("填写的内容里有看不见的特殊字符（空字符），无法保存。请删掉后重新输入。")
BROKEN_TEXT = _("有些字没有正确传过来，显示成了“�”。请把这些字重新输入一遍。")


def sentence_for(status: int) -> Sentence:
    """The sentence of an HTTP status; a general one for a 4xx or 5xx without its own."""
    return SENTENCES.get(status) or (REFUSED if status < 500 else SENTENCES[500])
