"""A stream (数据流): a message broker of the county to which the log's entries are published."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

_SERVER = re.compile(r"[A-Za-z0-9.-]{1,253}:\d{2,5}|\[[0-9a-fA-F:]{2,45}\]:\d{2,5}", re.ASCII)


def _host_and_port(text: str) -> str:
    if not _SERVER.fullmatch(text):
        raise ValueError("expected host:port, with no user and no password in it")
    return text


Server = Annotated[str, AfterValidator(_host_and_port)]
Kind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.([a-z][a-z0-9_]*|\*)$")]


class Stream(BaseModel):
    """One file in ``catalogue/streams``. What a broker asks for to sign in never stands here: it is
    a file of the county's home (``keys/stream-<code>``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    broker: Literal["nats", "kafka"]
    servers: tuple[Server, ...] = Field(min_length=1)
    into: str = Field(default="gongzhi", pattern=r"^[a-z][a-z0-9_-]{0,59}$")
    """NATS: beginning of the subjects, and in capitals the stream's name; Kafka: the topic."""
    kinds: tuple[Kind, ...] = ()
    """Only these, such as ``matters.step_taken`` or ``matters.*``; none for all that may leave."""
    begin: Literal["now", "start"] = "now"
    """Where a new one begins: with what happens from now on, or at the beginning of the log."""
    tls: bool = True
    """False only within an inner network that the operator has named (GONGZHI_INTRANET)."""
    paused: bool = False
