"""The gate against changes that are not on the record."""

import pytest

from portal.core.database import write
from portal.features.audit import services as audit
from portal.features.settings.models import Setting


def test_a_request_that_changes_silently_fails(app):
    with app.test_request_context("/"), pytest.raises(AssertionError, match="settings"):
        change()


def change():
    with write() as current:
        current.add(Setting(name="name", value="x"))


def test_a_request_that_records_what_it_changes_passes(app):
    with app.test_request_context("/"), write() as current:
        current.add(Setting(name="name", value="x"))
        audit.record(audit.OPERATOR, audit.Act("setting:changed", "setting", "name"))


def test_outside_requests_tests_may_set_the_scene(app):
    change()
