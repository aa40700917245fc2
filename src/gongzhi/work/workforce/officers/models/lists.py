"""A list of people that was read and waits for a yes."""

from __future__ import annotations

from django.db import models

from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText


class ReadList(models.Model):
    """Rows of a file, sealed, until whoever brought it says yes or no, or the day is over."""

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    """The file's."""
    rows = SealedText()
    """JSON: the number and the cells by column of each row that could be read."""
    read_at = models.DateTimeField()
