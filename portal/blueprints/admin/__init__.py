"""The operator's workspace: units, accounts, settings, the record."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/quan-tri")

from portal.blueprints.admin import (  # noqa: E402 - the pages put themselves on the blueprint
    account_actions,
    account_handover,
    account_import,
    account_passwords,
    accounts,
    audit,
    components,
    home,
    new_account,
    settings,
    unit_lists,
    units,
)

__all__ = [
    "account_actions", "account_handover", "account_import", "account_passwords", "accounts",
    "audit", "blueprint", "components", "home", "new_account",
    "settings", "unit_lists", "units",
]  # fmt: skip
