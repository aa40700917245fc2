"""Addresses of signing in, of what one shows for it, and of keys."""

from django.urls import path

from gongzhi.base.access.pages import keys, mine, others, provider, second, signing

app_name = "access"
urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-in/passkey/", second.ask_passkey, name="ask_passkey"),
    path("sign-in/second/", second.second, name="second"),
    path("sign-in/again/", second.again, name="again"),
    path("sign-in/with/<slug:code>/", provider.go, name="go"),
    path("sign-in/back/", provider.back, name="provider_back"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("signed-out/<slug:code>/", provider.signed_out, name="signed_out"),
    path("start/", signing.start, name="start"),
    path("my-sign-in/", mine.mine, name="mine"),
    path("my-sign-in/end/", mine.end, name="end_sessions"),
    path("my-sign-in/code-app/", mine.code_app, name="code_app"),
    path("my-sign-in/code-app/remove/", mine.remove_code_app, name="remove_code_app"),
    path("my-sign-in/codes/", mine.codes, name="codes"),
    path("my-sign-in/passkeys/ask/", mine.ask_new_passkey, name="ask_new_passkey"),
    path("my-sign-in/passkeys/add/", mine.add_passkey, name="add_passkey"),
    path("my-sign-in/passkeys/<int:key>/remove/", mine.remove_passkey, name="remove_passkey"),
    path("my-sign-in/with/<slug:code>/", provider.link, name="link"),
    path("my-sign-in/with/<slug:code>/remove/", provider.unlink, name="unlink"),
    path("accounts/<int:key>/sessions/end/", others.end, name="end_others"),
    path("accounts/<int:key>/second/reset/", others.reset, name="reset_second"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:key>/rotate/", keys.rotate, name="rotate_key"),
    path("keys/<int:key>/revoke/", keys.revoke, name="revoke_key"),
]
