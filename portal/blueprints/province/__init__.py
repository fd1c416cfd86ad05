"""Placeholder docstring."""

from flask import Blueprint

blueprint = Blueprint("province", __name__)
