"""What the log says of files: that there is one, and that it went. Never what it shows."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Whole, event

FILE_KEPT = event("files.file_kept", _("保存了文件"), kind=Code, bytes=Whole)
FILE_ERASED = event("files.file_erased", _("清除了文件"), reason=Code)
FILE_SEALED = event("files.file_sealed", _("加密了早先存下的文件"))
KEY_DESTROYED = event("files.key_destroyed", _("销毁了文件密钥"), reason=Code)
