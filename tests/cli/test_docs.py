"""The pages written from the code are as the code is."""

from portal.cli import docs


def test_the_page_of_workflows_is_fresh():
    written = docs.WORKFLOWS_PAGE.read_text(encoding="utf-8")
    assert written == docs.workflows_page(), "write it anew: flask --app wsgi docs workflows"
