"""The last lines of a program's output."""

from __future__ import annotations

from collections import deque
from typing import Final

_LINES: Final = 20
_LONGEST: Final = 1000


class LastLines:
    """The last 20 lines of a stream, each at most 1000 characters: enough to see why a
    program ended, and bounded.
    """

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=_LINES)

    def push(self, line: str) -> None:
        self._lines.append(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…")

    def all(self) -> tuple[str, ...]:
        # The reading thread may push meanwhile.
        return tuple(self._lines.copy())
