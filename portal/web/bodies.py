"""The whole request first, the database after it.

Whoever sends half a form and falls silent holds a thread, of which there are many, but never a
connection of the database, of which there are few (SECURITY T32).
"""

from flask import Flask, request

_WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}
_LONG_TEXTS = {
    "admin.account_import",
    "admin.import_units",
    "admin.succeed_units",
    "citizen.agency_part",
    "citizen.agency_table",
    "office.agency_answer_part",
    "office.agency_answer_table",
    "office.agency_table",
    "office.correct_regulation",
    "office.look_at_text",
    "office.match_regulation",
    "office.new_regulation",
    "office.new_regulation_version",
    "office.paste_team",
    "office.roster_paste",
    "office.save_draft",
    "office.take_text",
    "office.unit_figures_paste",
    "office.unit_points_paste",
}
"""Where a whole document or a long table is pasted: 200 pages, a letter as six to nine signs."""
_LONGEST_TEXT = 8 * 1024 * 1024
_MANY_FIELDS = {"admin.succeed_units", "office.correct_regulation", "office.match_regulation"}
"""Where each organisation of a province, or each provision of a draft, has fields of its own."""
_MOST_FIELDS = 10_000
_FILES = {
    "office.add_regulation_paper",
    "citizen.agency_table",
    "office.agency_answer_table",
    "office.agency_letter",
    "office.agency_new_letter",
    "office.agency_table",
    "office.look_at_text",
    "office.new_regulation",
    "office.new_regulation_version",
    "office.sign_document",
}
"""Where a file of 20 MB is taken; one that is a little larger is told so beside its field."""
_LARGEST_FILE = 32 * 1024 * 1024
_PHOTOS = {
    "office.edit_nomination",
    "office.edit_posting",
    "office.field_report_send",
    "office.new_nomination",
    "office.new_own_posting",
    "office.new_posting",
    "office.place_mailbox",
    "office.record_inspection",
    "office.submit_task",
}
"""Where six photos are taken at once; each is told by name if it is too large."""
_LARGEST_PHOTOS = 128 * 1024 * 1024
_LETTERS = {"citizen.letter_preview"}
"""Where three photos are taken at once from whoever comes."""
_LARGEST_LETTER = 64 * 1024 * 1024
_COMMENTS = {"citizen.draft_review", "citizen.send_draft"}
"""Where whoever comes says what there is to say about a whole draft."""
_LONGEST_COMMENTS = 2 * 1024 * 1024


def register(app: Flask) -> None:
    """Read forms before anything else happens."""
    app.before_request(_read)


def _read() -> None:
    if request.endpoint in _LONG_TEXTS:
        request.max_form_memory_size = _LONGEST_TEXT
    if request.endpoint in _COMMENTS:
        request.max_form_memory_size = _LONGEST_COMMENTS
    if request.endpoint in _MANY_FIELDS:
        request.max_form_parts = _MOST_FIELDS
    if request.endpoint in _FILES:
        request.max_content_length = _LARGEST_FILE
    if request.endpoint in _PHOTOS:
        request.max_content_length = _LARGEST_PHOTOS
    if request.endpoint in _LETTERS:
        request.max_content_length = _LARGEST_LETTER
    if request.method not in _WITHOUT_BODY and request.routing_exception is None:
        request.form  # noqa: B018 - reading it is what is wanted; what is too large is refused here
