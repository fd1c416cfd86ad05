"""Placeholder docstring."""

from flask import Blueprint

blueprint = Blueprint("youth", __name__)
