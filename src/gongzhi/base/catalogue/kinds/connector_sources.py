"""Where rows come from. No file of the catalogue holds a password: it names one of the home."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.mapping import Pattern, known_encoding
from gongzhi.base.catalogue.words import in_both

HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|[0-9a-fA-F:]{2,45}", re.ASCII)
NO_SECRET = _("地址里不能写用户名、密码或者令牌：写 credentials，内容放在密钥目录")
HTTP_ONLY = _("地址要以 http:// 或者 https:// 开头")
ONLY_SELECT = _("只能是一条 SELECT 查询，不带分号")
NO_HOST = _("PostgreSQL 和 MySQL 要写 host；SQLite 的 database 是文件的路径")
NEXT_NEEDS = _("这种翻页要写 %(keys)s")
SECRET = re.compile(r"[?&](key|token|secret|password|apikey|api_key|access_token)=", re.IGNORECASE)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _plain_address(text: str) -> str:
    if not re.match(r"https?://[^/\s]", text):
        raise ValueError(in_both(HTTP_ONLY))
    if "@" in text.split("/", 3)[2] or SECRET.search(text):
        raise ValueError(in_both(NO_SECRET))
    return text


def _one_select(text: str) -> str:
    plain = text.strip()
    if ";" in plain or not re.match(r"(select|with)\s", plain, re.IGNORECASE):
        raise ValueError(in_both(ONLY_SELECT))
    return plain


def _host(text: str) -> str:
    if text and not HOST.fullmatch(text):
        raise ValueError("expected the name or number of a host")
    return text


Address = Annotated[str, AfterValidator(_plain_address)]
Credentials = Annotated[str, Field(pattern=r"^[a-z0-9_-]{0,40}$")]
"""The name of ``keys/source-<name>`` in the home, or of ``GONGZHI_SOURCE_<NAME>`` around it."""
Encoding = Annotated[str, AfterValidator(known_encoding)]
Host = Annotated[str, AfterValidator(_host)]


class Tables(_Part):
    """How files that are tables are read: CSV (also .gz), Excel (.xlsx)."""

    files: str = Field(default="*", min_length=1, max_length=200)
    """Which of them, such as ``poles-*.csv``."""
    encoding: Encoding = "utf-8"
    """Of CSV; a byte-order mark outweighs it."""
    day_in_name: Pattern | None = None
    """A regular expression whose first group is the day (20261130) in a file's name: only with it
    can a span of days be fetched again."""
    credentials: Credentials = ""


class Folder(Tables):
    """A folder that a department drops files into: ``drop/<code>`` in the home, or elsewhere."""

    kind: Literal["folder"]
    folder: str = ""
    settled: int = Field(default=10, ge=0, le=3600)
    """Seconds for which a file must not have changed: it may still be being copied."""


class Sftp(Tables):
    """A folder on somebody's SFTP server."""

    kind: Literal["sftp"]
    host: Host
    port: int = Field(default=22, ge=1, le=65535)
    folder: str = "."
    host_key: str = Field(pattern=r"^(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/=]+$")
    """The server's public key, as its owner told you: another server is not talked to."""


class Paging(_Part):
    """How the next page is found."""

    way: Literal["none", "link", "next", "cursor", "offset", "page"] = "none"
    """``link``: header Link, rel=next (RFC 8288); ``next``: its address stands in the answer;
    ``cursor``: a mark in the answer is sent back; ``offset``, ``page``: counted here."""
    at: str = ""
    """next, cursor: where it stands in the answer, such as ``meta.next``."""
    sends: str = ""
    """cursor, offset, page: the parameter that says it."""
    size: int = Field(default=0, ge=0, le=100_000)
    """offset, page: rows a page; a shorter page is the last."""
    first: int = Field(default=1, ge=0, le=1)
    """page: what the first is called."""

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        needs = {
            "next": ("at",), "cursor": ("at", "sends"),
            "offset": ("sends", "size"), "page": ("sends", "size"),
        }.get(self.way, ())  # fmt: skip
        if not all(getattr(self, one) for one in needs):
            raise ValueError(in_both(NEXT_NEEDS, keys=", ".join(needs)))
        return self


class Http(_Part):
    """JSON over HTTP."""

    kind: Literal["http"]
    address: Address
    rows: str = ""
    """Where the list stands in the answer, such as ``result.items``; "" for the answer itself."""
    parameters: dict[str, str] = {}
    """Sent along. ``{since}`` and ``{until}`` become the span that is asked for (ISO 8601)."""
    paging: Paging = Paging()
    header: str = Field(default="Authorization", pattern=r"^[A-Za-z0-9-]{1,60}$")
    scheme: str = Field(default="Bearer ", pattern=r"^[A-Za-z]{0,20} ?$")
    """How the credentials are sent."""
    credentials: Credentials = ""


class Open311(_Part):
    """Requests of another city's Open311 (GeoReport v2)."""

    kind: Literal["open311"]
    address: Address
    """Up to ``…/v2``."""
    jurisdiction: str = ""
    credentials: Credentials = ""


class Database(_Part):
    """A query. ``:since`` and ``:until`` in it are bound to the span that is asked for."""

    kind: Literal["database"]
    system: Literal["postgresql", "mysql", "sqlite"]
    host: Host = ""
    port: int = Field(default=0, ge=0, le=65535)
    database: str = Field(min_length=1, max_length=400)
    query: Annotated[str, AfterValidator(_one_select)]
    credentials: Credentials = ""

    @model_validator(mode="after")
    def _knows_where(self) -> Self:
        if bool(self.host) == (self.system == "sqlite"):
            raise ValueError(in_both(NO_HOST))
        return self


class Queue(_Part):
    """Messages of a NATS JetStream, each a JSON object or a list of them."""

    kind: Literal["nats"]
    servers: tuple[str, ...] = Field(min_length=1)
    stream: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    subject: str = Field(pattern=r"^[A-Za-z0-9_.*>-]{1,200}$")
    consumer: Code
    """The name under which the broker remembers how far we have come."""
    most: int = Field(default=5000, ge=1, le=100_000)
    """Messages a delivery."""
    tls: bool = True
    credentials: Credentials = ""


Source = Annotated[Folder | Sftp | Http | Open311 | Database | Queue, Field(discriminator="kind")]
