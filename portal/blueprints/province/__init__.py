"""The workspace of the province: Ban Dân vận, BCĐ QCDC tỉnh, provincial associations."""

from flask import Blueprint

blueprint = Blueprint("province", __name__)

from portal.blueprints.province import home  # noqa: E402 - the page puts itself on the blueprint

__all__ = ["blueprint", "home"]
