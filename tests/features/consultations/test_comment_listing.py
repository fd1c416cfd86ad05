"""Comments on a draft as officials list them."""

import pytest

from portal.features.consultations import comment_listing
from portal.features.consultations.comment_listing import Filter
from tests.support import voiced
from tests.support.voiced import CLAUSE, FIRST, PROVISIONS, SECOND, TEXT


@pytest.fixture
def made(app):
    return voiced.consultation()


def listed(made, **wanted):
    found = comment_listing.listing(made.consultation, Filter(**wanted), 1)
    return [row.comment.text for row in found.page.rows]


def test_the_list_is_narrowed_by_place_way_and_words(made):
    for key, text in ((FIRST, "Về điều một"), (CLAUSE, "Về khoản hai"), ("", "Về tất cả")):
        made.comment(key, text)
    assert sorted(listed(made)) == ["Về khoản hai", "Về tất cả", "Về điều một"]
    assert listed(made, provision=SECOND) == ["Về khoản hai"]
    assert listed(made, provision="chung") == ["Về tất cả"]
    assert listed(made, search="khoan HAI") == ["Về khoản hai"]
    assert listed(made, track="agency") == []


def test_comments_without_a_place_in_the_new_version_are_found(made):
    made.comment(CLAUSE)
    voiced.version(made.consultation.draft_id, PROVISIONS[:3], 2)
    assert listed(made, provision="chua-co-cho") == [TEXT]
    assert listed(made, provision="chung") == []
