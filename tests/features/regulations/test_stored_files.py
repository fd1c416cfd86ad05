"""Files of drafts and the rows that name them: neither is there without the other."""

import pytest

from portal.core.errors import Refused
from portal.features.documents.files import Upload
from portal.features.regulations import papers, publishing, queries, services
from portal.features.regulations.files import DRAFTS, names
from portal.features.regulations.parsing import read_text
from tests.support import cased, faults
from tests.support.legal import SHORT, drafted

PDF = Upload("to-trinh.pdf", b"%PDF-1.7 paper", ".pdf")


@pytest.fixture
def author(app):
    return cased.ward(publishes=False).actor()


def on_disk():
    return {path.name for path in DRAFTS.path.glob("*")}


def test_files_whose_commit_is_not_answered_are_kept(author):
    with faults.commits_unanswered():
        services.create(author, "Quy chế", read_text(SHORT), PDF)
    draft = queries.listed(author)[0]
    with faults.commits_unanswered():
        papers.add(author, draft, "Tờ trình", PDF)
    assert on_disk() == names()
    assert len(names()) == 2


def test_a_version_read_from_a_file_is_kept_though_its_commit_is_not_answered(author):
    draft = services.create(author, "Quy chế", read_text(SHORT)).draft
    publishing.publish(author, queries.version(draft.id, 1))
    with faults.commits_unanswered():
        services.begin(author, draft, read_text(SHORT), PDF)
    assert on_disk() == {queries.version(draft.id, 2).stored}


def test_what_is_refused_leaves_no_file(author, monkeypatch):
    version = drafted(author)
    with pytest.raises(Refused):
        services.begin(author, version.draft, read_text(SHORT), PDF)
    monkeypatch.setattr(papers, "MOST", 0)
    with pytest.raises(Refused):
        papers.add(author, version.draft, "Tờ trình", PDF)
    assert on_disk() == set()
