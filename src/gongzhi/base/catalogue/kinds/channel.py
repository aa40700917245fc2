"""A channel: how messages leave the county over HTTP: a text gateway, a work group's robot."""

from __future__ import annotations

from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

Form = Literal["http", "wecom", "dingtalk", "weixin"]
FIELDS = frozenset({"address", "subject", "text", "short", "id", "secret"})


class Channel(BaseModel):
    """One file in ``catalogue/channels``. None ships: a county adds its own in its home.

    Secrets never stand here: ``secret`` names a file in the home's ``keys``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    form: Form
    carries: Literal["sms", "robot", "weixin"]
    """What kind of address it reaches."""
    url: str
    secret: Code | None = None
    token_url: str = ""
    """For ``weixin``: where a token that lasts two hours is got for ``app`` and the secret; ``url``
    uses it as {token}."""
    app: str = ""
    """For ``weixin``: the account's app id, which is no secret."""
    headers: dict[str, str] = {}
    """For ``http``: values may use {secret} and {id}."""
    body: dict[str, Any] = {}
    """For ``http``: what is posted as JSON; texts may use {address}, {short}, {text}, {id}."""
    succeeds: dict[str, str | int] = {}
    """For ``http``: what the answer must have for the message to count as taken."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        parts = urlsplit(self.url.replace("{secret}", "x").replace("{token}", "x"))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("url: expected an http or https address")
        if "{secret}" in self.url + "".join(self.headers.values()) and not self.secret:
            raise ValueError("secret: expected, as {secret} is used")
        if bool(self.token_url) != ("{token}" in self.url):
            raise ValueError("token_url: expected where url uses {token}, and only there")
        if self.token_url and not (self.form == "weixin" and self.app and self.secret):
            raise ValueError("token_url: expected with form weixin, an app and a secret")
        if self.form == "http" and not self.body:
            raise ValueError("body: expected for the form http")
        return self
