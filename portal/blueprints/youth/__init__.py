"""The workspace of a ward's youth union."""

from flask import Blueprint

blueprint = Blueprint("youth", __name__)

from portal.blueprints.youth import home  # noqa: E402 - the page puts itself on the blueprint

__all__ = ["blueprint", "home"]
