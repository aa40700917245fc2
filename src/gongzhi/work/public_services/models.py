"""Forms that somebody is still filling in, applications, and the materials handed in for them.

What says who somebody is lies sealed: in an unfinished form all of it, of an application with its
party. What stays in the clear are codes and numbers.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.matters.models import Attachment, Matter
from gongzhi.base.people.sealed_text import SealedText


class FilledInBy(models.TextChoices):
    """Who fills the form in."""

    SELF = "self", _("我自己")
    FAMILY = "family", _("我替家人填，他/她同意了")
    WORKER = "worker", _("我是网格员、社工，替居民填，本人同意了")
    CLERK = "clerk", _("窗口替来人填，本人在场同意")
    PHONE = "phone", _("听电话替来电人填，念给他听过，他同意了")


BY_THEMSELVES = (FilledInBy.SELF, FilledInBy.FAMILY, FilledInBy.WORKER)
"""Who may say so by themselves; at a counter or a telephone one is it by signing in."""


class Unfinished(models.Model):
    """A form that is being filled in, to be gone on with by its code on any device. It is erased
    when nobody has touched it for a time (`selectors.forms.KEPT`)."""

    service = models.CharField(max_length=40)
    version = models.CharField(max_length=7)
    """Of the service when it was begun or last gone on with."""
    answers = models.JSONField(default=dict, blank=True)
    """To the questions of the check: codes."""
    content = SealedText(blank=True)
    """The fields by code, as JSON."""
    taken = SealedText(blank=True)
    """What was confirmed instead of typed, by field, with where it comes from, as JSON
    (`selectors.facts.Taken`)."""
    looks = models.JSONField(default=list, blank=True)
    """Which of the office's registers were asked, when, and whether something was found."""
    key = models.CharField(max_length=64, unique=True)
    """With the county's secret it gives the code again; the application is filed under it, too."""
    code_hash = models.CharField(max_length=64, unique=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.service

    @property
    def service_item(self) -> Service | None:
        """Its service in the catalogue; None when the county took it away."""
        return catalogue().services.get(self.service)


class UnfinishedFile(models.Model):
    """A material that was uploaded for a form not yet sent."""

    form = models.ForeignKey(Unfinished, on_delete=models.CASCADE, related_name="files")
    material = models.CharField(max_length=40)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="unfinished")

    class Meta:
        indexes = [models.Index(fields=["form", "material"], name="file_of_a_form")]


class RegisterEntry(models.Model):
    """What a register of the office holds of one person. There is no list of them: an entry is
    found by a keyed hash of the number that its person types, and read only for their form."""

    register = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    """Of the identity number, with the county's own key (`selectors.registers.key_of`)."""
    content = SealedText()
    """Fact → text, as JSON."""
    since = models.DateField()
    """When it was entered there."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "key"], name="one_entry_of_a_number")
        ]


class Application(models.Model):
    """What was applied for; everything else is its matter's."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="application"
    )
    service = models.CharField(max_length=40, db_index=True)
    version = models.CharField(max_length=7)
    answers = models.JSONField(default=dict, blank=True)
    """To the questions of the check: codes."""
    told = models.JSONField(default=dict, blank=True)
    """The fields that lie in the clear: codes and numbers."""
    filled_by = models.CharField(max_length=10, choices=FilledInBy.choices, default=FilledInBy.SELF)
    visits = models.PositiveSmallIntegerField(default=0)
    """How often somebody came to a counter for it."""
    asked = models.PositiveSmallIntegerField(default=0)
    """Fields and materials that the form asked for."""
    held = models.PositiveSmallIntegerField(default=0)
    """Materials that the office has itself."""
    reused = models.PositiveSmallIntegerField(default=0)
    """Fields of ``asked`` that were only confirmed: told before, or in a register."""
    sources = models.JSONField(default=dict, blank=True)
    """Field → where it was told before (``kind``, ``of``, ``on``), and whether it was changed."""
    looks = models.JSONField(default=list, blank=True)
    """Which of the office's registers were asked for it, when, and whether something was found."""

    def __str__(self) -> str:
        return str(self.matter)

    @property
    def service_item(self) -> Service | None:
        """Its service in the catalogue; None when the county took it away."""
        return catalogue().services.get(self.service)

    @property
    def title(self) -> str:
        """The service's name, in the active language."""
        item = self.service_item
        return str(item.name) if item else self.service


class HandedIn(models.Model):
    """One material of an application: what has become of it."""

    class State(models.TextChoices):
        """How far it is."""

        MISSING = "missing", _("还没交")
        GIVEN = "given", _("已上传，待看")
        GOOD = "good", _("齐了")
        WRONG = "wrong", _("要重交")
        LATER = "later", _("之后补")
        HELD = "held", _("我们有，不用交")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="materials")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="one_material_of_a_code")
        ]


class MaterialFile(models.Model):
    """Which of the matter's files show which material."""

    material = models.ForeignKey(HandedIn, on_delete=models.CASCADE, related_name="files")
    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, related_name="material_file"
    )
