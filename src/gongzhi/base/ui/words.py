"""The sentences that scripts show, in the reader's language.

Scripts hold none of their own: each page carries these as JSON, and `frontend/js/words.js`
reads them. ``%(name)s`` is filled in by the script.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    # durations and moments (shared with the template filters of the same name)
    "span.s": _("%(s)s 秒"),
    "span.ms": _("%(m)s 分 %(s)s 秒"),
    "span.m": _("%(m)s 分钟"),
    "span.hm": _("%(h)s 小时 %(m)s 分"),
    "span.h": _("%(h)s 小时"),
    "span.dh": _("%(d)s 天 %(h)s 小时"),
    "span.d": _("%(d)s 天"),
    "ago.now": _("刚刚"),
    "ago.past": _("%(span)s前"),
    "ago.ahead": _("%(span)s后"),
    "due.left": _("还剩 %(span)s"),
    "due.late": _("已超 %(span)s"),
    "day.today": _("今天 %(time)s"),
    "day.yesterday": _("昨天 %(time)s"),
    "day.tomorrow": _("明天 %(time)s"),
    # live.js
    "live.on": _("实时"),
    "live.connecting": _("正在连接"),
    "live.again": _("连接断开，正在重连"),
    "live.again_in": _("连接断开，%(s)s 秒后重连"),
    "live.offline": _("没有网络"),
    # draft.js
    "draft.kept": _("草稿已存在本机 %(time)s"),
    "draft.restored": _("已恢复您上次没写完的内容"),
    "draft.discard": _("清空重填"),
    "draft.queued": _("现在没有网络。内容已存在这台手机上，网络恢复后自动发送，不用重写。"),
    "draft.another": _("再反映一件"),
    "draft.sending": _("正在发送"),
    "draft.sent": _("已经发送成功"),
    "draft.waiting": _("有 %(n)s 条内容等待发送"),
    "draft.again": _("没有发送成功，%(s)s 秒后自动再试"),
    "draft.retry": _("马上重试"),
    "draft.refused": _("没有被接受，请改正后再发：%(why)s"),
    "draft.open": _("回去修改"),
    "draft.receipt": _("查看回执"),
    "draft.no_store": _("这个浏览器不能保存草稿，请在有网络时提交。"),
    # report.js, copy.js
    "report.no_category": _("请选一个类别；拿不准就选“其他”。"),
    "report.no_words": _("请写几句发生了什么。"),
    "report.no_place": _("请写一下地点，或者在地图上点一下。"),
    "report.at": _("%(label)s（%(about)s）"),
    "report.send": _("提交"),
    "report.send_own": _("不是同一件，提交我的"),
    "copy.done": _("已复制"),
    "copy.failed": _("没有复制成功，请长按选中后复制。"),
    # photos.js
    "photos.not_image": _("“%(name)s”不是能打开的照片，请换成 JPG、PNG 等常见格式。"),
    "photos.too_big": _("“%(name)s”有 %(mb)s MB，超过了 20 MB，请换一张小些的。"),
    "photos.too_many": _("最多放 %(n)s 张照片，多出来的没有加上。"),
    "photos.remove": _("去掉“%(name)s”"),
    "photos.removed": _("已去掉“%(name)s”"),
    "photos.added": _("已选 %(n)s 张照片"),
    "photos.preview": _("照片 %(n)s 预览"),
    "photos.shrinking": _("正在压缩照片"),
    # upload.js
    "upload.begun": _("正在上传，请不要关闭页面"),
    "upload.sent": _("已上传 %(sent)s MB，共 %(all)s MB"),
    "upload.keeping": _("上传完了，正在保存"),
    "upload.failed": _("没有传成功。填的内容还在，请再按一次上传；已经存下的不会重复。"),
    "upload.too_big": _("文件太大了，一次最多 200 MB。"),
    # combobox.js
    "box.count": _("找到 %(n)s 个，用上下键选择"),
    "box.none": _("没有找到，换个说法试试"),
    "box.failed": _("查找没有成功，请再试一次"),
    "box.chosen": _("已选：%(words)s"),
    # keys.js
    "keys.title": _("键盘快捷键"),
    "keys.help": _("显示这份说明"),
    "keys.close": _("关闭"),
    "keys.general": _("通用"),
    "keys.enable": _("使用单键快捷键"),
    # toasts, dialogs, htmx
    "toast.close": _("关闭提示"),
    "waiting.look": _("去看"),
    "net.failed": _("没有连上服务器，请检查网络后再试一次。"),
    "net.slow": _("等得太久了，请再试一次。"),
    "confirm.yes": _("确定"),
    "confirm.no": _("取消"),
    # map
    "map.no_webgl": _("这个浏览器不能显示地图。下面的列表里有同样的内容。"),
    "map.no_webgl_pick": _("这个浏览器不能显示地图。请把地址写清楚，最好从列表里选一个。"),
    "map.loading": _("地图正在打开"),
    "map.undrawn": _("本县的地图还没有画，请用文字说清地点。"),
    "map.failed": _("地图没有打开成功，请刷新页面。下面的列表里有同样的内容。"),
    "map.zoom_in": _("放大"),
    "map.zoom_out": _("缩小"),
    "map.fit": _("看全县"),
    "map.locate": _("定位到我这里"),
    "map.locating": _("正在定位"),
    "map.located": _("已定位，误差约 %(m)s 米"),
    "map.outside": _("您的位置不在本县范围内，请在地图上选点。"),
    "map.denied": _("没有得到定位许可，请在地图上选点，或填写地址。"),
    "map.no_position": _("暂时定不了位，请在地图上选点，或填写地址。"),
    "map.layers": _("图层"),
    "map.legend": _("图例"),
    "map.low": _("低"),
    "map.high": _("高"),
    "map.cells": _("热度"),
    "map.cover": _("覆盖"),
    "map.beats": _("巡区"),
    "map.incidents": _("警情"),
    "map.units": _("警力"),
    "map.pois": _("场所"),
    "map.map": _("地图"),
    "map.list": _("地图内容列表"),
    "map.pick": _("选这里"),
    "map.pick_help": _("点一下出事的地方；也可以移动地图，让十字对准它，再按“选这里”。"),
    "map.picked": _("位置已选好（%(lat)s，%(lon)s）。点别处可以改。"),
    "map.picked_at": _("已选定：%(place)s"),
    # map/draw.js
    "draw.outline": _("画边界"),
    "draw.add": _("十字处加一点"),
    "draw.undo": _("退一点"),
    "draw.clear": _("重画"),
    "draw.points": _("边界 %(n)s 个点"),
    "map.incident": _("%(priority)s %(words)s，%(place)s"),
    "map.unit": _("%(name)s，%(status)s"),
}


def words() -> dict[str, str]:
    """All of them in the language that is active now."""
    return {key: str(sentence) for key, sentence in WORDS.items()}
