"""Sample data is for one's own machine: whoever comes from elsewhere is turned away.

`flask serve` refuses to start in public with a sample; this holds also for granian started alone.
"""

from ipaddress import ip_address

from flask import Flask, current_app, request

from portal.core.errors import Forbidden
from portal.core.text import N_
from portal.features.settings import services as installation
from portal.settings import LOOPBACK

_KNOWN = "portal-sample"
REFUSAL = N_("Đây là dữ liệu mẫu, chỉ xem được trên chính máy đang chạy Cổng.")


def register(app: Flask) -> None:
    """Look at every request before anything else does."""
    app.before_request(_refuse_from_elsewhere)


def _refuse_from_elsewhere() -> None:
    if not _is_local() and _holds_sample():
        raise Forbidden(REFUSAL)


def _is_local() -> bool:
    # Headers that name another address are not looked at: anybody can write them.
    host = request.host.rpartition(":")[0] if ":" in request.host else request.host
    return host.strip("[]") in LOOPBACK and _is_loopback(request.remote_addr or "")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _holds_sample() -> bool:
    # Asked once a process: a sample is loaded before anything is served.
    known = current_app.extensions
    if _KNOWN not in known:
        known[_KNOWN] = installation.installation().sample
    return bool(known[_KNOWN])
