"""Every endpoint with the access it should have. What is not written here does not pass."""

import re

import pytest

EXPECTED = {
    "admin.account": "account:manage",
    "admin.account_handover": "account:manage",
    "admin.account_import": "account:manage",
    "admin.account_passwords": "account:manage",
    "admin.account_template": "account:manage",
    "admin.accounts": "account:manage",
    "admin.accounts_sheet": "account:manage",
    "admin.add_organisation": "unit:manage",
    "admin.audit": "audit:read",
    "admin.choose_organisation": "account:manage",
    "admin.components": "signed_in admin",
    "admin.deactivate": "account:manage",
    "admin.edit_account": "account:manage",
    "admin.hand_over": "account:manage",
    "admin.home": "signed_in admin",
    "admin.import_units": "unit:manage",
    "admin.move_work": "account:manage",
    "admin.new_account": "account:manage",
    "admin.print_passwords": "account:manage",
    "admin.reactivate": "account:manage",
    "admin.reset_password": "account:manage",
    "admin.settings": "setting:manage",
    "admin.succeed_units": "unit:manage",
    "admin.unit": "unit:manage",
    "admin.unit_template": "unit:manage",
    "admin.units": "unit:manage",
    "admin.verify_audit": "audit:read",
    "auth.change_password": "signed_in, before the first password",
    "auth.end_other_sign_ins": "signed_in",
    "auth.end_sign_in": "signed_in",
    "auth.language": "public",
    "auth.sign_in": "public",
    "auth.sign_ins": "signed_in",
    "auth.sign_out": "signed_in, before the first password",
    "citizen.card": "public",
    "citizen.document": "public",
    "citizen.document_pdf": "public",
    "citizen.documents": "public",
    "citizen.done": "public",
    "citizen.form": "public",
    "citizen.privacy": "public",
    "citizen.send": "public",
    "citizen.send_slip": "public",
    "citizen.slip": "public",
    "citizen.slip_done": "public",
    "citizen.start": "public",
    "commune.home": "signed_in commune",
    "district.home": "signed_in district",
    "healthz": "public",
    "office.accounts_below": "signed_in district province",
    "office.act": "signed_in",
    "office.campaign": "campaign:read",
    "office.arrange_part": "campaign:arrange",
    "office.campaign_part": "campaign:arrange",
    "office.campaign_parts": "campaign:read",
    "office.campaign_plan": "campaign:edit",
    "office.campaigns": "signed_in commune district province youth",
    "office.change_window": "campaign:approve",
    "office.code": "code:read",
    "office.code_picture": "code:read",
    "office.code_sheet": "code:read",
    "office.codes": "code:read",
    "office.comparison": "result:read",
    "office.count_papers": "paper:enter",
    "office.count_slips": "slip:count",
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
    "office.enter_paper": "paper:enter",
    "office.enter_sheet": "paper:enter",
    "office.export_rows": "result:export",
    "office.handle_delivery": "delivery:act",
    "office.home": "signed_in",
    "office.inbox": "signed_in commune district province youth",
    "office.issue_codes": "code:handle",
    "office.job": "job:read",
    "office.job_file": "job:read",
    "office.kit_of_unit": "code:read",
    "office.kit_sheet": "code:read",
    "office.kits": "code:read",
    "office.letterhead": "letterhead:manage",
    "office.letterheads": "signed_in commune district province youth",
    "office.look_at_text": "document:edit",
    "office.new_campaign": "campaign:create",
    "office.new_document": "document:create",
    "office.note_delivery": "code:handle",
    "office.number_document": "document:issue",
    "office.paper_batch": "paper:read",
    "office.paper_batches": "participation:read",
    "office.paper_form": "paper:read",
    "office.paper_minutes": "paper:read",
    "office.participation": "participation:read",
    "office.participation_sheet": "participation:read",
    "office.paste_text": "document:edit",
    "office.poster_picture": "code:read",
    "office.preview": "document:read",
    "office.preview_page": "document:read",
    "office.print_code": "code:read",
    "office.prints": "code:read",
    "office.publish_document": "document:sign",
    "office.questionnaire": "questionnaire:read",
    "office.adapt_questionnaire": "questionnaire:create",
    "office.archive_questionnaire": "questionnaire:edit",
    "office.begin_questionnaire": "questionnaire:edit",
    "office.create_questionnaire": "questionnaire:create",
    "office.discard_questionnaire": "questionnaire:edit",
    "office.edit_questionnaire": "questionnaire:edit",
    "office.export_questionnaire": "questionnaire:edit",
    "office.freeze_questionnaire": "questionnaire:edit",
    "office.freeze_questionnaire_now": "questionnaire:edit",
    "office.new_questionnaire": "questionnaire:create",
    "office.print_questionnaire": "questionnaire:edit",
    "office.questionnaire_file": "questionnaire:read",
    "office.questionnaire_paper": "questionnaire:read",
    "office.questionnaire_sheet": "questionnaire:create",
    "office.questionnaire_trial": "questionnaire:read",
    "office.replace_questionnaire": "questionnaire:edit",
    "office.restore_questionnaire": "questionnaire:edit",
    "office.save_questionnaire": "questionnaire:edit",
    "office.save_translation": "questionnaire:edit",
    "office.translate_questionnaire": "questionnaire:edit",
    "office.try_questionnaire": "questionnaire:edit",
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
    "office.remove_delivery": "code:handle",
    "office.repeat_document": "document:edit",
    "office.reserve_number": "register:manage",
    "office.reset_below": "account:reset",
    "office.resolve_comment": "document:discuss",
    "office.results": "result:read",
    "office.results_file": "result:read",
    "office.open_papers": "paper:open",
    "office.order_slips": "slip:order",
    "office.retry_job": "job:read",
    "office.save_campaign": "campaign:edit",
    "office.save_draft": "document:edit",
    "office.send_on": "document:issue",
    "office.sign_document": "document:sign",
    "office.take_number": "register:manage",
    "office.take_text": "document:edit",
    "office.slip_batch": "slip:read",
    "office.slip_minutes": "slip:read",
    "office.slips": "participation:read",
    "office.task": "task:read",
    "office.tasks": "signed_in commune district province youth",
    "office.tasks_below": "signed_in district province",
    "office.test_code": "code:handle",
    "office.texts": "text:read",
    "office.unit_apply_fallback_rule": "unit:edit",
    "office.unit": "unit:read",
    "office.unit_end_point": "unit:edit",
    "office.unit_fallback_rule": "unit:edit",
    "office.unit_fallbacks": "unit:edit",
    "office.unit_figures": "unit:edit",
    "office.unit_figures_paste": "unit:edit",
    "office.unit_figures_sheet": "unit:read",
    "office.unit_new_point": "unit:edit",
    "office.unit_point": "unit:edit",
    "office.unit_points_paste": "unit:edit",
    "office.unit_points_sheet": "unit:read",
    "office.unit_reopen_point": "unit:edit",
    "office.units": "signed_in commune district province youth",
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
_ARGUMENT = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
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
