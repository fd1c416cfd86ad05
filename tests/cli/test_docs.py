"""The pages written from the code are as the code is, and no link in a document leads nowhere."""

import re

from portal.cli import docs
from tests.architecture.checks import PROJECT

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"")


def test_the_page_of_workflows_is_fresh():
    written = docs.WORKFLOWS_PAGE.read_text(encoding="utf-8")
    assert written == docs.workflows_page(), "write it anew: flask --app wsgi docs workflows"


def test_every_link_of_a_document_leads_to_a_file():
    pages = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")]
    links = [(page, a or b) for page in pages for a, b in LINK.findall(page.read_text("utf-8"))]
    lost = [f"{page.name}: {link}" for page, link in links
            if "://" not in link and not (page.parent / link).exists()]  # fmt: skip
    assert lost == []
