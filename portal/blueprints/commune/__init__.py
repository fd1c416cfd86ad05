"""Placeholder docstring."""

from flask import Blueprint

blueprint = Blueprint("commune", __name__)
