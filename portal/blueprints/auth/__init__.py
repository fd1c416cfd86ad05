"""Signing in and out, one's own password and sign-ins, the language of the screen."""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)

from portal.blueprints.auth import (  # noqa: E402 - the pages put themselves on the blueprint
    language,
    password,
    sign_in,
    sign_ins,
)

__all__ = ["blueprint", "language", "password", "sign_in", "sign_ins"]
