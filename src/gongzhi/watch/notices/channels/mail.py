"""E-mail by SMTP (RFC 5321), as the operator's variables say."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from gongzhi.watch.notices.channels.letter import Letter, LineFailed, NotNow, Refuses

PATIENCE = 10
"""Seconds for which a server may say nothing."""


@dataclass(frozen=True)
class Mail:
    """``smtp://name:password@host:587?starttls=1`` or ``smtps://…:465``."""

    url: str
    sender: str

    @contextmanager
    def open(self) -> Iterator[_MailLine]:
        """One connection for some mails."""
        backend = self._backend()
        try:
            backend.open()
        except smtplib.SMTPAuthenticationError as refused:
            raise LineFailed("not_let_in") from refused
        except TimeoutError as late:
            raise LineFailed("timeout") from late
        except ssl.SSLError as broken:
            raise LineFailed("tls") from broken
        except (OSError, smtplib.SMTPException) as broken:
            raise LineFailed("no_answer") from broken
        try:
            yield _MailLine(backend, self.sender)
        finally:
            backend.close()

    def _backend(self) -> EmailBackend:
        parts = urlsplit(self.url)
        secure = parts.scheme == "smtps"
        return EmailBackend(
            host=parts.hostname, port=parts.port or (465 if secure else 587), timeout=PATIENCE,
            username=unquote(parts.username or ""), password=self._password(parts.password),
            use_ssl=secure, use_tls=parse_qs(parts.query).get("starttls") == ["1"],
        )  # fmt: skip

    def _password(self, given: str | None) -> str:
        """From the address, or from the file ``keys/smtp-password`` of the home."""
        path = settings.HOME.keys / "smtp-password"
        return unquote(given or "") or (path.read_text("utf-8").strip() if path.exists() else "")


@dataclass(frozen=True)
class _MailLine:
    backend: EmailBackend
    sender: str

    def send(self, letter: Letter) -> None:
        """Hand one mail to the server."""
        try:
            self.backend.send_messages([self._message(letter)])
        except smtplib.SMTPRecipientsRefused as refused:
            code = min((code for code, _words in refused.recipients.values()), default=550)
            raise (Refuses(f"smtp_{code}") if code >= 500 else NotNow(f"smtp_{code}")) from refused
        except smtplib.SMTPSenderRefused as refused:
            raise LineFailed("sender_refused") from refused
        except smtplib.SMTPResponseException as said:
            code = said.smtp_code
            raise (Refuses(f"smtp_{code}") if code >= 500 else NotNow(f"smtp_{code}")) from said
        except TimeoutError as late:
            raise LineFailed("timeout") from late
        except (OSError, smtplib.SMTPException) as broken:
            raise LineFailed("no_answer") from broken

    def _message(self, letter: Letter) -> EmailMessage:
        domain = parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"
        headers = {
            "Message-ID": f"<{letter.name}@{domain}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers
            "Content-Language": letter.language,
        }
        if letter.stop.startswith("http"):
            headers["List-Unsubscribe"] = f"<{letter.stop}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return EmailMessage(
            letter.subject, letter.text, self.sender, [letter.address], headers=headers,
            attachments=[(one.name, one.content, one.kind) for one in letter.enclosed],
        )  # fmt: skip
