"""How many bytes wait for handlers."""

from __future__ import annotations

import threading


class Backlog:
    """Counts the bytes that arrived and were not handled, so that a program which sends
    more than its host can handle has to wait.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._is_over = False
        self._changed = threading.Condition()

    def add(self, size: int) -> None:
        with self._changed:
            self._bytes += size

    def remove(self, size: int) -> None:
        with self._changed:
            was_full = self._bytes > self._limit
            self._bytes -= size
            if was_full and self._bytes <= self._limit:
                self._changed.notify_all()

    def wait(self) -> None:
        """Returns when they are not too many."""
        if self._bytes > self._limit:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._bytes <= self._limit or self._is_over
                )

    def end(self) -> None:
        """Stops making anything wait."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
