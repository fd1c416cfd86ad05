"""Settings: read with their defaults, judged, audited, never overwritten unseen."""

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Invalid, Stale
from portal.features.audit.models import AuditEntry
from portal.features.audit.services import OPERATOR
from portal.features.settings import services


def change(**wanted):
    services.change(OPERATOR, wanted, services.version())


def test_what_nobody_has_set_has_its_default(app):
    assert services.number("threshold") == 5
    assert services.steps("heat_steps") == (30, 60, 90, 120)


def test_a_change_holds_at_once_and_is_on_the_record(app):
    change(threshold="10", name=" Tỉnh  Bắc Giang ")
    assert (services.number("threshold"), services.installation().name) == (10, "Tỉnh Bắc Giang")
    acts = session().scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [act.subject_id for act in acts] == ["threshold", "name"]
    assert acts[0].changes == '{"value": ["5", "10"]}'


def test_saving_the_same_is_no_change(app):
    change(**services.present())
    assert services.version() == 0
    assert not session().scalars(select(AuditEntry)).all()


def test_the_threshold_is_never_lowered(app):
    change(threshold="10")
    with pytest.raises(Invalid) as refused:
        change(threshold="9")
    assert "nâng" in refused.value.errors["threshold"]
    assert services.number("threshold") == 10


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("threshold", "4"), ("threshold", "năm"), ("threshold", ""), ("threshold", "5 6"),
        ("threshold", "-7"), ("threshold", "9" * 400), ("heat_steps", "30 60 90"),
        ("heat_steps", "30 60 60 90"), ("heat_steps", "90 60 30 10"), ("heat_steps", "0 1 2 3"),
        ("name", "x" * 121),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_and_nothing_changes(app, name, text):
    with pytest.raises(Invalid) as refused:
        change(**{"heat_steps": "1 2 3 4", name: text})
    assert name in refused.value.errors
    assert services.version() == 0


def test_who_saves_second_is_shown_what_stands_now(app):
    change(name="Xã A")
    with pytest.raises(Stale) as stale:
        services.change(OPERATOR, {"name": "Xã B"}, 0)
    assert stale.value.theirs["name"] == "Xã A"
