"""The record in words."""

from datetime import UTC, datetime

from portal.features.audit import pages
from portal.features.audit.models import AuditEntry


def test_the_filling_of_the_sample_is_told_in_words():
    entry = AuditEntry(
        number=1, at=datetime(2026, 1, 2, tzinfo=UTC), actor_name="Dòng lệnh",
        action="installation:sample", subject_kind="installation", subject_name="", reason="",
        changes='{"sample": ["loading", "1"]}',
    )  # fmt: skip
    assert pages.line(entry).changes == [pages.Change("Dữ liệu mẫu", ["đang nạp"], ["đã nạp xong"])]
