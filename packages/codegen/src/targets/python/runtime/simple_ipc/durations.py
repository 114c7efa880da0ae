"""Durations, wherever one is passed."""

from __future__ import annotations

import threading
from typing import Final, SupportsFloat

# What the system can wait for: some centuries.
_LONGEST: Final = threading.TIMEOUT_MAX


def seconds_of(name: str, value: object) -> float | None:
    """The seconds of an option; None, like anything that outlasts every program, is no
    limit.

    Raises TypeError or ValueError for what is not a duration.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, SupportsFloat)):
        kind = type(value).__name__
        raise TypeError(f"{name} must be a number of seconds, not {kind}")
    try:
        seconds = float(value)
    except OverflowError:
        seconds = _LONGEST
    # Of nan too this is not true.
    if not seconds >= 0:
        raise ValueError(
            f"{name} must be a non-negative number of seconds, not {seconds}"
        )
    return seconds if seconds < _LONGEST else None
