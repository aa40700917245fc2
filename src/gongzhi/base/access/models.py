"""Who is signed in where, what else they show besides a password, and keys for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealed_text import SealedText


class Session(AbstractBaseSession):
    """A browser's session. Of a member of staff it knows whose it is, so that it can be listed and
    ended: since when, by which way, the kind of browser, and the hour of the last page. Neither
    where from nor which pages."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    way = models.CharField(max_length=60, default="")
    browser = models.CharField(max_length=40, default="")
    """Its kind, without version or model."""
    began_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    """To the hour."""

    class Meta:
        db_table = "access_session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that reads and writes these rows."""
        from gongzhi.base.access.sessions import SessionStore

        return SessionStore


class CodeApp(models.Model):
    """An app that shows a new code every half minute (TOTP, RFC 6238)."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="code_app")
    secret = SealedText()
    made_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)
    """The half minute of the last code that was taken: none is taken twice."""


class RecoveryCode(models.Model):
    """A code on paper that lets its owner in once without the phone; only a hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint("account", "code_hash", name="access_one_recovery_code")
        ]


class Passkey(models.Model):
    """A passkey (WebAuthn): its public half."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    """As browsers write it: base64url."""
    public_key = models.BinaryField()
    """The attested credential as the browser gave it: id and public key."""
    uses = models.BigIntegerField(default=0)
    """The authenticator's own counter; 0 for those that don't count."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ProviderLink(models.Model):
    """Whom an identity provider means: by its issuer and subject, never by an e-mail address."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="provider_links")
    provider = models.CharField(max_length=60)
    """The provider's code in the catalogue."""
    issuer = models.CharField(max_length=200)
    """The provider, as it calls itself."""
    subject = models.CharField(max_length=255)
    """Its own id of the person."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("issuer", "subject", name="access_one_subject"),
            models.UniqueConstraint("account", "provider", name="access_one_link_a_provider"),
        ]


class ApiKey(models.Model):
    """A program's key. Only its hash is kept; ``begins`` helps people tell keys apart."""

    name = models.CharField(max_length=80)
    begins = models.CharField(max_length=12)
    key_hash = models.CharField(max_length=64, unique=True)
    permissions = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="keys")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="keys")
    """Who answers for it: it can't do what they can't, and ends with their account."""
    purpose = models.CharField(max_length=200, default="")
    expires_at = models.DateTimeField(null=True)
    """Until when it opens something; empty where it has no end."""
    used_on = models.DateField(null=True)
    """The day of its last use."""
    older_hash = models.CharField(max_length=64, default="", db_index=True)
    """The key before the present one, which opens until ``older_until``."""
    older_until = models.DateTimeField(null=True)
    """Until when the key before it opens, too."""

    def __str__(self) -> str:
        return self.name

    def opens_at(self, at: datetime) -> bool:
        """Whether it is neither taken back nor over."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
