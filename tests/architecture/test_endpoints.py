"""Every endpoint with the access it should have. What is not written here does not pass."""

import re

import pytest

EXPECTED = {
    "admin.account": "account:manage",
    "admin.accounts": "account:manage",
    "admin.add_organisation": "unit:manage",
    "admin.audit": "audit:read",
    "admin.choose_organisation": "account:manage",
    "admin.components": "signed_in admin",
    "admin.deactivate": "account:manage",
    "admin.edit_account": "account:manage",
    "admin.home": "signed_in admin",
    "admin.new_account": "account:manage",
    "admin.reactivate": "account:manage",
    "admin.reset_password": "account:manage",
    "admin.settings": "setting:manage",
    "admin.unit": "unit:manage",
    "admin.units": "unit:manage",
    "admin.verify_audit": "audit:read",
    "auth.change_password": "signed_in, before the first password",
    "auth.end_other_sign_ins": "signed_in",
    "auth.end_sign_in": "signed_in",
    "auth.language": "public",
    "auth.sign_in": "public",
    "auth.sign_ins": "signed_in",
    "auth.sign_out": "signed_in, before the first password",
    "citizen.document": "public",
    "citizen.document_pdf": "public",
    "citizen.documents": "public",
    "citizen.done": "public",
    "citizen.form": "public",
    "citizen.privacy": "public",
    "citizen.send": "public",
    "citizen.start": "public",
    "commune.home": "signed_in commune",
    "district.home": "signed_in district",
    "healthz": "public",
    "office.act": "signed_in",
    "office.campaign": "campaign:read",
    "office.campaign_plan": "campaign:edit",
    "office.campaigns": "signed_in commune district province youth",
    "office.change_window": "campaign:approve",
    "office.code": "code:read",
    "office.code_picture": "code:read",
    "office.code_sheet": "code:read",
    "office.codes": "code:read",
    "office.create_campaign": "campaign:create",
    "office.dry_run": "document:read",
    "office.create_document": "document:create",
    "office.detach_file": "document:sign",
    "office.discuss_document": "document:discuss",
    "office.document": "document:read",
    "office.document_file": "document:read",
    "office.document_history": "document:discuss",
    "office.document_pdf": "document:read",
    "office.document_version": "document:discuss",
    "office.document_word": "document:read",
    "office.documents": "signed_in commune district province youth",
    "office.draft": "document:edit",
    "office.edit_campaign": "campaign:edit",
    "office.export_rows": "result:export",
    "office.handle_delivery": "delivery:act",
    "office.home": "signed_in",
    "office.inbox": "signed_in commune district province youth",
    "office.job": "job:read",
    "office.job_file": "job:read",
    "office.letterhead": "letterhead:manage",
    "office.letterheads": "signed_in commune district province youth",
    "office.look_at_text": "document:edit",
    "office.new_campaign": "campaign:create",
    "office.new_document": "document:create",
    "office.number_document": "document:issue",
    "office.pack_posters": "code:read",
    "office.participation": "participation:read",
    "office.paste_text": "document:edit",
    "office.poster": "code:read",
    "office.preview": "document:read",
    "office.preview_page": "document:read",
    "office.print_posters": "code:read",
    "office.publish_document": "document:sign",
    "office.questionnaire": "questionnaire:read",
    "office.questionnaires": "questionnaire:read",
    "office.receive_delivery": "delivery:act",
    "office.register": "register:read",
    "office.register_entry": "register:read",
    "office.register_metadata": "register:read",
    "office.register_print": "register:read",
    "office.register_settings": "register:manage",
    "office.register_sheet": "register:read",
    "office.registers": "signed_in commune district province youth",
    "office.reissue_code": "code:manage",
    "office.reopen_delivery": "delivery:act",
    "office.repeat_document": "document:edit",
    "office.reserve_number": "register:manage",
    "office.resolve_comment": "document:discuss",
    "office.results": "result:read",
    "office.results_file": "result:read",
    "office.retry_job": "job:read",
    "office.save_campaign": "campaign:edit",
    "office.save_draft": "document:edit",
    "office.send_on": "document:issue",
    "office.sign_document": "document:sign",
    "office.take_number": "register:manage",
    "office.take_text": "document:edit",
    "office.task": "task:read",
    "office.tasks": "signed_in commune district province youth",
    "office.tasks_below": "signed_in district province",
    "office.texts": "text:read",
    "office.use_number": "register:manage",
    "province.home": "signed_in province",
    "static": "public",
    "youth.home": "signed_in youth",
}
UNTYPED = {
    # argument: why it needs no converter
    "workflow": "looked up in registry.WORKFLOWS, else 404",
    "transition": "looked up in the workflow, else 404",
}
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_KEBAB = re.compile(r"/([a-z0-9]+([-.][a-z0-9]+)*(/|$))*")


def declared(view) -> str:
    access = getattr(view, "access", None)
    if access is None:
        return "nothing"
    words = " ".join([access.kind, *sorted(access.roles)])
    return f"{words}, before the first password" if access.before_password else words


@pytest.fixture
def found(app):
    return {name: declared(view) for name, view in app.view_functions.items()}


def test_no_endpoint_is_without_access(found):
    bare = sorted(name for name, access in found.items() if access == "nothing")
    assert not bare, f"put @requires(…), @signed_in(…) or @public on {bare}"


def test_every_endpoint_is_accounted_for(found):
    added = sorted(found.keys() - EXPECTED.keys())
    assert not added, f"say in EXPECTED who may come in to {added}"
    gone = sorted(EXPECTED.keys() - found.keys())
    assert not gone, f"take {gone} out of EXPECTED"


def test_every_endpoint_has_the_access_it_should_have(found):
    wrong = {name: (EXPECTED[name], is_) for name, is_ in found.items() if EXPECTED[name] != is_}
    assert not wrong, f"should be, is: {wrong}. If the change is meant, change EXPECTED."


def test_arguments_of_addresses_are_typed(app):
    for rule in app.url_map.iter_rules():
        for kind, name in _ARGUMENT.findall(rule.rule):
            assert kind or name in UNTYPED, f"give <{name}> of {rule.endpoint} a converter"


def test_addresses_are_small_letters_and_dashes(app):
    for rule in app.url_map.iter_rules():
        plain = _ARGUMENT.sub("x", rule.rule)
        assert _KEBAB.fullmatch(plain), f"{rule.rule} of {rule.endpoint}: kebab-case, no accents"


def test_what_changes_something_is_never_a_get(app):
    """A view that answers both shows a form at GET; a view of POST alone has nothing to show."""
    for rule in app.url_map.iter_rules():
        assert not rule.methods & {"PUT", "PATCH", "DELETE"}, "forms know only GET and POST"
