"""The workspace of a commune: working team, People's Committee, Front."""

from flask import Blueprint

blueprint = Blueprint("commune", __name__)

from portal.blueprints.commune import home  # noqa: E402 - the page puts itself on the blueprint

__all__ = ["blueprint", "home"]
