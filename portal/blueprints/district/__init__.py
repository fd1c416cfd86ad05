"""The workspace of a district's steering board and committees."""

from flask import Blueprint

blueprint = Blueprint("district", __name__)

from portal.blueprints.district import home  # noqa: E402 - the page puts itself on the blueprint

__all__ = ["blueprint", "home"]
