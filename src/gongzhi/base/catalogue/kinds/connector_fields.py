"""What a source's rows must hold: fields with their types and bounds, and how much is usual."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.kinds.mapping import Column, Pattern
from gongzhi.base.catalogue.words import Words, in_both

NEVER_KEPT = re.compile(
    r"(^|[^a-z])(face|facial|plates?|voice|voiceprint|gait|iris|fingerprint|biometrics?|dna|imei|"
    r"imsi|mac|device|handset|sim|bluetooth|wifi|tracks?|trajectory|watch_?list|blacklist|"
    r"whitelist|ethnic|ethnicity|religion|politics|credit_score|social_credit|key_person|"
    r"focus_person|suspects?)([^a-z]|$)"
    r"|车牌|号牌|人脸|面部|面像|指纹|声纹|虹膜|步态|轨迹|行踪|串号|蓝牙|黑名单|白名单|重点人|"
    r"嫌疑|前科|信用分|信用等级|民族|宗教|政治面貌"
)
"""Names of what the platform keeps of nobody, whoever delivers it."""
ABOUT_SOMEBODY = re.compile(
    r"(^|[^a-z])(phone|mobile|telephone|tel|email|e_mail|id_number|id_card|passport|surname|"
    r"first_name|last_name|full_name|birth|birthday|birthdate|applicant|complainant|resident|"
    r"caller|contact|home_address)([^a-z]|$)"
    r"|姓名|电话|手机|身份证|证件号|邮箱|住址|家庭地址|出生|联系人|申请人|报案人|报警人|微信号|护照"
)
"""Names that tell of a person: such a field is received only with its purpose and its basis."""
NOT_KEPT = _(
    "“%(name)s”是平台不收的内容：不收车牌、人脸、设备、轨迹，也不收名单和标签。请从约定里删掉"
)
PERSONAL = _("“%(name)s”是个人信息：要收，写明 personal 的用途和依据；不收，就删掉这一项")
SEALED_TEXT = _("个人信息要封存，只能是 text，不能有取值表、引用和上下限")
BOUNDS = _("least、most 只用于数字、日期和时间")
CHOICES = _("code 要写 one_of 或者 refers")
NO_KEY = _("key 里的“%(name)s”不在字段里，或者可以为空，或者是个人信息")
TWICE = _("“%(name)s”写了两次")
NO_TIME = _("“%(name)s”不是这里的一个时间或日期字段")

Kind = Literal["text", "code", "whole", "decimal", "flag", "day", "time"]
Bound = int | float | str


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Personal(_Part):
    """Why a field about somebody is received at all. It is kept sealed."""

    purpose: Words
    basis: Basis


class Received(_Part):
    """One field. What the contract doesn't name is dropped before anything is written."""

    name: Code
    column: Column = ""
    """What the source calls it, if otherwise; ``address.town`` for what lies deeper."""
    says: Words
    type: Kind = "text"
    required: bool = True
    least: Bound | None = None
    most: Bound | None = None
    """Both count as allowed; days and times as ``2026-11-30``."""
    one_of: tuple[str, ...] = ()
    table: dict[str, str] = {}
    """The source's text → ours; a text that isn't in it goes to quarantine."""
    pattern: Pattern | None = None
    """A regular expression for the whole text (RE2)."""
    longest: int = Field(default=2000, ge=1, le=20_000)
    refers: str = Field(default="", pattern=r"^(|units|towns|categories|[a-z0-9_]+\.[a-z0-9_]+)$")
    """Its value must be a unit, a town or a category of this county, or stand in ``source.field``
    of what another source delivered."""
    unique: bool = False
    formats: tuple[str, ...] = ()
    """How days and times are written, as strptime has them; ISO 8601 is always read."""
    personal: Personal | None = None

    @property
    def source_column(self) -> str:
        """The heading to look for."""
        return self.column or self.name

    @model_validator(mode="after")
    def _is_lawful(self) -> Self:
        named = (self.name, self.source_column.lower(), self.says.zh)
        if any(NEVER_KEPT.search(one) for one in named):
            raise ValueError(in_both(NOT_KEPT, name=self.name))
        if self.personal is None and any(ABOUT_SOMEBODY.search(one) for one in named):
            raise ValueError(in_both(PERSONAL, name=self.name))
        return self

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        bounded = self.least is not None or self.most is not None
        if bounded and self.type in {"text", "code", "flag"}:
            raise ValueError(in_both(BOUNDS))
        if self.type == "code" and not (self.one_of or self.refers):
            raise ValueError(in_both(CHOICES))
        if self.personal and (self.type != "text" or self.table or self.refers or self.one_of):
            raise ValueError(in_both(SEALED_TEXT))
        return self


class Volume(_Part):
    """How many rows a delivery has. Outside of that it is held until a person has looked."""

    least: int = Field(default=0, ge=0)
    most: int = Field(default=5_000_000, ge=1)
    past: Annotated[tuple[float, float], Field()] | None = None
    """Between which parts of its own usual (the median of its last five deliveries)."""


class Fresh(_Part):
    """The newest row of a delivery may not be older than this when it arrives."""

    field: Code
    oldest: timedelta = Field(gt=timedelta(0))


class Contract(_Part):
    """What was agreed with whoever delivers."""

    key: tuple[Code, ...] = Field(min_length=1)
    """The fields that make a row the same when it comes again."""
    delivers: Literal["changes", "whole"] = "changes"
    """What is new or different; or everything, so that what is missing is gone."""
    version: Code | None = None
    """The field that says which of two rows with the same key is the newer one; when left out,
    the one that was delivered later."""
    zone: str = "Asia/Shanghai"
    """Of times that don't say theirs."""
    fields: tuple[Received, ...] = Field(min_length=1)
    volume: Volume = Volume()
    fresh: Fresh | None = None
    most_bad: float = Field(default=0.2, ge=0, le=1)
    """Which part of the rows may fail; more, and the delivery is held as a whole."""

    def field(self, name: str) -> Received | None:
        """The field of this name."""
        return next((one for one in self.fields if one.name == name), None)

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        names = [one.name for one in self.fields]
        if double := next((one for one in names if names.count(one) > 1), None):
            raise ValueError(in_both(TWICE, name=double))
        for name in self.key:
            one = self.field(name)
            if one is None or not one.required or one.personal:
                raise ValueError(in_both(NO_KEY, name=name))
        timed = {one.name for one in self.fields if one.type in {"day", "time"}}
        for when in (self.version, self.fresh.field if self.fresh else None):
            if when and when not in timed:
                raise ValueError(in_both(NO_TIME, name=when))
        return self
