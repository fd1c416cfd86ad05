"""Gates around the whole test run: no network but this machine's, and nothing skipped unseen."""

import ipaddress
import sys

import pytest

_installed = False


def forbid_foreign_network() -> None:
    """Make every attempt to reach another machine an error."""
    global _installed  # noqa: PLW0603 - an audit hook cannot be taken away, so it is set once
    if not _installed:
        sys.addaudithook(_refuse)
        _installed = True


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_here(str(address[0])):
        raise RuntimeError(f"a test reaches for the network: {address}")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn what was skipped, or is expected to fail, into a failure that names its reason."""
    if report.outcome == "skipped":
        report.outcome = "failed"
        # Pytest counts no failure that was expected.
        vars(report).pop("wasxfail", None)
        report.longrepr = f"Skipped, but nothing may be skipped here: {report.longrepr}"
