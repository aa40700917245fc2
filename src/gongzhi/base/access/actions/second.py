"""What somebody shows besides the password: set up, shown, removed, reset for them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.events import (
    CODE_APP_REMOVED,
    CODE_APP_SET,
    CODES_DRAWN,
    PASSKEY_ADDED,
    PASSKEY_REMOVED,
    SECOND_RESET,
    SECOND_SHOWN,
)
from gongzhi.base.access.models import CodeApp, Passkey, RecoveryCode
from gongzhi.base.access.permissions import require
from gongzhi.base.access.second import hashed_code, new_paper_codes, plain, step_of
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


@action
def set_code_app(by: Actor, account: Account, *, secret: str, code: str) -> CodeApp:
    """Let an app's codes count from now on, once it has shown a right one."""
    _require_own(by, account)
    step = step_of(secret, plain(code), now(), after=0)
    if step is None:
        raise _wrong_code()
    if CodeApp.objects.filter(account=account).exists():
        raise Refused(_("已经设好了一个验证码应用。"), code="set", status=409)
    app = CodeApp.objects.create(account=account, secret=secret, made_at=now(), last_step=step)
    record(CODE_APP_SET, account)
    return app


@action
def remove_code_app(by: Actor, account: Account) -> None:
    """Let the app's codes not count any more; with the last way, codes on paper go, too."""
    _require_own(by, account)
    if not CodeApp.objects.filter(account=account).delete()[0]:
        raise Refused(_("还没有设验证码应用。"), code="not_set", status=409)
    _drop_codes_of_none(account)
    record(CODE_APP_REMOVED, account)


@action
def draw_codes(by: Actor, account: Account) -> list[str]:
    """New codes on paper, told once; those from before open nothing any more."""
    _require_own(by, account)
    codes = new_paper_codes()
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=hashed_code(account.pk, one)) for one in codes
    )
    record(CODES_DRAWN, account, codes=len(codes))
    return codes


@action
def add_passkey(
    by: Actor, account: Account, *, name: str, credential_id: str, public: bytes, uses: int
) -> Passkey:
    """Keep the public half of a passkey that the browser has made."""
    _require_own(by, account)
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise Refused(_("这个通行密钥已经添加过。"), code="taken", status=409)
    added = Passkey.objects.create(
        account=account, name=name.strip()[:60] or _("通行密钥"), credential_id=credential_id,
        public_key=public, uses=uses, made_at=now(),
    )  # fmt: skip
    record(PASSKEY_ADDED, account)
    return added


@action
def remove_passkey(by: Actor, passkey: Passkey) -> None:
    """Let it open nothing any more; with the last way, codes on paper go, too."""
    _require_own(by, passkey.account)
    passkey.delete()
    _drop_codes_of_none(passkey.account)
    record(PASSKEY_REMOVED, passkey.account)


@action
def show_code(by: Actor, account: Account, code: str) -> str:
    """Take a code of the app or one on paper, each once; ``code`` or ``paper``. Refuses (422)."""
    typed = plain(code)
    app = CodeApp.objects.select_for_update().filter(account=account).first()
    step = step_of(app.secret, typed, now(), after=app.last_step) if app else None
    if app is not None and step is not None:
        app.last_step = step
        app.save(update_fields=["last_step"])
        way = "code"
    elif RecoveryCode.objects.filter(
        account=account, code_hash=hashed_code(account.pk, typed)
    ).delete()[0]:
        way = "paper"
    else:
        raise _wrong_code()
    record(SECOND_SHOWN, account, way=way)
    return way


@action
def show_passkey(by: Actor, passkey: Passkey, *, uses: int) -> Passkey:
    """Take note of a passkey that was shown rightly. Refuses (422) one whose own counter did not
    move on: there may be a copy of it."""
    held = Passkey.objects.select_for_update().get(pk=passkey.pk)
    if (uses or held.uses) and uses <= held.uses:
        words = _("这个通行密钥可能被人复制过，请删掉它，另外添加一个。")
        raise Refused(words, code="passkey_copied", status=422)
    held.uses = uses
    held.save(update_fields=["uses"])
    record(SECOND_SHOWN, passkey.account, way="passkey")
    return held


@action
def reset_second(by: Actor, account: Account) -> None:
    """Take away what an account shows besides its password, because its owner has lost it; all its
    sessions end. Whoever manages accounts may, though not for themselves."""
    require(by, "people.manage_accounts")
    if by.source == account:
        raise Refused(_("自己的请在“我的登录”里改。"), code="own", status=403)
    held = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    app = CodeApp.objects.filter(account=held).delete()[0]
    passkeys = Passkey.objects.filter(account=held).delete()[0]
    if not app and not passkeys:
        raise Refused(_("这个账号没有设第二重验证。"), code="not_set", status=409)
    RecoveryCode.objects.filter(account=held).delete()
    held.end_sessions()
    held.sessions.all().delete()
    held.save(update_fields=["session_mark"])
    record(SECOND_RESET, held, code_app=bool(app), passkeys=passkeys)


def _require_own(by: Actor, account: Account) -> None:
    if by.source != account:
        raise Refused(_("只能改自己的登录方式。"), code="not_yours", status=403)


def _drop_codes_of_none(account: Account) -> None:
    if not CodeApp.objects.filter(account=account).exists() and not account.passkeys.exists():
        RecoveryCode.objects.filter(account=account).delete()


def _wrong_code() -> Refused:
    words = _("验证码不对，或者已经用过。请等应用换下一个再试。")
    return Refused(words, code="wrong_code", status=422, fields={"code": words})
