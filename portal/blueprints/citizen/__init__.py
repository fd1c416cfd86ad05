"""Placeholder docstring."""

from flask import Blueprint

blueprint = Blueprint("citizen", __name__)
