"""How long a call may take."""

from __future__ import annotations

import time

from ..durations import seconds_of
from ..errors import RpcTimeoutError


class Timeouts:
    """A deadline, and the longest silence; both in seconds, both may be None.

    Raises TypeError or ValueError for what is not a duration.
    """

    __slots__ = ("_deadline", "_idle", "_timeout")

    def __init__(self, timeout: float | None, idle_timeout: float | None) -> None:
        self._timeout = timeout
        self._idle = seconds_of("idle_timeout", idle_timeout)
        seconds = seconds_of("timeout", timeout)
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def next_look(self, last_activity: float) -> float | None:
        """When the call may have taken too long; `last_activity` is when something last
        arrived for it.
        """
        if self._idle is None:
            return self._deadline
        silent = last_activity + self._idle
        return silent if self._deadline is None else min(silent, self._deadline)

    def exceeded(
        self, method: str, last_activity: float, end: str
    ) -> RpcTimeoutError | None:
        """Why the call is too late, if it is; `end` says what became of it."""
        now = time.monotonic()
        if self._deadline is not None and now >= self._deadline:
            return RpcTimeoutError(
                "TIMEOUT",
                f"{method} was not answered within its timeout of {self._timeout} s; "
                f"{end}",
            )
        if self._idle is not None and now >= last_activity + self._idle:
            return RpcTimeoutError(
                "TIMEOUT",
                f"{method} sent no progress, item or answer for its idle_timeout of "
                f"{self._idle} s; {end}",
            )
        return None
