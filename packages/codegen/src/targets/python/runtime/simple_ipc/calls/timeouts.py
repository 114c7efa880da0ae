"""How long a call may take."""

from __future__ import annotations

import time
from typing import Final

from ..durations import seconds_of
from ..errors import RpcTimeoutError

# How often, and for how many seconds, a call that is late waits for what has arrived.
_LOOKS: Final = 50
_LOOK: Final = 0.01
# How many seconds a call whose answer has arrived waits for the handlers of what came
# before, which may need the call to end.
_DELIVERY: Final = 10.0


class Timeouts:
    """A deadline, and the longest silence; both in seconds, both may be None.

    Raises TypeError or ValueError for what is not a duration.
    """

    __slots__ = ("_deadline", "_idle", "_looks", "_timeout")

    def __init__(self, timeout: float | None, idle_timeout: float | None) -> None:
        self._timeout = timeout
        self._looks = 0
        self._idle = seconds_of("idle_timeout", idle_timeout)
        seconds = seconds_of("timeout", timeout)
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def next_look(self, last_activity: float, *, is_answered: bool) -> float | None:
        """When the call may have taken too long; `last_activity` is when something last
        arrived for it.
        """
        due = self._due(last_activity)
        if due is None:
            return None
        if is_answered:
            return due + _DELIVERY
        return max(due, time.monotonic() + _LOOK) if self._looks else due

    def may_wait(self, last_activity: float) -> bool:
        """Whether a call whose answer has arrived may still wait for it."""
        due = self._due(last_activity)
        return due is None or time.monotonic() < due + _DELIVERY

    def look_again(self, is_behind: bool) -> bool:
        """Whether a call that is late is looked at again in a moment: its answer may
        have arrived while every thread was too busy to read it. `is_behind` says
        that something is not read.
        """
        self._looks += 1
        return self._looks == 1 or (is_behind and self._looks <= _LOOKS)

    def exceeded(
        self, method: str, last_activity: float, end: str, came: str
    ) -> RpcTimeoutError | None:
        """Why the call is too late, if it is; `end` says what became of it, `came` what
        the other side has written instead.
        """
        now = time.monotonic()
        if self._deadline is not None and now >= self._deadline:
            why = f"was not answered within its timeout of {self._timeout} s"
        elif self._idle is not None and now >= last_activity + self._idle:
            limit = f"its idle_timeout of {self._idle} s"
            why = f"sent no progress, item or answer for {limit}"
        else:
            return None
        short = f"{method} {why}; {end}"
        return RpcTimeoutError("TIMEOUT", short + came, short_message=short)

    def _due(self, last_activity: float) -> float | None:
        if self._idle is None:
            return self._deadline
        silent = last_activity + self._idle
        return silent if self._deadline is None else min(silent, self._deadline)
