"""Seeing which processes a server has started, and whether they are gone."""

import time
from collections.abc import Callable

import psutil


def family(pid: int) -> list[psutil.Process]:
    """Give all that a process has started, and what those have started."""
    return list(psutil.Process(pid).children(recursive=True))


def running(pid: int, word: str) -> list[psutil.Process]:
    """Give those of the family that run and have this word on their command line."""
    return [process for process in family(pid) if _runs(process) and word in _words(process)]


def all_gone(processes: list[psutil.Process], seconds: float = 15) -> bool:
    """Wait until none of them runs; say whether that came true."""
    return soon(lambda: not any(map(_runs, processes)), seconds)


def soon(holds: Callable[[], bool], seconds: float = 15) -> bool:
    """Wait until something holds; say whether that came true."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []
