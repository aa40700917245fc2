"""What somebody asks about what is held of them. One request is about one matter: a row for several
would join what they reported, which nothing else here does."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.participation.models import Receipt


class PersonalRequest(models.Model):
    """A request by the person that it is about, beside its matter."""

    class Asks(models.TextChoices):
        """What for, each with its article in `LAW`."""

        ACCESS = "access", _("查阅、复制我的信息")
        CORRECT = "correct", _("更正、补充我的信息")
        DELETE = "delete", _("删除我的信息")
        WITHDRAW = "withdraw", _("不再同意使用我的联系方式")
        TRANSFER = "transfer", _("把我的信息转给我指定的单位")
        EXPLAIN = "explain", _("解释为什么、怎样处理我的信息")

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="personal_request"
    )
    about = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="personal_requests")
    """By whose code it was asked: what is held under that code is what it is about."""
    asks = models.CharField(max_length=10, choices=Asks.choices)
    """What for."""
    wanted = SealedText(blank=True)
    """Of a correction: field → what it should say, as JSON."""
    proved = models.BooleanField(default=False)
    """Whether whoever asked knew the number that is sealed, or has shown who they are since."""

    def __str__(self) -> str:
        return str(self.matter)


class StewardFile(models.Model):
    """A breach of personal data, or an impact assessment, beside its matter: of which dataset."""

    class Sort(models.TextChoices):
        """Which of the two."""

        BREACH = "breach", _("安全事件")
        ASSESSMENT = "assessment", _("影响评估")

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="steward_file"
    )
    sort = models.CharField(max_length=10, choices=Sort.choices)
    """A breach, or an assessment."""
    dataset = models.CharField(max_length=40)
    """Its code in the catalogue."""
    drill = models.BooleanField(default=False)
    """Only practised: nothing happened."""
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    """Whoever put it down; of an assessment somebody else reviews it."""

    def __str__(self) -> str:
        return str(self.matter)

    @property
    def dataset_name(self) -> str:
        """What the dataset is called; its code when the county took it away."""
        item = catalogue().datasets.get(self.dataset)
        return str(item.name) if item else self.dataset
