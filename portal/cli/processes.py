"""Child processes that stop with their parent, however the parent ends."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STEADY_SECONDS = 60
_LONGEST_PAUSE = 30
log = logging.getLogger("portal.processes")


def die_with_parent() -> None:
    """Have the kernel stop this process when its parent has died (Linux; elsewhere no effect).

    A `kill -9` of the parent runs no line of ours; without this the server would live on and
    hold the port.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))


def stop_signals() -> threading.Event:
    """Give an event that is set when somebody asks this process to stop (main thread only)."""
    stop = threading.Event()
    for number in _STOP_SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    return stop


class Child:
    """A program that is started, watched and stopped."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        """Say what to run; `start` runs it."""
        self.name = name
        self._command = list(command)
        self._pause = 1
        self._started = self._again_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it in a session of its own, so that Ctrl-C reaches the parent alone."""
        parent = os.getpid()

        def tie() -> None:
            die_with_parent()
            if os.getppid() != parent:
                os._exit(1)

        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - fixed words, no shell
            self._command,
            start_new_session=True,
            preexec_fn=tie,  # noqa: PLW1509 - the supervisor has no second thread
        )

    @property
    def ended(self) -> bool:
        """Say whether it has ended by itself."""
        return self._process is not None and self._process.poll() is not None

    def keep(self) -> None:
        """Start it again if it has ended, ever more slowly if that happens at once."""
        now = time.monotonic()
        if self._again_at == 0 and self.ended:
            steady = now - self._started > _STEADY_SECONDS
            self._pause = 1 if steady else min(self._pause * 2, _LONGEST_PAUSE)
            self._again_at = now + self._pause
            log.error("child died", extra={"child": self.name, "again_in": self._pause})
        elif 0 < self._again_at <= now:
            self._again_at = 0
            self.start()

    def stop(self, grace: float) -> None:
        """Ask it to end, and end it and all it started when the grace is over."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        self._end_group(self._process.pid)
        self._process.wait()

    @staticmethod
    def _end_group(group: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def watch(
    server: Child, worker: Child, stop: threading.Event, each_round: Callable[[], None]
) -> bool:
    """Keep a server and its worker running until asked to stop.

    Args:
        server: when it ends by itself, everything ends.
        worker: when it ends by itself, it is started again.
        stop: set by the signals.
        each_round: called a few times a second.

    Returns:
        Whether the end was asked for.
    """
    while not stop.wait(0.3):
        if server.ended:
            return False
        worker.keep()
        each_round()
    return True
