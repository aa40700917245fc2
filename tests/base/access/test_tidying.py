"""Sessions that are over don't pile up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.base.access.models import Session
from gongzhi.base.access.readers import remove_expired_sessions
from gongzhi.base.log.jobs import registered
from tests.base.access.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_only_what_is_over_goes(signed_in: SignedIn) -> None:
    signed_in("dispatcher")
    signed_in("partner")
    over = Session.objects.order_by("pk").first()
    assert over
    Session.objects.filter(pk=over.pk).update(expire_date=timezone.now() - timedelta(hours=1))
    remove_expired_sessions()
    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=over.pk).exists()


def test_it_is_done_without_being_asked() -> None:
    assert "access.expired_sessions" in registered()
