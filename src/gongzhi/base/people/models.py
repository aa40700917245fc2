"""Units of the county's organisation, and the accounts of staff. Residents need no account."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.sealing import seal


class Unit(models.Model):
    """A bureau, station, department or community; the organisation is their tree."""

    class Kind(models.TextChoices):
        """What sort of unit."""

        BUREAU = "bureau", _("公安局")
        STATION = "station", _("派出所")
        DEPARTMENT = "department", _("部门")
        COMMUNITY = "community", _("村社")

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


def _new_mark() -> str:
    return secrets.token_urlsafe(16)


class Accounts(BaseUserManager["Account"]):
    """How accounts are looked up."""


class Account(AbstractBaseUser):
    """One member of staff. ``roles`` are codes of the catalogue's roles."""

    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="accounts")
    roles = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    session_mark = models.CharField(max_length=22, default=_new_mark)
    """Part of what a session is checked against: a new one ends all sessions."""
    last_login = None  # the log knows

    objects = Accounts()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """What a session must carry: it changes with the password and with `end_sessions`."""
        return salted_hmac("gongzhi session", self.password + self.session_mark).hexdigest()

    def end_sessions(self) -> None:
        """Let no session of this account count any more; doesn't save."""
        self.session_mark = _new_mark()


class Provisioning(models.Model):
    """What the county's directory knows of an account that it provisioned (SCIM)."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="provisioning")
    external_id = models.CharField(max_length=255, default="", db_index=True)
    """Its own id of the account: of an identity provider, often its subject."""
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    """When the directory deleted it. The account stays, closed, for what it did stays."""


class Group(models.Model):
    """A group of the county's directory. What it means, ``catalogue/groups`` says."""

    display_name = models.CharField(max_length=200, unique=True)
    external_id = models.CharField(max_length=255, default="")
    """The directory's own id of the group."""
    members = models.ManyToManyField(Account, related_name="groups")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.display_name


class Person(models.Model):
    """Somebody of the public, as one matter knows them: sealed, and apart from everything else.

    Never one row for two matters: who reported what can't be joined through it. ``sealed`` is
    empty once the person was erased.
    """

    sealed = models.BinaryField(default=b"")
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    @classmethod
    def keep(cls, fields: Mapping[str, str], at: datetime) -> Person:
        """Seal and store the fields (``name``, ``phone``, …) inside an open action."""
        person = cls.draft(fields, at)
        person.save(force_insert=True)
        return person

    @classmethod
    def draft(cls, fields: Mapping[str, str], at: datetime) -> Person:
        """The same, sealed and not stored yet."""
        told = {name: text.strip() for name, text in fields.items() if text.strip()}
        return cls(sealed=seal(told), made_at=at)
