"""Values of a stream that arrived and were not read."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from ..wire.flow_control import MAX_BYTES, ReceiveWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class UnreadItems:
    """Keeps what arrives in the order of its messages, and gives credit for what is
    taken. The reading thread adds, whoever reads the stream takes.
    """

    def __init__(self, credit: Callable[[int], object]) -> None:
        self._credit = credit
        self._messages: deque[tuple[Sequence[object], int]] = deque()
        self._bytes = 0
        self._window = ReceiveWindow()
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        return bool(self._messages)

    def add(self, values: Sequence[object], size: int) -> None:
        """Takes the items of a message, and its size in bytes."""
        with self._lock:
            self._messages.append((values, size))
            self._bytes += size

    def is_over(self, limit: int) -> bool:
        """Whether more than `limit` bytes are unread. The last message does not count
        where what is before it fits the window: it may be as large as any other.
        """
        with self._lock:
            if self._bytes <= limit:
                return False
            return self._bytes - self._messages[-1][1] > MAX_BYTES

    def take(self) -> Iterator[object]:
        """The items of the next message; they are consumed with its last one."""
        with self._lock:
            if not self._messages:
                return
            values, size = self._messages.popleft()
            self._bytes -= size
        last = len(values) - 1
        for index, value in enumerate(values):
            if index == last:
                self._consumed(len(values), size)
            yield value

    def drop(self) -> None:
        """They are not wanted: all of them are consumed."""
        with self._lock:
            dropped = list(self._messages)
            self._messages.clear()
            self._bytes = 0
        for values, size in dropped:
            self._consumed(len(values), size)

    def _consumed(self, items: int, size: int) -> None:
        with self._lock:
            is_last = not self._messages
            credit = self._window.consumed(items, size, is_last_unread=is_last)
        if credit:
            self._credit(credit)
