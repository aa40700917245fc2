"""Who sees what was uploaded: whoever is at the form, and later whoever has the code. A counter
looks through a page of its own, which leaves a trace."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.people.models import Account
from gongzhi.work.participation.pages.kept import kept_receipt
from gongzhi.work.public_services.models import MaterialFile, UnfinishedFile
from gongzhi.work.public_services.pages.kept_form import kept_form


@let_see
def uploads_of_a_form(request: HttpRequest, file: StoredFile) -> bool:
    """Whoever's browser is at this form."""
    found = UnfinishedFile.objects.filter(file=file).values_list("form", flat=True).first()
    form = kept_form(request) if found else None
    return form is not None and form.pk == found


@let_see
def materials_of_an_application(request: HttpRequest, file: StoredFile) -> bool:
    """The applicant whose code this browser has shown."""
    if isinstance(request.user, Account):
        return False
    shown = MaterialFile.objects.filter(attachment__file=file)
    found = shown.values_list("material__application", flat=True).first()
    receipt = kept_receipt(request) if found else None
    return receipt is not None and receipt.matter_id == found
