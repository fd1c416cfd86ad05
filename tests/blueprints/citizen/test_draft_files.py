"""What goes with a draft reaches whoever is asked about it: its papers, its text, its bases."""

from io import BytesIO

import docx
import pytest

from portal.core.database import write
from portal.features.consultations import agencies
from portal.features.consultations.models import State
from portal.features.regulations import exports, papers
from portal.features.regulations.models import Draft
from tests.support import renewed, voiced

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def pages(client, made, host, case):
    """Give the public page, an agency's behind its link, and one of an account."""
    one, own = agencies.invite(
        host, case, agencies.Invited([made.front.id], names=["Trường THCS Ngô Quyền"])
    )
    one, own = (own, one) if one.organisation_id else (one, own)
    client.sign_in(made.user(body=made.front))
    return f"/g/{case.code}", f"/cq/{agencies.secret_of(one)}", f"/gop-y-du-thao/{own.id}"


def test_the_papers_of_a_draft_are_listed_and_given_on_every_page(client, host, case, pages):
    paper = renewed.paper(host, case.draft, "Tờ trình về dự thảo")
    for here in pages:
        page = client.page(here)
        assert "PDF, 1 KB" in page.text, here
        with client.get(page.link("Tờ trình về dự thảo").href) as given:
            assert (given.data, given.mimetype) == (renewed.PDF, "application/pdf"), here
            assert given.headers["Content-Disposition"].startswith("attachment")
    papers.remove(host, case.draft, paper)
    for here in pages:
        assert "Tờ trình về dự thảo" not in client.page(here).text
        assert client.get(f"{here}/tai-lieu/{paper.id}").status_code == 404


def test_papers_of_another_draft_are_not_given(client, made, host, pages):
    with write() as current:
        other = Draft(unit_id=made.draft.unit_id, organisation_id=made.host.id, title="Khác")
        current.add(other)
    paper = renewed.paper(host, other)
    for here in pages:
        assert client.get(f"{here}/tai-lieu/{paper.id}").status_code == 404


def test_before_a_consultation_is_announced_nothing_of_its_draft_is_given(
    client, host, case, pages
):
    paper = renewed.paper(host, case.draft)
    with write():
        case.state, case.published_on = State.DRAFT, None
    for here in pages:
        assert client.get(f"{here}/tai-lieu/{paper.id}").status_code == 404
        assert client.get(f"{here}/du-thao.docx").status_code == 404


def test_the_draft_is_given_as_a_word_file_that_is_written_once(client, pages, monkeypatch):
    given = [client.get(f"{here}/du-thao.docx") for here in pages[:1]]
    monkeypatch.setattr(exports, "write", None)
    given += [client.get(f"{here}/du-thao.docx") for here in pages]
    for one in given:
        assert one.mimetype == DOCX
        assert one.headers["Content-Disposition"].startswith("attachment")
        told = [each.text for each in docx.Document(BytesIO(one.data)).paragraphs]
        assert "Điều 2. Nội dung phải công khai" in told
    size = f"DOCX, {round(len(given[0].data) / 1024)} KB"
    assert all(size in client.page(here).text for here in pages)


def test_a_new_version_is_named_with_its_day_its_bases_and_what_is_different(
    client, host, case, pages
):
    assert renewed.NOTE not in client.page(pages[0]).text
    renewed.renewed(host, case.draft)
    for here in pages:
        text = client.page(here).text
        assert "bản 2" in text, here
        assert f"{voiced.clock.today():%d/%m/%Y}" in text, here
        assert renewed.NOTE in text, here
        assert renewed.PREAMBLE in text, here
        assert client.get(f"{here}/du-thao.docx").status_code == 200
