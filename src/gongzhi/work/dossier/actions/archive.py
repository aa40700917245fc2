"""What the log says of archives."""

from __future__ import annotations

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.work.dossier.events import CASE_EXPORTED


@action
def note_export(by: Actor, matter: Matter, *, manifest: str) -> None:
    """Put on the log that a case left the platform as a folder, and what its manifest's hash is."""
    record(CASE_EXPORTED, matter, manifest=manifest)
