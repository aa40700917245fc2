"""Putting files to a material of an application, inside an open action."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gongzhi.base.files.actions import erase_file
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Attachment
from gongzhi.work.public_services.models import HandedIn, MaterialFile, Unfinished


def let_go(by: Actor, form: Unfinished, wanted: Collection[str]) -> None:
    """Erase the uploads for materials that aren't asked for (any more)."""
    for one in form.files.select_related("file").exclude(material__in=wanted):
        file = one.file
        one.delete()
        erase_file(by, file, reason="not_needed")


def attach(handed: HandedIn, files: Sequence[StoredFile]) -> None:
    """Each file becomes an attachment of the matter that shows this material; nobody's but the
    counter's and the applicant's to see."""
    for file in files:
        attachment = Attachment.objects.create(
            matter_id=handed.application_id, file=file, public=False, at=now()
        )
        MaterialFile.objects.create(material=handed, attachment=attachment)
