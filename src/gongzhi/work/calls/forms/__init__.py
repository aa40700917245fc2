"""What is filled in at the desk."""

from gongzhi.work.calls.forms.call import CallForm
from gongzhi.work.calls.forms.correcting import ErasingForm, OwnIncidentForm

__all__ = ["CallForm", "ErasingForm", "OwnIncidentForm"]
