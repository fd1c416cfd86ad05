"""What a view tells when a rule says no, and when a page names a version that never was."""

import pytest

from portal.core.errors import Refused
from portal.features.consultations import services
from tests.support import cased

SAID = "Đã có 3 ý kiến của Tổ 1 (50%), không làm được nữa."


@pytest.fixture
def made(client):
    found = cased.ward()
    client.sign_in(found.user())
    return found


@pytest.fixture
def one(made):
    return made.case(made.actor())


@pytest.fixture
def refusing(monkeypatch):
    """Give what makes a service refuse, its sentence still to be filled in."""

    def refuse(*_args, **_named):
        raise Refused("Đã có %(n)s ý kiến của %(who)s, không làm được nữa.", n=3, who="Tổ 1 (50%)")

    return lambda service, name: monkeypatch.setattr(service, name, refuse)


def test_a_refusal_of_a_button_is_told_with_its_numbers_and_names(client, one, refusing):
    page = client.page(f"/lay-y-kien/{one.id}")
    refusing(services, "discard")
    assert SAID in page.submit("Bỏ bản nháp").text


def test_a_refusal_of_a_form_is_told_with_its_numbers_and_names(client, one, refusing):
    page = client.page(f"/lay-y-kien/{one.id}/sua")
    refusing(services, "edit")
    assert SAID in page.submit("Lưu", name="Tên khác").text


@pytest.mark.parametrize("version", ["9" * 400, "9" * 8000, "", "-1", "²", "x"])
def test_a_version_that_never_was_is_none_that_somebody_saw(client, made, one, version):
    page = client.page(f"/lay-y-kien/{one.id}/sua").submit("Lưu", version=version)
    assert page.status == 409
    draft = f"/du-thao/{made.draft.id}"
    assert client.page(draft).submit("Lưu tên", title="Tên khác", version=version).status == 409
