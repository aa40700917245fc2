"""Addresses of signing in and of keys."""

from django.urls import path

from gongzhi.base.access.pages import keys, signing

app_name = "access"
urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("start/", signing.start, name="start"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:key>/revoke/", keys.revoke, name="revoke_key"),
]
